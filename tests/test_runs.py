"""Workers that hang and die, runs that are stopped: nothing else suffers, and the output is the same in the end."""

from __future__ import annotations

import json
import os
import pty
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from prose import RULES, URL, body, dirty
from test_cli import environment

from cleaner import Cleaner, CleanError
from cleaner.records import checkpoint, delivery
from cleaner.records.checkpoint import State
from cleaner.records.delivery import Destination
from cleaner.records.inputs import inputs
from cleaner.records.record import Defect, Wanted
from cleaner.records.run import Job, Listener, Progress, run
from cleaner.records.work import Done, Order, Work
from cleaner.records.workers import Limits
from cleaner.show import progress as shown

OFTEN = """
import signal
signal.signal(signal.SIGINT, signal.SIG_DFL)
from cleaner.records import checkpoint, jsonl, parquet
checkpoint.SECONDS = 0.02
jsonl.BATCH_RECORDS = parquet.BATCH_RECORDS = 20
from cleaner.__main__ import main
signal.signal(signal.SIGINT, signal.default_int_handler)
main()
"""
"""The command with small batches, and a checkpoint after each. Workers begin as the command itself does. What is set
aside here for Ctrl-C is its traceback before the command has begun."""


@dataclass(frozen=True, slots=True)
class Poisoned(Work):
    """Work in which some records hang, some end their process, and some raise what nobody expects."""

    def __call__(self, order: Order) -> Done:
        data = order.batch.data
        if b"HANG" in data:
            time.sleep(60)
        if b"KILL" in data:
            os.kill(os.getpid(), signal.SIGKILL)
        if b"EXIT" in data:
            os._exit(3)
        if b"RAISE" in data:
            raise RuntimeError("nobody expects this")
        return Work.__call__(self, order)


def job(folder: Path, work: Work, *, workers: int = 2, timeout: float = 30.0, output: str = "out.jsonl") -> Job:
    destination = Destination(str(folder / output), rejects=str(folder / "rejects.jsonl"))
    return Job(inputs([str(folder / "in.jsonl")], None), destination, work, Limits(workers, timeout))


def deaf() -> Listener:
    return Listener(lambda _progress: None, lambda _name, _defect: None, lambda _name, _error: None)


def write(path: Path, *texts: str) -> None:
    path.write_text(
        "".join(json.dumps({"id": n, "text": text}) + "\n" for n, text in enumerate(texts)), encoding="utf-8"
    )


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


# Workers


def test_poison_costs_its_own_record_alone(tmp_path: Path) -> None:
    texts = [body(number) for number in range(12)]
    for number, poison in ((2, "HANG"), (3, "KILL"), (7, "RAISE"), (8, "EXIT")):
        texts[number] = poison
    write(tmp_path / "in.jsonl", *texts)
    state = run(job(tmp_path, Poisoned(Cleaner(()), Wanted()), timeout=8.0), deaf())
    assert [each["id"] for each in lines(tmp_path / "out.jsonl")] == [0, 1, 4, 5, 6, 9, 10, 11]
    rejects = lines(tmp_path / "rejects.jsonl")
    assert [(each["line"], each["reason"]) for each in rejects] == [
        (3, "timeout"),
        (4, "killed"),
        (8, "failed"),
        (9, "killed"),
    ]
    assert "took longer than 8 seconds; --timeout allows more" in rejects[0]["error"]
    assert "signal SIGKILL" in rejects[1]["error"]
    assert "RuntimeError: nobody expects this" in rejects[2]["error"]
    assert "exit code 3" in rejects[3]["error"]
    assert state.tally.records == 8
    assert state.tally.aside == {"timeout": 1, "killed": 2, "failed": 1}


def test_the_bytes_are_the_same_at_any_number_of_workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleaner.records.jsonl.BATCH_RECORDS", 7)
    write(tmp_path / "in.jsonl", *[dirty(number) * (1 + number % 5) for number in range(150)])
    outputs = set()
    for workers in (1, 2, 5):
        run(job(tmp_path, Work(Cleaner(()), Wanted(add={"title": "title"})), workers=workers), deaf())
        outputs.add((tmp_path / "out.jsonl").read_bytes())
    assert len(outputs) == 1
    assert [each["id"] for each in lines(tmp_path / "out.jsonl")] == list(range(150))


