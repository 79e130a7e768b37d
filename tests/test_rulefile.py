"""Rule files: what is read, what is refused and how, the schema, inheritance."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleaner.document import Category
from cleaner.errors import RuleError
from cleaner.sources.inherit import combine, resolve
from cleaner.sources.patterns import compile_pattern
from cleaner.sources.rulefile import Loaded, check_patterns, parse
from cleaner.sources.schema import schema, schema_text

ROOT = Path(__file__).parent.parent

GOOD = """\
# A source, with one rule of each kind.
source   = "example.org"
hosts    = ["example.org", "example.net"]
language = "en-GB"
extends  = ["wordpress"]
disable  = ["share-bar"]

[fingerprint]
lines = [
    '^Example News — All the facts$',
    '^Example News Ltd',
]
min = 2

[[drop]]
id       = "newsletter-prompt"
category = "newsletter"
line     = '^Sign up for .{1,60} newsletter'
where    = "tail"
why      = "A sign-up box stands in the middle of each article."
hits     = ["Sign up for our morning newsletter"]
spares   = ["Sign up to vote, the council urged."]
next     = '^Email'
previous = '^Stay'
at-most  = 0.25

[[keep]]
id   = "correction"
line = '^Correction:'
why  = "Corrections belong to the body."

[[cut-before]]
id        = "masthead"
category  = "navigation"
line      = '^Share$'
match     = "last"
line-goes = false
why       = "The menu."

[[cut-after]]
id       = "more-stories"
category = "teaser"
line     = '^More stories$'
why      = "Teasers."

[[drop-block]]
id        = "author-box"
category  = "author-bio"
from      = '^About the author$'
to        = '^Follow'
max-lines = 6
to-goes   = false
why       = "A box."

[[inline]]
id       = "read-more"
category = "teaser"
part     = ' (Read more)$'
why      = "A link at the end of a line."

[[split]]
id  = "show-less"
at  = 'reading()Show less'
why = "Two buttons glued together."

