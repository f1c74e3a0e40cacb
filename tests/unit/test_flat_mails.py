"""Mails that are filled in one go are those that their skeletons fill, octet for octet, or there are none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mailer.core.addresses import Mailbox
from mailer.core.authors import Author, author_of
from mailer.core.body_skeletons import BodySkeleton
from mailer.core.encodings import encode_text, printable
from mailer.core.fillings import Filling, Varied
from mailer.core.flat_bodies import Bound, FlatBody
from mailer.core.flat_mails import FlatMail, Parts
from mailer.core.flat_values import FlatValues
from mailer.core.marks import Context, Token, Trait
from mailer.core.message import Attachment, Message
from mailer.core.message_skeletons import MessageSkeleton
from mailer.core.multipart import boundary_of
from mailer.core.own_fields import Own
from mailer.core.slots import Form, Pieces, merge, put_in
from mailer.core.supporters import PublicId
from mailer.core.usual_texts import usual_mailbox
from tests.letter_parts import supporter
from tests.strategies import body_pieces, usual_names

NAME = "0123456789abcdef0123456789abcdef"
ID = "<1.alert@solidarity.example>"
ALERT_ID = "<0.alert@solidarity.example>"
TOKENS = (b"AQBv17oafngIiiU3AeHxlKIsPzkWJGLl2A", b"ae" * 20)
MESSAGE = Message(
    sender=Mailbox("campaigns@solidarity.example", "Example Solidarity"),
    recipient=Mailbox("jane@people.example"),
    subject="Свободу организатору",
    text="Hello\n",
    html="",
    date=datetime(2026, 12, 2, 6, 5, tzinfo=UTC),
    message_id=ID,
    boundary_seed=NAME,
)
FILES = (
    Attachment("dates.ics", "text/calendar", b"BEGIN:VCALENDAR\r\n" * 9),
    Attachment("letter.eml", "message/rfc822", b"Subject: x\r\n\r\nbody\r\n"),
)
FULL = replace(MESSAGE, thread_topic="Free her", list_id="case.solidarity.example", one_click=False, attachments=FILES)
UNSUBSCRIBE: tuple[Pieces, ...] = (("https://pages.example/u/", 1), ("mailto:office@pages.example?subject=", 1))
# Value 0 is the name, 1 a token, 2 the name in a link; 3 and 4 are lines of which one of several is chosen.
OWN = ((Trait.NAME, Context.PLAIN), (Token(0), Context.PLAIN), (Trait.NAME, Context.LINK))
PLAIN_LINES = Varied("opening", (("I write", ("As ", 0, " I write"), ""), ("%20", ("=20", 2), "x")))
WIDE_LINES = Varied("opening", (("für", "a=b", "–"), ("x", "y", "z")))
GERMAN = "Ich fordere die Freilassung für alle Kollegen, sofort und ohne Bedingung.\n"
RUSSIAN = "Требую немедленно освободить организатора.\n"
LINK = f'<a href="mailto:office@embassy.example?subject=Release&amp;body={"I%20ask%20you%20" * 80}'


@dataclass(frozen=True)
class Case:
    """A mail with slots in its two ways."""

    message: Message
    text: Pieces
    html: Pieces
    lines: Varied = PLAIN_LINES
    answers: bool = False
    sender: Pieces = ("bounce+", 1, "@solidarity.example")
    own: tuple[tuple[Trait | Token, Context], ...] = OWN

    @property
    def filling(self) -> Filling:
        """Return how the values are made."""
        return Filling.of(self.own, (self.lines,))

    def flat(self, room: int = 64) -> FlatMail | None:
        """Return the flat mail."""
        values = FlatValues.of(self.filling, (lambda _: TOKENS[0],) * len(self.filling.tokens), (room, 16, 16, 16))
        parts = Parts(UNSUBSCRIBE, self.sender, self.answers)
        return FlatMail.of(MessageSkeleton.of(self.message, self.text, self.html), values, parts)

    def filled(self, author: Author) -> tuple[str, bytes]:
        """Return the mail by its skeleton, and the sender of its envelope."""
        values = self.filling.values(author, "2 January", [TOKENS[0].decode()])
        alert = ALERT_ID if self.answers else ""
        references, leaving = (alert,) if alert else (), tuple(put_in(pieces, values) for pieces in UNSUBSCRIBE)
        own = Own(Mailbox("jane@people.example", author.name), ID, NAME, alert, references, leaving)
        return put_in(self.sender, values), MessageSkeleton.of(self.message, self.text, self.html).fill(own, values)


def row(author: Author) -> list[bytes]:
    """Return the values that every mail has, for one reader."""
    boundaries = [boundary_of(subtype, NAME).encode() for subtype in ("alternative", "mixed")]
    texts = [text.encode() for text in (author.name, author.initials, author.city, author.organisation, "2 January")]
    to = usual_mailbox(author.name.encode(), b"jane@people.example")
    return [to, ID.encode(), ALERT_ID.encode(), *boundaries, *texts]


def check(case: Case, author: Author) -> bool:
    """Compare both ways for one reader; tell whether there is a flat one."""
    flat = case.flat()
    found = flat.fill(row(author), PublicId(bytes(8)), author.seed) if flat else None
    assert found is None or found[:2] == case.filled(author)
    assert not (found and found[2]) or b"\r\n." not in found[1]
    return found is not None


pieces = body_pieces.map(lambda found: tuple(piece if isinstance(piece, str) else piece * 2 % 5 for piece in found))
authors = st.builds(lambda name, seed: author_of(supporter(name, seed=seed)), usual_names, st.integers(1, 9))


@given(
    st.sampled_from([MESSAGE, FULL]),
    pieces,
    st.one_of(st.just(()), pieces.map(lambda found: ("<p>", *found))),
    st.sampled_from([PLAIN_LINES, WIDE_LINES]),
    st.booleans(),
    authors,
)
@example(FULL, ("Dear ", 0, ",\n"), ("<p>", 2, 3, "</p>\n"), PLAIN_LINES, True, Author("Jane"))
@example(FULL, (GERMAN, 0, 3, "\n"), ("<p>", GERMAN, 2, 3, 1, "x" * 70, 0, " \n"), WIDE_LINES, True, Author("Jane"))
@example(FULL, (GERMAN * 9, "x" * 70, 0, 4), (f"{LINK}", 2, 4, ">"), WIDE_LINES, True, Author("J" * 12, seed=2))
def test_a_flat_mail_is_the_filled_one(
    message: Message, text: Pieces, html: Pieces, lines: Varied, answers: Any, author: Author
) -> None:
    """For arbitrary pieces and usual readers: header, encodings, breaks, boundaries and files."""
    check(Case(message, text, html, lines, answers), author)


@pytest.mark.parametrize(
    ("text", "html", "lines", "is_flat"),
    [
        (("Dear ", 0, ",\n"), ("<p>", 0, 1, 3, "</p>"), PLAIN_LINES, True),
        (("Dear ", 0, ",\n"), (), PLAIN_LINES, True),
        (("Dear all,\n",), (RUSSIAN * 20,), PLAIN_LINES, True),
        ((GERMAN * 20, 0, "\n"), ("<p>", GERMAN * 20, 2, 3, "</p>"), WIDE_LINES, True),
        (("Dear ", 0, ",\n"), (f"{LINK}", 2, ">"), PLAIN_LINES, True),
        (("x" * 800, 0, 2, "\n"), (), PLAIN_LINES, False),  # a long name makes a line too long
        (("Dear ", 3, ",\n"), (), WIDE_LINES, False),  # one of its lines is ASCII
        ((RUSSIAN * 20, 0, "\n"), (), PLAIN_LINES, False),  # base64
        (("für\n", 0, "\n"), (), PLAIN_LINES, False),  # so short that base64 could be shorter
        ((GERMAN * 20, 3, "\n"), (), Varied("opening", ((".", ".", "."), ("c",))), False),  # a lone dot
        (("a\r", 0, "\nb"), (), PLAIN_LINES, False),  # an empty name joins the line's ends
        (("--=_", 0, "\n"), (), PLAIN_LINES, False),
        (("?t=", 1, "\n"), ("<p>",), PLAIN_LINES, False),  # tokens may begin with "_"
        (("a\n", 3), ("<p>",), Varied("opening", (("a=", "b"), ("c", "d"))), False),
    ],
)
def test_there_is_a_flat_mail_where_it_is_sure_how_it_looks(
    text: Pieces, html: Pieces, lines: Varied, *, is_flat: bool
) -> None:
    """Encodings and boundaries are decided once for all usual readers; what depends on one is filled with care."""
    found = [check(Case(MESSAGE, text, html, lines), Author("Jane", seed=seed)) for seed in range(1, 4)]

    assert found == [is_flat] * 3


@pytest.mark.parametrize(
    ("text", "lines", "sure"),
    [
        (("Dear ", 0, ".\n"), PLAIN_LINES, True),
        ((0, " is it.\n", 1, "x.\n", 2, "\n\n x\n"), PLAIN_LINES, True),
        (("a\n.b\n",), PLAIN_LINES, False),
        ((".",), PLAIN_LINES, False),
        ((0, ".\n"), PLAIN_LINES, False),  # a name may be empty
        ((0, 2, ".\n"), PLAIN_LINES, False),
        (("x\n", 3, "y"), PLAIN_LINES, True),
        (("x\n", 3, "."), PLAIN_LINES, False),
        (("x\n", 3, "\n"), Varied("opening", (("a", ".b"), ("c", "d"))), False),
        (("x ", 3, "\n"), Varied("opening", (("a", ".b"), ("c", "d"))), True),
        (("x\n", 3, "\n"), Varied("opening", (("a", (0, ".b")), ("c", "d"))), False),
        (("x\n", 4, "\n"), Varied("opening", (("a", "b"), ("c", (2, ".d")))), False),
        (("x\n", 3, "\n"), Varied("opening", (("a", (0, "b.")), ("c", "d"))), True),
        (("x ", 3, "\n"), Varied("opening", (("a", "b\n.c"), ("c", "d"))), False),
    ],
)
def test_it_is_known_of_a_mail_whether_a_line_of_it_may_begin_with_a_dot(
    text: Pieces, lines: Varied, *, sure: bool
) -> None:
    """Of all of a cohort at once: whatever stands in front of a dot may be empty."""
    mail = Case(MESSAGE, text, (), lines).flat()

    assert mail is not None
    assert mail.is_dotless is sure


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        (("On ", 0, 1, ".\n"), True),
        ((0, " was the day\n"), False),
        ((1, " was the day\n"), False),
        ((2, " was the day\n"), False),
        (("x", 2, "\n", 3, "\n"), True),
    ],
)
def test_a_day_in_words_may_begin_with_a_dot(text: Pieces, *, sure: bool) -> None:
    """As it is, in a link, and in a line of which there are several."""
    day = (Trait.JOINED, Context.PLAIN), (Trait.JOINED, Context.LINK)
    lines = Varied("opening", (("a", (0, " was the day")), ("c", "d")))
    mail = Case(MESSAGE, text, (), lines, own=day, sender=("x@solidarity.example",)).flat()

    assert mail is not None
    assert mail.is_dotless is sure


@pytest.mark.parametrize("end", ["\n", "x" * 71 + ".a\n", "x" * 72 + "..\n"])
def test_where_lines_are_broken_each_mail_is_looked_at(end: str) -> None:
    """A dot may begin what goes on in another line, in some of the mails alone."""
    lines = Varied("opening", (("plain", ".dotted", "", "for"), ("x", "y", "z", "w")))
    case = Case(MESSAGE, (GERMAN * 20, 3, end), (), lines)
    mail = case.flat()
    assert mail is not None

    found = [mail.fill(row(Author("Jane")), PublicId(bytes(8)), seed) for seed in range(1, 40)]

    sure = [(is_dotless, b"\r\n." not in content) for _, content, is_dotless in filter(None, found)]
    assert len(sure) == len(found)
    assert set(sure) == {(True, True), (False, False)}


def test_a_sender_of_all_is_told_without_a_token() -> None:
    """Where returned mail has no mailbox, the envelope has the sender's own address."""
    assert check(Case(MESSAGE, ("Dear ", 0), (), sender=("campaigns@solidarity.example",)), Author("Jane"))