def test_few_batches_are_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The input is read no further ahead than the workers need."""
    from cleaner.records import events

    monkeypatch.setattr("cleaner.records.jsonl.BATCH_RECORDS", 1)
    write(tmp_path / "in.jsonl", *[body(number) for number in range(60)])
    read, ahead = [0], []
    original = events.Order
    monkeypatch.setattr(events, "Order", lambda *a: read.__setitem__(0, read[0] + 1) or original(*a))

    def progress(progress: Progress) -> None:
        ahead.append(read[0] - progress.state.tally.records)

    run(job(tmp_path, Work(Cleaner(()), Wanted())), deaf()._replace(progress=progress))
    assert read[0] == 60
    assert max(ahead) <= 6


def test_a_worker_that_cannot_begin_ends_the_run(tmp_path: Path) -> None:
    write(tmp_path / "in.jsonl", body(1))
    (tmp_path / "rules").mkdir()
    work = Work(Cleaner(tmp_path / "rules"), Wanted())
    (tmp_path / "rules").rmdir()
    with pytest.raises(CleanError, match="a worker process ended before it could begin"):
        run(job(tmp_path, work), deaf())
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]


def test_an_output_that_cannot_be_written_ends_the_run(tmp_path: Path) -> None:
    write(tmp_path / "in.jsonl", body(1))
    with pytest.raises(CleanError, match=r"cannot be written \(No such file or directory\)"):
        run(job(tmp_path, Work(Cleaner(()), Wanted()), output="nowhere/out.jsonl"), deaf())
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]


@pytest.mark.parametrize("output", ["out.jsonl", "out/", "-"])
def test_a_run_that_fails_before_its_first_checkpoint_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str
) -> None:
    """The disk is full when the first batch is written."""
    write(tmp_path / "in.jsonl", "broken", body(1))
    destination = Destination(output if output == "-" else f"{tmp_path}/{output}", output == "out/", f"{tmp_path}/bad")
    given = inputs([str(tmp_path / "in.jsonl")], None)
    monkeypatch.setattr(delivery.outputs, "_write_all", lambda *_: (_ for _ in ()).throw(OSError(28, "full")))
    with pytest.raises(CleanError, match=r"cannot be written \(full\)"):
        run(Job(given, destination, Work(Cleaner(()), Wanted()), Limits(1, 30.0)), deaf())
    assert [str(path) for path in tmp_path.rglob("*") if path.is_file()] == [str(tmp_path / "in.jsonl")]


# Stopped, and gone on with


@pytest.fixture
def crawl(tmp_path: Path) -> Path:
    """A folder with rules and an input in which some records are malformed."""
    (tmp_path / "my-rules").mkdir()
    (tmp_path / "my-rules" / "example.org.toml").write_text(RULES, encoding="utf-8")
    rows = [json.dumps({"id": number, "url": URL, "text": dirty(number) * 4}) for number in range(1200)]
    for number in range(0, 1200, 97):
        rows[number] = rows[number][:50]
    (tmp_path / "in.jsonl").write_text("\n".join(rows), encoding="utf-8")
    return tmp_path


def command(*arguments: str, name: str = "in.jsonl") -> list[str]:
    rules = ["--no-rules", "--rules", "my-rules"]
    return [sys.executable, "-c", OFTEN, name, "--rejects", "bad.jsonl", "--workers", "2", *rules, *arguments]


def undisturbed(folder: Path, output: str, name: str = "in.jsonl") -> tuple[bytes, bytes]:
    subprocess.run(command("-o", output, name=name), cwd=folder, env=environment(), check=True, capture_output=True)
    found = (folder / output).read_bytes(), (folder / "bad.jsonl").read_bytes()
    for each in (output, "bad.jsonl"):
        (folder / each).unlink()
    return found


def started(folder: Path, *arguments: str, name: str = "in.jsonl") -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command(*arguments, name=name), cwd=folder, env=environment(), stderr=subprocess.PIPE, start_new_session=True
    )


def processes_of(group: int) -> list[int]:
    """The processes of a group that still live."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[2]) == group and fields[0] not in "ZX":
                found.append(int(entry.name))
    return found


def as_parquet(folder: Path) -> None:
    """Put the records that are well formed into the file `in.parquet`."""
    pq = pytest.importorskip("pyarrow.parquet", reason="the extra records is not installed")
    import pyarrow as pa

    rows = [{"id": number, "url": URL, "text": dirty(number) * 4} for number in range(1200)]
    pq.write_table(pa.Table.from_pylist(rows), folder / "in.parquet", row_group_size=100)


