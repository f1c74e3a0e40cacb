"""Names, initials and nothing: what a letter shows of who sends it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.core.authors import author_of
from mailer.core.campaigns import CountryRule, Safety
from mailer.core.signatures import Exposure, exposure, initials, one_line, signature
from mailer.core.supporters import SafetyLevel
from mailer.core.targets import Risk
from tests.letter_parts import supporter, target


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Anna Maria Kovács", "A. M. K."),
        ("Ann", "A."),
        ("Ludwig van Beethoven", "L. B."),
        ("سعيد بن مثال", "س. م."),
        ("Jean-Luc Picard", "J.-L. P."),
        ("Omar al-Masri", "O. M."),
        ("Dr. Anna Kovács", "A. K."),
        ("A. Example", "A. E."),
        ("o'brien", "O."),
        ("«Иван» Петров", "И. П."),
        ("Йован Ćirić", "Й. Ć."),
        ("И\u0306ван", "Й."),
        ("محمد علي", "م. ع."),
        ("王小明", "王"),
        ("김 민준", "김 민"),
        ("van de", "V. D."),
        ("  ", ""),
        ("123 🌹", ""),
    ],
)
def test_initials_of_names_from_many_places(name, expected):
    """Particles and titles are no initials, marks stay on their letters, scripts without initials keep one sign."""
    assert initials(name) == expected


@given(st.text(max_size=40))
def test_initials_of_any_text_are_short_and_print(name):
    """Whatever was typed as a name gives at most one sign per word or part, and no error."""
    marks = initials(name)

    assert marks == one_line(marks)
    assert sum(char.isalpha() for char in marks) <= 3 * (len(name) + 1)


@given(st.text(st.sampled_from("abcdefgh ÀÉжщ-"), min_size=1, max_size=30))
def test_initials_never_hold_two_letters_in_a_row(name):
    """Nobody can read a name from its initials."""
    marks = initials(name)

    assert not any(one.isalpha() and other.isalpha() for one, other in pairwise(marks))


@pytest.mark.parametrize(
    ("level", "rule", "risk", "shown"),
    [
        (SafetyLevel.FULL, None, Risk.NORMAL, Exposure.FULL),
        (SafetyLevel.INITIALS, None, Risk.NORMAL, Exposure.INITIALS),
        (SafetyLevel.SOLIDARITY, None, Risk.NORMAL, Exposure.UNSIGNED),
        (SafetyLevel.FULL, CountryRule.INITIALS, Risk.NORMAL, Exposure.INITIALS),
        (SafetyLevel.FULL, CountryRule.SOLIDARITY, Risk.NORMAL, Exposure.INITIALS),
        (SafetyLevel.FULL, CountryRule.NONE, Risk.NORMAL, Exposure.UNSIGNED),
        (SafetyLevel.FULL, None, Risk.HIGH, Exposure.INITIALS),
        (SafetyLevel.SOLIDARITY, CountryRule.INITIALS, Risk.HIGH, Exposure.UNSIGNED),
    ],
)
def test_the_strictest_of_wish_country_and_risk_decides(level, rule, risk, shown):
    """No rule loosens another."""
    safety = Safety({"GB": rule} if rule else {})

    assert exposure(supporter(safety=level), safety, target(risk=risk)) is shown


def test_a_full_signature_has_only_the_lines_that_are_known():
    """Name, organisation, then city and country; what is missing leaves no empty line."""
    everything = author_of(supporter(city="London", organisation="Union"))
    nameless = author_of(supporter(name=" ", city="London"))

    assert signature(everything, "United Kingdom", Exposure.FULL) == (
        "Anna Maria Kovács", "Union", "London, United Kingdom",
    )  # fmt: skip
    assert signature(author_of(supporter()), "", Exposure.FULL) == ("Anna Maria Kovács",)
    assert signature(nameless, "United Kingdom", Exposure.FULL) == ()


@pytest.mark.parametrize(("shown", "lines"), [(Exposure.INITIALS, ("A. M. K.",)), (Exposure.UNSIGNED, ())])
def test_less_than_a_full_signature_tells_no_place(shown, lines):
    """Initials with city and union would name a person after all."""
    assert signature(author_of(supporter(city="London", organisation="Union")), "United Kingdom", shown) == lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann\r\nBcc: evil@x.example", "Ann Bcc: evil@x.example"),
        ("a\u2028b\u0085c", "a b c"),
        ("\x1b[31mred\x00", "[31mred"),
        ("=?utf-8?b?DQo=?=", "= ?utf-8?b?DQo= ?="),
        ("=\x00?utf-8", "= ?utf-8"),
        ("نام\u200cها", "نام\u200cها"),
    ],
)
def test_a_line_cannot_become_two(text, expected):
    """Line ends of any kind become spaces, controls go, what shapes Arabic words stays."""
    assert one_line(text) == expected
