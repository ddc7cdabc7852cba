"""From a kommun's inputs to a folder of pages: reading, running, writing, index and commands."""

import sys

# jsonschema has an optional checker of addresses that builds its grammar for most of a second when
# it is imported. No notebook needs it, and without it jsonschema goes on.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