KILLS = 6


def wait_for(partial: Path, size: float, process: subprocess.Popen[bytes]) -> None:
    """Wait until an output that is under way has grown to a size, or the process has ended."""
    while process.poll() is None and (not partial.exists() or partial.stat().st_size < size):
        time.sleep(0.002)


@pytest.mark.parametrize("output", ["out.jsonl", "out.jsonl.gz", "out.jsonl.zst", "out.parquet"])
def test_killed_at_random_points_and_gone_on_with(crawl: Path, output: str) -> None:
    name = "in.parquet" if output == "out.parquet" else "in.jsonl"
    if name == "in.parquet":
        as_parquet(crawl)
    if output.endswith(".zst"):
        pytest.importorskip("zstandard", reason="the extra records is not installed")
    expected = undisturbed(crawl, output, name)
    there = sorted([output, "bad.jsonl", *(path.name for path in crawl.iterdir())])
    chance, kills, code = random.Random(output), 0, -9
    while code != 0:
        process = started(crawl, "-o", output, "--resume", name=name)
        if kills < KILLS:
            wait_for(crawl / f"{output}.partial", chance.uniform(kills, kills + 1) / KILLS * len(expected[0]), process)
        if kills < KILLS and process.poll() is None:
            process.send_signal(chance.choice([signal.SIGKILL, signal.SIGINT, signal.SIGTERM]))
            kills += 1
        code = process.wait(timeout=120)
        said = process.stderr.read().decode()
        process.stderr.close()
        assert "Traceback" not in said, said
    assert kills >= 1
    assert ((crawl / output).read_bytes(), (crawl / "bad.jsonl").read_bytes()) == expected
    assert sorted(path.name for path in crawl.iterdir()) == there


@pytest.mark.parametrize("pages", [False, True], ids=["records", "pages"])
def test_a_folder_is_gone_on_with(crawl: Path, pages: bool) -> None:
    (crawl / "in").mkdir()
    rows = (crawl / "in.jsonl").read_text(encoding="utf-8").splitlines()
    for number in range(4):
        if pages:
            for each in range(60):
                (crawl / "in" / f"{number}-{each}.txt").write_text(dirty(each) * 9, encoding="utf-8")
        else:
            part = "\n".join(rows[number * 300 : number * 300 + 300])
            (crawl / "in" / f"{number}.jsonl").write_text(part, encoding="utf-8")
    subprocess.run(command("-o", "whole/", name="in"), cwd=crawl, env=environment(), check=True, capture_output=True)
    expected = {path.name: path.read_bytes() for path in (crawl / "whole").iterdir()}
    rejects = (crawl / "bad.jsonl").read_bytes()
    chance, code = random.Random(pages), -9
    for kill in range(30):
        with started(crawl, "-o", "out/", "--resume", name="in") as process:
            try:
                code = process.wait(timeout=chance.uniform(0.6, 1.1) if kill < 3 else 120)
            except subprocess.TimeoutExpired:
                process.kill()
                code = process.wait(timeout=60)
            said = process.stderr.read().decode()
        assert "Traceback" not in said, said
        if code == 0:
            break
    assert {path.name: path.read_bytes() for path in (crawl / "out").iterdir()} == expected
    assert (crawl / "bad.jsonl").read_bytes() == rejects


def test_workers_end_when_their_parent_is_killed(crawl: Path) -> None:
    process = started(crawl, "-o", "out.jsonl")
    until = time.monotonic() + 20
    while len(processes_of(process.pid)) < 3 and time.monotonic() < until:
        time.sleep(0.05)
    assert len(processes_of(process.pid)) >= 3
    process.kill()
    process.wait()
    process.stderr.close()
    until = time.monotonic() + 20
    while processes_of(process.pid) and time.monotonic() < until:
        time.sleep(0.1)
    assert processes_of(process.pid) == []


def test_an_interrupt_says_how_to_go_on(crawl: Path) -> None:
    process = started(crawl, "-o", "out.jsonl")
    until = time.monotonic() + 20
    while not (crawl / "out.jsonl.progress").exists() and time.monotonic() < until:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: the workers get it too
    assert process.wait(timeout=60) == 130
    *before, last = process.stderr.read().decode().splitlines()
    assert last == "clean: stopped; the same command with --resume goes on from there"
    assert [line for line in before if "set aside" not in line] == []
    process.stderr.close()
    assert (crawl / "out.jsonl.partial").exists()


