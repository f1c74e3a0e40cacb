"""Whose is an address that no cue tells? What those who ask leave of their own, and where a gift or a head ends."""

from datetime import date

import pytest

from mailer.adapters.drafted import to_json
from mailer.adapters.drafting import draft_of

TODAY = date(2026, 11, 22)
CALL = (
    "Free the bakers of Kenya!\n\nThe bakers have been in prison since May.\n\n"
    "Phone the Ministry of Bread: +44 20 7946 0101, a@x.example\n\n"
)


def draft(text):
    """Return the draft of a text, as a program sees it."""
    return to_json(draft_of(text, TODAY))


def numbers(text):
    """Return the telephone numbers of targets."""
    return [row["phone"] for row in draft(text)["targets"] if row["phone"]]


@pytest.mark.parametrize(
    "line",
    [
        "To volunteer call 07700 900 123",
        "To come along with the bakers, call Anna: 07700 900 123",
        "Legal help for those arrested: 07700 900 123",
        "Check with us before you write later: 07700 900 123",
        "For comment: Anna Baker, 07700 900 123",
        "Mitfahrgelegenheit: Sam, 07700 900 123",
        "Si vous venez, appelez Sam : 07700 900 123",
        "Para sumarse, llamar a Ana: 07700 900 123",
        "Телефон для связи: 07700 900 123",
    ],
)
def test_who_drives_the_coach_is_no_target(line):
    """Numbers for helpers, the press and those arrested are of those who ask."""
    assert numbers(CALL + line) == ["+44 20 7946 0101"]


@pytest.mark.parametrize(
    "line",
    [
        "Copy the campaign (c@x.example).",
        "dando conocimiento a c@x.example",
        "dando conhecimento a c@x.example",
        "Zet c@x.example in de cc",
        "Sett c@x.example på kopi",
        "Mesajın birer örneğini c@x.example adresine yollayın",
    ],
)
def test_more_words_ask_for_a_copy(line):
    """Before the address, or behind it."""
    assert draft(CALL + line)["copies_to"] == ["c@x.example"]


@pytest.mark.parametrize(
    "head",
    [
        "The Loaf | newsletter no. 5",
        "A lawyer costs much, and so there is a bank account below.",
        "GIVE THE BREAD BACK!",
    ],
)
def test_what_stands_before_the_targets_ends_with_its_paragraph(head):
    """A newsletter's head and a gift that prose speaks of say nothing of offices further down."""
    prose = "The bakers of Exampleton have been locked out since Monday, because they asked for a clean well. " * 4

    text = f"{head}\n\n{prose}\n\nWhat to do?\n\nMinistry of Bread: m@x.example, fax 020 7946 0101. Mayor: b@x.example."
    assert [row["email"] for row in draft(text)["targets"] if row["email"]] == ["m@x.example", "b@x.example"]


def test_where_a_group_meets_nobody_protests():
    """A bare "Contact" behind another sentence, last of all, is the group's own."""
    text = CALL + "The bakers thank you for all that you do.\n\nWe meet on Tuesdays. Contact c@x.example"

    assert [row["email"] for row in draft(text)["targets"] if row["email"]] == ["a@x.example"]


def test_who_has_a_short_name_at_the_head_is_not_called():
    """A line about "League (LXY)" has the league's own number."""
    text = f"League of Bakers (LXY)\n\n{CALL}The LXY has its seat in Exampleton. Tel. 07700 900 123"

    assert numbers(text) == ["+44 20 7946 0101"]


def test_to_whom_a_mail_was_sent_on_is_no_target():
    """The fields of a mail are left out in French, too."""
    head = "---- Message transféré ----\nSujet : Pain\nDate : 5 mai 2026\nDe : Ana <b@y.example>\nPour : c@y.example"

    found = draft(f"{head}\n\nÉcrivez au ministère du Pain : a@x.example")
    assert [row["email"] for row in found["targets"] if row["email"]] == ["a@x.example"]