[html]
body = ["article .story-body"]
drop = ["aside.related"]
"""


def test_a_file_is_read() -> None:
    loaded = parse(GOOD, "rules/example.org.toml")
    check_patterns(loaded)
    assert loaded.name == "example.org"
    assert (loaded.model.hosts, loaded.model.language) == (("example.org", "example.net"), "en-GB")
    assert (loaded.model.extends, loaded.model.disable) == (("wordpress",), ("share-bar",))
    assert loaded.model.fingerprint is not None
    assert loaded.model.fingerprint.min == 2
    assert [(version.body, version.drop) for version in loaded.model.layouts] == [
        (("article .story-body",), ("aside.related",))
    ]
    drop = loaded.model.drop[0]
    assert (drop.category, drop.where, drop.at_most) == (Category.NEWSLETTER, "tail", 0.25)
    assert (drop.next, drop.previous) == ("^Email", "^Stay")
    assert (loaded.model.cut_before[0].match, loaded.model.cut_before[0].line_goes) == ("last", False)
    assert (loaded.model.drop_block[0].from_, loaded.model.drop_block[0].max_lines) == ("^About the author$", 6)


def test_rules_remember_file_and_line() -> None:
    places = {placed.rule.id: placed.where for placed in parse(GOOD, "rules/example.org.toml").rules}
    assert places == {
        "newsletter-prompt": "rules/example.org.toml:15",
        "correction": "rules/example.org.toml:27",
        "masthead": "rules/example.org.toml:32",
        "more-stories": "rules/example.org.toml:40",
        "author-box": "rules/example.org.toml:46",
        "read-more": "rules/example.org.toml:55",
        "show-less": "rules/example.org.toml:61",
    }


def test_what_may_be_left_out() -> None:
    loaded = parse(GOOD, "x.toml")
    cut_before, cut_after, drop_block = (
        loaded.model.cut_before[0],
        loaded.model.cut_after[0],
        loaded.model.drop_block[0],
    )
    assert (cut_before.where, cut_before.at_most) == ("head", 0.8)
    assert (cut_after.where, cut_after.match, cut_after.line_goes) == ("tail", "first", True)
    assert (drop_block.where, drop_block.at_most) == ("anywhere", 0.5)
    assert (loaded.model.inline[0].at_most, loaded.model.inline[0].hits) == (0.3, ())


def test_a_family_is_read() -> None:
    loaded = parse('family = "wordpress"\n', "families/wordpress.toml", family=True)
    assert (loaded.name, loaded.rules) == ("families/wordpress", ())


# What is replaced in GOOD, by what; then the line, the rule, a piece of the problem, a piece of the remedy.
MISTAKES = [
    ("no TOML", 'source   = "example.org"', "source = ", 2, None, "not valid TOML", "single quotes"),
    ("a backslash", "line     = '^Sign", 'line     = "\\s^Sign', 18, None, "not valid TOML", "single quotes"),
    ("a key at the top", "hosts   ", "host", 3, None, "unknown key 'host' at the top", "write 'hosts'"),
    ("an action", "[[drop]]", "[[dropp]]", 15, None, "unknown key 'dropp' at the top", "write 'drop'"),
    (
        "an action in one word",
        "[[cut-after]]",
        "[[cut_after]]",
        40,
        None,
        "unknown key 'cut_after'",
        "write 'cut-after'",
    ),
    ("single brackets", "[[split]]", "[split]", 61, None, "[split] is a single table", "write [[split]]"),
    (
        "a key of a rule",
        "line     = '^S",
        "lines = '^S",
        18,
        "newsletter-prompt",
        "unknown key 'lines' in [[drop]]",
        "'line'",
    ),
    (
        "a key elsewhere",
        "max-lines = 6",
        "max_lines = 6",
        51,
        "author-box",
        "unknown key 'max_lines'",
        "write 'max-lines'",
    ),
    ("a key of inline", "part     =", "line =", 58, "read-more", "unknown key 'line' in [[inline]]", "part"),
    ("a key of the fingerprint", "min = 2", "minimum = 2", 13, None, "'minimum' in [fingerprint]", "write 'min'"),
    ("a key missing", "max-lines = 6\n", "", 46, "author-box", "the key `max-lines` is missing", "max-lines = …"),
    ("an id missing", 'id   = "correction"\n', "", 27, None, "the key `id` is missing", "id = …"),
    (
        "a category",
        '"newsletter"',
        '"newsleter"',
        17,
        "newsletter-prompt",
        "'newsleter' is no category",
        "'newsletter'",
    ),
    ("no such category", '"newsletter"', '"junk"', 17, "newsletter-prompt", "'junk' is no category", "caption, credit"),
    ("a place", '"tail"', '"bottom"', 19, "newsletter-prompt", "'bottom' is no where", "anywhere, head, tail"),
    ("a match", '"last"', '"latest"', 36, "masthead", "'latest' is no match", "write 'last'"),
    ("an id", '"correction"', '"Correction_Note"', 28, "Correction_Note", "is no id", "newsletter-prompt"),
    (
        "a deed for an id",
        '"correction"',
        '"remove-note"',
        28,
        "remove-note",
        "says what the rule does",
        "what it matches",
    ),
    ("an id twice", '"show-less"', '"read-more"', 62, "read-more", "stands twice", "of its own"),
    ("a language", '"en-GB"', '"English"', 4, None, "'English' is no language", "like en"),
    ("a bound too low", "max-lines = 6", "max-lines = 1", 51, "author-box", "`max-lines` is 1", "a number within"),
    (
        "a share too high",
        "at-most  = 0.25",
        "at-most = 25",
        25,
        "newsletter-prompt",
        "`at-most` is 25",
        "a number within",
    ),
    (
        "a share as text",
        "at-most  = 0.25",
        'at-most = "0.25"',
        25,
        "newsletter-prompt",
        "`at-most` is '0.25'",
        "without quotes",
    ),
    ("a yes as text", "line-goes = false", 'line-goes = "no"', 37, "masthead", "`line-goes` is 'no'", "true or false"),
    ("one hit", "hits     = [", "hits = 'x' # [", 21, "newsletter-prompt", "`hits` is 'x'", 'hits = ["…"]'),
    ("a number for a text", "part     = ' (Read more)$'", "part = 3", 58, "read-more", "`part` is 3", "between quotes"),
    ("an empty pattern", "'^Correction:'", "''", 29, "correction", "`line` is ''", ""),
    ("a selector", 'drop = ["aside.related"]', 'drop = "aside"', 68, None, "`drop` is 'aside'", 'drop = ["…"]'),
    ("no source", 'source   = "example.org"\n', "", 1, None, "`source` is missing", 'source = "example.org"'),
    ("a family outside", 'source   = "example.org"', 'family = "x"', 2, None, "outside families/", "`source`"),
    ("a URL for a host", '"example.net"', '"https://example.net/"', 3, None, "is no domain", "bare domain"),
    ("a port", '"example.net"', '"example.net:80"', 3, None, "'example.net:80' is no domain", "bare domain"),
    ("a wildcard", '"example.net"', '"*.example.net"', 3, None, "'*.example.net' is no domain", "below it is covered"),
    ("capitals in a host", '"example.net"', '"Example.net"', 3, None, "'Example.net' is no domain", "lower case"),
    ("a top-level domain", '"example.net"', '"net"', 3, None, "'net' is no domain", "bare domain"),
    ("www.", '"example.net"', '"www.example.net"', 3, None, "begins with www.", "write example.net"),
    ("a bracket", "'^Correction:'", "'^(Correction:'", 29, "correction", "missing )", "close every bracket"),
    ("a look-ahead", "'^Correction:'", "'^C(?=orrection)'", 29, "correction", "(?=", "no look-around"),
    ("a reference", "'^Correction:'", r"'(C)\1'", 29, "correction", r"\1", "groups"),
    ("a large repetition", "'^Correction:'", "'C{2,5000}'", 29, "correction", "{2,5000}", "at most 1000 times"),
    ("too many steps", "'^Correction:'", r"'^[\p{L} ]{1,200}$'", 29, "correction", "steps, 20000 at most", "write +"),
    (r"\A", "'^Correction:'", r"'\ACorrection'", 29, "correction", r"\\A", "write ^ or $"),
    (r"\n", "'^Correction:'", r"'Cor\nrection'", 29, "correction", r"\\n", "`next`"),
    ("a flag", "'^Correction:'", "'(?m)^Cor'", 29, "correction", "(?m)", "only (?i)"),
    (
        "nothing to match",
        "'^Correction:'",
        "'(?:Correction)*'",
        29,
        "correction",
        "a line without text",
        "at least one",
    ),
    ("no group to split", "'reading()Show less'", "'Show less'", 63, "show-less", "has 0 groups", "reading()Show"),
    ("two groups inline", "' (Read more)$'", "' (Read) (more)$'", 58, "read-more", "has 2 groups", "(?:…)"),
    ("a fingerprint", "'^Example News Ltd'", "'*'", 9, None, "no argument", "backslash"),
]


@pytest.mark.parametrize("case", MISTAKES, ids=[case[0] for case in MISTAKES])
def test_a_mistake_is_told_with_line_rule_and_remedy(case: tuple[str, str, str, int, str | None, str, str]) -> None:
    _, old, new, line, rule, problem, remedy = case
    assert GOOD.count(old) >= 1
    with pytest.raises(RuleError) as caught:
        check_patterns(parse(GOOD.replace(old, new, 1), "mine/example.org.toml"))
    error = caught.value
    assert error.where == f"mine/example.org.toml:{line}"
    assert error.rule == rule
    assert problem in error.problem
    assert remedy in error.remedy
    assert str(error).startswith(f"mine/example.org.toml:{line}:")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('source = "example.org"', "inside families/"),
        ("", "`family` is missing"),
        ('family = "Word Press"', "'Word Press' is no name"),
        ('family = "wordpress"\nhosts = ["example.org"]', "has no hosts"),
    ],
)
def test_a_mistake_of_a_family(text: str, problem: str) -> None:
    with pytest.raises(RuleError, match=problem):
        parse(text, "families/wordpress.toml", family=True)


def test_lines_are_counted_past_texts_of_several_lines() -> None:
    text = (
        'source = "example.org"\n[[drop]]\nid = "a"\nwhy = """\n[[drop]]\nid = 3\n"""\ncategory = "other"\nline = 4\n'
    )
    with pytest.raises(RuleError) as caught:
        parse(text, "x.toml")
    assert (caught.value.where, caught.value.rule) == ("x.toml:9", "a")


def test_forbidden_escapes_may_be_escaped() -> None:
    assert compile_pattern(r"^C:\\news\\Archive", "t:1").search(rb"C:\news\Archive x") is not None
    assert compile_pattern(r"[(]\?m\)", "t:1").search(b"(?m)") is not None


# The schema


def test_the_committed_schema_is_fresh() -> None:
    committed = (ROOT / "rules" / "schema.json").read_text(encoding="utf-8")
    assert committed == schema_text(), "write it again: python -m cleaner.sources.schema > rules/schema.json"


def test_every_key_has_a_description() -> None:
    for name, table in schema()["$defs"].items():
        assert table["description"], name
        if "properties" not in table:
            continue
        for key, value in table["properties"].items():
            tables = "$ref" in json.dumps(value) and name == "RuleFile"
            assert tables or "description" in value, f"{name}.{key}"
        assert table["additionalProperties"] is False, name


def test_the_schema_takes_good_files_and_refuses_mistakes() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    import tomllib

    validator = jsonschema.Draft202012Validator(schema())
    validator.check_schema(schema())
    good = tomllib.loads(GOOD)
    validator.validate(good)
    for wrong in (
        good | {"host": []},
        good | {"family": "x"},
        good | {"source": 3},
        good | {"drop": [good["drop"][0] | {"category": "junk"}]},
        good | {"drop": [good["drop"][0] | {"id": "Not Kebab"}]},
        good | {"drop": [good["drop"][0] | {"at-most": 2}]},
        good | {"drop-block": [{"id": "a"}]},
    ):
        with pytest.raises(jsonschema.ValidationError):
            validator.validate(wrong)


# Inheritance


def _file(name: str, ids: str = "", head: str = "") -> Loaded:
    """A file with a drop rule for each of some ids."""
    family = name.startswith("families/")
    text = f'{"family" if family else "source"} = "{name.removeprefix("families/")}"\n{head}\n'
    for each in ids.split():
        text += f'[[drop]]\nid = "{each}"\ncategory = "other"\nline = "{name} {each}"\nwhy = "A test."\n'
    return parse(text, f"{name}.toml", family=family)


def _names(loaded: Loaded, *families: Loaded) -> list[str]:
    by_name = {family.name.removeprefix("families/"): family for family in families}
    return [placed.name for placed in resolve(loaded, by_name.get, sorted(by_name))]


WORDPRESS = _file("families/wordpress", "share comments")
NETWORK = _file("families/network", "share legal", 'extends = ["wordpress"]')


def test_a_source_without_families_has_its_own_rules() -> None:
    assert _names(_file("example.org", "share ad")) == ["example.org/share", "example.org/ad"]


def test_a_familys_rules_follow_the_sources() -> None:
    source = _file("example.org", "ad", 'extends = ["wordpress"]')
    assert _names(source, WORDPRESS) == ["example.org/ad", "families/wordpress/share", "families/wordpress/comments"]


def test_a_rule_of_the_same_id_replaces_one() -> None:
    source = _file("example.org", "share", 'extends = ["wordpress"]')
    assert _names(source, WORDPRESS) == ["example.org/share", "families/wordpress/comments"]


def test_a_rule_may_be_switched_off() -> None:
    source = _file("example.org", "", 'extends = ["wordpress"]\ndisable = ["share"]')
    assert _names(source, WORDPRESS) == ["families/wordpress/comments"]


def test_families_extend_families() -> None:
    source = _file("example.org", "", 'extends = ["network"]')
    expected = ["families/network/share", "families/network/legal", "families/wordpress/comments"]
    assert _names(source, WORDPRESS, NETWORK) == expected


def test_a_family_met_twice_counts_once() -> None:
    source = _file("example.org", "", 'extends = ["network", "wordpress"]')
    assert _names(source, WORDPRESS, NETWORK) == [
        "families/network/share",
        "families/network/legal",
        "families/wordpress/comments",
        "families/wordpress/share",
    ]


def test_families_side_by_side_keep_their_rules() -> None:
    source = _file("example.org", "", 'extends = ["forum", "wordpress"]')
    forum = _file("families/forum", "share")
    expected = ["families/forum/share", "families/wordpress/share", "families/wordpress/comments"]
    assert _names(source, WORDPRESS, forum) == expected


@pytest.mark.parametrize(
    ("head", "problem", "remedy"),
    [
        ('extends = ["wordpres"]', "there is no family 'wordpres'", "write 'wordpress'"),
        ('extends = ["zzz"]', "there is no family 'zzz'", "the families are: a, b, network, wordpress"),
        ('extends = ["wordpress"]\ndisable = ["shares"]', "`disable` names 'shares'", "write 'share'"),
        ('extends = ["wordpress"]\ndisable = ["zzz"]', "`disable` names 'zzz'", "are: comments, share"),
        ('disable = ["share"]', "`disable` names 'share'", "there are no inherited rules"),
        ('extends = ["a"]', "in a circle: families/a -> families/b -> families/a", "take one `extends` out"),
    ],
)
def test_a_mistake_of_inheritance(head: str, problem: str, remedy: str) -> None:
    circle = [_file("families/a", "", 'extends = ["b"]'), _file("families/b", "", 'extends = ["a"]')]
    with pytest.raises(RuleError) as caught:
        _names(_file("example.org", "", head), WORDPRESS, NETWORK, *circle)
    assert problem in caught.value.problem
    assert remedy in caught.value.remedy


def test_a_mistake_of_inheritance_has_its_line() -> None:
    source = _file("example.org", "", 'extends = [\n    "wordpress",\n]\ndisable = ["zzz"]')
    with pytest.raises(RuleError) as caught:
        _names(source, WORDPRESS)
    assert caught.value.where == "example.org.toml:5"


def test_families_that_join_by_fingerprint_give_way_to_the_sources_ids() -> None:
    source, reprints = _file("example.org", "share"), _file("families/reprints", "share source-link")
    names = [placed.name for placed in combine(source.rules, (*reprints.rules, *WORDPRESS.rules, *reprints.rules))]
    assert names == ["example.org/share", "families/reprints/source-link", "families/wordpress/comments"]
