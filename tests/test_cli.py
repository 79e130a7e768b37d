"""The command `clean` as a user meets it: mostly whole processes, with real files, pipes and terminals."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import stat
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import get_args

import pytest
from typer.testing import CliRunner

from cleaner import Cleaned, cli, options
from cleaner.heuristics.model.decode import Favor
from cleaner.show import call

ROOT = Path(__file__).parent.parent
CLEAN = [sys.executable, "-c", "from cleaner.__main__ import main; main()"]

PROSE = """The ferry to Hallow Island did not sail on Monday, and nobody on the quay could say when it would sail again.

“We were told at six,” said a fishmonger who had been waiting since five, “and we were told nothing else all day.”{_}

The harbour office blamed a valve. The valve was ordered in March from a maker that went out of business in April.

By the evening the baker on the island had sold her last loaf, and the school had sent the children home at noon.
""".replace("{_}", "  ")
PROMPT = "Get the harbour letter every Monday"
DIRTY = PROSE.replace("\n\nBy", f"\n\n{PROMPT}\n\nBy")
RULES = """
source = "example.org"

[[drop]]
id = "harbour-letter"
category = "newsletter"
line = '^Get the harbour letter every .{3,9}day$'
why = "A sign-up line stands in each article."
hits = ["Get the harbour letter every Monday"]
spares = ["Get the harbour letter every Monday, she said."]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with `prose.txt` (all body), `dirty.txt` (a prompt in it) and `my-rules/`."""
    (tmp_path / "prose.txt").write_text(PROSE, encoding="utf-8")
    (tmp_path / "dirty.txt").write_text(DIRTY, encoding="utf-8")
    (tmp_path / "my-rules").mkdir()
    (tmp_path / "my-rules" / "example.org.toml").write_text(RULES, encoding="utf-8")
    return tmp_path


OWN_RULES = ("--no-rules", "--rules", "my-rules", "--source", "example.org")


def environment(**more: str) -> dict[str, str]:
    """The environment of a run: this checkout, and none of the caller's wishes about colour."""
    dropped = {"NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "PYTHONUTF8", "PYTHONIOENCODING"}
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    return {**kept, "PYTHONPATH": str(ROOT), "TERM": "xterm", **more}


def run(folder: Path, *arguments: str, stdin: bytes = b"", **more: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*CLEAN, *arguments],
        cwd=folder,
        input=stdin,
        capture_output=True,
        env=environment(**more),
        timeout=60,
        check=False,
    )


def ok(result: subprocess.CompletedProcess[bytes]) -> bytes:
    assert (result.returncode, result.stderr) == (0, b"")
    return result.stdout


def words(result: subprocess.CompletedProcess[bytes], code: int) -> list[str]:
    """The lines on standard error of a run that ended with `code`."""
    assert result.returncode == code, result.stderr.decode()
    assert b"Traceback" not in result.stderr
    return result.stderr.decode().splitlines()


def leftovers(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob(".clean-*"))


# What comes out


def test_body_is_the_input_byte_for_byte(folder: Path) -> None:
    crlf = PROSE.replace("\n", "\r\n").encode()
    (folder / "crlf.txt").write_bytes(crlf)
    assert ok(run(folder, "crlf.txt")) == crlf


@pytest.mark.parametrize("arguments", [(), ("-",)], ids=["no argument", "a dash"])
def test_standard_input(folder: Path, arguments: Sequence[str]) -> None:
    assert ok(run(folder, *arguments, stdin=PROSE.encode())) == PROSE.encode()


def test_rules_of_ones_own_apply(folder: Path) -> None:
    assert ok(run(folder, "dirty.txt", *OWN_RULES)) == PROSE.encode()


def test_a_url_locates_the_source(folder: Path) -> None:
    assert ok(run(folder, "dirty.txt", "--rules", "my-rules", "--url", "https://www.example.org/x")) == PROSE.encode()


def test_keep_adds_a_category(folder: Path) -> None:
    assert ok(run(folder, "dirty.txt", *OWN_RULES, "--keep", "title, newsletter")) == DIRTY.encode()


