"""What stands in the shipped files beside the campaign file? Standard demands."""

from __future__ import annotations

from pydantic import Field, model_validator

from mailer.adapters.catalog.scalars import Line, Slug, refused
from mailer.adapters.catalog.schema.entry import Entry


class StandardEntry(Entry):
    """One standard demand, with the people's names and without."""

    with_person: Line = Field(description="As a noun phrase with {person} in it.")
    without_person: Line = Field(description="The same where the campaign names nobody.")

    @model_validator(mode="after")
    def _names_the_person(self) -> StandardEntry:
        """Refuse a form that lost its {person}, and one that has it although nobody is named."""
        if "{person}" not in self.with_person:
            raise refused("with_person lacks {person}", "write {person} where the names belong")
        if "{person}" in self.without_person:
            raise refused("without_person has {person}, but is used where nobody is named", "take it out")
        return self


class StandardFile(Entry):
    """The standard demands in one language, and what else the campaign file needs words for."""

    conjunction: Line = Field(alias="and", description="The word between the last two names.")
    embassy: Line = Field(description="How an embassy is called that has no name in the file, with {country} in it.")
    demands: dict[Slug, StandardEntry] = Field(description="The demands by id.")
