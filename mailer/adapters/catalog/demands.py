"""Which demands are shipped in every language? Those of templates/letters/demands.yaml, with names put in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import cast

from mailer.adapters.catalog.document import Section
from mailer.adapters.catalog.problems import Ledger
from mailer.adapters.catalog.reading import parse_document, report_doubled_keys
from mailer.adapters.catalog.schema.standard import StandardEntry, StandardFile
from mailer.adapters.catalog.validation import read_entry
from mailer.adapters.templates import Templates
from mailer.core.texts import LocalText
from mailer.errors import Problem, RenderingError

FILE = "letters/demands.yaml"


@dataclass(frozen=True, slots=True)
class StandardDemands:
    """The shipped demands by id, and the word between the last two names by language."""

    entries: Mapping[str, StandardEntry] = field(default_factory=dict)
    conjunctions: Mapping[str, str] = field(default_factory=dict)

    @property
    def ids(self) -> Collection[str]:
        """The ids that there are."""
        return self.entries.keys()

    def languages(self, demand_id: str) -> Collection[str]:
        """Return the languages that a demand is shipped in."""
        return self.entries[demand_id].without_person.keys()

    def text(self, demand_id: str, people: Collection[LocalText], languages: Collection[str]) -> LocalText:
        """Return a demand for `people` in every language, those of `languages` first and in their order."""
        entry = self.entries[demand_id]
        forms = entry.with_person if people else entry.without_person
        order = [language for language in (*languages, *forms) if language in forms]
        return LocalText({tag: forms[tag].replace("{person}", self._names(people, tag)) for tag in order})

    def _names(self, people: Collection[LocalText], language: str) -> str:
        """Return names as a sentence of `language` joins them."""
        *others, last = [person.text(language) for person in people] or [""]
        word = self.conjunctions.get(language)
        if not others or word is None:
            return ", ".join((*others, last))
        return f"{', '.join(others)} {word} {last}"


def read_standard_demands(templates: Templates) -> tuple[StandardDemands, tuple[Problem, ...]]:
    """Return the shipped demands and the problems of their file."""
    path = templates.path(FILE)
    document = parse_document(str(path), path.read_bytes())
    if isinstance(document, Problem):
        return StandardDemands(), (document,)
    ledger = Ledger(document)
    report_doubled_keys(ledger)
    entry = read_entry(StandardFile, cast(Section, document.value), ledger, {"and": {}, "demands": {}})
    problems = tuple(problem for _, problem in ledger.entries)
    return (StandardDemands(entry.demands, entry.conjunctions) if entry else StandardDemands()), problems


def standard_demands(templates: Templates) -> StandardDemands:
    """Return the shipped demands.

    Raises:
        RenderingError: their file has problems; the message holds all, with file and line.
    """
    demands, problems = read_standard_demands(templates)
    if problems:
        raise RenderingError("\n".join(map(str, problems)))
    return demands
