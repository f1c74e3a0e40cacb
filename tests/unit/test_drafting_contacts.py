"""Addresses that appeals build in unusual ways: heads of mails, events, extensions, pages, offices that are bent."""

from datetime import date

import pytest

from mailer.adapters.drafted.campaign_yaml import to_yaml
from mailer.adapters.drafting import draft_of
from mailer.core.drafting.drafts import NOBODY, Role

TODAY = date(2026, 11, 22)


def draft(text):
    """Return the draft of a text."""
    return draft_of(text, TODAY)


def targets(text):
    """Return those whom a text calls to write to."""
    return [target for target in draft(text).targets if target.role is Role.TARGET]


@pytest.mark.parametrize(
    "head",
    [
        "Date: 1 May From: Ann To: list@relay.example Cc: copy@relay.example Subject: Help",
        "Von: Anna An: list@relay.example Betreff: Hilfe",
        "De: Ana Para: list@relay.example Asunto: Ayuda",
    ],
)
def test_the_head_of_a_mail_in_one_line_is_no_address(head):
    """Whom an appeal was once mailed to is not whom it is for."""
    found = draft(f"{head} Dear friends, please send protests to the Ministry of Bread: m@bread.example")

    assert [one.text for target in found.targets for one in target.emails] == ["m@bread.example"]
    assert found.copies_to == ()


@pytest.mark.parametrize(
    "event",
    [
        "Their trial is set for 10 December at the District Court, Harbour Road 5, 4020 Exampleport.",
        "Am 25. November findet eine Kundgebung vor dem Rathaus, Marktplatz 1, 12345 Beispielstadt, statt.",
        "El 3 de diciembre hay una concentración en la Calle Muestra 12, 28001 Ejemplo.",
    ],
)
def test_where_something_takes_place_nobody_writes(event):
    """A trial's or a picket's place is no postal address of a target."""
    found = targets(f"Free the bakers!\n\n{event}\n\nSend protests to the Ministry of Bread: m@bread.example")

    assert [target.post for target in found] == [()]


def test_what_happened_during_a_demonstration_is_no_picket():
    """What reads 'Were arrested during a demonstration' calls nobody to one."""
    text = "Libertad!\n\nDos panaderas fueron detenidas el 14 de noviembre de 2026 durante una manifestación."

    assert draft(text).events == ()


def test_a_wrapped_line_may_begin_with_a_day():
    """What reads 'am / 18. November' is one sentence, and no list."""
    text = (
        "Freiheit für die Bäcker\n\nDie Bäcker der Stadt streiken seit dem Sommer für mehr Lohn, und am\n"
        "18. November wurden zwei von ihnen vor ihrem Betrieb verhaftet."
    )

    assert "und am 18. November wurden zwei" in draft(text).summary.text


@pytest.mark.parametrize("label", ["E-Mail schreiben:", "Fax:", "E-mail:", "Send a letter:"])
def test_a_label_is_no_name(label):
    """A line that only says how to write names nobody."""
    for target in targets(f"Freiheit für die Bäcker\n\nProtest an den Betrieb.\n\n{label}\nbetrieb@bread.example"):
        assert target.name.text.lower() not in ("e-mail schreiben", "fax", "e-mail", "send a letter")


def test_an_initial_begins_no_list():
    """What reads 'A. Sample, Minister' is a person with an office, and no item."""
    (target,) = targets("Write to:\nA. Sample, Minister of Bread\n12 Sample Street, Exampleport\nm@bread.example")

    assert target.name.text.startswith("A. Sample")


def test_a_russian_office_is_called_by_itself():
    """The head of an office is bent back, with the whole of what it is for."""
    (target,) = targets("Свободу пекарям!\n\nПишите Министру хлеба и социальной защиты:\nm@bread.example")

    assert target.name.text == "Министр хлеба и социальной защиты"


def test_a_bent_person_stays_as_told():
    """An office beside a person's name is not bent back alone."""
    (target,) = targets("Свободу пекарям!\n\nПишите Министру И. Примерову:\nm@bread.example")

    assert target.name.text == "Министру И. Примерову"


def test_what_one_is_told_to_do_is_no_part_of_a_name():
    """What reads '... and tell him' ends the name of an office."""
    (target,) = targets("Write to the Minister of Bread and tell him to free them: m@bread.example")

    assert target.name.text == "Minister of Bread"


def test_an_extension_is_told():
    """A number with an extension is kept, and says what to ask for."""
    (target,) = targets("United States\n\nCall the Governor: (202) 555-0147 x812")

    assert target.phones[0].text == "+12025550147"
    assert "x812" in target.phones[0].doubt


def test_the_house_of_a_street_is_no_number():
    """What reads 'Examplestraat 57 1000 Town' behind a fax is a street, a house and a town."""
    (target,) = targets("België\n\nFax naar de ambassade: 02/555.01.23 VOORBEELDSTRAAT 57 1000 BRUSSEL")

    assert len(target.faxes) == 1
    assert [one.text for one in target.post] == ["VOORBEELDSTRAAT 57 1000 BRUSSEL"]


