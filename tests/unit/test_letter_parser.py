"""Is a letter only values, lists and ifs, whatever somebody writes into it?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.adapters.catalog.letters import DEEPEST, LETTER_VALUES, LONGEST, LetterError, parse_letter
from mailer.core.texts import Segment, Segments


def text(words: str) -> Segment:
    """Return a segment of literal words."""
    return Segment("text", words)


def test_values_and_lists_become_segments() -> None:
    """A list is told apart from a value by its name."""
    assert parse_letter("Dear {{ target }},\n{{ demands }}") == (
        text("Dear "),
        Segment("value", "target"),
        text(",\n"),
        Segment("list", "demands"),
    )


def test_an_if_has_two_sides() -> None:
    """Else is what stands there when the value is empty."""
    assert parse_letter("{% if city %}{{ city }}{% else %}-{% endif %}") == (
        Segment("if", "city", (Segment("value", "city"),), (text("-"),)),
    )


def test_not_exchanges_the_sides() -> None:
    """`not` needs no segment of its own."""
    assert parse_letter("{% if not name %}a{% else %}b{% endif %}") == (
        Segment("if", "name", (text("b"),), (text("a"),)),
    )


def test_comments_leave_nothing_and_texts_are_joined() -> None:
    """Two neighbouring texts are one segment."""
    assert parse_letter("a{# note #}b{% raw %}{{ c }}{% endraw %}") == (text("ab{{ c }}"),)


def test_a_line_that_holds_only_an_if_leaves_no_empty_line() -> None:
    """Conditions on lines of their own do not spread a letter."""
    assert parse_letter("a\n  {% if case %}\nb\n  {% endif %}\nc") == (
        text("a\n"),
        Segment("if", "case", (text("b\n"),)),
        text("c"),
    )


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("{{ name|upper }}", "filter"),
        ("{{ name.__class__ }}", "dot"),
        ("{{ name['x'] }}", "[ ]"),
        ("{{ name() }}", "call"),
        ("{{ 'a' * 10 }}", "mul"),
        ("{{ 'fixed' }}", "fixed value"),
        ("{{ name ~ city }}", "concat"),
        ("{{ name if city }}", "an if within"),
        ("{{ [name] }}", "list"),
        ("{% for x in demands %}{{ x }}{% endfor %}", "for"),
        ("{% set a = name %}", "set"),
        ("{% include 'mail/alert.txt.j2' %}", "include"),
        ("{% import 'x' as y %}", "import"),
        ("{% macro m() %}{% endmacro %}", "macro"),
        ("{% block b %}{% endblock %}", "block"),
        ("{% extends 'x' %}", "extends"),
        ("{% filter upper %}x{% endfilter %}", "filter"),
        ("{% with a = 1 %}{% endwith %}", "with"),
        ("{% call m() %}{% endcall %}", "call"),
        ("{% if name and city %}{% endif %}", "and"),
        ("{% if name == 'x' %}{% endif %}", "compare"),
        ("{% if name %}{% elif city %}{% endif %}", "elif"),
        ("{% if not not name %}{% endif %}", "not"),
        ("{{ nam }}", "no value 'nam'"),
        ("{{ supporter_email }}", "no value"),
        ("{{ name", "not a letter"),
        ("{% if name %}", "not a letter"),
        ("{% nonsense %}", "not a letter"),
    ],
)
def test_whatever_is_not_on_the_allow_list_is_refused(source: str, told: str) -> None:
    """The refusal names what stands there."""
    with pytest.raises(LetterError) as caught:
        parse_letter(source)

    assert told in caught.value.message


def test_a_misspelt_value_gets_a_guess() -> None:
    """Who writes `persn` is told `person`."""
    with pytest.raises(LetterError) as caught:
        parse_letter("{{ persn }}")

    assert "{{ person }}" in caught.value.hint


def test_the_line_is_counted_inside_the_text() -> None:
    """The third line's fault is told as line 3."""
    with pytest.raises(LetterError) as caught:
        parse_letter("one\ntwo\n{{ three }}")

    assert caught.value.line == 3


def test_allowed_narrows_what_a_text_may_name() -> None:
    """A caller may allow less than letters may use."""
    assert parse_letter("{{ name }}", allowed=("name",)) == (Segment("value", "name"),)
    with pytest.raises(LetterError):
        parse_letter("{{ city }}", allowed=("name",))


def test_length_is_capped() -> None:
    """A text of the greatest length is a letter, one more character is not."""
    assert parse_letter("a" * LONGEST) == (text("a" * LONGEST),)
    with pytest.raises(LetterError, match="characters"):
        parse_letter("a" * (LONGEST + 1))


def test_nesting_is_capped() -> None:
    """Ifs inside each other end at the bound."""

    def nested(depth: int) -> str:
        return "{% if name %}" * depth + "x" + "{% endif %}" * depth

    assert _depth(parse_letter(nested(DEEPEST))) == DEEPEST
    with pytest.raises(LetterError, match="inside each other"):
        parse_letter(nested(DEEPEST + 1))


@pytest.mark.parametrize(
    "source",
    ["{{ " + "(" * 9000 + " }}", "{{ " + "-" * 9000 + "1 }}", "{{ " + "9" * 9000 + " }}", "{{ a" + ".b" * 5000],
)
def test_bombs_for_the_parser_are_refused(source: str) -> None:
    """Nesting and numbers beyond the parser's means end in a refusal."""
    with pytest.raises(LetterError):
        parse_letter(source)


VOCABULARY = "{{ }} {% %} {# #} if else endif for in not set name demands city ( ) [ ] . ' 9 * ~ | - x \\"
WORDS = VOCABULARY.split()
pieces = st.sampled_from([*WORDS, *(f" {word} " for word in WORDS), '"', "\n", "{% raw %}", "{% endraw %}"])


@given(st.lists(st.one_of(pieces, st.text(max_size=3)), max_size=25).map("".join))
def test_any_text_is_segments_or_a_refusal(source: str) -> None:
    """No text of a letter makes the parser raise anything else, and no unknown name gets through."""
    try:
        segments = parse_letter(source)
    except LetterError as error:
        names, line = set[str](), error.line
    else:
        names, line = _names(segments), 1

    assert names <= LETTER_VALUES
    assert line >= 1


def _names(segments: Segments) -> set[str]:
    """Return every value that segments ask for."""
    own = {segment.name for segment in segments if segment.kind != "text"}
    return own.union(*(_names((*segment.then, *segment.otherwise)) for segment in segments))


def _depth(segments: Segments) -> int:
    """Return how many ifs stand inside each other."""
    return max((1 + _depth((*s.then, *s.otherwise)) for s in segments if s.kind == "if"), default=0)
