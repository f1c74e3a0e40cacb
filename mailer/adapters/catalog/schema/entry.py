"""What is common to all maps of the file? Unknown keys are refused, and each knows where it stands.

A text that people read is one text, or a map of languages; both become a map, in which the empty
language means "as it stands, whatever the language".
"""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    ModelWrapValidatorHandler,
    PlainValidator,
    PrivateAttr,
    WithJsonSchema,
    model_validator,
)

from mailer.adapters.catalog.document import Path, Section
from mailer.adapters.catalog.places import read_language
from mailer.adapters.catalog.scalars import Line, Words, refused


class Entry(BaseModel):
    """One map of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    _section: Section = PrivateAttr(default_factory=lambda: Section(()))

    @model_validator(mode="wrap")
    @classmethod
    def _remember_section(cls, value: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        """Keep the map of the file that this entry was made from."""
        entry = handler(value)
        if isinstance(value, Section):
            entry._section = value
        return entry

    @property
    def path(self) -> Path:
        """Where this entry stands in the file."""
        return self._section.path

    def has(self, *keys: str) -> bool:
        """Tell whether the file gives any of `keys` here, wrong values included."""
        return any(key in self._section or key in self._section.pruned for key in keys)

    def lost(self, *keys: str) -> bool:
        """Tell whether a wrong value was taken out, under one of `keys` or, without any, anywhere here."""
        return not self._section.pruned.isdisjoint(keys) if keys else bool(self._section.pruned)

    def told(self, key: str) -> str:
        """Return a value as the file spells it, without blanks."""
        return "".join(str(self._section.get(key, "")).split())


def _as_map(value: object) -> object:
    """Return one text as a map with the empty language."""
    if isinstance(value, dict):
        if not value:
            raise refused("the text has no language", '{en: "..."}, or just the text')
        return value
    return {"": value}


def _text_language(value: object) -> str:
    """Return a key of a text's map."""
    return "" if value == "" else read_language(value)


def _as_list(value: object) -> object:
    """Return one text as a list of one."""
    if value == []:
        raise refused("the list is empty", "give one text at least, or leave the key out")
    return value if isinstance(value, list) else [value]


_TEXT_SCHEMA = {
    "anyOf": [
        {"type": "string", "minLength": 1},
        {"type": "object", "additionalProperties": {"type": "string", "minLength": 1}, "minProperties": 1},
    ],
    "x-form": "text",
}
_VARIANTS_SCHEMA = {
    "anyOf": [
        {"type": "string", "minLength": 1},
        {"type": "array", "items": {"type": "string", "minLength": 1}, "minItems": 1},
    ]
}
TextLanguage = Annotated[str, PlainValidator(_text_language)]
Text = Annotated[dict[TextLanguage, Words], BeforeValidator(_as_map), WithJsonSchema(_TEXT_SCHEMA)]
Heading = Annotated[dict[TextLanguage, Line], BeforeValidator(_as_map), WithJsonSchema(_TEXT_SCHEMA)]
Variants = Annotated[tuple[Words, ...], BeforeValidator(_as_list), WithJsonSchema(_VARIANTS_SCHEMA)]
