"""Numbers as they are dialled: by the plans of all countries."""

from __future__ import annotations

from itertools import product

import phonenumbers
import pytest
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from mailer.core.dialling import dialled

LONDON = "+442079460107"
NO_OFFICE_HAS = (PhoneNumberType.UNKNOWN, PhoneNumberType.PERSONAL_NUMBER, PhoneNumberType.PAGER)
KINDS = [kind for kind in PhoneNumberType.values() if kind not in NO_OFFICE_HAS]


@pytest.mark.parametrize(
    ("country", "number", "shown", "as_dialled"),
    [
        ("DE", LONDON, "+44 20 7946 0107", "00 44 20 7946 0107"),
        ("GB", LONDON, "+44 20 7946 0107", "020 7946 0107"),
        ("US", LONDON, "", "011 44 20 7946 0107"),
        ("KZ", LONDON, "", "8~10 44 20 7946 0107"),
        ("AU", LONDON, "", "0011 44 20 7946 0107"),
        ("CA", "+12025550107", "+1 202-555-0107", "1 202-555-0107"),  # one plan: no call abroad
        ("KZ", "+74950000107", "+7 495 000-01-07", "8 495 000-01-07"),
        ("RU", "+77172000107", "", "8 717 200 0107"),
        ("IT", "+390612345678", "+39 06 1234 5678", "06 1234 5678"),  # the zero is part of the number
        ("PL", "+48221234567", "+48 22 123 45 67", "22 123 45 67"),
        ("AU", "+611800123456", "+61 1800 123 456", "1800 123 456"),  # no trunk prefix before a service number
        ("GB", LONDON, "(020) 7946 0107", "020 7946 0107"),  # what an organiser wrote has no code to take off
        ("GB", LONDON, "+44 (0)20 7946 0107", "020 7946 0107"),
        ("IE", "+35315677680", "+353 1 567 7680", "01 567 7680"),  # not what begins alike and is longer
        ("IE", "+3531550123456", "", "155 012 3456"),
        ("LB", "+9611234567", "", "0123 4567"),
        ("LB", "+96171123456", "", "7112 3456"),
        ("MN", "+97611322500", "+976 11 32 2500", "011 32 2500"),
        ("BR", LONDON, "", ""),  # each company has its own prefix, for calls at home too
        ("BR", "+551123456789", "", ""),
        ("AR", "+5491123456789", "", ""),
        ("", LONDON, "", ""),
        ("AQ", LONDON, "", ""),
        ("GB", "020 7946 0107", "", ""),
    ],
)
def test_a_number_is_dialled_as_the_country_does(country, number, shown, as_dialled):
    """Abroad after the prefix and the code, at home after the trunk prefix; nothing where nothing is sure."""
    assert dialled(number, country, shown) == as_dialled


def digits(text):
    """Return what a finger presses, and a plus."""
    return "".join(char for char in text if char in "+~0123456789")


def test_every_country_dials_as_its_numbering_plan_says():
    """Numbers of every kind in the own country, and numbers of two others, against the library's own metadata."""
    wrong = []
    for country in sorted(phonenumbers.SUPPORTED_REGIONS):
        own = (phonenumbers.example_number_for_type(country, kind) for kind in KINDS)
        abroad = map(phonenumbers.parse, (LONDON, "+4930123456"))
        for number in filter(None, (*own, *abroad)):
            said = digits(phonenumbers.format_out_of_country_calling_number(number, country))
            written = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
            found = digits(dialled(phonenumbers.format_number(number, PhoneNumberFormat.E164), country, written))
            if found != ("" if said.startswith("+") else said):
                wrong.append((country, written, said, found))

    assert {country: found for country, _, _, found in wrong} == {"AR": "", "BR": ""}  # of which nothing is told


def test_no_prefix_is_told_where_companies_have_their_own():
    """Sixteen countries, in which a wrong prefix would ring nobody or somebody else."""
    silent = [country for country in phonenumbers.SUPPORTED_REGIONS if not dialled("+390612345678", country)]

    assert len(silent) == 16
    assert {"BR", "CO", "IL", "KR", "SG"} <= set(silent)


def test_a_number_keeps_its_digits():
    """Whatever stands before it, the number itself is the one that was given."""
    for country, number in product(("DE", "US", "KZ", "GB", "FR", "JP"), (LONDON, "+390612345678", "+12025550107")):
        national = number.removeprefix("+44").removeprefix("+39").removeprefix("+1")
        assert digits(dialled(number, country)).endswith(national)
