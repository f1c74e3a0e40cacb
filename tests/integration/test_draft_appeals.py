"""Are the invented appeals read well? F1 against what a person marked, files that load, and no network."""

from __future__ import annotations

import socket
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean

import pytest

from mailer.adapters.appeal_reading import read_appeal
from mailer.adapters.catalog import load_catalog
from mailer.adapters.drafted import surroundings_of, to_yaml
from mailer.adapters.drafting import draft_of
from mailer.adapters.templates import Templates
from tests.appeal_scores import KINDS, TODAY, Tally, appeals, gold_of, scored, tally, totals

APPEALS = appeals()
LANGUAGES = {"en", "ru", "de", "fr", "es", "it", "pt", "nl", "pl", "cs", "no", "tr"}
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
FLOOR = 0.90  # mean F1 over the kinds of values that there are
every_appeal = pytest.mark.parametrize("appeal", APPEALS, ids=[appeal.stem for appeal in APPEALS])


def test_there_is_an_appeal_of_every_kind() -> None:
    """At least twenty, in every language that is promised, and in every format."""
    assert len(APPEALS) >= 20
    assert {gold_of(appeal)["language"] for appeal in APPEALS} == LANGUAGES
    assert {appeal.suffix for appeal in APPEALS} == {".txt", ".html", ".eml", ".pdf"}


def test_appeals_are_read_as_a_person_reads_them() -> None:
    """The mean F1 over all kinds of values is at least the floor."""
    summed = totals(scored(appeal) for appeal in APPEALS)
    told = {name: round(each.f1, 3) for name, each in summed.items()}

    assert fmean(each.f1 for each in summed.values() if each.marked) >= FLOOR, told


@every_appeal
def test_the_draft_of_an_appeal_is_a_file_without_errors(appeal: Path, tmp_path: Path) -> None:
    """Every invented appeal becomes a campaign file that only warns."""
    drafted = draft_of(read_appeal(appeal.read_bytes(), appeal.name), TODAY)
    path = tmp_path / "campaigns.yaml"
    path.write_text(to_yaml(drafted, TODAY, surroundings_of(Templates(), None)), encoding="utf-8")
    problems = load_catalog(path, templates=Templates(), now=NOW).problems

    assert [str(problem) for problem in problems if problem.severity == "error"] == []


@every_appeal
def test_the_language_of_an_appeal_is_found(appeal: Path) -> None:
    """Letters and texts stand under the language that they are in."""
    assert draft_of(read_appeal(appeal.read_bytes(), appeal.name), TODAY).language == gold_of(appeal)["language"]


def test_most_values_are_sure() -> None:
    """At most 15 of 100 values ask a person to look at them."""
    told = [_shares(appeal) for appeal in APPEALS]

    assert sum(doubtful for doubtful, _ in told) / sum(total for _, total in told) <= 0.15


def _shares(appeal: Path) -> tuple[int, int]:
    """Return how many values of a draft are marked, and how many there are."""
    made = to_yaml(draft_of(read_appeal(appeal.read_bytes(), appeal.name), TODAY), TODAY)
    campaign = made.partition("\ncampaigns:\n")[2].splitlines()
    values = [line for line in campaign if not line.lstrip().startswith("#") and not line.endswith(":")]
    return sum("# check" in line for line in campaign), len(values)


def test_nothing_is_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading and drafting opens no connection."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)

    assert [draft_of(read_appeal(appeal.read_bytes(), appeal.name), TODAY).title.text for appeal in APPEALS]


def test_the_score_counts_what_was_missed_and_what_was_wrong() -> None:
    """One of two found, and one that is none: precision and recall are a half."""
    same = KINDS["faxes"].same
    found = tally(["0044 207 946 0101", "+1 202 555 0100"], ["+44 207 946 0101", "030 23125 177"], same)

    assert found == Tally(1, 2, 2)
    assert found.f1 == 0.5
    assert tally([], [], same).f1 == 1.0
    assert tally(["x"], [], same).f1 == 0.0
