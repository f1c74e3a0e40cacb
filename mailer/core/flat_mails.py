"""How is a whole mail filled in one go? Header, bodies and files as one row of octets, with slots between them.

Law: a flat mail is, octet for octet, what `MessageSkeleton` fills for the same usual reader. Where a boundary could be
in a body, or an encoding depends on a value, there is no flat mail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from mailer.core.authors import number_of
from mailer.core.flat_bodies import FlatBody
from mailer.core.flat_dots import have_dots, is_dotless
from mailer.core.flat_values import ALTERNATIVE, ANSWERED, ID, MIXED, TO, Chosen, FlatValues
from mailer.core.message_skeletons import MessageSkeleton
from mailer.core.multipart import BOUNDARY_SIGN, multipart_pieces, text_head
from mailer.core.quoted_skeletons import QuotedSkeleton
from mailer.core.slots import Form, Pieces, constants_in, merge, moved, numbers_in
from mailer.core.supporters import PublicId
from mailer.core.usual_texts import in_usual_link

_BEGUN: Final = BOUNDARY_SIGN[0]


@dataclass(frozen=True, slots=True)
class Parts:
    """What stands in a header and in an envelope, with a filling's numbers; `answers` tells that it follows a mail."""

    unsubscribe: tuple[Pieces, ...]
    sender: Pieces
    answers: bool


@dataclass(frozen=True, slots=True, eq=False)
class FlatMail:
    """A mail as one form, and its envelope's sender as another; the other fields tell how the values are made.

    `links` are own texts, and `quoted` bodies whose lines are broken; where there are files it `is_mixed`. If it
    `is_dotless`, no line begins with a dot, but for what `quoted` makes.
    """

    makers: tuple[Callable[[PublicId], bytes], ...]
    links: tuple[int, ...]
    chosen: Chosen
    quoted: tuple[QuotedSkeleton, ...]
    content: Form
    sender: Form | str
    is_mixed: bool
    is_dotless: bool

    @classmethod
    def of(cls, message: MessageSkeleton, values: FlatValues, parts: Parts) -> FlatMail | None:
        """Return the flat mail of a skeleton, None if it is not sure how the mails of all usual readers look."""
        bodies = _bodies(message, values)
        lines = _lines(values, bodies)
        content = merge(_content(bodies, message)) if bodies else ()
        if lines is None or _may_hold_boundaries((*lines.words, *_words(content))):
            return None
        pieces, whole = moved(parts.sender, values.numbers), (*_head(message, values, parts), *content)
        return cls(
            makers=values.makers,
            links=values.links,
            chosen=lines.forms,
            quoted=tuple(body.quoted for body in bodies if body.quoted),
            content=Form.of(whole),
            sender=Form.of(pieces) if numbers_in(pieces) else constants_in(pieces),
            is_mixed=bool(message.files),
            is_dotless=is_dotless(whole, lines),
        )

    def fill(self, own: list[bytes], public_id: PublicId, seed: int) -> tuple[str, bytes, bool] | None:
        """Return the envelope's sender, the mail of one reader, and whether it is sure that no line begins with a dot.

        It is None if a line of a body could be a lone dot. `own` are the values in front of the tokens.
        """
        values = own + [make(public_id) for make in self.makers]
        values += [in_usual_link(values[place]) for place in self.links]
        for part, tables in self.chosen:
            number = number_of(seed, part)
            lines = [table[number % len(table)] for table in tables]
            values += [line if isinstance(line, bytes) else line.fill(values) for line in lines]
        sender = self.sender if isinstance(self.sender, str) else self.sender.fill(values).decode("ascii")
        row, is_dotless = values, self.is_dotless
        for quoted in self.quoted:
            ends = quoted.ends(values)
            if ends is None:
                return None
            row = row + ends
            is_dotless = is_dotless and not have_dots(ends)
        return sender, self.content.fill(row), is_dotless


def _lines(values: FlatValues, bodies: Sequence[FlatBody]) -> FlatValues | None:
    """Return the values with each line quoted as its body needs it, None if two bodies need it each in its way."""
    quoted = {number for body in bodies if body.quoted for number in body.numbers}
    plain = {number for body in bodies if not body.quoted for number in body.numbers}
    lines = values.quoted(quoted)
    return lines if bodies and lines.lines == values.quoted(quoted - plain).lines else None


def _words(pieces: Pieces) -> list[str]:
    """Return the words."""
    return [piece for piece in pieces if isinstance(piece, str)]


def _bodies(message: MessageSkeleton, values: FlatValues) -> list[FlatBody]:
    """Return the bodies, none if one of them is not sure."""
    bodies: list[FlatBody] = []
    for body in (message.text, message.html) if message.html else (message.text,):
        first_end = len(values.bounds) + sum(flat.ends for flat in bodies)
        flat = FlatBody.of(body, values.numbers, values.bounds, first_end)
        if flat is None:
            return []
        bodies.append(flat)
    return bodies


def _head(message: MessageSkeleton, values: FlatValues, parts: Parts) -> Pieces:
    """Return the header but for the fields of the content, in the order of `Head`."""
    head = message.head
    thread = ("In-Reply-To: ", ANSWERED, "\r\nReferences: ", ANSWERED, "\r\n") if parts.answers else ()
    leaving: list[str | int] = []
    for uri in parts.unsubscribe:
        leaving += (", <" if leaving else "List-Unsubscribe: <", *moved(uri, values.numbers), ">")
    start = f"{head.origin}To: ", TO, "\r\nMessage-ID: ", ID, f"\r\n{head.subject}"
    return (*start, *thread, head.topic, *leaving, "\r\n" if leaving else "", head.kind)


def _content(bodies: Sequence[FlatBody], message: MessageSkeleton) -> Pieces:
    """Return texts and files as `assemble` puts them together."""
    subtypes = ("plain", "html")[: len(bodies)]
    heads = [text_head(kind, body.encoding).decode() for kind, body in zip(subtypes, bodies, strict=True)]
    texts = [(head, *body.pieces) for head, body in zip(heads, bodies, strict=True)]
    content = texts[0] if len(texts) == 1 else multipart_pieces("alternative", texts, ALTERNATIVE)
    files = [(bytes(file).decode("ascii"),) for file in message.files]
    return multipart_pieces("mixed", [content, *files], MIXED) if files else content


def _may_hold_boundaries(words: Iterable[str]) -> bool:
    """Tell whether a boundary could be in the words of a mail, or begin in them."""
    return any(BOUNDARY_SIGN in word or word.endswith(_BEGUN) for word in words)
