"""What stands in the shipped files beside the campaign file? Standard demands."""

from __future__ import annotations

from pydantic import Field, model_validator

from mailer.adapters.catalog.places import Language
from mailer.adapters.catalog.scalars import Line, Slug, refused
from mailer.adapters.catalog.schema.entry import Entry


class StandardEntry(Entry):
    """One standard demand, with the people's names and without."""

    with_person: dict[Language, Line] = Field(description="As a noun phrase with {person} in it.")
    without_person: dict[Language, Line] = Field(description="The same where the campaign names nobody.")

    @model_validator(mode="after")
    def _both_forms_everywhere(self) -> StandardEntry:
        """Refuse a language with one form only, and a form that lost its {person}."""
        if self.with_person.keys() != self.without_person.keys():
            raise refused("with_person and without_person are not in the same languages", "give both in each")
        if not all("{person}" in form for form in self.with_person.values()):
            raise refused("a form of with_person lacks {person}", "write {person} where the names belong")
        return self


class StandardFile(Entry):
    """The file of standard demands."""

    conjunctions: dict[Language, Line] = Field(alias="and", description="The word between the last two names.")
    demands: dict[Slug, StandardEntry] = Field(description="The demands by id.")
