"""Letters to a prisoner are no protest: the prison tells whose address it is, or the call right before it."""

from datetime import date

import pytest

from mailer.adapters.drafting import draft_of
from mailer.core.drafting.drafts import Role

TODAY = date(2026, 11, 22)
STORY = (
    "Free Anna!\n\nThe baker Anna Example has been in jail since Monday, because she asked for a clean well.\n\n"
    "Send protests to the Ministry of Bread: a@x.example\n\n"
)


def posts(text, role):
    """Return the postal addresses of those who have a role, line by line."""
    return [post.text.split("\n") for one in draft_of(text, TODAY).targets if one.role is role for post in one.post]


@pytest.mark.parametrize(
    "call",
    [
        "WRITE TO ANNA",
        "Write to her:",
        "Schreibt Anna! Karten kommen manchmal durch:",
        "Karten an sie selbst:",
        "Pour lui écrire :",
        "Para escribirle:",
        "Per scrivere ad Anna:",
        "Escrevam para Anna:",
        "Schrijf haar:",
        "Napiszcie do niej:",
        "Napište jí:",
        "Skriv til henne:",
        "Пишите ей:",
    ],
)
def test_who_is_called_by_name_or_pronoun_is_only_greeted(call):
    """A postal address below a call to write to somebody of the case is for post to her."""
    lines = ["Anna Example", "Sample Road 7", "12345 Exampletown"]

    text = f"{STORY}{call}\n" + "\n".join(lines)

    assert (posts(text, Role.TARGET), posts(text, Role.SOLIDARITY)) == ([], [lines])


@pytest.mark.parametrize(
    "prison", ["IK-99", "HMP Exampleton", "Casa di reclusione di Prova", "Établissement pénitentiaire d'Exemple"]
)
def test_a_prison_without_anybody_who_commands_there_holds_a_prisoner(prison):
    """No call is needed where the address itself is a prison's."""
    text = f"{STORY}Anna Example\n{prison}\nSample Road 7\n12345 Exampletown"

    assert (posts(text, Role.TARGET), len(posts(text, Role.SOLIDARITY))) == ([], 1)


@pytest.mark.parametrize(
    ("call", "lines"),
    [
        ("Write to Brown Bread:", ["Brown Bread Company", "Sample Road 7", "12345 Exampletown"]),
        ("Write to the director:", ["Anna Example", "Sample Road 7", "12345 Exampletown"]),
        ("Write to Mr Example, and tell him so:", ["Mr Example", "Sample Road 7", "12345 Exampletown"]),
        ("Schreibt der Leitung:", ["Gefängnisleitung", "Sample Road 7", "12345 Exampletown"]),
    ],
)
def test_firms_and_offices_are_written_to(call, lines):
    """A firm that is called by its name, and an office in a prison, are targets."""
    assert posts(f"{STORY}{call}\n" + "\n".join(lines), Role.TARGET) == [lines]


@pytest.mark.parametrize(
    "address",
    ["Anna Example T61182\nPO Box 3316\nMilton FL 32570", "c/o Bakers' House, 5 Sample Street, London EC1A 1AA"],
)
def test_a_prisoners_number_and_care_of_tell_a_friend(address):
    """No office has either."""
    assert posts(f"{STORY}She is glad of post:\n\n{address}", Role.TARGET) == []