@given(body_pieces)
def test_a_form_tells_the_pieces_that_it_was_made_of(body: Pieces) -> None:
    """Merged, with the number of each slot."""
    words = tuple(printable(piece) if isinstance(piece, str) else piece for piece in body)

    assert Form.of(words).pieces == merge(words)


bounds = st.builds(Bound, st.integers(0, 500), st.integers(0, 9))


@given(body_pieces, st.lists(bounds, min_size=3, max_size=3), st.data())
@example(("x" * 990, 0, "\n"), [Bound(8)] * 3, None)
@example(("x" * 990, 0, "\n"), [Bound(9)] * 3, None)
def test_a_body_is_flat_only_if_every_filling_has_its_encoding(body: Any, limits: Any, data: Any) -> None:
    """Whatever values lie within the bounds, encoding the whole text chooses what was chosen; but for dots."""
    flat = FlatBody.of(BodySkeleton.of(body), range(3), limits, 3)
    if flat is None:
        return
    longest = ["y" * bound.octets for bound in limits]
    drawn = [data.draw(st.text("aZ09-_ %", max_size=bound.octets)) for bound in limits] if data else longest

    for values in (["", "", ""], longest, drawn):
        octets = [value.encode() for value in values]
        ends = flat.quoted.ends(octets) if flat.quoted else []
        if ends is not None:
            found = "".join(p if isinstance(p, str) else [*octets, *ends][p].decode() for p in flat.pieces)
            assert encode_text(put_in(body, values)) == (flat.encoding, found.encode())
