"""Channels become targets: with names, postal addresses, forms, and everybody's own embassy."""

from datetime import date

import pytest

from mailer.adapters.drafting import draft_of
from mailer.core.drafting.drafts import Role

TODAY = date(2026, 11, 22)


def targets(text):
    """Return those whom a text calls to write to."""
    return [target for target in draft_of(text, TODAY).targets if target.role is Role.TARGET]


def test_channels_of_one_office_are_one_target():
    """A block with a name, a street, a fax and an address is one target with all of them."""
    (target,) = targets(
        "United Kingdom\n\nSend protests to:\n\nMinistry of Bread\nSample Street 12\nLondon EC1A "
        "1AA\nFax: +44 20 7946 0101\nEmail: a@x.example"
    )

    assert target.name.text == "Ministry of Bread"
    assert [one.text for one in target.faxes] == ["+442079460101"]
    assert [one.text for one in target.emails] == ["a@x.example"]
    assert "Sample Street 12\nLondon EC1A 1AA" in target.post[0].text


def test_each_office_of_a_list_is_a_target_of_its_own():
    """A numbered list gives as many targets, with the names above their channels."""
    found = targets(
        "Protests go to\n\n1: Press desk of the bakery court\n\nEmail: a@x.example\n\n2: "
        "Foreign Ministry\n\nEmail: b@x.example"
    )

    assert [(one.name.text, one.emails[0].text) for one in found] == [
        ("Press desk of the bakery court", "a@x.example"),
        ("Foreign Ministry", "b@x.example"),
    ]


def test_names_stand_before_their_addresses_in_a_sentence():
    """'Send protests to NAME at ADDRESS' gives the name."""
    found = targets(
        "Send protests to President Ann Sample at a@x.example, and to the Director of Example "
        "Bread, fax +44 20 7946 0101."
    )

    assert [one.name.text for one in found] == ["President Ann Sample", "Director of Example Bread"]


def test_a_target_without_a_name_says_so():
    """Nothing is made up where the text gives an address only."""
    (target,) = targets("Send your protests to:\na@x.example")

    assert target.name.text == "a@x.example"
    assert target.name.doubt == "no name in the text"


OWN = {
    "en": ("Protest to the embassy of Turkey in your own country.", "TR"),
    "ru": ("Направляйте протесты в посольство Казахстана в вашей стране.", "KZ"),
    "de": ("Schickt Protestbriefe an die Botschaft der Türkei in eurem Land.", "TR"),
    "fr": ("Écrivez à l'ambassade du Maroc dans votre pays.", "MA"),
    "es": ("Envíen sus protestas a la embajada de México en su país.", "MX"),
    "it": ("Scrivete all'ambasciata dell'Iran nel vostro paese.", "IR"),
    "pt": ("Escrevam à embaixada do Brasil no seu país.", "BR"),
    "nl": ("Stuur protesten naar de ambassade van Iran in uw land.", "IR"),
    "pl": ("Wysyłajcie protesty do ambasady Białorusi w waszym kraju.", "BY"),
    "cs": ("Pište na velvyslanectví Ázerbájdžánu ve vaší zemi.", "AZ"),
    "no": ("Send protester til Tyrkias ambassade i ditt land.", "TR"),
    "tr": ("Ülkenizdeki Mısır büyükelçiliğine yazın.", "EG"),
}


@pytest.mark.parametrize("language", OWN)
def test_the_embassy_in_everybodys_own_country_is_known(language):
    """Each language has its words for it, and the country is the one that sends the embassy."""
    text, country = OWN[language]

    assert [one.embassy_of for one in targets(text)] == [country]


@pytest.mark.parametrize(
    "words",
    [
        "your local Turkish embassy",
        "the nearest Turkish consulate",
        "Turkish embassies around the world",
        "Turkish embassies and consulates",
        "the Turkish embassy where you live",
        "Turkish diplomats, or a Turkish consul, in your country",
    ],
)
def test_the_wordings_of_ones_own_embassy_are_many(words):
    """Local, nearest, plural and accredited ones are meant alike."""
    assert [one.embassy_of for one in targets(f"Please send protests to {words}.")] == ["TR"]


