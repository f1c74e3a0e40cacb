"""Addresses, pages and numbers are found where they stand, each called what its label says."""

from datetime import date

import pytest

from mailer.adapters.drafting import draft_of
from mailer.adapters.drafting_lore import lore, read_numbers
from mailer.core.drafting.page import read_page
from mailer.core.drafting.text import clean
from mailer.core.drafting.tokens import MOST_TOKENS, tokens_in


def channels(text, *regions):
    """Return the kinds and values that a text has."""
    tokens = tokens_in(read_page(clean(text)), lore(), regions)
    return [(token.kind, token.value) for token in tokens]


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("+44 20 7946 0101", "+442079460101"),
        ("++44 20 7946 0101", "+442079460101"),
        ("0044 20 7946 0101", "+442079460101"),
        ("011 44 20 7946 0101", "+442079460101"),
        ("+44 (0)20 7946 0101", "+442079460101"),
        ("(+4420) 79460101", "+442079460101"),
        ("020 7946 0101", "+442079460101"),
        ("0207 946 0101", "+442079460101"),
    ],
)
def test_a_number_is_read_however_it_is_written(written, number):
    """Every usual prefix leads to the same international number, and the text's spelling is kept."""
    (read,) = read_numbers(written, ("GB",))

    assert (read.value, read.told, read.doubt) == (number, written, "")


def test_a_number_of_an_old_plan_is_kept_and_doubted():
    """+7 095 is Moscow as it was: no number of today's plan, and not made into one."""
    (read,) = read_numbers("(+7095) 000 01 11", ("RU",))

    assert read.value == "+70950000111"
    assert "plan" in read.doubt


def test_a_number_without_a_code_that_two_countries_could_have_is_doubted():
    """The country code is assumed, and says so."""
    (read,) = read_numbers("020 7946 0101", ("GB", "ZA", "NZ"))

    assert read.value == "+442079460101"
    assert read.doubt == "country code +44 is assumed"


def test_a_number_that_the_readers_may_have_at_home_says_so():
    """A local number in an Italian text that names only Kenya may be of Rome; one of Chile in Spanish is of Chile."""
    (of_kenya_or_rome,) = read_numbers("06 5550100", ("KE", "", "IT"))
    (of_chile,) = read_numbers("9 6123 4567", ("CL", "", "ES"))

    assert (of_kenya_or_rome.value, of_kenya_or_rome.doubt) == ("+25465550100", "country code +254 is assumed")
    assert (of_chile.value, of_chile.doubt) == ("+56961234567", "")


def test_a_number_of_no_country_named_stays_as_written():
    """Nothing is made up for a local number."""
    (read,) = read_numbers("000-01-12", ("RU",))

    assert read.value == "000-01-12"
    assert read.doubt


@pytest.mark.parametrize(
    "row",
    [
        "+44 20 7946 0101 +44 20 7946 0102",
        "020 7946 0101 020 7946 0102",
        "020 7946 0101 / 020 7946 0102",
        "0044 20 7946 0101 0044 20 7946 0102",
    ],
)
def test_numbers_that_only_a_space_parts_are_two(row):
    """Several numbers in a row are told apart."""
    assert [one.value for one in read_numbers(row, ("GB",))] == ["+442079460101", "+442079460102"]


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Fax:", "fax"),
        ("Tel.", "phone"),
        ("telefax", "fax"),
        ("факс", "fax"),
        ("тел.", "phone"),
        ("faks:", "fax"),
        ("Télécopie :", "fax"),
        ("teléfono", "phone"),
        ("telefoon:", "phone"),
        ("tlf.", "phone"),
        ("F:", "fax"),
        ("Mobile", "phone"),
    ],
)
def test_a_label_tells_what_a_number_is(label, kind):
    """Labels are known in every language."""
    assert channels(f"{label} +44 20 7946 0101") == [(kind, "+442079460101")]


def test_tel_fax_is_both():
    """One number with two labels is two channels."""
    assert channels("Tel./fax: +44 20 7946 0101") == [("fax", "+442079460101"), ("phone", "+442079460101")]


def test_telephone_and_fax_numbers_in_a_row_are_one_each():
    """'The telephone and fax numbers are A and B' gives A the first label."""
    found = channels("The telephone and fax numbers are: +44 20 7946 0101, and +44 20 7946 0102")

    assert found == [("phone", "+442079460101"), ("fax", "+442079460102")]


def test_an_extension_stands_for_the_last_digits():
    """'Fax: -182' is the number before it with another end."""
    assert channels("Tel. +44 20 7946 0101, Fax: -182")[1] == ("fax", "+442079460182")


