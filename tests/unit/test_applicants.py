"""Is what an organiser typed about a supporter judged rightly, without the network?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.adapters.applicants import COLUMNS, canonical_address, read_applicant, read_country, read_language
from mailer.core.addresses import Mailbox
from mailer.core.supporters import SafetyLevel
from mailer.errors import AddressError
from tests.strategies import addresses


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("a@union.example", "a@union.example"),
        ("  Anna.Smith+news@Union.Example ", "Anna.Smith+news@union.example"),
        ("a@straße.example", "a@xn--strae-oqa.example"),
        ("o'brien@union.example", "o'brien@union.example"),
        ("=x@union.example", "=x@union.example"),
    ],
)
def test_an_address_has_one_spelling(typed, canonical):
    """Domains become lower-case A-labels; the local part is the mailbox owner's."""
    assert canonical_address(typed) == canonical


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "a",
        "a@",
        "@union.example",
        "a@localhost",
        "a b@union.example",
        '"a b"@union.example',
        "a@union.example,b@union.example",
        "a@union.example\r\nBcc: b@union.example",
        "a@[127.0.0.1]",
        "a..b@union.example",
        "ü@union.example",
        "x" * 65 + "@union.example",
        "a@" + "x." * 130 + "example",
        "A <a@union.example>",
    ],
)
def test_what_is_not_one_mailbox_is_refused(typed):
    """Nothing is repaired, and the message does not tell who was meant."""
    with pytest.raises(AddressError) as caught:
        canonical_address(typed)
    assert len(typed) < 3 or typed not in str(caught.value)


@given(st.one_of(addresses, st.text(max_size=40)))
def test_every_address_that_is_taken_can_be_written_to(typed):
    """What enters the database is a mailbox for the message builder too, and its spelling is stable."""
    try:
        address = canonical_address(typed)
    except AddressError:
        return
    assert Mailbox(address).address == address == canonical_address(address)


def test_a_row_is_read_into_values():
    """Every column becomes what the letters need; case and spaces do not matter."""
    cells = (
        "a@union.example",
        " A.  Example ",
        "en-GB",
        "gb",
        "Europe/London",
        "Leeds",
        "Nurses",
        "a; b;a;",
        "Fax",
        "INITIALS",
    )
    applicant = read_applicant(dict(zip(COLUMNS, cells, strict=True)))

    assert (applicant.name, applicant.language, applicant.country) == ("A. Example", "en", "GB")
    assert (applicant.tags, applicant.best_way, applicant.safety) == (("a", "b"), "fax", SafetyLevel.INITIALS)


def test_columns_that_are_missing_are_not_told():
    """None says that the file has no such column, an empty text that the cell was empty."""
    applicant = read_applicant({"email": "a@union.example", "city": "", "safety": ""})

    assert (applicant.name, applicant.city, applicant.tags) == (None, "", None)
    assert applicant.safety is SafetyLevel.FULL


def test_all_that_is_wrong_with_a_row_is_told_at_once():
    """One message names every column to mend, and shows nothing that a terminal obeys."""
    cells = {
        "email": "",
        "country": "UK",
        "language": "english",
        "timezone": "London",
        "best_way": "pigeon",
        "safety": "\x1b[31m",
    }

    with pytest.raises(ValueError, match="email is empty") as caught:
        read_applicant(cells)
    message = str(caught.value)
    for told in ("country 'UK'", "language 'english'", "timezone 'London'", "best_way 'pigeon'", "safety '\\x1b[31m'"):
        assert told in message
    assert "\x1b" not in message


@pytest.mark.parametrize(("typed", "code"), [("", ""), ("de", "DE"), ("KZ", "KZ")])
def test_countries_are_iso_3166(typed, code):
    """Codes are taken in any case, and none is needed."""
    assert read_country(typed) == code


@pytest.mark.parametrize(
    ("typed", "code"), [("", ""), ("EN", "en"), ("pt_BR", "pt"), ("zh-Hant-TW", "zh"), ("kab", "kab")]
)
def test_languages_become_primary_tags(typed, code):
    """A supporter reads a language, whatever its region."""
    assert read_language(typed) == code


@pytest.mark.parametrize("typed", ["xx", "e", "English", "1"])
def test_what_is_no_language_is_refused(typed):
    """A typing error must not leave somebody without letters that they can read."""
    with pytest.raises(ValueError, match="language"):
        read_language(typed)


def test_too_many_tags_are_refused():
    """Tags have a bound, as everything has that a file brings."""
    with pytest.raises(ValueError, match="21 tags"):
        read_applicant({"email": "a@union.example", "tags": ";".join(map(str, range(21)))})
