"""How is the file written? The JSON Schema of its models, and a reference for people made from the same."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from mailer.adapters.catalog.letters import LETTER_VALUES
from mailer.adapters.catalog.schema.campaign import CampaignFile

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = Mapping[str, Any]

_BEGINNING = """\
# Campaign file: reference

Generated from the schema by `mailer schema --markdown`; do not edit it by hand.

The file is YAML 1.2: `NO` is Norway, `on` and `yes` are words, `09:00` and dates are texts. `mailer check`
tells everything that is wrong with it at once, with line and column; `mailer schema` prints the JSON Schema
for editors.

- **text**: what people read. Either one text, or a map of languages: `{en: "...", ru: "..."}`. Only the
  organisation's first language must be there; what another lacks is told, with what is used instead.
- **time**: `2026-12-02 10:00` on the clocks of the zone that belongs to it, or with an offset of its own
  (`2026-12-02 10:00+05:00`). A time that the clocks skip is the first moment after the gap, one that they
  show twice is the first of the two. A **date** ends at 24:00 in the organisation's zone.
- **duration**: a number and `w`, `d`, `h` or `m`: `3d`, `24h`.
- **country**: two capital letters of ISO 3166. **language**: a tag such as `en` or `pt-br`.
- **id**: small letters, digits and hyphens. An id may not change once mails have gone out.
- A comment that begins `# check` marks what somebody still has to look at; `mailer launch` waits until it is gone.

Letters (`letters`, and the files in `templates/locale/`) are in the syntax of Jinja2, cut down to
`{{ name }}`, `{{ demands }}` as a numbered list, and `{% if city %}...{% else %}...{% endif %}` on one value
(or `not` that value). A part that a letter of the campaign leaves out is that of the shipped letter in the same
language. Lists of variants are of equal length in every language, because they pair by position. Letters know
these values: """

_END = """
## Standard demands

`release`, `drop-charges`, `fair-trial`, `lawyer`, `medical-care`, `inquiry`, `end-violence` and `reinstate` are
shipped in every language that has a folder in `templates/locale/`, with the people's names put in.
"""


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the campaign file."""
    schema = CampaignFile.model_json_schema()
    return {"$schema": DIALECT, "title": "Campaign file", **_without_marks({**schema, "title": "Campaign file"})}


def _without_marks(schema: Any) -> Any:
    """Return a schema without the notes that only the reference reads."""
    if isinstance(schema, dict):
        return {key: _without_marks(value) for key, value in schema.items() if key != "x-form"}
    return [_without_marks(item) for item in schema] if isinstance(schema, list) else schema


def reference_markdown() -> str:
    """Return docs/campaign-reference.md: every key with its form, whether it must be there, and what it is for."""
    schema = CampaignFile.model_json_schema()
    values = ", ".join(f"`{name}`" for name in sorted(LETTER_VALUES))
    parts = (_section(title, entry) for title, entry in _entries(schema))
    return f"{_BEGINNING}{values}.\n\n{chr(10).join(parts)}{_END}"


def _entries(schema: Schema) -> Iterator[tuple[str, Schema]]:
    """Yield the maps of the file in the order in which they appear in it, each once."""
    yield "The file", schema
    seen: set[str] = set()
    waiting = list(_references(schema.get("properties", {})))
    while waiting:
        name = waiting.pop(0)
        if name not in seen:
            seen.add(name)
            entry = schema["$defs"][name]
            yield _title(name), entry
            waiting = [*_references(entry.get("properties", {})), *waiting]


def _title(name: str) -> str:
    """Return what the map of a model is called."""
    return name.removesuffix("Entry")


def _references(schema: Any) -> Iterator[str]:
    """Yield the names of the models that a part of the schema refers to."""
    if isinstance(schema, dict):
        if "$ref" in schema:
            yield schema["$ref"].rpartition("/")[2]
        for value in schema.values():
            yield from _references(value)
    elif isinstance(schema, list):
        for item in schema:
            yield from _references(item)


def _section(title: str, entry: Schema) -> str:
    """Return the heading and the table of one map."""
    required = entry.get("required", ())
    rows = (
        f"| `{key}` | {_form(value)} | {_presence(value, needed=key in required)} | {value.get('description', '')} |"
        for key, value in entry.get("properties", {}).items()
    )
    head = "| key | form | if omitted | what it is |\n|---|---|---|---|"
    return f"## {title}\n\n{entry.get('description', '')}\n\n{head}\n{chr(10).join(rows)}\n"


def _presence(value: Schema, *, needed: bool) -> str:
    """Return what holds if a key is left out."""
    if needed:
        return "**required**"
    default = value.get("default")
    return f"`{json.dumps(default)}`" if default not in (None, [], {}) else "-"


def _form(value: Schema) -> str:
    """Return the form of a value in words."""
    if "x-form" in value:
        return str(value["x-form"])
    if "$ref" in value:
        return f"map: {_title(value['$ref'].rpartition('/')[2])}"
    if "const" in value or "enum" in value:
        return ", ".join(f"`{choice}`" for choice in value.get("enum", [value.get("const")]))
    if "anyOf" in value:
        return " or ".join(dict.fromkeys(_form(each) for each in value["anyOf"] if each.get("type") != "null"))
    return _plain_form(value)


def _plain_form(value: Schema) -> str:
    """Return the form of a list, map or scalar in words."""
    kind = value.get("type", "")
    if kind == "array":
        return f"list of {_form(value['items'])}"
    if kind == "object":
        inner = [*value.get("patternProperties", {}).values(), value.get("additionalProperties")]
        return f"map of {_form(inner[0])}" if inner[0] else "map"
    return {"string": "words", "integer": "whole number", "boolean": "`true` or `false`"}.get(kind, str(kind))
