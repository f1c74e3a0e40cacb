"""Which demands are shipped in every language? Those of templates/locale/, with names put in."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final, cast

from mailer.adapters.catalog.document import Section
from mailer.adapters.catalog.library import language_of
from mailer.adapters.catalog.problems import Ledger
from mailer.adapters.catalog.reading import parse_document, report_doubled_keys
from mailer.adapters.catalog.schema.standard import StandardEntry, StandardFile
from mailer.adapters.catalog.validation import read_entry
from mailer.adapters.templates import Templates
from mailer.core.languages import comma
from mailer.core.texts import LocalText
from mailer.errors import Problem, RenderingError

_FILES = "*/demands.yaml"
# "Ana e Ignacio", but "Ana y Hierro": Spanish "y" changes before the sound of i that is no diphthong.
_SPANISH_E: Final = re.compile(r"h?[ií](?![aáeéoóu])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StandardDemands:
    """The shipped demands by id and language; by language, the word between two names and what an embassy is called."""

    entries: Mapping[str, Mapping[str, StandardEntry]] = field(default_factory=dict)
    conjunctions: Mapping[str, str] = field(default_factory=dict)
    embassies: Mapping[str, str] = field(default_factory=dict)

    @property
    def ids(self) -> Collection[str]:
        """The ids that there are."""
        return self.entries.keys()

    def languages(self, demand_id: str) -> Collection[str]:
        """Return the languages that a demand is shipped in."""
        return self.entries[demand_id].keys()

    def text(self, demand_id: str, people: Collection[LocalText], languages: Collection[str]) -> LocalText:
        """Return a demand for `people` in every language, those of `languages` first and in their order."""
        entries = self.entries[demand_id]
        order = [language for language in dict.fromkeys((*languages, *entries)) if language in entries]
        return LocalText({tag: self._form(entries[tag], people, tag) for tag in order})

    def _form(self, entry: StandardEntry, people: Collection[LocalText], language: str) -> str:
        """Return a demand in one language."""
        form = entry.with_person if people else entry.without_person
        return form.replace("{person}", self._names(people, language))

    def _names(self, people: Collection[LocalText], language: str) -> str:
        """Return names as a sentence of `language` joins them."""
        *others, last = [person.text(language) for person in people] or [""]
        word = self.conjunctions.get(language)
        if not others or word is None:
            return comma(language).join((*others, last))
        if language == "es" and _SPANISH_E.match(last):
            word = "e"
        return f"{comma(language).join(others)} {word} {last}"


def read_standard_demands(templates: Templates) -> tuple[StandardDemands, tuple[Problem, ...]]:
    """Return the shipped demands and the problems of their files; the folder gives the language."""
    entries: dict[str, dict[str, StandardEntry]] = {}
    conjunctions: dict[str, str] = {}
    embassies: dict[str, str] = {}
    problems: list[Problem] = []
    for name in templates.names("locale", _FILES):
        file, wrong = _read(templates, name)
        problems.extend(wrong)
        if file is not None:
            language = language_of(name.split("/")[1])
            conjunctions[language] = file.conjunction
            embassies[language] = file.embassy
            for demand_id, entry in file.demands.items():
                entries.setdefault(demand_id, {})[language] = entry
    return StandardDemands(entries, conjunctions, embassies), tuple(problems)


def _read(templates: Templates, name: str) -> tuple[StandardFile | None, tuple[Problem, ...]]:
    """Return the demands of one file and what is wrong with it."""
    path = templates.path(name)
    document = parse_document(str(path), path.read_bytes())
    if isinstance(document, Problem):
        return None, (document,)
    ledger = Ledger(document)
    report_doubled_keys(ledger)
    entry = read_entry(StandardFile, cast(Section, document.value), ledger, {"demands": {}})
    return entry, tuple(problem for _, problem in ledger.entries)


def standard_demands(templates: Templates) -> StandardDemands:
    """Return the shipped demands.

    Raises:
        RenderingError: a file has problems; the message holds all, with file and line.
    """
    demands, problems = read_standard_demands(templates)
    if problems:
        raise RenderingError("\n".join(map(str, problems)))
    return demands