def test_other_options_cannot_go_on(crawl: Path) -> None:
    process = started(crawl, "-o", "out.jsonl")
    until = time.monotonic() + 20
    while not (crawl / "out.jsonl.progress").exists() and time.monotonic() < until:
        time.sleep(0.05)
    process.kill()
    process.wait()
    process.stderr.close()
    call = command("-o", "out.jsonl", "--resume", "--favor", "recall")
    again = subprocess.run(call, cwd=crawl, env=environment(), capture_output=True, check=False)
    assert again.returncode == 2
    assert "the options, the rules, the version or an input have changed since" in again.stderr.decode()


def test_a_full_disk_leaves_what_was_there_and_can_be_gone_on_with(crawl: Path) -> None:
    expected = undisturbed(crawl, "out.jsonl")
    (crawl / "out.jsonl").write_text("precious")
    call = command("-o", "out.jsonl")
    limited = ["sh", "-c", 'ulimit -f 400; exec "$@"', "sh", *call]  # a file may grow to 400 blocks
    result = subprocess.run(limited, cwd=crawl, env=environment(), capture_output=True, check=False, timeout=120)
    assert result.returncode == 1
    assert "cannot be written (File too large)" in result.stderr.decode()
    assert "the same command with --resume goes on from there" in result.stderr.decode()
    assert (crawl / "out.jsonl").read_text() == "precious"
    subprocess.run([*call, "--resume"], cwd=crawl, env=environment(), capture_output=True, check=True, timeout=120)
    assert ((crawl / "out.jsonl").read_bytes(), (crawl / "bad.jsonl").read_bytes()) == expected


def test_a_reader_that_goes_away(crawl: Path) -> None:
    call = ["sh", "-c", '"$@" | head -n 1', "sh", *command()]
    result = subprocess.run(call, cwd=crawl, env=environment(), capture_output=True, check=False, timeout=120)
    assert len(result.stdout.splitlines()) == 1
    assert b"Traceback" not in result.stderr
    assert b"BrokenPipe" not in result.stderr


