"""Whose demand is it? The appeal's and its letter's own, not what others asked for, nor what the reader is to do."""

from datetime import date

import pytest

from mailer.adapters.drafting import draft_of
from mailer.core.drafting.clauses import MOST_MARKS

TODAY = date(2026, 11, 22)
LETTER = (
    "Dear Minister,\n\nFor nine weeks now the mill of Sample Town has been shut, and nobody there has any bread.\n\n"
)


def demands(text):
    """Return the demands that a text has, in its own words."""
    return [one.text.text for one in draft_of(text, TODAY).demands]


def test_what_those_ask_who_write_stands_beside_what_they_call_for():
    """The third person is of whoever the appeal is for: it counts beside what readers are to demand."""
    report = "The Guild of Millers demands the sale of flour at a higher price."
    own = "Please write to the mayor and demand that she reopens the mill."

    assert demands(report) == ["the sale of flour at a higher price"]
    assert demands(f"{report}\n\n{own}") == ["the sale of flour at a higher price", "reopens the mill"]


def test_our_own_group_is_no_report():
    """In "our group calls on .." it is the appeal's own voice."""
    text = "Our guild calls on the mayor to reopen the mill.\n\nWe demand flour for every household in the valley."

    assert demands(text) == ["reopen the mill", "flour for every household in the valley"]


@pytest.mark.parametrize(
    "text",
    [
        "The millers have been on strike for nine weeks to demand higher wages.",
        "Desde lunes siguen en huelga para exigir mejores salarios.",
    ],
)
def test_what_a_strike_is_for_is_background(text):
    """Who strikes in order to demand something is reported, and no call."""
    assert demands(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Anna Miller was dismissed after openly calling for cheaper flour in the valley.",
        "Thousands marched to the town hall, demanding cheaper flour for the valley.",
    ],
)
def test_a_letter_reports_what_others_called_for(text):
    """Where neither the writer nor the reader of a letter is in the sentence, nobody asks."""
    assert demands(f"{LETTER}{text} I urge you to reopen the mill.\n\nYours sincerely") == ["reopen the mill"]


@pytest.mark.parametrize(
    ("text", "demand"),
    [
        ("I trust that you will reopen the mill before winter.", "reopen the mill before winter"),
        ("I would be grateful if you would publish the report on the fire.", "publish the report on the fire"),
        ("We would much appreciate you publishing the report on the fire.", "publishing the report on the fire"),
        ("I am pleading for your town to close the old dam.", "close the old dam"),
        ("Please understand that the valley has no other mill.", ""),
    ],
)
def test_a_letter_asks_by_hoping(text, demand):
    """What a letter hopes that the office will do is a demand; what it is only to understand is none."""
    assert demands(f"{LETTER}{text}\n\nYours sincerely") == [demand] * bool(demand)


@pytest.mark.parametrize(
    ("text", "demand"),
    [
        (
            "Hello, my name is ____. I urge the senator to support the mill in our valley.",
            "support the mill in our valley",
        ),
        (
            "Olá, eu me chamo Ana e estou ligando para pedir que o moinho seja reaberto.",
            "o moinho seja reaberto",
        ),
    ],
)
def test_what_a_caller_reads_out_is_said_to_the_office(text, demand):
    """A script for the telephone is read like a letter."""
    assert demands(f"Call the town hall.\n\n{text}") == [demand]


def test_a_text_in_quotes_below_a_call_to_send_it_is_said_to_the_office():
    """A whole line in quotes is the text that readers are to send."""
    text = "Please send this short message to the mayor:\n\n“Stop the closing of the mill. Nobody has bread.”"

    assert demands(text) == ["Stop the closing of the mill"]


@pytest.mark.parametrize(
    "text",
    [
        "We are asking all of you to act.",
        "Mills are closing: that is the truth, and we go on telling the truth to open your eyes.",
        "O comitê apela ao envio de canetas para o prefeito.",
        "Their demands are met with silence.",
    ],
)
def test_what_names_no_deed_is_no_demand(text):
    """Where nothing is said that an office could do, nothing is demanded."""
    assert demands(text) == []


def test_members_of_a_parliament_are_no_readers():
    """To "tell members of the council to .." is to call upon those who decide."""
    assert demands("Tell members of the council to defend the old mill.") == ["defend the old mill"]


def test_an_office_supports_what_readers_may_support():
    """Whoever is called upon by office may be asked to support something."""
    assert demands("Urge the senator to support a new mill.") == ["support a new mill"]


def test_a_state_between_is_who_is_asked():
    """In "demanding the US help .." the US is to help, not the reader."""
    text = "Send letters demanding the US help rebuild the mill of Sample Town."

    assert demands(text) == ["the US help rebuild the mill of Sample Town"]


def test_what_is_needed_of_others_is_a_demand():
    """What says "il faut qu'il ..", "es necesario que usted .." asks somebody else than us."""
    assert demands("Écrivez au maire.\n\nIl faut qu'il rouvre le moulin avant l'hiver.") == [
        "Il faut qu'il rouvre le moulin avant l'hiver"
    ]
    assert demands("Es necesario que le mostremos nuestro rechazo al cierre.") == []


def test_a_poster_is_quoted_where_nothing_else_demands():
    """Cries on a banner that the text quotes are its demands."""
    text = "On Sunday I will stand there with a poster that says 'Free the millers! No to the dam!'."

    assert demands(text) == ["Free the millers!", "No to the dam!"]


def test_the_demanding_words_of_one_sentence_are_so_many_at_most():
    """What goes on for ever is not asked about for ever."""
    text = " and ".join(f"we demand that oven {'x' * number} be lit" for number in range(1, 60))

    assert len(demands(text)) <= MOST_MARKS
