"""Which addresses stand in a field, and what does a hostile field cost?"""

from __future__ import annotations

from email.utils import formataddr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.core.mail_addresses import LONGEST_FIELD, MOST_ADDRESSES, addresses_in, addresses_in_text, as_address

words = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=12)
addresses = st.builds("{}.{}@{}.example".format, words, words, words)
names = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40)


@pytest.mark.parametrize(
    ("field", "found"),
    [
        ("anna@home.example", ("anna@home.example",)),
        ("Anna <anna@Home.Example>", ("anna@home.example",)),
        ('"Doe, Anna (x) <no@no.example>" <Anna.Doe@home.example>', ("Anna.Doe@home.example",)),
        ("anna@home.example (work), Ben <ben@home.example>", ("anna@home.example", "ben@home.example")),
        ("Friends: anna@home.example, ben@home.example;", ("anna@home.example", "ben@home.example")),
        ("undisclosed-recipients:;", ()),
        ("<@relay.example,@other.example:anna@home.example>", ("anna@home.example",)),
        ('"odd name"@home.example', ('"odd name"@home.example',)),
        ("пётр@почта.example", ("пётр@почта.example",)),
        ("anna@home.example, ANNA@home.example, anna@home.example", ("anna@home.example", "ANNA@home.example")),
        ("<>", ()),
        ("Anna", ()),
        ("anna@@home.example", ()),
        ("anna@home.example>", ("anna@home.example",)),
        ('"', ()),
        ("t: rfc822; anna@home.example", ("anna@home.example",)),
    ],
)
def test_what_stands_in_an_address_field(field, found):
    """Names, comments, groups and routes are left out; an address comes back as it is written."""
    assert addresses_in(field) == found


@given(st.lists(st.tuples(names, addresses), min_size=1, max_size=5, unique_by=lambda pair: pair[1]))
def test_what_the_standard_library_writes_is_found(people):
    """Whatever the names hold, each address is found, and nothing else."""
    field = ", ".join(formataddr((name.replace("\\", "").strip(), address)) for name, address in people)

    assert addresses_in(field) == tuple(address for _, address in people)


@given(st.text())
def test_any_text_is_a_field(text):
    """No text breaks it, and what it finds is an address by its own rule."""
    assert all(as_address(found) == found for found in addresses_in(text))


def test_nesting_and_length_are_bounded():
    """Ten thousand open comments, and addresses without end, cost what they are long."""
    many = ", ".join(f"a{number}@home.example" for number in range(5_000))

    assert addresses_in("(" * 10_000 + "a@home.example" + ")" * 10_000) == ()
    assert len(addresses_in(many)) == MOST_ADDRESSES
    assert addresses_in("x" * LONGEST_FIELD + ", a@home.example") == ()


def test_addresses_in_a_sentence():
    """Punctuation around an address is none of it, and letters of other scripts end it."""
    text = (
        "Mail to (anna@home.example), <ben@home.example>: no. 收件人li@home.example不存在 x@y, http://host.example/@me"
    )

    assert addresses_in_text(text)[:3] == ["anna@home.example", "ben@home.example", "li@home.example"]