def test_a_run_that_was_stopped_while_it_ended(crawl: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is written, but not everything has its name yet."""
    expected = undisturbed(crawl, "out.jsonl")
    write_in = Job(
        inputs([str(crawl / "in.jsonl")], None),
        Destination(str(crawl / "out.jsonl"), rejects=str(crawl / "bad.jsonl")),
        Work(Cleaner(crawl / "my-rules"), Wanted()),
        Limits(1, 30.0),
        resume=True,
    )

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(delivery.outputs, "_take_name", stopped)
        with pytest.raises(KeyboardInterrupt):
            run(write_in, deaf())
    assert not (crawl / "out.jsonl").exists()
    state = run(write_in, deaf())
    assert state.finished
    assert len((crawl / "out.jsonl").read_bytes()) == len(expected[0])
    assert sorted(path.name for path in crawl.iterdir()) == ["bad.jsonl", "in.jsonl", "my-rules", "out.jsonl"]


def test_a_run_from_the_beginning_forgets_the_one_before(crawl: Path) -> None:
    """A checkpoint of an earlier run must not be taken for one of this run, which was killed before it wrote any."""
    expected = undisturbed(crawl, "out.jsonl")
    with started(crawl, "-o", "out.jsonl") as process:
        until = time.monotonic() + 20
        while not (crawl / "out.jsonl.progress").exists() and time.monotonic() < until:
            time.sleep(0.02)
        process.kill()
    with started(crawl, "-o", "out.jsonl") as process:
        while (crawl / "out.jsonl.partial").stat().st_size and time.monotonic() < until:
            time.sleep(0.005)
        process.kill()
    subprocess.run(
        command("-o", "out.jsonl", "--resume"), cwd=crawl, env=environment(), capture_output=True, check=True
    )
    assert ((crawl / "out.jsonl").read_bytes(), (crawl / "bad.jsonl").read_bytes()) == expected


def test_a_place_where_no_checkpoint_can_lie_is_said(crawl: Path) -> None:
    result = subprocess.run(
        command("-o", "in.jsonl/out.jsonl"), cwd=crawl, env=environment(), capture_output=True, text=True, check=False
    )
    assert result.returncode == 1
    (said,) = result.stderr.splitlines()
    assert "in.jsonl/out.jsonl" in said
    assert said.endswith("cannot be written (Not a directory); choose another place")


@pytest.mark.parametrize(("output", "begun"), [("out.jsonl", "out.jsonl.progress"), ("out/", "out/.clean.progress")])
def test_two_runs_on_one_output(crawl: Path, output: str, begun: str) -> None:
    """The second is refused, and the first can be gone on with all the same."""
    (crawl / "in").mkdir()
    expected = undisturbed(crawl, "out.jsonl")
    (crawl / "in.jsonl").rename(crawl / "in" / "out.jsonl")
    given = "in" if output == "out/" else "in/out.jsonl"
    process = started(crawl, "-o", output, name=given)
    until = time.monotonic() + 20
    while not (crawl / begun).exists() and time.monotonic() < until:
        time.sleep(0.02)
    process.send_signal(signal.SIGSTOP)
    for more in ([], ["--resume"], ["--rejects", "others.jsonl"]):
        call = command("-o", output, *more, name=given)
        result = subprocess.run(call, cwd=crawl, env=environment(), capture_output=True, check=False)
        assert result.returncode == 1
        assert "another run is writing this" in result.stderr.decode()
        assert (crawl / begun).exists()
    assert not any(crawl.glob("others*"))
    process.kill()
    process.wait()
    process.stderr.close()
    call = command("-o", output, "--resume", name=given)
    subprocess.run(call, cwd=crawl, env=environment(), capture_output=True, check=True)
    found = crawl / "out" / "out.jsonl" if output == "out/" else crawl / output
    assert (found.read_bytes(), (crawl / "bad.jsonl").read_bytes().replace(b"in/out.", b"in.")) == expected


# What is said of a run


def test_a_bar_on_a_terminal(crawl: Path) -> None:
    leader, follower = pty.openpty()
    call = command("-o", "out.jsonl")
    with subprocess.Popen(call, cwd=crawl, env=environment(COLUMNS="100"), stderr=follower) as process:
        os.close(follower)
        said = b""
        while True:
            try:
                part = os.read(leader, 10_000)
            except OSError:  # what Linux raises at the end of a terminal
                break
            if not part:
                break
            said += part
        assert process.wait(timeout=60) == 0
    os.close(leader)
    assert b"% done" in said
    assert b"kept" in said
    assert b"1,187 records" in said.split(b"\x1b[2K")[-1]


def test_a_line_an_interval(capsys: pytest.CaptureFixture[str]) -> None:
    now = [0.0]
    watch = shown.Lines(lambda: now[0])
    state = State("job", seconds=10.0)
    state.tally.records, state.tally.bytes, state.tally.characters, state.tally.kept = 2000, 30_000_000, 100, 40
    state.tally.aside = {"malformed": 3}
    for now[0] in (10.0, 29.0, 31.0, 50.0, 62.0):
        watch(Progress(state, 25, 100))
    words = "clean: 2,000 records, 200/s, 3.0 MB/s, 40.0% kept, 3 set aside, 25.0% done, 30.0 s left\n"
    assert capsys.readouterr().err == words * 2


def test_a_state_can_be_read_again(tmp_path: Path) -> None:
    path = tmp_path / "progress"
    state = State("job", input=1, batches=7, output=1234, failed={"a": "b"})
    state.tally.put_aside([])
    checkpoint.save(path, state)
    assert checkpoint.load(path, "job") == state
    path.write_bytes(b"{")
    with pytest.raises(CleanError, match="run again without --resume"):
        checkpoint.load(path, "job")


def test_the_sample_does_not_change_what_comes_out(tmp_path: Path) -> None:
    write(tmp_path / "in.jsonl", *[dirty(number) for number in range(30)])
    heard: list[Defect] = []
    listener = deaf()._replace(aside=lambda _name, defect: heard.append(defect))
    found = set()
    for add in ({}, {"removed": "removed"}):
        run(job(tmp_path, Work(Cleaner(()), Wanted(add=add))), listener)
        found.add(tuple(str(each["text"]) for each in lines(tmp_path / "out.jsonl")))
    assert len(found) == 1
    assert heard == []


@pytest.mark.parametrize("name", ["example.org.toml", "example.net.txt"])
def test_a_run_is_not_gone_on_with_under_other_rules(tmp_path: Path, name: str) -> None:
    from cleaner.show.records import _rules_stamp

    (tmp_path / name).write_text("one", encoding="utf-8")
    before = _rules_stamp([tmp_path])
    (tmp_path / name).write_text("another", encoding="utf-8")
    assert len(before) == 1
    assert _rules_stamp([tmp_path]) != before
