"""Telephone numbers for people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.core.numbers import compact_number, display_number


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("+442079460102", "+44 20 7946 0102"),
        ("+441632960123", "+44 163 296 0123"),
        ("+12025550143", "+1 202 555 0143"),
        ("+77272500101", "+7 727 250 0101"),
        ("+35312345678", "+353 1234 5678"),
        ("+4130123", "+41 30123"),
        ("+44 1632 960123", "+44 1632 960123"),
        ("112", "112"),
        ("", ""),
    ],
)
def test_numbers_are_grouped_to_be_read(number, shown):
    """The calling code stands alone, the rest in short groups; what is grouped already stays so."""
    assert display_number(number) == shown


@given(st.from_regex(r"\+[1-9][0-9]{5,14}", fullmatch=True))
def test_grouping_changes_no_digit(number):
    """What is shown dials what was meant."""
    assert compact_number(display_number(number)) == number


def test_a_zero_in_brackets_is_not_dialled_after_the_code():
    """Many write "+44 (0)20", which rings nobody if it is dialled so."""
    assert compact_number("+44 (0)20 7946 0102") == "+442079460102"