def test_stars_around_words_are_none_of_an_address():
    """What a mail program writes for bold letters is left out."""
    text = "United States\n\nWrite to:\n\n*Ministry of Bread*\n*Address:* 301 Sample Road, Example, PA 17000"
    (target,) = targets(text)

    assert target.post[0].text == "Ministry of Bread\n301 Sample Road, Example, PA 17000"


def test_a_page_alone_below_a_call_is_the_form():
    """Where a text opens a page alone, of protest, that is where to write."""
    (target,) = targets("The union began a campaign of protest here:\n\nhttp://union.example/bakers?c=12\n\nThank you.")

    assert target.webs[0].text == "http://union.example/bakers?c=12"


@pytest.mark.parametrize(
    "call",
    [
        "Write to your deputy, whose contacts are here:\n\nhttp://parliament.example/members",
        "We are sending an article of the web page www.paper.example (below).",
    ],
)
def test_a_page_to_look_something_up_is_none_to_write_on(call):
    """A list of addresses and the source of an article are no forms."""
    assert [one for target in targets(call) for one in target.webs] == []


def test_a_box_for_gifts_gets_no_protest():
    """Where cheques go nobody protests, though an office is named between."""
    text = (
        "Send protests to the Ministry of Bread: m@bread.example\n\nMake your cheques out to the bakers' paper, which "
        "has the trust of our leadership, and mail them to the office in London: PO Box 12, London, N1 0AA"
    )

    assert [target.post for target in targets(text)] == [()]


def test_a_contact_of_whom_the_call_named_is_the_target():
    """What reads 'Contact Info:' above a name that the call had is no signature."""
    text = (
        "We ask everybody to flood Minister Otto Muster with letters.\n\nContact Info:\n\nHon. Otto Muster\n"
        "803 Sample Ave W\nToronto ON M6C 1B9\n\nFax: 416-555-0175"
    )

    assert sum(len(target.faxes) for target in targets(text)) == 1


def test_who_has_something_for_those_who_ask_protests_not():
    """What reads 'If you know of others, mail us' is no call to protest."""
    text = "Send letters to the Ministry of Bread.\n\nIf your group knows of others, please mail to bakers@gmail.com."

    assert [one.text for target in targets(text) for one in target.emails] == []


def test_the_mailbox_of_those_who_ask_ends_a_row():
    """Three of one office and one at a provider for everybody: that one is a copy."""
    text = "Send your protest to:\n\na@bread.example; b@bread.example; c@bread.example; free.bakers@gmail.com"
    found = draft(text)

    assert [one.text for one in found.copies_to] == ["free.bakers@gmail.com"]


def test_a_picket_at_embassies_is_no_letter_to_ones_own():
    """Placards outside embassies are no letters."""
    text = "Kazakhstan\n\nOrganise protests with placards outside the Kazakh embassies and consulates."

    assert [target for target in targets(text) if target.embassy_of] == []


def test_that_nobody_is_written_to_is_said_once():
    """The mark stands beside the empty list, and not at the top too."""
    assert to_yaml(draft("It rained."), TODAY).count(NOBODY) == 1


def test_any_embassy_of_a_country_is_ones_own():
    """Where the text says "an Indian embassy", the nearest one is meant."""
    (embassy,) = targets(
        "India\n\nPlease fax the enclosed letter to the Prime Minister of India or to an Indian Embassy."
    )

    assert embassy.embassy_of == "IN"


@pytest.mark.parametrize(
    "call",
    [
        "Write to the Kenyan embassy, to the newspapers, to local councils!",
        "Thousands filled the mailbox of the Kenyan embassy with letters, thank you for your help!",
    ],
)
def test_what_is_everybodys_own_stands_beside_the_embassy(call):
    """A comma parts them."""
    assert [target for target in targets(f"Kenya\n\n{call}") if target.embassy_of] == []


def test_solidarity_may_be_in_the_name_of_an_office():
    """A minister of solidarity gets protests."""
    office = "M. Exemple, Ministre du Pain et de la Solidarité Nationale"
    text = f"Écrivez aux ministres par fax :\n\n{office} / Fax +44 20 7946 0101"

    assert [target.role for target in draft(text).targets] == [Role.TARGET]


@pytest.mark.parametrize(
    ("told", "count"),
    [
        ("Send protests to the Mayor, fax +44 20 7946 0101, and to Kazakh embassies and consulates.", 1),
        ("We ask churches, embassies and friends to write to the Mayor: a@x.example", 0),
        ("Faxes arrived at the mill and at the embassies in London, Paris and Rome.", 0),
    ],
)
def test_embassies_are_ones_own_where_readers_are_to_write_to_them(told, count):
    """An address before them is another's; with towns, or asked to write themselves, they are nobody's own."""
    assert sum(bool(target.embassy_of) for target in targets(f"Kazakhstan\n\n{told}")) == count
