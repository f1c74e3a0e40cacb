"""Does the daemon ask those who signed up, hold what is too much, and say so? A whole installation that rehearses."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mailer.adapters.starting import campaigns_text
from mailer.core.signups import CONFIRM_WITHIN, SERVICE
from mailer.daemon import run_until_idle
from mailer.wiring import Installation
from tests.homes import begin_with, installed
from tests.signing import arrival, sign_up

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def home(folder: Path, *, per_hour: int = 1_000, now: datetime = NOW) -> Installation:
    """Return an installation that writes its letters into files."""
    if not (folder / "campaigns.yaml").exists():
        held = f"organisation:\n  confirmations_per_hour: {per_hour}\n"
        begin_with(folder, campaigns_text().replace("organisation:\n", held, 1))
    variables = {"MAILER_RELAY_URL": "file:mails", "MAILER_PUBLIC_URL": "http://127.0.0.1:8080"}
    return installed(folder, lambda: now, **variables)


def mails(folder: Path) -> list[str]:
    """Return the letters that were written."""
    return [file.read_text("utf-8") for file in sorted((folder / "mails").rglob("*.eml"))]


def run(installation: Installation) -> None:
    """Plan and send until nothing is due."""
    run_until_idle(installation, lambda told: None)


def test_who_signed_up_is_asked_by_the_daemon(tmp_path):
    """One mail to each address, however often the daemon looks; its link is the sign-up's own."""
    first = home(tmp_path)
    first.sign_ups.take_all([arrival(sign_up(name), NOW) for name in ("anna", "anna", "boris")])

    run(first)
    run(home(tmp_path))

    found = mails(tmp_path)
    assert sorted(name for name in ("anna", "boris") for mail in found if f"To: {name}@union.example" in mail) == [
        "anna",
        "boris",
    ]
    assert all("/confirm/" in mail for mail in found)
    assert len(found) == 2


def test_too_many_are_held_and_told_as_an_error(tmp_path, capsys):
    """The log says why, once, and tells no names; all that waited goes out after `resume`."""
    first = home(tmp_path, per_hour=2)
    first.sign_ups.take_all([arrival(sign_up(f"p{n}"), NOW) for n in range(5)])

    run(first)
    run(home(tmp_path))

    held = [json.loads(line) for line in capsys.readouterr().err.splitlines() if "sign-up held" in line]
    assert [(each["level"], "more than 2 people" in each["reason"]) for each in held] == [("error", True)]
    assert "union.example" not in str(held)
    assert mails(tmp_path) == []
    (mailing,) = first.campaigns.mailings(SERVICE)
    assert mailing.paused

    again = home(tmp_path)
    assert again.signups_store.resume(now=NOW)
    run(again)
    assert len(mails(tmp_path)) == 5


def test_the_daemon_forgets_who_never_answered(tmp_path):
    """After a week what was typed is gone, by the daemon's first look."""
    first = home(tmp_path)
    anna = sign_up("anna")
    first.sign_ups.take_all([arrival(anna, NOW)])
    run(first)
    assert first.signups_store.find(anna.public_id, now=NOW) == anna

    run(home(tmp_path, now=NOW + CONFIRM_WITHIN + timedelta(minutes=1)))

    assert first.signups_store.find(anna.public_id, now=NOW) is None


@pytest.mark.parametrize("rehearsal", [True, False])
def test_a_stop_ends_between_pages(tmp_path, rehearsal):
    """A daemon that is told to stop does not work through a long queue first."""
    installation = home(tmp_path)
    installation.publish_service(installation.catalog(), lambda told: None)
    installation.sign_ups.take_all([arrival(sign_up(f"p{n}"), NOW) for n in range(3)])
    looks = iter([False, True])

    stopped = installation.signing_up(lambda: next(looks)).admit(rehearsal=rehearsal, now=NOW)

    assert (stopped.pages, stopped.asked) == (1, 3)