def test_a_label_may_follow_its_number():
    """A word in brackets after a number calls it."""
    assert channels("+44 20 7946 0101 (fax)") == [("fax", "+442079460101")]


@pytest.mark.parametrize(
    "text",
    [
        "on 26/03/2010 and 2010-03-26",
        "in 1998-2000",
        "IBAN GB00 0000 0000 0000 00",
        "25000000 people",
        "123456, Baker str.",
    ],
)
def test_dates_years_accounts_and_amounts_are_no_numbers(text):
    """Digits alone are no telephone."""
    assert channels(text, "GB") == []


def test_a_bare_run_of_digits_after_a_verb_is_a_number():
    """'Fax the court on' is label enough."""
    assert channels("Letters can be faxed to the judge on the number 02079460101.", "GB") == [("fax", "+442079460101")]


@pytest.mark.parametrize(
    ("text", "mail"),
    [
        ("Write to a.b@court.example.", "a.b@court.example"),
        ("(office@court.example)", "office@court.example"),
        ("mailto:office@court.example", "office@court.example"),
        ("<o'neil@court.example>", "o'neil@court.example"),
    ],
)
def test_mails_end_where_they_end(text, mail):
    """Full stops, brackets and schemes are no part of an address."""
    assert channels(text) == [("email", mail)]


def test_a_page_ends_before_the_stop_of_its_sentence():
    """Brackets of the sentence are no part of a page, those of the page are."""
    assert channels("see www.city.example/ask_(now), please") == [("page", "http://www.city.example/ask_(now)")]


def test_digits_of_a_page_are_no_number():
    """Tokens never overlap."""
    assert channels("tel https://city.example/02079460101") == [("page", "https://city.example/02079460101")]


def test_candidates_are_bounded():
    """However many there are, so many are looked at."""
    assert len(channels("a@b.example " * 2000)) == MOST_TOKENS


def test_numbers_are_read_for_a_bounded_number_of_candidates():
    """The library that knows numbers is asked at most so often."""
    asked = []

    def count(told, regions):
        asked.append(told)
        return read_numbers(told, ())

    counting = type(lore())(numbers=count)
    tokens_in(read_page(clean("fax 020 7946 0101; " * 5000)), counting, ())

    assert 0 < len(asked) <= MOST_TOKENS


def test_a_draft_keeps_how_the_text_spells_a_number():
    """Whoever reviews sees both the reading and the spelling."""
    drafted = draft_of("UK: send protests to the court, fax 020 7946 0101.", date(2026, 11, 22))

    assert [(one.text, one.told) for one in drafted.targets[0].faxes] == [("+442079460101", "020 7946 0101")]


def test_a_bare_number_before_a_fax_is_the_telephone():
    """An office's line has its telephone first, often without a label."""
    found = channels("Write to the Ministry of Bread, +44 20 7946 0101; fax: +44 20 7946 0102")

    assert found == [("phone", "+442079460101"), ("fax", "+442079460102")]


def test_a_region_that_the_text_names_needs_no_doubt():
    """Of several countries that have such a number the named one is meant."""
    (named,) = read_numbers("020 7946 0101", ("GB", "", "ZA", "NZ"))

    assert (named.value, named.doubt) == ("+442079460101", "")


@pytest.mark.parametrize(("faxes", "doubt"), [("", ""), ("No fax!", "no label: a phone?")])
def test_a_number_without_a_label_is_a_telephone_where_no_fax_is_spoken_of(faxes, doubt):
    """In a call to ring up it needs no mark."""
    text = f"Phone zap on Monday! {faxes}\n\nMinister of Bread +44 20 7946 0101"
    (token,) = tokens_in(read_page(text), lore(), ())

    assert (token.kind, token.doubt) == ("phone", doubt)


def test_the_end_of_a_sentence_is_no_part_of_an_address():
    """A page glued "Kenya." to an address that stands in the text as it is."""
    found = channels("Mail bread@x.example in Nairobi, or in Kenya.bread@x.example, or ann.bread@x.example")

    assert found == [("email", "bread@x.example"), ("email", "bread@x.example"), ("email", "ann.bread@x.example")]


def test_two_addresses_at_one_domain_are_told_apart_without_a_space():
    """Some pages lose the space between them."""
    assert channels("Mail pm@x.examplesecretary@x.example") == [
        ("email", "pm@x.example"),
        ("email", "secretary@x.example"),
    ]