@pytest.mark.parametrize("arguments", [("--favor", "recall"), ("--favor=precision",), ("--favor", "balanced")])
def test_favor_leaves_what_is_all_body(folder: Path, arguments: Sequence[str]) -> None:
    assert ok(run(folder, "prose.txt", *arguments)) == PROSE.encode()


def test_favor_reaches_the_cleaner(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    favoured = []
    made = call.Cleaner
    monkeypatch.setattr(call, "Cleaner", lambda *a, **k: favoured.append(k["favor"]) or made(*a, **k))
    monkeypatch.chdir(folder)
    for arguments in (["--favor", "recall"], []):
        assert CliRunner().invoke(cli.clean_app, [*arguments, "prose.txt"]).exit_code == 0
    assert favoured == ["recall", "balanced"]


def test_favor_takes_what_the_library_takes() -> None:
    assert sorted(choice.value for choice in options.FavorChoice) == sorted(get_args(Favor))


def test_several_inputs_are_a_blank_line_apart(folder: Path) -> None:
    (folder / "open.txt").write_text(PROSE.rstrip("\n"), encoding="utf-8")
    expected = f"{PROSE}\n{PROSE.rstrip()}\n\n{PROSE}"
    assert ok(run(folder, "prose.txt", "open.txt", "prose.txt")) == expected.encode()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_other_encodings_come_out_as_utf8(folder: Path, encoding: str) -> None:
    (folder / "other.txt").write_bytes(PROSE.encode(encoding))
    assert ok(run(folder, "other.txt")).decode("utf-8").lstrip("\ufeff") == PROSE


def test_output_is_utf8_in_any_locale(folder: Path) -> None:
    assert ok(run(folder, "prose.txt", LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")) == PROSE.encode()


def test_an_empty_input_is_an_empty_output(folder: Path) -> None:
    assert ok(run(folder, stdin=b"")) == b""


def test_html_is_told_apart(folder: Path) -> None:
    paragraphs = "".join(f"<p>{line.strip()}</p>" for line in PROSE.splitlines() if line)
    page = f"<!doctype html><html><body><nav><a href='/'>Home</a></nav><article>{paragraphs}</article></body></html>"
    result = run(folder, "-", stdin=page.encode())
    assert result.returncode == 0
    assert b"<p>" not in result.stdout
    assert "The harbour office blamed a valve." in result.stdout.decode()


# Files written


def test_output_file(folder: Path) -> None:
    assert ok(run(folder, "prose.txt", "-o", "out.txt")) == b""
    assert (folder / "out.txt").read_text(encoding="utf-8") == PROSE
    assert leftovers(folder) == []


def test_output_may_be_the_input_and_keeps_its_mode(folder: Path) -> None:
    (folder / "dirty.txt").chmod(0o640)
    ok(run(folder, "dirty.txt", *OWN_RULES, "-o", "dirty.txt"))
    assert (folder / "dirty.txt").read_text(encoding="utf-8") == PROSE
    assert stat.S_IMODE((folder / "dirty.txt").stat().st_mode) == 0o640


def test_a_new_output_has_the_mode_the_umask_gives(folder: Path) -> None:
    ok(run(folder, "prose.txt", "-o", "out.txt"))
    (folder / "plain").write_text("")
    assert (folder / "out.txt").stat().st_mode == (folder / "plain").stat().st_mode


def test_a_link_stays_a_link(folder: Path) -> None:
    (folder / "target.txt").write_text("old")
    (folder / "link.txt").symlink_to("target.txt")
    ok(run(folder, "prose.txt", "-o", "link.txt"))
    assert (folder / "link.txt").is_symlink()
    assert (folder / "target.txt").read_text(encoding="utf-8") == PROSE


@pytest.mark.parametrize("output", ["bodies/", "there"])
def test_output_folder_takes_the_same_names(folder: Path, output: str) -> None:
    (folder / "there").mkdir()
    assert ok(run(folder, "prose.txt", "dirty.txt", *OWN_RULES, "-o", output)) == b""
    assert sorted(path.name for path in (folder / output).iterdir()) == ["dirty.txt", "prose.txt"]
    assert (folder / output / "dirty.txt").read_text(encoding="utf-8") == PROSE


def test_two_inputs_of_one_name_are_refused_before_anything_is_written(folder: Path) -> None:
    (folder / "b").mkdir()
    (folder / "b" / "prose.txt").write_text(PROSE, encoding="utf-8")
    (said,) = words(run(folder, "prose.txt", "b/prose.txt", "-o", "bodies/"), 2)
    assert "prose.txt and b/prose.txt would both become bodies/prose.txt" in said
    assert not (folder / "bodies").exists()


def test_a_second_run_into_the_same_folder_is_not_advised(folder: Path) -> None:
    (folder / "b").mkdir()
    (folder / "b" / "prose.txt").write_text(PROSE, encoding="utf-8")
    (said,) = words(run(folder, "prose.txt", "b/prose.txt", "-o", "bodies/"), 2)
    assert said.endswith("; give each a folder of its own, in two runs")
    (said,) = words(run(folder, "prose.txt", "./prose.txt", "-o", "bodies/"), 2)
    assert said == "clean: prose.txt is named twice; name it once"


def test_standard_input_has_no_name_in_a_folder(folder: Path) -> None:
    (said,) = words(run(folder, "-", "-o", "bodies/", stdin=b"x"), 2)
    assert "standard input has no name" in said


def test_a_failing_input_leaves_the_output_alone(folder: Path) -> None:
    (folder / "out.txt").write_text("precious")
    words(run(folder, "missing.txt", "-o", "out.txt"), 1)
    assert (folder / "out.txt").read_text() == "precious"
    assert leftovers(folder) == []


def test_an_output_that_cannot_be_written(folder: Path) -> None:
    (said,) = words(run(folder, "prose.txt", "-o", "nowhere/out.txt"), 1)
    told = "clean: nowhere/out.txt: cannot be written (No such file or directory)"
    assert said == f"{told}; make its folder, or choose another place"


def test_a_full_device(folder: Path) -> None:
    (said,) = words(run(folder, "prose.txt", "-o", "/dev/full"), 1)
    assert said.startswith("clean: /dev/full: cannot be written (No space left on device)")


def test_a_fifo_is_written_straight(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    with subprocess.Popen([*CLEAN, "prose.txt", "-o", "pipe"], cwd=folder, env=environment()) as process:
        assert (folder / "pipe").read_bytes() == PROSE.encode()
        assert process.wait(timeout=60) == 0
    assert stat.S_ISFIFO((folder / "pipe").stat().st_mode)


def test_dev_stdout_appends_where_the_shell_does(folder: Path) -> None:
    (folder / "log").write_text("before\n")
    with (folder / "log").open("ab") as log:
        subprocess.run(
            [*CLEAN, "prose.txt", "-o", "/dev/stdout"], cwd=folder, stdout=log, env=environment(), check=True
        )
    assert (folder / "log").read_text(encoding="utf-8") == "before\n" + PROSE


STOPPED = """
import sys
from importlib import import_module
class Stop:
    def find_spec(self, name, *_):
        if name == needed:
            raise KeyboardInterrupt
sys.meta_path.insert(0, Stop())
entry, needed = sys.argv[1:3]
del sys.argv[1:3]
module, _, function = entry.partition(":")
getattr(import_module(module), function)()
"""
"""A command, with Ctrl-C while it loads a module that it needs."""


@pytest.mark.parametrize(
    ("command", "module", "arguments"),
    [
        ("clean", "numpy", ["prose.txt"]),
        ("clean", "numpy", ["--json", "prose.txt"]),
        ("clean", "typer", ["--json", "prose.txt"]),
        ("clean-rules", "typer", ["list"]),
    ],
)
def test_an_interrupt_while_modules_load_needs_no_words(
    folder: Path, command: str, module: str, arguments: Sequence[str]
) -> None:
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    call = [sys.executable, "-c", STOPPED, scripts[command], module, *arguments]
    result = subprocess.run(call, cwd=folder, env=environment(), capture_output=True, check=False)
    assert (result.returncode, result.stdout, result.stderr) == (130, b"", b"")


def test_an_interruption_while_writing_leaves_nothing_behind(tmp_path: Path) -> None:
    from cleaner.show.files import open_output

    target = tmp_path / "out.txt"
    target.write_text("precious")

    def interrupted() -> None:
        with open_output(str(target)) as stream:
            stream.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert [path.name for path in tmp_path.iterdir()] == ["out.txt"]
    assert target.read_text() == "precious"


# What fails


def test_failing_inputs_leave_the_others_alone(folder: Path) -> None:
    (folder / "sub").mkdir()
    result = run(folder, "missing.txt", "prose.txt", "sub", "prose.txt")
    said = words(result, 1)
    assert result.stdout.decode() == f"{PROSE}\n{PROSE}"
    assert said == [
        "clean: missing.txt: no such file; check the name and the folder you are in",
        "clean: sub: this is a folder; name its files, for example its *.txt, or write their bodies to another with -o "
        "FOLDER/",
    ]


def test_binary_input_is_refused(folder: Path) -> None:
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    result = run(folder, "picture.png", "prose.txt")
    (said,) = words(result, 1)
    assert said.startswith("clean: picture.png: ")
    assert result.stdout == PROSE.encode()


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read anything")
def test_no_permission(folder: Path) -> None:
    (folder / "prose.txt").chmod(0)
    (said,) = words(run(folder, "prose.txt"), 1)
    assert "prose.txt: no permission" in said


def test_no_permission_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    from cleaner.errors import InputError
    from cleaner.show.files import read_input

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(InputError, match="no permission to read this"):
        read_input("secret.txt")


def test_a_name_with_control_characters_cannot_drive_the_terminal(folder: Path) -> None:
    (said,) = words(run(folder, "a\x1b[31mb\nc"), 1)
    assert said.startswith("clean: a\\x1b[31mb\\nc: no such file")


USAGE = {
    "unknown category": (("--keep", "captoin"), "no such category; did you mean caption?"),
    "unknown source": (("--source", "exmaple.org", "--rules", "my-rules", "prose.txt"), "exmaple.org"),
    "two views": (("--diff", "--json"), "--diff goes with neither"),
    "offsets of nothing": (("--offsets",), "--offsets belongs to --explain"),
    "standard input twice": (("-", "-"), "standard input can be read once"),
    "no name for the output": (("prose.txt", "-o", ""), "-o: the name is empty; was a variable not set?"),
    "no name beside options": (("prose.txt", "--fast", "-o", ""), "-o: the name is empty"),
    "no name for an input": (("",), "FILE: the name is empty"),
    "no name for records": (("crawl.jsonl", "-o", ""), "-o: the name is empty"),
    "no name for what is set aside": (("crawl.jsonl", "--rejects", ""), "--rejects: the name is empty"),
    "no name for rules": (("--rules", "", "prose.txt"), "--rules: the name is empty"),
    "no such rules": (("--rules", "nowhere"), "nowhere: no such folder"),
    "a rule file for rules": (("--rules", "my-rules/example.org.toml"), "this is a file; give its folder, my-rules"),
    "unknown favour": (("--favor", "speed"), "speed"),
    "unknown format": (("--format", "pdf"), "pdf"),
    "unknown option": (("--colour",), "--colour"),
}


@pytest.mark.parametrize(("arguments", "expected"), USAGE.values(), ids=USAGE)
def test_wrong_usage(folder: Path, arguments: Sequence[str], expected: str) -> None:
    result = run(folder, *arguments)
    assert expected in " ".join(words(result, 2))
    assert result.stdout == b""


def test_an_empty_name_for_the_output_leaves_the_input_alone(folder: Path) -> None:
    run(folder, "dirty.txt", "--rules", "my-rules", "--source", "example.org", "-o", "")
    assert (folder / "dirty.txt").read_text(encoding="utf-8") == DIRTY


def test_a_wrong_rule_file_is_a_warning_and_with_strict_an_error(folder: Path) -> None:
    (folder / "my-rules" / "broken.toml").write_text('source = "broken.org"\n[[drop]]\nid = "x"\n', encoding="utf-8")
    result = run(folder, "dirty.txt", *OWN_RULES)
    (said,) = words(result, 0)
    assert result.stdout == PROSE.encode()
    assert "warning: " in said
    assert "broken.toml:" in said
    assert ok(run(folder, "dirty.txt", *OWN_RULES, "--quiet")) == PROSE.encode()
    (said,) = words(run(folder, "dirty.txt", *OWN_RULES, "--strict"), 2)
    assert "broken.toml:" in said


CLOSED = {
    "input": ("<&-", "", "clean: standard input: standard input is closed; name a file, or redirect one\n"),
    "output": ("prose.txt >&-", "", "clean: standard output is closed; name a file with -o\n"),
    "error": ("missing.txt 2>&-", "", ""),
    "full": ("prose.txt >/dev/full", "", "clean: standard output: cannot be written (No space left on device)"),
}


@pytest.mark.parametrize(("redirection", "output", "said"), CLOSED.values(), ids=CLOSED)
def test_a_closed_or_full_stream_is_said_not_raised(folder: Path, redirection: str, output: str, said: str) -> None:
    call = f'exec "$0" -m cleaner {redirection}'
    result = subprocess.run(
        ["/bin/sh", "-c", call, sys.executable], cwd=folder, capture_output=True, env=environment(), check=False
    )
    assert (result.returncode, result.stdout.decode()) == (1, output)
    assert result.stderr.decode().startswith(said)
    assert b"Traceback" not in result.stderr
    assert said != "" or result.stderr == b""


# Signals, pipes, terminals


def test_a_reader_that_goes_away(folder: Path) -> None:
    (folder / "big.txt").write_text(PROSE * 2000, encoding="utf-8")
    with subprocess.Popen(
        [*CLEAN, "big.txt", "--explain", "big.txt"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 141


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_goes_away_half_way(folder: Path, unbuffered: str) -> None:
    (folder / "big.txt").write_text(PROSE * 2000, encoding="utf-8")
    with subprocess.Popen(
        [*CLEAN, "big.txt"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(PYTHONUNBUFFERED=unbuffered),
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.read(100) == PROSE.encode()[:100]
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 141


@pytest.fixture
def interruptible() -> Iterator[None]:
    """A process that a shell runs in the background is begun with Ctrl-C ignored, and hands that on."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_ctrl_c(folder: Path, interruptible: None) -> None:
    with subprocess.Popen(
        CLEAN, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    ) as process:
        _until_reading(process.pid)
        process.send_signal(signal.SIGINT)
        output, said = process.communicate(timeout=60)
    assert (process.returncode, output, said) == (130, b"", b"")


def test_termination_leaves_nothing_behind(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    arguments = ["prose.txt", "pipe", "-o", "out.txt"]
    with subprocess.Popen([*CLEAN, *arguments], cwd=folder, env=environment()) as process:
        for _ in range(500):
            if leftovers(folder):
                break
            time.sleep(0.01)
        assert leftovers(folder) != []
        process.terminate()
        assert process.wait(timeout=60) == 143
    assert leftovers(folder) == []
    assert not (folder / "out.txt").exists()


def _until_reading(pid: int) -> None:
    """Wait until a process reads its standard input."""
    for _ in range(500):
        if "pipe_read" in Path(f"/proc/{pid}/wchan").read_text() or _reads_standard_input(pid):
            return
        time.sleep(0.01)
    pytest.fail("the process never read its standard input")


def _reads_standard_input(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/syscall").read_text().startswith("0 0x0 ")
    except OSError:
        return False


def at_terminal(folder: Path, *arguments: str, **more: str) -> tuple[int, str]:
    """Exit code and all that a terminal shows, with standard input, output and error on it."""
    master, slave = pty.openpty()
    with subprocess.Popen(
        [*CLEAN, *arguments], cwd=folder, stdin=slave, stdout=slave, stderr=slave, env=environment(**more)
    ) as process:
        os.close(slave)
        shown = b""
        while True:
            try:
                piece = os.read(master, 65536)
            except OSError:
                break
            if not piece:
                break
            shown += piece
        code = process.wait(timeout=60)
    os.close(master)
    return code, shown.decode().replace("\r\n", "\n")


def test_no_argument_at_a_terminal_shows_help(folder: Path) -> None:
    code, shown = at_terminal(folder)
    assert code == 2
    assert "Usage: clean [OPTIONS]" in shown


def test_diff_is_coloured_at_a_terminal_unless_refused(folder: Path) -> None:
    struck = f"\x1b[31;9m{PROMPT}\x1b[0m"
    assert struck in at_terminal(folder, "dirty.txt", *OWN_RULES, "--diff")[1]
    assert f"[-{PROMPT}-]" in at_terminal(folder, "dirty.txt", *OWN_RULES, "--diff", NO_COLOR="1")[1]
    assert f"[-{PROMPT}-]" in at_terminal(folder, "dirty.txt", *OWN_RULES, "--diff", "--color", "never")[1]


def test_several_files_show_progress_at_a_terminal(folder: Path) -> None:
    code, shown = at_terminal(folder, "prose.txt", "dirty.txt", "-o", "bodies/")
    assert code == 0
    assert "100%" in shown
    assert at_terminal(folder, "prose.txt", "dirty.txt", "-o", "bodies/", "--quiet") == (0, "")


# Views


def test_diff_off_a_terminal_is_plain_and_colour_can_be_forced(folder: Path) -> None:
    expected = DIRTY.replace(PROMPT, f"[-{PROMPT}-]").encode()
    assert ok(run(folder, "dirty.txt", *OWN_RULES, "--diff")) == expected
    coloured = expected.replace(b"[-", b"\x1b[31;9m").replace(b"-]", b"\x1b[0m")
    assert ok(run(folder, "dirty.txt", *OWN_RULES, "--diff", FORCE_COLOR="1")) == coloured
    assert ok(run(folder, "dirty.txt", *OWN_RULES, "--diff", "--color", "always")) == coloured


def test_explain_names_line_category_rule_and_why(folder: Path) -> None:
    shown = ok(run(folder, "dirty.txt", *OWN_RULES, "--explain", "--offsets")).decode().splitlines()
    start = DIRTY.index(PROMPT)
    assert shown[0] == f"line 7 [{start}:{start + len(PROMPT) + 1}]: newsletter  example.org/harbour-letter  1.00"
    assert shown[1] == f"    {PROMPT}"
    assert shown[2] == "    A sign-up line stands in each article."
    assert shown[3].startswith("kept 9")
    assert "newsletter" in shown[3]
    assert "source: example.org" in shown[3]


def test_explain_of_several_names_each(folder: Path) -> None:
    shown = ok(run(folder, "dirty.txt", "prose.txt", *OWN_RULES, "--explain")).decode()
    assert shown.startswith("== dirty.txt ==\nline 7: newsletter")
    assert "\n\n== prose.txt ==\nkept 100.0%" in shown


def test_json_follows_its_schema(folder: Path) -> None:
    from jsonschema import Draft202012Validator

    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    schema = json.loads(page.partition("```json\n")[2].partition("```")[0])
    Draft202012Validator.check_schema(schema)
    result = run(folder, "dirty.txt", "missing.txt", "-", *OWN_RULES, "--json")
    words(result, 1)
    first, second, third = (json.loads(line) for line in result.stdout.decode().splitlines())
    for record in (first, second, third):
        Draft202012Validator(schema).validate(record)
    assert (first["file"], first["text"], first["source"]) == ("dirty.txt", PROSE, "example.org")
    assert "".join(DIRTY[d["start"] : d["end"]] for d in first["decisions"]) == DIRTY
    assert second == {"file": "missing.txt", "error": "no such file; check the name and the folder you are in"}
    assert (third["file"], third["status"]) == ("-", "empty")


def test_json_categories_in_the_schema_are_all(folder: Path) -> None:
    from cleaner import Category

    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    schema = json.loads(page.partition("```json\n")[2].partition("```")[0])
    listed = schema["$defs"]["decision"]["properties"]["category"]["enum"]
    assert listed == [*(category.value for category in Category), None]


# The surface


def test_help_has_examples_and_exit_codes() -> None:
    result = CliRunner().invoke(cli.clean_app, ["--help"])
    assert result.exit_code == 0
    assert "clean *.txt -o bodies/" in result.output
    assert "1 an input failed or an HTML page was no article, 2 wrong usage" in result.output
    assert "--install-completion" in result.output


def test_version() -> None:
    result = CliRunner().invoke(cli.clean_app, ["--version"])
    assert result.exit_code == 0
    assert result.output.startswith("clean")


def test_categories_complete(folder: Path) -> None:
    shown = run(folder, COMP_WORDS="clean --keep new", COMP_CWORD="2", _CLEAN_COMPLETE="complete_bash").stdout.decode()
    assert shown.split() == ["newsletter"]


def test_the_schema_has_every_status() -> None:
    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    schema = json.loads(page.partition("```json\n")[2].partition("```")[0])
    listed = schema["$defs"]["result"]["properties"]["status"]["enum"]
    (row,) = [line for line in page.splitlines() if line.startswith("| `status` |")]
    documented = " ".join(str(Cleaned.__doc__).split()).partition("`status` is ")[2].partition("`confidence`")[0]
    assert [f"`{status}`" in row for status in listed] == [True] * len(listed)
    assert set(re.findall(r'"([a-z-]+)"', documented)) <= set(listed)


HEAVY = {"rich", "pydantic", "trafilatura", "lxml", "bs4", "charset_normalizer", "jsonschema", "difflib", "tempfile"}
SCRIPT = """import sys
from cleaner.__main__ import main
try:
    main()
finally:
    print(*sys.modules, file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("arguments", "heavy"),
    [
        (["prose.txt"], HEAVY | {"typer", "click"}),
        (["prose.txt", "--explain"], HEAVY - {"pydantic", "difflib", "tempfile"}),
    ],
)
def test_an_ordinary_run_imports_nothing_heavy(folder: Path, arguments: Sequence[str], heavy: set[str]) -> None:
    result = subprocess.run(
        [sys.executable, "-c", SCRIPT, *arguments],
        cwd=folder,
        capture_output=True,
        env=environment(),
        timeout=60,
        check=False,
    )
    assert result.returncode == 0
    assert sorted(heavy & set(result.stderr.decode().split())) == []


def test_numpy_waits_until_the_command_has_set_up_its_process() -> None:
    probe = "import sys, cleaner.__main__; print('numpy' in sys.modules)"
    call = [sys.executable, "-c", probe]
    assert subprocess.run(call, capture_output=True, env=environment(), check=True).stdout == b"False\n"


@pytest.mark.parametrize(("given", "threads"), [({}, "1"), ({"OPENBLAS_NUM_THREADS": "3"}, "3")])
def test_the_command_asks_numpy_for_no_threads_it_does_not_use(
    folder: Path, given: dict[str, str], threads: str
) -> None:
    script = SCRIPT.replace("import sys", "import os, sys").replace(
        "*sys.modules", "os.environ['OPENBLAS_NUM_THREADS']"
    )
    outside = {name: value for name, value in environment(**given).items() if name in given or "BLAS" not in name}
    call = [sys.executable, "-c", script, "prose.txt"]
    assert (
        subprocess.run(call, cwd=folder, capture_output=True, env=outside, check=True).stderr.decode() == f"{threads}\n"
    )


def test_one_file_and_no_option_means_the_same_as_with_options(folder: Path) -> None:
    assert run(folder, "dirty.txt").stdout == run(folder, "dirty.txt", "--color", "auto").stdout


def test_python_m(folder: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "cleaner", "prose.txt"], cwd=folder, capture_output=True, env=environment(), check=True
    )
    assert result.stdout == PROSE.encode()
