"""What stands above an appeal, or below it, is of those who ask: nobody protests to a masthead or to a foot."""

from datetime import date

import pytest

from mailer.adapters.drafted import to_json
from mailer.adapters.drafting import draft_of

TODAY = date(2026, 11, 22)
STORY = "The bakers of Exampleton have been locked out since Monday, because they asked for a clean well.\n\n"
CALL = "Write to the Ministry of Bread: m@x.example, fax +44 20 7946 0101\n\n"


def reached(text):
    """Return the mail addresses, telephone and fax numbers of targets."""
    rows = draft(text)["targets"]
    return {row[key] for row in rows for key in ("email", "phone", "fax") if row[key]}


def draft(text):
    """Return the draft of a text, as a program sees it."""
    return to_json(draft_of(text, TODAY))


WRITTEN_TO = {"m@x.example", "+44 20 7946 0101"}


@pytest.mark.parametrize(
    "foot",
    [
        "Crumb Desk, 9 Sample Lane, London. Phone 020 7946 0155 who@y.example",
        "Crumbs & Loaves / Sample Road 3, London / who@y.example / 020 7946 0156",
        "Fragen? who@y.example, 030 555 01 77 (ab mittags)",
        "CTP, Rua do Exemplo 31, Porto, tel. 223 555 044, who@y.example",
        "Who wrote this\nThe oven team, who@y.example",
        "Вопросы нам на почту: who@y.example",
        "Anna Crumb knows more, 01632 960 033, who@y.example",
    ],
)
def test_below_prose_nobody_is_written_to_without_a_word(foot):
    """A line of names and numbers behind prose, with no office and no call, is the signature of those who ask."""
    assert reached(STORY + CALL + "Please stay polite, as ever.\n\n" + foot) == WRITTEN_TO


@pytest.mark.parametrize(
    "following",
    [
        "Loaf Ltd, 9 Sample Lane, London, who@y.example",
        "Mayor of Exampleton, who@y.example",
        "The others are:\n\nAnna Crumb, who@y.example",
        "- Anna Crumb, who@y.example",
        "Send your letters here, too: who@y.example",
    ],
)
def test_a_list_may_go_on_below_prose(following):
    """An office, a firm, a heading, a bullet or a call below prose names somebody else who is written to."""
    assert "who@y.example" in reached(STORY + CALL + "They read all of it.\n\n" + following)


@pytest.mark.parametrize(
    "line",
    [
        "Some rather call the bakery: 020 7946 0133",
        "Ihr könnt auch anrufen, am besten früh: 030 555 0177",
        "Otros prefieren llamar a la panadería: 020 7946 0133",
        "Is it quicker to phone? They pick up on +44 20 7946 0133.",
    ],
)
def test_a_number_to_be_called_is_in_no_foot(line):
    """Whoever is to be called is a target, also below prose and below an address for copies."""
    text = STORY + CALL + "A copy to us please: c@x.example.\n\n" + line

    assert len(reached(text)) == 3
    assert draft(text)["copies_to"] == ["c@x.example"]


def test_the_foot_may_follow_an_address_for_copies_at_once():
    """Below the copies stand those who get them."""
    text = STORY + CALL + "cc: c@x.example\n\nOven room, Sample Lane 9, tel 020 7946 0199, who@y.example"

    assert reached(text) == WRITTEN_TO
    assert draft(text)["copies_to"] == ["c@x.example"]


def test_a_line_of_copies_ends_with_its_paragraph():
    """What only said "copy" in a sentence says nothing of the paragraphs below."""
    text = STORY + "Please put b@x.example in cc.\n\nMinistry of Bread: m@x.example"

    assert reached(text) == {"m@x.example"}


@pytest.mark.parametrize(
    "head",
    [
        "BAKERS OF EXAMPLETON\nSample Lane 9, tel. +44 20 7946 0184, who@y.example\n\nOUR NEWS\n\n",
        "BREAD\n\nPassed on by: Crumb Watch <who@y.example>\n\n",
    ],
)
def test_a_masthead_is_of_those_who_ask(head):
    """What stands above all prose and above every call, and names no office, is written to by nobody."""
    assert reached(head + STORY + CALL) == WRITTEN_TO


def test_a_mail_that_the_reader_is_to_send_keeps_its_fields():
    """Fields without a sender, below other words, say to whom a mail goes and who gets a copy."""
    text = (
        "Bakers locked out\n\nPlease protest by mail from your own program:\n\nTo: boss@x.example\n"
        "Cc: hr@x.example\n\nSubject: Let them bake\n\nDear Ms Example,\n\n"
        "I ask you to let the bakers in again, and to pay them for every day since Monday.\n\nYours sincerely"
    )

    assert reached(text) == {"boss@x.example"}
    assert draft(text)["copies_to"] == ["hr@x.example"]


@pytest.mark.parametrize(
    "line",
    [
        "Everybody may stop writing to that bakery (info@y.example, fax +44 20 7946 0155).",
        "Hört auf, ihm zu schreiben: info@y.example",
        "Dejen de escribir a info@y.example",
        "Arrêtez d'écrire à info@y.example",
    ],
)
def test_who_is_to_be_left_alone_is_no_target(line):
    """Where an appeal asks to stop, its addresses are not written to."""
    assert reached(STORY + CALL + line) == WRITTEN_TO


@pytest.mark.parametrize(
    "line",
    [
        "No more of this: bread+unsubscribe@lists.example",
        "Para darse de baja: bread+baja@lists.example",
        "To leave: bread-leave@lists.example",
    ],
)
def test_nobody_writes_to_a_list_program(line):
    """An address that only a program reads is no target."""
    assert reached(STORY + CALL + "--\n" + line) == WRITTEN_TO
