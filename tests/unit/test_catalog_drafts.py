"""What may a draft lack in the campaign file, and which "# check" marks hold which campaign back?"""

from __future__ import annotations

import pytest

from tests.campaign_files import file, load

DRAFT = file(targets="").replace("    targets:\n", "    targets: []\n").replace("status: ready", "status: draft")
OTHER = "  - id: other\n    title: Other\n    summary: Other\n    country: KZ\n    targets: []\n"


def marks_of(text: str) -> dict[str, list[tuple[str, str]]]:
    """Return where the marks of each campaign stand, and what they say."""
    return {
        name: [(mark.where, mark.message.partition(": ")[2]) for mark in marks]
        for name, marks in load(text).marks.items()
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (DRAFT, "the campaign has no target"),
        (DRAFT.replace("country: KZ", "country: ZZ"), "nobody has said yet in which country this is"),
    ],
)
def test_a_draft_may_lack_what_a_ready_campaign_needs(text: str, said: str) -> None:
    """Targets and country are asked for with a warning, and with an error once the campaign is ready."""
    warned = {problem.message for problem in load(text).problems if problem.severity == "warning"}
    refused = load(text.replace("status: draft", "status: ready"))

    assert load(text).ok
    assert said in warned
    assert said in {problem.message for problem in refused.problems if problem.severity == "error"}


def test_no_target_and_no_supporter_is_in_an_unknown_country() -> None:
    """ZZ stands for the country of a draft only."""
    text = file(targets="      - {id: embassy, name: Embassy, embassy_of: ZZ}\n")

    assert [p.message for p in load(text).problems if p.severity == "error"] == ["unknown country 'ZZ'"]


def test_a_mark_above_a_value_belongs_to_it() -> None:
    """A comment with a line of its own is about what follows, one behind a value about that value."""
    text = (
        file()
        .replace("    title:", "    # check: above\n    title:")
        .replace("country: KZ", "country: KZ  # check: at")
    )

    assert marks_of(text) == {"case": [("campaign case, title", "above"), ("campaign case, country", "at")]}


def test_the_last_mark_of_a_campaign_does_not_hold_the_next() -> None:
    """A comment below the last value of a campaign is about that campaign."""
    text = file() + "    # check: the end\n" + OTHER

    assert list(marks_of(text)) == ["case"]


def test_a_mark_at_the_organisation_holds_every_campaign() -> None:
    """Nobody launches anything in a name that is still to be looked at."""
    text = (file() + OTHER).replace("name: Example Solidarity Network", "name: Example  # check: whose?")

    assert marks_of(text) == {
        "case": [("organisation, name", "whose?")],
        "other": [("organisation, name", "whose?")],
    }
