"""What does `mailer supporters undo` tell people and programs, and how does it end?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update
from typer.testing import CliRunner

from mailer.adapters.store.engine import writing
from mailer.adapters.store.tables import supporters
from mailer.cli.main import app as mailer
from mailer.core.enrolment import Applicant
from mailer.errors import ConsentError, MailerError, UsageError
from mailer.wiring import Installation
from tests.databases import NOW, enter_all
from tests.homes import furnish, installed

ANNA = "anna@people.example"
ASKED = ("--consent", "wrote on 20 November that it was a mistake")


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Installation]:
    """An installation with one supporter."""
    furnish(tmp_path)
    installation = installed(tmp_path, lambda: NOW)
    enter_all(installation.supporters, Applicant(ANNA))
    yield installation
    installation.engine.dispose()


def run(home: Installation, *words: str) -> Any:
    """Type a command of `mailer supporters`; return what came of it."""
    result = CliRunner().invoke(mailer, ["supporters", *words], obj=home)
    if isinstance(result.exception, MailerError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result


def test_a_leaving_and_a_pause_are_taken_back(home: Installation) -> None:
    """What they wrote is kept as what they agreed to; a second time there is nothing to undo, which is no error."""
    with writing(home.engine) as connection:
        connection.execute(update(supporters).values(paused_until=NOW.replace(year=2027)))
    assert json.loads(run(home, "show", ANNA, "--json").stdout)["supporter"]["paused_until"] == "2027-11-20T10:00:00Z"
    run(home, "unsubscribe", ANNA)

    said = run(home, "undo", ANNA, *ASKED).stdout
    shown = json.loads(run(home, "show", ANNA, "--json").stdout)
    again = run(home, "undo", ANNA)

    assert said == "undone: the pause, the leaving: they are on the list again\n"
    assert (shown["supporter"]["consent"], shown["supporter"]["paused_until"]) == ("confirmed", None)
    assert (shown["statement"]["text"], shown["statement"]["source"]) == (ASKED[1], "mailer supporters undo")
    assert (again.stdout, "--campaign ID" in again.stderr) == ("nothing to undo\n", True)


def test_programs_are_told_each_of_them(home: Installation) -> None:
    """Nothing is a value as well."""
    told = json.loads(run(home, "undo", ANNA, "--json").stdout)
    assert told == {"undone": False, "sent": [], "not_this_case": False, "pause": False, "unsubscribed": False}


def test_consent_needs_words_and_an_address_that_is_not_barred(home: Installation) -> None:
    """A usage error before anything is written, and 77 for whom nobody may write to."""
    run(home, "unsubscribe", ANNA)
    with pytest.raises(UsageError, match="20 characters"):
        run(home, "undo", ANNA, "--consent", "said so")
    run(home, "erase", ANNA)
    with pytest.raises(ConsentError) as caught:
        run(home, "undo", ANNA, *ASKED)
    assert caught.value.exit_code == 77
