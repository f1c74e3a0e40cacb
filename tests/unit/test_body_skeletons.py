"""Bodies that are filled by joining are those that encoding the whole text gives, octet for octet."""

from __future__ import annotations

from binascii import b2a_qp

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mailer.core.body_skeletons import BodySkeleton, is_plain_value
from mailer.core.encodings import canonical, encode_text, printable
from mailer.core.quoted_skeletons import QuotedSkeleton
from mailer.core.slots import Pieces, lines_of
from tests.strategies import body_pieces, body_texts, plain_values

GERMAN = "Ich fordere die Freilassung für alle Kollegen, sofort und ohne Bedingung.\n"
RUSSIAN = "Требую немедленно освободить организатора.\n"
LINK = f'<a href="mailto:office@embassy.example?subject=Release&amp;body={"I%20ask%20you%20" * 100}'

fillings = st.tuples(body_pieces, st.lists(plain_values, min_size=3, max_size=3))


def join(pieces: Pieces, values: list[str]) -> str:
    """Return the text with the values put in, by the definition."""
    return "".join(piece if isinstance(piece, str) else values[piece] for piece in pieces)


@given(st.lists(body_texts.map(canonical), min_size=2, max_size=3))
@example([".\r\n", ".\r\n"])
@example(["blank \r\n", "\r\n", "\t\r\n", " \r\n"])
@example(["x" * 75 + ".\r\n", "x" * 76 + "\r\n", "ж" * 13 + "\r\n", "x" * 74 + " \r\n"])
def test_quoted_printable_encodes_line_by_line(texts: list[str]) -> None:
    """What a line becomes depends on no other line: the fact that skeletons rest on."""
    assert b2a_qp("".join(texts).encode()) == b"".join(b2a_qp(text.encode()) for text in texts)


@given(fillings)
@example(((".", 0, "\n"), ["", "", ""]))
@example((("\n", 0, "\n"), [".", "", ""]))
@example((("x" * 74, 0, 1, "\n"), [" ", "\t", ""]))
@example(((0, "blank \n", 0, "tab\t\n"), ["", "", ""]))
@example((("x" * 75, 0, "\n", "y" * 76, 0, "\n"), ["", "", ""]))
@example(((LINK, 0, LINK, 1, ">"), ["=", "ж" * 90, ""]))
def test_quoted_lines_are_those_of_the_whole_text(filling: tuple[Pieces, list[str]]) -> None:
    """Soft breaks, blanks at ends and escapes are where encoding the whole puts them; lone dots are left to it."""
    pieces, values = filling
    words = tuple(
        piece if isinstance(piece, int) else canonical(piece + "x")[:-3].replace("\r\n", "\n") for piece in pieces
    )
    lines = lines_of((*words, 0))

    found = QuotedSkeleton.of(lines).fill([value.encode() for value in values])

    text = "".join(join(line, values) + "\r\n" for line in lines)
    assert found == b2a_qp(text.encode()) or (found is None and "\n.\r" in f"\n{text}")


@given(fillings)
@example(((), ["", "", ""]))
@example(((0,), ["", "", ""]))
@example((("a\n", 0), ["", "", ""]))
@example((("a\r", 0, "\nb"), ["", "", ""]))
@example((("\ud800 \x0b\n", 0, "\n"), [".", "", ""]))
@example((("x" * 990, 0, "\n"), ["y" * 9, "", ""]))
@example((("x" * 400, 0, 1, "\n", "word \n" * 300), ["y" * 300, "z" * 299, ""]))
@example(((GERMAN * 9, 0, "\n"), ["ж" * 900, "", ""]))
@example(((RUSSIAN * 9, 0, "\n"), ["plain " * 900, "", ""]))
def test_a_filled_body_is_the_encoded_text(filling: tuple[Pieces, list[str]]) -> None:
    """Whatever stands in a slot, encoding and octets are those of the definition."""
    pieces, values = filling

    assert BodySkeleton.of(pieces).fill(values) == encode_text(join(pieces, values))


@pytest.mark.parametrize(
    ("text", "value", "encoding"),
    [
        ("Dear all,\n", "Jane", "7bit"),
        ("Dear all,\n", "Jörg", "quoted-printable"),
        (f"{LINK}>\n", "Jane", "quoted-printable"),
        (GERMAN * 20, "Jane", "quoted-printable"),
        (GERMAN * 20, "Жанна" * 400, "base64"),
        (RUSSIAN * 20, "Жанна", "base64"),
        (RUSSIAN * 20, "plain" * 4000, "quoted-printable"),
    ],
)
def test_the_values_decide_the_encoding_too(text: str, value: str, encoding: str) -> None:
    """One name can turn 7bit into quoted-printable, or tip the scale between the other two."""
    pieces = (text, "Name: ", 0, "\n")

    body = BodySkeleton.of(pieces).fill([value])

    assert body.encoding == encoding
    assert body == encode_text(join(pieces, [value]))


@given(st.text(st.characters(exclude_categories=()), max_size=5))
@example("\u2028")
@example("\t")
@example("\xa0\ud800")
def test_plain_values_are_those_that_stay_as_they_are(text: str) -> None:
    """A value that would be cleaned, or end its line, is told apart before it is put in."""
    assert is_plain_value(text) is (printable(text) == text and not {"\r", "\n"} & set(text))


def test_a_body_takes_its_own_values_alone() -> None:
    """Values of other bodies may stand between its own; one that is missing, or has no number, is refused."""
    skeleton = BodySkeleton.of(("a", 3, "b", 1, 3))

    assert skeleton.fill(["w", "x", "y\n", "z"]) == encode_text("azbxz")
    with pytest.raises(IndexError):
        skeleton.fill(["w", "x", "y"])
    with pytest.raises(ValueError, match="numbered from 0"):
        BodySkeleton.of(("a", -1))
