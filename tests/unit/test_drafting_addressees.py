"""Blocks of addresses are told apart, belong to whom the lines above name, and are for whom the appeal calls."""

from datetime import date

import pytest

from mailer.adapters.drafting import draft_of
from mailer.adapters.drafting_lore import read_numbers
from mailer.core.drafting.drafts import Role
from mailer.core.drafting.text import clean

TODAY = date(2026, 11, 22)
CALL = "Please write letters of protest to:\n\n"


def posts(text, role=Role.TARGET):
    """Return the postal addresses of those who have a role, line by line."""
    return [post.text.split("\n") for one in draft_of(text, TODAY).targets if one.role is role for post in one.post]


def calls_of(text):
    """Return the telephone numbers of each role."""
    return {one.role: [phone.text for phone in one.phones] for one in draft_of(text, TODAY).targets if one.phones}


def test_an_office_below_a_country_begins_an_address_of_its_own():
    """No empty line parts the two blocks."""
    first = ["Minister of Bread", "Ann Example", "Example House", "Private Bag 70", "Exampletown, Zimbabwe"]
    second = ["Embassy of Zimbabwe", "16 Sample Avenue NW", "Washington DC 20009"]

    assert posts(CALL + "\n".join([*first, *second])) == [first, second]


def test_a_call_behind_a_heading_is_no_line_of_an_address():
    """The line below it is one."""
    text = "What to do: Write a letter to the Mayor of Exampleton.\n\nMayor, Town Hall, PO Box 10, Exampleton, PA 17001"

    assert posts(text) == [["Mayor, Town Hall, PO Box 10, Exampleton, PA 17001"]]


def test_the_embassy_above_a_labelled_street_belongs_to_it():
    """What reads "Address:" stands between the two."""
    text = "Wyślijcie listy protestacyjne!\n\nAmbasada Chile\n\nAdres: ul. Przykładowa 1\n\n02-516 Warszawa"

    assert posts(text) == [["Ambasada Chile", "ul. Przykładowa 1", "02-516 Warszawa"]]


def test_lines_of_an_address_are_as_long_as_those_of_a_wrapped_paragraph():
    """Each begins with a capital, and no stop ends the last: no mail program broke them."""
    lines = [
        "À l'attention de Madame Anne Exemple, Présidente du Pérou",
        "Transmis par Monsieur l'ambassadeur du Pérou à Exempleville",
        "Ambassade du Pérou",
    ]

    assert clean("\n".join(lines)).split("\n") == lines
    assert posts("Écrivez à l'adresse suivante :\n\n" + "\n".join(lines)) == [lines]


def test_a_wrapped_paragraph_may_have_capitals_in_front_of_its_lines():
    """A stop ends it, and no word would have fitted into the line before."""
    lines = [
        "On Monday the bakers of Exampleton went to the court of",
        "Justice with their letters, and nobody there received the",
        "Bakers.",
    ]

    assert clean("\n".join(lines)) == " ".join(lines)


@pytest.mark.parametrize("label", ["Salutation", "Anrede", "Encabezado"])
def test_how_to_greet_is_no_line_of_an_address(label):
    """It may stand right above the next one."""
    block = ["Ambassador Ann Example", "26 Sample Street NW", "Washington DC 20009"]

    assert posts(CALL + "\n".join([f"{label}: Your Excellency", *block])) == [block]


@pytest.mark.parametrize(
    "words",
    ["opens in a new tab", " (öffnet in neuem Tab)", "s’ouvre dans une nouvelle fenêtre"],
)
def test_what_a_site_says_of_its_links_is_no_part_of_an_address(words):
    """It is there for those who hear the page."""
    assert clean(f"Email: office@embassy.example{words}\nFax: 1") == "Email: office@embassy.example\nFax: 1"


def test_a_page_at_the_end_of_a_line_does_not_go_on_with_a_sentence():
    """A capital and a space after it: that is a word."""
    text = "More at http://www.forests.example/\nTake part in the protest"

    assert clean(text) == text


@pytest.mark.parametrize(
    ("call", "block", "role"),
    [
        ("Please send letters to any of the officials.", "President of Kenya\nAnn Example", {Role.TARGET}),
        ("Help them by calling one of those who run Bread Prison.", "1) Bread Prison Office", {Role.TARGET}),
        ("Please send letters to any of the officials.", "Ann Example\nSecretary, Bakers' Union", set()),
    ],
)
def test_an_office_below_contact_is_to_be_written_to(call, block, role):
    """An office that begins the line, or that the call named; no union of those who ask."""
    text = f"{call} Tell them what you think.\n\nContact:\n{block}\nTel: +44 20 7946 0101"

    assert set(calls_of(text)) == role


@pytest.mark.parametrize(
    "call",
    [
        "Звоните (тел. {}), выражайте поддержку!",
        "Call +{} and express your solidarity!",
        "Ruft sie an und zeigt eure Solidarität: {}",
    ],
)
def test_who_is_called_with_solidarity_is_no_target(call):
    """No office is named there."""
    found = calls_of("The bakers are on strike.\n\n" + call.format("+44 20 7946 0101"))

    assert set(found) == {Role.SOLIDARITY}


@pytest.mark.parametrize("way", ["by clicking", "by clicking on"])
def test_a_page_by_which_an_office_is_written_to_is_a_form(way):
    """The sentence sends a letter there."""
    page = "https://bread.example/alert?id=7"
    text = f"A letter goes to the Minister of Bread if you send one {way} {page}."

    assert [web.text for one in draft_of(text, TODAY).targets for web in one.webs] == [page]


@pytest.mark.parametrize(
    ("call", "role"),
    [
        ("Write to the warden and demand a doctor for the bakers:", Role.TARGET),
        ("Send the bakers your letters of support:", Role.SOLIDARITY),
    ],
)
def test_a_prison_whose_head_is_called_gets_the_protest(call, role):
    """Else it is post for prisoners."""
    address = ["Example Correctional Institution", "1 Prison Lane", "Exampleton, OH 44999"]

    assert posts(f"{call}\n" + "\n".join(address), role) == [address]


def test_a_label_with_a_number_behind_it_says_nothing_of_the_one_before():
    """The number before a "Fax: .." is the telephone, also with a dash between the two."""
    (target,) = draft_of("Protest to the Court, +44 20 7946 0101 - Fax: +44 20 7946 0102", TODAY).targets

    assert [one.text for one in target.phones] == ["+442079460101"]
    assert [one.text for one in target.faxes] == ["+442079460102"]


def test_a_prefix_in_brackets_is_one():
    """So is "(00 44)"."""
    (number,) = read_numbers("(00 44) 20 7946 0101", ())

    assert (number.value, number.doubt) == ("+442079460101", "")
