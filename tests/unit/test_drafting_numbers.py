"""Numbers without a label of their own are found where a plan, a prefix, a heading or a colon tells them."""

import pytest

from mailer.adapters.drafting_lore import lore, read_numbers
from mailer.core.drafting.numbers import numbers_in
from mailer.core.drafting.page import read_page


def kinds(text, *regions):
    """Return each number's kind and spelling."""
    return [(kind, number.told) for kind, _, _, number in numbers_in(read_page(text), lore(), regions)]


@pytest.mark.parametrize("written", ["(202) 555-0147", "202-555-0148", "202.555.0149", "1-800-555-0199"])
def test_an_american_number_needs_no_label(written):
    """Its groups tell it, whatever country the text names."""
    assert kinds(f"Example Person, Deputy Chief {written}", "GT") == [("any", written)]


@pytest.mark.parametrize("text", ["They spent 440.000.00 dollars", "on 10-11-2012 we met", "case 12 of 100 000 000"])
def test_an_amount_a_date_and_a_count_are_no_numbers(text):
    """What a plan would take by chance is left where it stands."""
    assert kinds(text, "GB", "ID") == []


def test_a_heading_tells_what_a_column_of_numbers_is():
    """Every line below "send faxes to" has a fax, until a line says something else."""
    text = "Send faxes to\nThe President  +234 9 555 0311\nThe Police +234 9 555 0312\nThe Court: tel. +234 9 555 0313"

    assert [kind for kind, _ in kinds(text)] == ["fax", "fax", "phone"]


def test_a_colon_after_a_name_is_as_good_as_a_label():
    """And ends what the label before it said."""
    assert kinds("Governor: fax (91) 0000-0411; Secretary: (91) 0000-0412") == [
        ("fax", "(91) 0000-0411"),
        ("any", "(91) 0000-0412"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Fax: 12345 (if busy)\n\n1 2025550147 (night)", ["12345", "1 2025550147"]),
        ("Tel: 60123/4", ["60123/4"]),
        ("Telexes: 1298 000 111\nFaxes: + 504 555 0101", ["+ 504 555 0101"]),
        ("Tel: 0212 000 04 91 (3 lines)", ["0212 000 04 91"]),
        ("(11) 0000-0123 is the translator's: tel. (11) 0000-0124", ["(11) 0000-0123", "(11) 0000-0124"]),
    ],
)
def test_spellings_of_numbers(text, found):
    """Short ones with a label, several for one label, and no telex."""
    assert [told for _, told in kinds(text, "BR")] == found


def test_a_country_code_without_its_plus_is_assumed():
    """A whole number of another country is read as one, and says so."""
    (read,) = read_numbers("44 20 7946 0101", ("CU",))

    assert read.value == "+442079460101"
    assert read.doubt == "the plus before the country code 44 is assumed"


def test_011_is_an_area_where_it_is_no_prefix():
    """Delhi has the digits that lead abroad from America."""
    (read,) = read_numbers("011-23000100", ("IN",))

    assert (read.value, read.doubt) == ("+911123000100", "")


def test_groups_as_in_america_are_a_number_of_america():
    """Others that could have its digits would not write them so."""
    (read,) = read_numbers("(202) 555-0147", ("", "GB", "US", "IN"))

    assert (read.value, read.doubt) == ("+12025550147", "")


@pytest.mark.parametrize(("regions", "is_doubtful"), [(("IN",), False), (("GB",), True)])
def test_the_code_of_a_country_that_is_named_needs_no_plus(regions, is_doubtful):
    """Of another one, it might be no code at all."""
    (read,) = read_numbers("91 755 2000100", regions)

    assert (read.value, bool(read.doubt)) == ("+917552000100", is_doubtful)


def test_a_number_in_a_row_has_the_area_of_the_one_before_it():
    """In "+44 20 7946 0100, 7946 0101" both are of London."""
    found = [number for _, _, _, number in numbers_in(read_page("Fax: +44 20 7946 0100, 79460101"), lore(), ("GB",))]

    assert [(one.value, one.told) for one in found] == [
        ("+442079460100", "+44 20 7946 0100"),
        ("+442079460101", "79460101"),
    ]


