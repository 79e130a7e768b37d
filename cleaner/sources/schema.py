"""Print the JSON Schema of rule files: `python -m cleaner.sources.schema > rules/schema.json`."""

import sys

from cleaner.sources.model import schema_text

if __name__ == "__main__":
    sys.stdout.write(schema_text())
