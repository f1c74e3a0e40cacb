"""Postal addresses in the forms in which people put them: in brackets, in rows, in prose, below a letter's heading."""

from datetime import date

import pytest

from mailer.adapters.drafting import draft_of
from mailer.core.drafting.drafts import Role

TODAY = date(2026, 11, 22)
CALL = "Please send letters of protest to:\n\n"


def posts(text, role=Role.TARGET):
    """Return the postal addresses of those who have a role."""
    return [post.text for one in draft_of(text, TODAY).targets if one.role is role for post in one.post]


@pytest.mark.parametrize(
    "address",
    [
        "Ann Sample, Manager, Bread Ltd, Lot 7 Mill Road (PO Box 305), Exampletown NSW 2830",
        "Minister of Bread, Sample Street 3, Port-au-Prince, Haiti",
        "Minister of Bread; PO Box 5; Exampletown; Kenya",
        "Minister of Bread, Office of Mills, Sample Street, Ha Noi, Socialist Republic of Viet Nam",
        "Managing Director, Bread Oil Ltd, 21/22 Marina, Lagos",
    ],
)
def test_one_line_is_one_address(address):
    """A box in brackets, a hyphen within a name, and semicolons part nothing."""
    assert posts(f"{CALL}{address}; fax +44 20 7946 0101") == [address]


@pytest.mark.parametrize("attention", ["(Attn: the Chairman)", "v/ adm. dir. Ola Eksempel", "z.Hd. Frau Beispiel"])
def test_for_whom_it_is_stands_within_an_address(attention):
    """A line of its own parts no address."""
    address = f"Bread Ltd\n{attention}\nSample Street 3\n1471 Exampletown"

    assert posts(CALL + address) == [address]


def test_each_row_is_an_address():
    """Offices with their addresses stand in lines below each other, with a colon, a gap or bars."""
    rows = ["MINISTER OF BREAD  2 Sample Street, Nairobi, Kenya", "MINISTER OF MILLS  3 Mill Road, Nairobi, Kenya"]
    table = ["Minister of Bread | 2 Sample Street, Nairobi, Kenya", "Bread Corp | P.O. Box 12, Nairobi, Kenya"]

    assert posts(CALL + "\n".join(rows)) == rows
    assert posts(CALL + "\n".join(table)) == table


def test_what_stands_in_brackets_is_whole():
    """With the one whose it is in front of them, where it is not named in them."""
    text = "Write to the mayor (Bread Ltd, v. Sample, c/ Ejemplo 4, 28001 Madrid) and to Bread SA (44 quai Test,"

    assert posts(f"{text} 69002 Lyon).") == [
        "mayor (Bread Ltd, v. Sample, c/ Ejemplo 4, 28001 Madrid",
        "Bread SA (44 quai Test, 69002 Lyon",
    ]


def test_two_offices_in_one_sentence_are_two():
    """Another begins behind "and the"."""
    first, second = (
        "Minister of Bread, Bread Headquarters, Pristina, Kosovo",
        "Mayor, Town Hall, 10000 Pristina, Kosovo",
    )

    assert posts(f"Please write. Letters to the {first}, and the {second}.") == [first, second]


def test_an_office_above_a_salutation_is_written_to():
    """Without a street or a code, too."""
    head = "Minister of Bread\nPlace Exemple\nRabat"

    assert posts(f"Write to him.\n\nTo the {head}\n\nSir,\n\nI ask you to free the bakers at once.") == [head]


@pytest.mark.parametrize(
    "own", ["We ourselves are at House 3, Street 450, Rome.", "Registered office: Mill Lane 4, Rome."]
)
def test_nobody_writes_to_those_who_ask(own):
    """An address that is said to be their own is none of a target."""
    assert posts(f"Write to the mayor of Rome.\n\n{own}") == []