@pytest.mark.parametrize(
    "line",
    [
        "Fax the Kenyan embassy in the country you live in.",
        "Wendet euch an die kenianische Botschaft bei euch.",
        "Schickt Faxe an die Botschaft Kenias in dem Land, in dem ihr lebt.",
        "Écrivez à l'ambassade du Kenya là où vous vivez.",
        "Escriban a la embajada de Kenia donde vivan.",
        "Scrivete all'ambasciata keniota del paese in cui vivete.",
        "Levem a vossa carta à embaixada do Quénia no país onde moram.",
        "Schrijf naar de Keniaanse ambassade in het land waar u woont.",
        "Piszcie do ambasady Kenii w kraju, w którym mieszkacie.",
        "Napište na velvyslanectví Keni v zemi, kde žijete.",
        "Skriv til Kenyas ambassade i landet der du bor.",
        "Пишите в посольство Кении там, где вы живёте.",
    ],
)
def test_where_you_live_is_your_own_country(line):
    """An embassy may be told by where its reader lives."""
    assert any(row["embassy_of"] for row in draft(CALL + line)["targets"])


@pytest.mark.parametrize(
    "line",
    [
        "Send your signatures to c@x.example",
        "Toutes vos signatures vont à c@x.example",
        "Avisanos si llegó: c@x.example",
        "Chi viene porti pane e scriva a c@x.example",
        "Loaf Watch has the address c@x.example, where you tell us what they answered",
        "Ovens | Flour | Contact : c@x.example",
        "Kontakt z piekarnią: c@x.example",
        "Crumbs of Exampleton, c@x.example, CCP 00 123 45",
    ],
)
def test_what_is_told_of_an_address_may_stand_behind_it(line):
    """Signatures, coaches, gifts and contacts are of those who ask, before the address or behind it."""
    found = draft(CALL + line)

    assert "c@x.example" not in [row["email"] for row in found["targets"]] + found["copies_to"]


@pytest.mark.parametrize(
    "line",
    [
        "Let us know what you have sent: c@x.example",
        "Dites-nous quand la lettre est envoyée : c@x.example",
    ],
)
def test_who_wants_to_know_what_was_sent_gets_a_copy(line):
    """Telling what went out is done by a copy."""
    assert draft(CALL + line)["copies_to"] == ["c@x.example"]


def test_a_paper_that_is_certified_is_no_copy():
    """The words "a true copy" are said of a resolution."""
    assert draft(CALL + "This is a true copy.\n9 Sample Lane, c@x.example")["copies_to"] == []


@pytest.mark.parametrize(
    ("line", "is_own"),
    [
        ("Please go to the embassy of Kenya wherever you happen to be.", True),
        ("Entreguem a carta na embaixada do Quénia do respectivo país.", True),
        ("Если вы за границей, идите с хлебом к посольству Кении.", True),
        ("We gathered outside the embassy of Kenya in Rome on Monday.", False),
    ],
)
def test_everybodys_own_embassy_may_be_visited(line, is_own):
    """The words "wherever you live" say whose embassy it is, in words of its own."""
    assert any(row["embassy_of"] for row in draft(CALL + line)["targets"]) is is_own


def test_where_only_faxes_are_asked_for_a_bare_number_is_one():
    """A number without a label is what the call speaks of."""
    text = "Free the bakers!\n\nPlease send protest faxes.\n\nMinistry of Bread, London: +44 20 7946 0101"

    assert [row["fax"] for row in draft(text)["targets"] if row["fax"]] == ["+44 20 7946 0101"]


def test_a_secretary_in_the_masthead_has_no_sentence():
    """A point ends his address, and no story begins there."""
    head = "EXAMPLETON TRADES UNION COUNCIL\nSec: Anna Baker, 14 Mill Lane, Exampleton.\nTel. 020 7946 0199\n\n"

    assert "020 7946 0199" not in str(draft(head + CALL)["targets"])
