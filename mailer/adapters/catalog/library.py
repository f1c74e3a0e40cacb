"""Which words may letters use? Those of templates/locale/, and a campaign's own, parsed to segments.

A part that a campaign's letter leaves out is that of the shipped letter in the same language. Variant
lists are of equal length in every language, because they pair by position.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple, cast

from mailer.adapters.catalog.document import Document, Section
from mailer.adapters.catalog.document import Path as Steps
from mailer.adapters.catalog.letters import LetterError, parse_letter
from mailer.adapters.catalog.nodes import Mark
from mailer.adapters.catalog.problems import Ledger
from mailer.adapters.catalog.reading import parse_document, report_doubled_keys
from mailer.adapters.catalog.schema.campaign import LetterEntry, LetterTone
from mailer.adapters.catalog.validation import read_entry
from mailer.adapters.templates import Templates
from mailer.core.texts import LetterLibrary, LetterTemplate, Segments
from mailer.errors import Problem, RenderingError

TONES = ("protest", "solidarity", "phone")
LONG_SUBJECT, LONGEST_SUBJECT = 110, 250
_FILE = re.compile(r"locale/([a-z]{2,3}(?:_[A-Za-z0-9]{2,8})*)/(protest|solidarity|phone)\.yaml")
_PARTS = ("subject", "opening", "body", "closing", "machine", "forward")
_NEVER_VARY = ("body", "machine", "forward")


class Parts(NamedTuple):
    """What one file or entry gives of a letter; None where it leaves a part out."""

    subject: tuple[Segments, ...] | None
    opening: tuple[Segments, ...] | None
    body: tuple[Segments, ...] | None
    closing: tuple[Segments, ...] | None
    machine: tuple[Segments, ...] | None
    forward: tuple[Segments, ...] | None
    greeting: str | None


def read_letters(templates: Templates) -> tuple[LetterLibrary, tuple[Problem, ...]]:
    """Return the shipped letters and the problems of their files; the folder gives the language."""
    found: dict[str, dict[str, LetterTemplate]] = {}
    problems: list[Problem] = []
    for name in templates.names("locale", "*/*.yaml"):
        if match := _FILE.fullmatch(name):
            path = templates.path(name)
            template, wrong = _read_file(str(path), path.read_bytes(), needs_subject=match[2] != "phone")
            problems.extend(wrong)
            if template is not None:
                found.setdefault(match[2], {})[language_of(match[1])] = template
    return LetterLibrary(found), tuple(problems)


def language_of(folder: str) -> str:
    """Return the language tag that a folder of templates/locale/ is named after: "pt_BR" holds "pt-br"."""
    return folder.replace("_", "-").lower()


def default_letters(templates: Templates) -> LetterLibrary:
    """Return the shipped letters, those of the organiser's own folder first.

    Raises:
        RenderingError: a file has problems; the message holds all, with file and line.
    """
    library, problems = read_letters(templates)
    if problems:
        raise RenderingError("\n".join(map(str, problems)))
    return library


@lru_cache(maxsize=256)
def _read_file(name: str, content: bytes, *, needs_subject: bool) -> tuple[LetterTemplate | None, tuple[Problem, ...]]:
    """Return the letter in one shipped file and what is wrong with it; equal files are read once."""
    document = parse_document(name, content)
    if isinstance(document, Problem):
        return None, (document,)
    ledger = Ledger(document)
    report_doubled_keys(ledger)
    entry = read_entry(LetterEntry, cast(Section, document.value), ledger, {})
    parts = read_parts(entry, (), ledger) if entry else None
    template = complete(parts, None, (), ledger, needs_subject=needs_subject) if parts else None
    errors = tuple(problem for _, problem in ledger.entries if problem.severity == "error")
    return (None if errors else template), errors


def read_parts(entry: LetterEntry, path: Steps, ledger: Ledger) -> Parts:
    """Return the parsed parts of one letter, each text that is none reported."""
    for part in _NEVER_VARY:
        if len(getattr(entry, part) or ()) > 1:
            ledger.error(
                (*path, part), f"the {part} is a list, but it never varies", "one text; vary opening and closing"
            )
    _check_subjects(entry, path, ledger)
    parsed = {part: _parsed(getattr(entry, part), (*path, part), ledger) for part in _PARTS}
    return Parts(**parsed, greeting=entry.greeting)


def _check_subjects(entry: LetterEntry, path: Steps, ledger: Ledger) -> None:
    """Report subjects that would break or overflow a header."""
    for index, subject in enumerate(entry.subject or ()):
        where = _variant(ledger.document, (*path, "subject"), index)
        if "=?" in subject or "\n" in subject:
            ledger.error(where, "a subject is one line without the characters =?", "take them out")
        check_length(where, subject, ledger)


def check_length(path: Steps, subject: str, ledger: Ledger) -> None:
    """Report a text that is too long for the subject of a mail."""
    if len(subject) > LONGEST_SUBJECT:
        ledger.error(path, f"a subject of {len(subject)} characters", f"at most {LONGEST_SUBJECT}, better 60")
    elif len(subject) > LONG_SUBJECT:
        ledger.warn(path, f"a subject of {len(subject)} characters", "inboxes show about 60; shorten it")


def _parsed(variants: tuple[str, ...] | None, path: Steps, ledger: Ledger) -> tuple[Segments, ...] | None:
    """Return the segments of each variant; one that does not parse is reported and empty."""
    if variants is None:
        return None
    return tuple(_parse(text, _variant(ledger.document, path, i), ledger) for i, text in enumerate(variants))


def _variant(document: Document, path: Steps, index: int) -> Steps:
    """Return the path of a variant; a single text is not in a list."""
    return (*path, index) if document.node(path).kind == "list" else path


def _parse(text: str, path: Steps, ledger: Ledger) -> Segments:
    """Return the segments of one text, or report what is wrong with it at its line in the file."""
    try:
        return parse_letter(text)
    except LetterError as error:
        node = ledger.document.node(path)
        mark = Mark(node.mark.line + error.line, 1) if node.is_block else node.mark
        ledger.error_at(path, mark, error.message, error.hint)
        return ()


def complete(
    parts: Parts, shipped: LetterTemplate | None, path: Steps, ledger: Ledger, *, needs_subject: bool
) -> LetterTemplate | None:
    """Return the letter with what it leaves out taken from the shipped one; report what neither has."""
    subject = parts.subject if parts.subject is not None else shipped.subjects if shipped else None
    opening = parts.opening or (shipped.openings if shipped else None)
    body = parts.body or ((shipped.body,) if shipped else None)
    closing = parts.closing or (shipped.closings if shipped else None)
    needed = {"subject": subject if needs_subject else (), "opening": opening, "body": body, "closing": closing}
    if lacking := [part for part, value in needed.items() if value is None]:
        hint = "write it: no letter is shipped in this language to take it from"
        ledger.error(path, f"the letter has no {' and no '.join(lacking)}", hint)
    if opening is None or body is None or closing is None:
        return None
    machine = parts.machine or ((shipped.machine,) if shipped else ((),))
    forward = parts.forward or ((shipped.forward,) if shipped else ((),))
    greeting = parts.greeting or (shipped.greeting if shipped else "")
    return LetterTemplate(opening, body[0], closing, subject or (), machine[0], forward[0], greeting)


def own_letters(
    letters: Mapping[LetterTone, Mapping[str, LetterEntry]], shipped: LetterLibrary, path: Steps, ledger: Ledger
) -> LetterLibrary:
    """Return a campaign's own letters, each complete."""
    found: dict[str, dict[str, LetterTemplate]] = {}
    for tone, by_language in letters.items():
        parts = {tag: read_parts(entry, _at(entry, (*path, tone, tag)), ledger) for tag, entry in by_language.items()}
        _check_pairs(parts, (*path, tone), ledger)
        for tag, given in parts.items():
            default = shipped.find(tone, tag)
            at = _at(by_language[tag], (*path, tone, tag))
            template = complete(given, default, at, ledger, needs_subject=tone != "phone")
            if template is not None:
                found.setdefault(tone, {})[tag] = template
    return LetterLibrary(found)


def _at(entry: LetterEntry, path: Steps) -> Steps:
    """Return where an entry stands; its language may be spelt otherwise in the file."""
    return entry.path or path


def _check_pairs(parts: Mapping[str, Parts], path: Steps, ledger: Ledger) -> None:
    """Report variant lists of different length: the translation of a variant is found by its position."""
    for part in _PARTS:
        lengths = {tag: len(given) for tag, each in parts.items() if (given := getattr(each, part)) is not None}
        if len(set(lengths.values())) > 1:
            told = ", ".join(f"{tag} has {count}" for tag, count in lengths.items())
            hint = "give every language the same number: the first of each belong together, and so on"
            ledger.error(path, f"the variants of '{part}' are not equally many: {told}", hint)
