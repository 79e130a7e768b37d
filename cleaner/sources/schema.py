"""The JSON Schema of rule files; `python -m cleaner.sources.schema > rules/schema.json` prints it."""

from __future__ import annotations

import sys
from typing import Any

import msgspec

from cleaner.sources.model import RuleFile


def schema() -> dict[str, Any]:
    """The JSON Schema of a rule file; `rules/schema.json` is this, committed."""
    made = msgspec.json.schema(RuleFile)
    model = made["$defs"]["RuleFile"]
    model["oneOf"] = [{"required": ["source"]}, {"required": ["family"]}]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A rule file of clean", **made}


def schema_text() -> str:
    """The schema as it is committed: two blanks of indentation, keys in the model's order, one newline at the end."""
    return msgspec.json.format(msgspec.json.encode(schema()), indent=2).decode() + "\n"


if __name__ == "__main__":
    sys.stdout.write(schema_text())
