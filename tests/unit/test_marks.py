"""What stands for a supporter's values, how it is found again, and what nobody can ask of it."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from mailer.core.marks import MOST_MARKS, Context, Marks, Place, Token, Trait, Variant, has_marks, in_html
from mailer.core.shown import Shown, refuse_inside, refuse_marks
from mailer.errors import MarkError

TOKENS = ("b2xkLXRva2Vu", "af7rbx")
SLOTS = (*Trait, Variant("opening", ("One", "Two")), Variant("closing", ("One", "Two")))
# What shows a text as it is, and what every value has.
KEPT = {"__html__", "__str__", "__bool__", "__format__", "__getnewargs__"} | (
    set(dir(object)) - {"__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__", "__hash__", "__repr__"}
)
ARGUMENTS = {"__getitem__": (0,), "__mul__": (2,), "__rmul__": (2,), "__repr__": (), "__iter__": (), "__len__": ()}

words = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="".join(map(chr, range(0x13000, 0x13400))))
)
places = st.one_of(
    st.builds(Place, st.sampled_from(SLOTS), st.sampled_from(Context)),
    st.builds(Place, st.builds(Token, st.integers(0, len(TOKENS) - 1))),
)


def marks() -> Marks:
    """Return marks for all slots."""
    made = Marks(TOKENS)
    for slot in SLOTS:
        made.sign(slot)
    return made


def written(place: Place, made: Marks) -> str:
    """Return what a template puts down for a value in a context."""
    if isinstance(place.slot, Token):
        return TOKENS[place.slot.place]
    sign = made.sign(place.slot)
    if place.context is Context.HTML:
        return Shown(sign).__html__()
    return quote(sign) if place.context is Context.LINK else sign


@given(st.lists(st.one_of(words, places), max_size=8))
def test_cutting_finds_every_value_and_how_it_is_written(pieces):
    """What was put down comes apart into the same words and places."""
    made = marks()
    text = "".join(piece if isinstance(piece, str) else written(piece, made) for piece in pieces)

    found = made.cut(text)

    assert [piece for piece in found if isinstance(piece, Place)] == [p for p in pieces if isinstance(p, Place)]
    assert "".join(p for p in found if isinstance(p, str)) == "".join(p for p in pieces if isinstance(p, str))
    assert made.are_in(text) == any(isinstance(piece, Place) for piece in pieces)


def test_a_value_has_one_mark_and_no_other_value_has_it():
    """The same line in two places is one value; lines of two parts are two."""
    made = marks()

    assert len({made.sign(slot) for slot in SLOTS}) == len(SLOTS)
    assert made.sign(Trait.NAME) == made.sign(Trait.NAME)


@pytest.mark.parametrize("text", [chr(0x13000 + 99), quote(chr(0x13000 + 99)), quote("\U00013400"), "\U000133ff"])
def test_a_sign_that_stands_for_nothing_is_no_mark(text):
    """A text in hieroglyphs does not become somebody's name."""
    with pytest.raises(MarkError, match="signs"):
        marks().cut(text)


def test_there_is_an_end_of_marks():
    """A campaign with hundreds of targets is composed letter by letter, and takes nobody else's signs."""
    made = Marks(())
    for number in range(MOST_MARKS):
        made.sign(Variant(str(number), ("a", "b")))

    with pytest.raises(MarkError, match=str(MOST_MARKS)):
        made.sign(Trait.NAME)
    assert made.sign(Variant("0", ("a", "b"))) == "\U00013000"


@given(st.text())
def test_values_are_written_as_templates_and_links_write_them(text):
    """One definition holds for both ways to make a mail: the escaping of Jinja, and percent signs for all else."""
    assert Context.HTML.write(text) == in_html(text) == str(escape(text))
    assert Context.PLAIN.write(text) == text


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_a_value_in_a_link_needs_no_further_escaping(text):
    """A link is the same in HTML as in text."""
    link = Context.LINK.write(text)

    assert unquote(link) == text
    assert re.fullmatch(r"[A-Za-z0-9._~%-]*", link)
    assert in_html(link) == link


@pytest.mark.parametrize("name", sorted(set(dir(str)) - KEPT))
def test_nothing_is_told_of_a_mark(name):
    """Every method of a text is refused: its length, its capitals, what it is equal to."""
    with pytest.raises(MarkError, match="can only be shown"):
        getattr(Shown("\U00013000"), name)(*ARGUMENTS.get(name, ("x",)))


def test_a_mark_can_be_shown_and_is_there():
    """A template puts it down, alone or among words, and asks whether there is a name at all."""
    mark = Shown("a < \U00013000")

    assert str(mark) == f"{mark}" == "".join([mark]) == "a < \U00013000"
    assert mark
    assert mark.__html__() == "a &lt; \U00013200"
    with pytest.raises(MarkError, match="format"):
        format(mark, ".3")


def test_marks_are_found_among_words_and_however_deep():
    """What a template made of a mark tells no more than the mark."""
    made = f"Dear {Shown(chr(0x13000))}"

    assert has_marks(made)
    assert has_marks(quote(made))
    refuse_marks("upper", "Dear", (made,), None)
    for values in ((made,), ("x", Shown("x"))):
        with pytest.raises(MarkError, match="upper"):
            refuse_marks("upper", *values)
    refuse_inside("tojson", {"a": ["b", 1, None]})
    for value in ({"a": [made]}, {made: 1}, ((Shown("x"),),)):
        with pytest.raises(MarkError, match="tojson"):
            refuse_inside("tojson", value)
