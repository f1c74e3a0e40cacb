"""Addresses without codes, and demands behind numbers and of councils, are read by their structure."""

from datetime import date

import pytest

from mailer.adapters.drafting import draft_of

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "demands"),
    [
        ("The Example Trades Council demands that the bakers be released.", ["the bakers be released"]),
        (
            "Le Conseil syndical demande la réintégration des boulangers et la fin des poursuites.",
            ["la réintégration des boulangers", "la fin des poursuites"],
        ),
        ("Lo exigimos juntos y lo ganamos juntos.", []),
    ],
)
def test_a_council_asks_and_a_pronoun_does_not(text, demands):
    """A body whose name is that of an office asks in the third person; what was asked before is no demand."""
    assert [one.text.text for one in draft_of(text, TODAY).demands] == demands