def test_what_is_no_number_with_that_area_stays_as_it_is():
    """Nothing is made up for digits that would be too many."""
    found = [number for _, _, _, number in numbers_in(read_page("Fax: +44 1632 960100, 79460101"), lore(), ("US",))]

    assert found[1].value == "79460101"
    assert found[1].doubt


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("tel. 020 7946 0101 & 0102", [("phone", "020 7946 0101"), ("phone", "020 7946 0102")]),
        ("Fax 020 7946 0101 oder 0102.", [("fax", "020 7946 0101"), ("fax", "020 7946 0102")]),
        ("tel. 020 7946 0101 and 24 hours later", [("phone", "020 7946 0101")]),
        ("call or fax: 020 7946 0101 / 020 7946 0102 (fax)", [("phone", "020 7946 0101"), ("fax", "020 7946 0102")]),
        ("tel. (202) 555-0147, ext. 12", [("phone", "(202) 555-0147")]),
        ("tel. 06/4400101-4400102", [("phone", "06/4400101"), ("phone", "06/4400102")]),
        ("Fax 020 7946 0101 (from abroad +44 20 7946 0101)", [("fax", "020 7946 0101"), ("fax", "+44 20 7946 0101")]),
        ("ring or fax them\n020 7946 0101\nfax 020 7946 0102", [("phone", "020 7946 0101"), ("fax", "020 7946 0102")]),
        ("т/ф. (495) 555-01-01", [("phone", "(495) 555-01-01"), ("fax", "(495) 555-01-01")]),
        ("т. 337-01-02", [("phone", "337-01-02")]),
        ("тел. (495) 555-01-01, 35-55-90", [("phone", "(495) 555-01-01"), ("phone", "35-55-90")]),
        ("Fax us at:\nPostfach 24 01 17", []),
        ("факс:\nМельница, 445000, г. Пример", []),
        ("the director is at a@b.example, (03) 555 0120; tel.", [("any", "(03) 555 0120")]),
        ("tel. hotel in Toulouse (33) 1 99 00 01 01", [("phone", "(33) 1 99 00 01 01")]),
    ],
)
def test_numbers_in_a_row_are_told_apart(text, found):
    """Shortened ones are completed; a label in brackets is of the last one, an extension of a case no part of it."""
    assert kinds(text, "GB", "US") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Fax +44 20 7946 0101, the baker has +44 20 7946 0102 (telephone)", ["fax", "phone"]),
        (
            "tel. +44 20 7946 0101, fax +44 20 7946 0102, Prison of Exampleton +44 20 7946 0103",
            ["phone", "fax", "phone"],
        ),
        ("Fax maire 020 7946 0101, a@x.example, puis la boulangerie, 020 7946 0102", ["fax", "phone"]),
        ("Tel: 0212 555 01 10 (pbx) Faks: 0212 555 01 12", ["phone", "fax"]),
        ("Fax: +44 20 7946 0101 and +44 20 7946 0102", ["fax", "fax"]),
    ],
)
def test_a_label_right_before_its_number_is_of_no_other(text, found):
    """A name between two numbers ends what the label said, unless only an "and" or brackets part them."""
    assert [kind for kind, _ in kinds(text, "GB")] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Fax 2334 0101 / 0102", ["2334 0101", "2334 0102"]),
        ("Tel.: 030 555 01 42 (Backstube), Fax: -43", ["030 555 01 42", "030 555 01 43"]),
        ("Phone the baker: 020 7224 0101 (9 - 5, Sundays)", ["020 7224 0101"]),
        ("gifts to 0045 0000 4022 0000 4432 1", []),
        ("Bank of Bread, account 0007 4410 265, and Konto: 0007 4410 266", []),
        ("Sent: 3 May 2011 2.45", []),
    ],
)
def test_more_spellings_of_numbers(text, found):
    """A last group or an extension stands for a whole number; hours, accounts and times are none."""
    assert [told for _, told in kinds(text, "GB")] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Tel 020 7946 0101 / 0102 / 0103", [("phone", f"020 7946 010{last}") for last in "123"]),
        ("Tel 0161 4960142-3, fax 0161 4960149", [("phone", "0161 4960142"), ("fax", "0161 4960149")]),
        (
            "Tel. 0511/120-0 (Zentrale), Durchwahl -6250",
            [("phone", "0511/120-0"), ("phone", "0511/120-6250")],
        ),
        ("Ring or fax the mayor (020 7946 0101, fax 0102).", [("phone", "020 7946 0101"), ("fax", "020 7946 0102")]),
        ("(telephone unknown, fax 020 7946 0101)", [("fax", "020 7946 0101")]),
        ("The baker: tel 020 7946 0101 (also fax)", [("phone", "020 7946 0101"), ("fax", "020 7946 0101")]),
        (
            "Name  Phone  Fax\nA. Baker  020 7946 0101  020 7946 0102",
            [("phone", "020 7946 0101"), ("fax", "020 7946 0102")],
        ),
        ("Voice: 020 7946 0101(tel) 020 7946 0102(fax)", [("phone", "020 7946 0101"), ("fax", "020 7946 0102")]),
        ("Editor, 1 Sample St, Tel-Aviv 67132, fax 020 7946 0102", [("fax", "020 7946 0102")]),
        ("Fax .... 020 7946 0101\nPorter .... 020 7946 0102", [("fax", "020 7946 0101"), ("any", "020 7946 0102")]),
    ],
)
def test_what_rows_tables_and_labels_behind_tell(text, found):
    """Each number of a row is a whole one, and what stands beside it tells its kind."""
    assert kinds(text, "GB") == found


@pytest.mark.parametrize(
    ("told", "regions", "value", "is_doubtful"),
    [
        ("504 / 444-3113", ("HN", "", "US"), "+5044443113", True),
        ("(0-22) 555 01 42", ("PL",), "+48225550142", False),
        ("614-555-0148", ("GT", "KR", ""), "+16145550148", False),
        ("+1 202 000 0142", ("GB",), "+12020000142", True),
    ],
)
def test_codes_that_a_number_begins_with(told, regions, value, is_doubtful):
    """The code of a country that is named needs no plus; what no plan in use has is told, and doubted."""
    (read,) = read_numbers(told, regions)

    assert (read.value, bool(read.doubt)) == (value, is_doubtful)


def test_a_town_before_a_number_tells_its_country():
    """And so do the numbers before it."""
    page = read_page("The embassy, London, tel 020 7946 0101.\n\nThe baker's fax is 020 7946 0102.")

    assert [number.value for *_, number in numbers_in(page, lore(), ("TR",))] == ["+442079460101", "+442079460102"]
