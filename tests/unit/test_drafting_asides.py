"""A cue that is said of something else tells nothing of the addresses around it."""

from datetime import date

import pytest

from mailer.adapters.drafting import draft_of
from mailer.core.drafting.drafts import Role

TODAY = date(2026, 11, 22)
CALL = "Exampleton\n\nSend protests to the Ministry of Bread: a@x.example\n\n"


def roles(text):
    """Return the role of each address and number that a draft keeps."""
    found = draft_of(text, TODAY).targets
    return {one.text: each.role for each in found for one in (*each.emails, *each.faxes, *each.phones, *each.webs)}


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("Contact form: http://www.ministry.example/write or call the head of bread on +44 20 7946 0101.", 2),
        ("Attorney General of Exampleton\nFax: +44 20 7946 0101 (office hours only)", 1),
        ("To help the bakers, please write to:\nThe Mayor, b@x.example", 1),
        ("Those who want to help us may write to\n\nHis Excellency the Mayor; b@x.example", 1),
        ("Mayor: b@x.example\nchat (comments are deleted there)\nhotline: 020 7946 0101", 2),
        ("Others may bounce! Then please fax +44 20 7946 0101.", 1),
    ],
)
def test_what_only_looks_like_a_margin_is_written_to(line, value):
    """A form, hours in brackets, the wish to help: none of these makes an address one of those who ask."""
    assert list(roles(CALL + line).values()) == [Role.TARGET] * (value + 1)


@pytest.mark.parametrize(
    "line",
    [
        "Send copies of any replies to us: c@y.example",
        "Kopien der Antworten an c@y.example",
        "Copies des réponses : c@y.example",
        "Копии ответов шлите на c@y.example",
        "Si vous recevez une réponse, faites-la suivre : c@y.example",
        "Cualquier cosa, c@y.example",
        "Send to a friend | Print this page\nBakers Worldwide, c@y.example",
        "News of mills\n\nPress line: 020 7946 0109\nc@y.example",
        "Sent to: news@lists.y.example to get off mail news-unsubscribe@lists.y.example",
    ],
)
def test_what_is_for_those_who_ask_is_for_nobody_else(line):
    """Answers, questions, lists and the page's own buttons lead to no office, and get no copies."""
    assert roles(CALL + line) == {"a@x.example": Role.TARGET}


@pytest.mark.parametrize(
    "line",
    [
        "If you want to tell Anna something nice: c@y.example",
        "Send a word of encouragement to the bakers: c@y.example",
        "Und um Solidaritätsschreiben an Anna über den Verein: Bäckerbund, c@y.example",
        "Anna freut sich auch über ein paar persönliche Zeilen: c@y.example",
        "Mensagens de força para elas: c@y.example",
        "Messaggi di forza: c@y.example",
    ],
)
def test_kind_words_are_no_protest(line):
    """Whatever they are called, they go to the bakers."""
    assert roles(CALL + line) == {"a@x.example": Role.TARGET, "c@y.example": Role.SOLIDARITY}


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (
            "Copies to c@y.example, and to the Ombudsman (d@y.example)",
            {"c@y.example": Role.COPY, "d@y.example": Role.COPY},
        ),
        ("Mayor: b@x.example with a copy to c@y.example", {"b@x.example": Role.TARGET, "c@y.example": Role.COPY}),
        ("Prefeito: b@x.example com cópia para c@y.example", {"b@x.example": Role.TARGET, "c@y.example": Role.COPY}),
    ],
)
def test_a_copy_is_for_those_behind_it(line, found):
    """All of them, and nobody before."""
    assert roles(CALL + line) == {"a@x.example": Role.TARGET, **found}