def test_a_named_embassy_is_a_target_like_any_other():
    """An embassy with an address of its own is not everybody's."""
    (target,) = targets("Write to the Turkish embassy in London: a@x.example")

    assert target.embassy_of == ""
    assert "embassy" in target.name.text


def test_what_others_did_at_embassies_is_no_call():
    """A report of pickets is not an instruction."""
    assert targets("Protests were held at Turkish embassies around the world.") == []


@pytest.mark.parametrize(
    ("text", "post"),
    [
        (
            "Protests by post. The address of the town hall is: 123456, Baker str., Moscow.",
            "123456, Baker str., Moscow",
        ),
        (
            "Send protests to the Embassy of Peru: 52 Sample Ave., London Tel. +44 20 7946 0101",
            "52 Sample Ave., London",
        ),
        (
            "Protests go to this address\n\nGovernor Ann Sample, Bread Palace, Lima, Peru. or via embassies",
            "Governor Ann Sample, Bread Palace, Lima, Peru",
        ),
        (
            "Schreibt Protestbriefe an:\nMusteramt\nMusterstraße 5\n12345 Musterstadt",
            "Musteramt\nMusterstraße 5\n12345 Musterstadt",
        ),
        (
            "Envíen cartas de protesta a:\nMinisterio del Pan\nCalle Ejemplo 4\n28001 Madrid",
            "Ministerio del Pan\nCalle Ejemplo 4\n28001 Madrid",
        ),
    ],
)
def test_postal_addresses_are_taken_line_by_line(text, post):
    """An address ends at the first label, and stands as the text has it."""
    assert [one.text for target in targets(text) for one in target.post] == [post]


def test_prose_with_commas_is_no_address():
    """A sentence that names a place is not a place to write to."""
    text = (
        "On Monday a judge in Lima, Peru, sent the baker, head of the mill, to 30 days in prison. Send "
        "protests to a@x.example."
    )

    assert not [one for target in targets(text) for one in target.post]


def test_the_place_of_a_picket_is_no_address_to_write_to():
    """One goes there."""
    text = "Send protests to a@x.example.\n\nPicket: Embassy of Peru, 52 Sample Street, London, 27 November at 5 pm"

    assert not [one for target in targets(text) for one in target.post]


def test_a_form_comes_with_its_instruction():
    """What stands in brackets behind a form's address tells how to fill it."""
    (target,) = targets('Write to the mayor with the online form: https://city.example/ask (choose "Question")')

    assert [one.text for one in target.webs] == ["https://city.example/ask"]
    assert target.web_hint == 'choose "Question"'


def test_an_article_that_is_linked_is_no_form():
    """A page to read is a link of the campaign."""
    drafted = draft_of("Send protests to a@x.example. A video is here: https://news.example/video", TODAY)

    assert not [one for target in drafted.targets for one in target.webs]
    assert [url for _, url in drafted.links] == ["https://news.example/video"]


def test_offices_whose_addresses_are_lost_stand_with_their_names():
    """A call without addresses still names its targets, each with the instruction for its form."""
    found = targets(
        "Send protest letters to the website of the Town council and to the town's "
        "Judge at the following addresses:\n\n"
        "(Choose the first form)\n\n(Choose the second form)\n\nMessages of support: c@x.example"
    )

    assert [(one.name.text, one.web_hint) for one in found] == [
        ("Website of the Town council", "Choose the first form"),
        ("Town's Judge", "Choose the second form"),
    ]
    assert {one.doubt for one in found} == {"no address in the text"}


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Sampleford Bakeries Ltd, 5 Main Street, London SW1A 1AA", "Sampleford Bakeries Ltd"),
        ("The Minister of Bread, 5 Main Street, London SW1A 1AA", "The Minister of Bread"),
    ],
)
def test_whom_an_address_begins_with_is_the_name_of_its_target(line, name):
    """A firm or an office, where nothing else names it."""
    (target,) = targets(f"The bakers are out\n\nPlease write to:\n\n{line}\n")

    assert target.name.text == name
