"""What a line says of the addresses below it holds as far as it opened something, and no further."""

from datetime import date

import pytest

from mailer.adapters.drafting import draft_of
from mailer.core.drafting.drafts import Role

TODAY = date(2026, 11, 22)
OFFICES = "Minister of Bread\na@x.example\n\nMayor of Exampleton\nb@x.example"


def mails(text):
    """Return the role of each e-mail address that a draft keeps."""
    drafted = draft_of(text, TODAY)
    return {mail.text: target.role for target in drafted.targets for mail in target.emails}


@pytest.mark.parametrize(
    "call",
    [
        "Please write to the following authorities, with a copy to us:",
        "Schreibt bitte an die folgenden Stellen, mit Kopie an uns:",
        "Écrivez aux autorités suivantes, avec copie à notre adresse :",
        "Dirigirse a las siguientes autoridades, con copia a nuestro correo:",
        "Scrivete alle seguenti autorità, con copia al nostro indirizzo:",
    ],
)
def test_a_call_that_tells_who_gets_the_copy_opens_the_list_of_the_others(call):
    """The last cue before a list is not what the list is for, where it has its own addressee."""
    assert mails(f"Exampleton\n\n{call}\n\n{OFFICES}") == {"a@x.example": Role.TARGET, "b@x.example": Role.TARGET}


@pytest.mark.parametrize("cue", ["Copies:", "Kopie:", "Copies à :", "CÓPIA:", "Kopie na:"])
def test_a_paragraph_that_begins_with_a_copy_is_a_list_of_copies(cue):
    """And ends with the paragraph."""
    text = (
        "Send protests to the Ministry of Bread: a@x.example\n\n"
        f"{cue} Bakers' Commission, c@x.example\nOmbudsman d@x.example\n\nMayor of Exampleton: b@x.example"
    )

    assert mails(text) == {
        "a@x.example": Role.TARGET,
        "c@x.example": Role.COPY,
        "d@x.example": Role.COPY,
        "b@x.example": Role.TARGET,
    }


def test_whoever_stands_below_a_quoted_letter_has_not_signed_it():
    """The quotation marks that end it are the letter's own."""
    text = (
        "Exampleton\n\nSend a fax to the embassy, for example:\n\n"
        '"Minister, I ask you to open the bakery.\nYours sincerely"\n\n'
        "Embassy of Exampleland, 5 Sample Street, London EC1A 1AA\nfax 020 7946 0101"
    )
    found = [target for target in draft_of(text, TODAY).targets if target.role is Role.TARGET]

    assert sum(len(target.post) for target in found) == sum(len(target.faxes) for target in found) == 1


def test_a_new_item_that_calls_ends_what_an_earlier_one_was_for():
    """Arrows are bullets, too."""
    text = (
        "Exampleton\n\n→ Messages of support to the bakers:\nc@y.example\n\n→ Flood the mill's mailbox (a@x.example)."
    )

    assert mails(text) == {"c@y.example": Role.SOLIDARITY, "a@x.example": Role.TARGET}
