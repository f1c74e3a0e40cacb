"""Postal addresses are known by their pieces, in lines of their own and in the middle of prose."""

from datetime import date

import pytest

from mailer.adapters.drafting import draft_of
from mailer.adapters.drafting_lore import lore
from mailer.core.drafting.page import read_page
from mailer.core.drafting.places import PROSE, points

TODAY = date(2026, 11, 22)


def worth(told):
    """Return the points of a whole line."""
    return points(read_page(told), (0, len(told)), lore(), is_labelled=False)


def posts(text):
    """Return the postal addresses of a draft."""
    return [post.text for target in draft_of(text, TODAY).targets for post in target.post]


@pytest.mark.parametrize(
    "line",
    [
        "12 Example Avenue",
        "99 Example",
        "Musterstraße 12",
        "Calle Ejemplo No. 1-23",
        "Carrera 1a. No. 2-34",
        "P.O. Box 99",
        "Exampletown NSW 2999",
        "Ottawa, Ontario K1A 0A9",
        "Springfield, IL 62701",
        "00186 Roma",
        "650000, г. Примерск",
    ],
)
def test_a_street_a_box_and_a_code_are_enough(line):
    """Each of them tells an address by itself."""
    assert worth(line) >= 2


@pytest.mark.parametrize(
    "line",
    [
        "Vol. 5, No. 1",
        "ISSN 1088-8136",
        "Exampleton, January 2025",
        "Speak up before the hearing on June 9!",
        "90,000 people marched to the gate of the mill",
        "Winter 1999",
        "555 01 23",
    ],
)
def test_dates_volumes_and_sentences_are_no_addresses(line):
    """A number alone is no house."""
    assert worth(line) < 2


def test_prose_is_never_a_piece_of_an_address():
    """Too many common words are against it, whatever else a line has."""
    assert worth("the guards of the mill at 12 Example Street beat thirty pickers last night") == PROSE


@pytest.mark.parametrize(
    ("text", "post"),
    [
        (
            "Please write to\n\nGovernment House\nPremier\nExampletown\n\nFiji\n\nFax: 000",
            "Government House\nPremier\nExampletown\nFiji",
        ),
        (
            "Please write to the minister.\n\nMinistry of Fisheries\n\nSr. Ejemplo\n\nCarrera 1a. No. 2-34,\n\n"
            "Lima, Peru\n\nDear Minister",
            "Ministry of Fisheries\nSr. Ejemplo\nCarrera 1a. No. 2-34\nLima, Peru",
        ),
        (
            "We ask you to write to the Minister for Example, Example House, Exampleton, NSW 2999. Be polite.",
            "Minister for Example, Example House, Exampleton, NSW 2999",
        ),
        ("Write to:\nGovernor,\nExample Jail\nSt. Route 9\nExampleville OH\n43999.\nU.S.A", None),
    ],
)
def test_an_address_is_taken_with_the_name_above_it(text, post):
    """Empty lines between its lines, and prose around it, are no part of it."""
    found = posts(text)

    assert found == [post] if post else found[0].startswith("Governor")


def test_an_address_that_is_told_twice_stands_once():
    """The head of a sample letter says again what the list has said."""
    block = "Minister of Justice\n12 Example Street\n06000 Ankara\nTurkey\n"

    assert len(posts(f"Please write to:\n\n{block}\nSample letter:\n\nMinister of Justice\n06000 Ankara\nTurkey")) == 1
