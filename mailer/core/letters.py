"""Which text does a supporter send to a target? A template by language, a variant by seed, filled and signed.

Law: the same supporter always gets the same letter to the same target; names and demands never vary, a
slogan is in no letter whose target does not list it, and there is never a placeholder.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from mailer.core.fitting import Blocks
from mailer.core.languages import comma, reading_order, same_language
from mailer.core.pack import WrittenLetter
from mailer.core.signatures import one_line, signature
from mailer.core.targets import Tone
from mailer.core.texts import LetterLibrary, LetterTemplate, Segment, Segments
from mailer.core.writing import Values, Writing, letter_values, sender_country, speaks_in
from mailer.errors import RenderingError

PHONE = "phone"


def fill(segments: Segments, values: Values) -> str:
    """Return the text of `segments` with `values` put in; at most one blank line in a row.

    Values are put in as they are and never read as templates themselves.

    Raises:
        RenderingError: a segment names a value that there is not.
    """
    text = "".join(piece for segment in segments for piece in _pieces(segment, values))
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def _pieces(segment: Segment, values: Values) -> Iterator[str]:
    """Yield the words of one segment."""
    if segment.kind == "text":
        yield segment.name
        return
    if segment.name not in values:
        raise RenderingError(f"a letter asks for {segment.name!r}; there are {', '.join(sorted(values))}")
    value = values[segment.name]
    if segment.kind == "if":
        for inner in segment.then if value else segment.otherwise:
            yield from _pieces(inner, values)
    elif isinstance(value, str):
        yield value
    else:
        yield _numbered(value) if segment.kind == "list" else ", ".join(value)


def _numbered(entries: Iterable[str]) -> str:
    """Return one line for each entry, "1. ..." first."""
    return "\n".join(f"{number}. {entry}" for number, entry in enumerate(entries, start=1))


@dataclass(frozen=True, slots=True)
class Choice:
    """A letter's template, the language it is in, and the library whose other languages translate it."""

    template: LetterTemplate
    language: str
    library: LetterLibrary


def write_letter(writing: Writing, tone: str) -> tuple[WrittenLetter, WrittenLetter | None]:
    """Return the letter and, where the supporter reads another language, what it says in theirs.

    Raises:
        RenderingError: there is no template for `tone` in any language.
    """
    letter, translation = write_blocks(writing, tone)
    return letter.letter, translation.letter if translation else None


def write_blocks(writing: Writing, tone: str) -> tuple[Blocks, Blocks | None]:
    """Return what `write_letter` does, block by block.

    Raises:
        RenderingError: there is no template for `tone` in any language.
    """
    chosen = choose(writing, tone)
    translation = _translation(writing, tone, chosen)
    letter = _blocks(writing, tone, chosen)
    if translation is None:
        return letter, None
    is_standard = translation.library is not chosen.library
    return letter, replace(_blocks(writing, tone, translation), standard=is_standard)


def choose(writing: Writing, tone: str) -> Choice:
    """Return the template in the first language for which there is one, the campaign's own before the shipped.

    A language that was only assumed counts if the campaign's own words are in it: no letter is half in
    one language and half in another unannounced.

    Raises:
        RenderingError: there is no template for `tone` in any language.
    """
    own, shipped = writing.campaign.letters, writing.revision.letters
    assumed = (tag for tag in reading_order(*writing.assumed) if own.find(tone, tag) or speaks_in(writing, tag))
    last_resort = (writing.fallback, "en", *own.languages(tone), *shipped.languages(tone))
    for language in reading_order(*writing.languages, *assumed, *last_resort):
        for library in (own, shipped):
            template = library.find(tone, language)
            if template is not None:
                return Choice(template, language, library)
    raise RenderingError(f"there is no letter of the tone {str(tone)!r} in any language")


def _translation(writing: Writing, tone: str, chosen: Choice) -> Choice | None:
    """Return what tells a supporter who does not read the letter's language what it says.

    The same letter if its library has it in a language of theirs, else the shipped one with the same
    demands: nobody signs what they cannot read.
    """
    reads = writing.supporter.language or writing.fallback
    if same_language(reads, chosen.language):
        return None
    for language in reading_order(reads, writing.fallback):
        for library in (chosen.library, writing.revision.letters):
            template = library.find(tone, language)
            if template is not None and language != chosen.language:
                return Choice(template, language, library)
    return None


def _blocks(writing: Writing, tone: str, chosen: Choice) -> Blocks:
    """Return the letter in one language, block by block; only what goes through an embassy asks to be forwarded."""
    template, language = chosen.template, chosen.language
    values = letter_values(writing, language, spoken=tone == PHONE)
    opening = _variants(template.openings, writing, f"{tone}.opening")
    closing = _variants(template.closings, writing, f"{tone}.closing")
    greets = any(_puts_in("salutation", part) for part in (*opening[:1], template.body, *closing[:1]))
    return Blocks(
        language,
        _vary(template.subjects, writing, f"{tone}.subject", values, in_one_line=True),
        forward=_forward(writing, template, values) if tone != PHONE and writing.target.via_embassy else "",
        greeting="" if tone == PHONE or greets else str(values["salutation"]),
        opening=_vary(opening, writing, f"{tone}.opening", values),
        body=fill(template.body, values),
        closing=_vary(closing, writing, f"{tone}.closing", values),
        signature="" if tone == PHONE else "\n".join(signed(writing, language)),
        machine=fill(template.machine, values) if tone == PHONE else "",
        demands=tuple(values["demands"]),
    )


def _forward(writing: Writing, template: LetterTemplate, values: Values) -> str:
    """Return the line that asks an embassy to forward the letter, in English where its own language has none."""
    english = writing.revision.letters.find(Tone.PROTEST, "en")
    return fill(template.forward or (english.forward if english else ()), values)


def signed(writing: Writing, language: str) -> tuple[str, ...]:
    """Return the lines of the signature as the target may see it, in `language`."""
    return signature(writing.by, sender_country(writing, language), writing.shown, comma(language))


def _variants(variants: tuple[Segments, ...], writing: Writing, part: str) -> tuple[Segments, ...]:
    """Return the variants of a block; only the chosen one where not all greet, or none: then more depends on it."""
    if len({_puts_in("salutation", variant) for variant in variants}) < 2:
        return variants
    return (variants[writing.by.pick(writing.part(part), len(variants))],)


def _vary(
    variants: tuple[Segments, ...], writing: Writing, part: str, values: Values, *, in_one_line: bool = False
) -> str:
    """Return a block as this supporter's letter to this target has it."""

    def text(number: int) -> str:
        filled = fill(variants[number], values)
        return one_line(filled) if in_one_line else filled

    return writing.by.choose(writing.part(part), len(variants), text) if variants else ""


def _puts_in(name: str, segments: Segments) -> bool:
    """Tell whether `segments` put in the value `name` anywhere."""
    return any(
        (segment.kind == "value" and segment.name == name) or _puts_in(name, (*segment.then, *segment.otherwise))
        for segment in segments
    )
