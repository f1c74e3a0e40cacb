"""Does a database that was put back, or copied, send nothing again before a person says so?"""

from __future__ import annotations

import json
import signal
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.acceptance.cases import addresses, campaign_file, people, today
from tests.acceptance.workplace import Workplace
from tests.smtp_server import wait_until
from tests.smtp_steps import Step, packets

COUNT = 40
NEXT = "mailer resume --after-restore"


def slowly(_: bytes) -> Step:
    """Take a letter, and let a moment pass before saying so."""
    return packets(b"250 2.0.0 ", b"ta", b"ken", b"\r\n")


@pytest.fixture
def launched(office):
    """A campaign that was launched to forty people; nothing was sent yet."""
    office.settings |= {"WEB_BIND": "127.0.0.1:0"}
    office.begin(campaign_file(today()), people(COUNT), launch=True)
    return office


def back_up(place: Workplace) -> Path:
    """Copy the database as `sqlite3 mailer.db ".backup ..."` does, whoever uses it meanwhile."""
    copy = place.folder / "backup.db"
    with closing(sqlite3.connect(place.database)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy


def restore(place: Workplace, copy: Path) -> None:
    """Do what the instructions for restoring say."""
    for suffix in ("-wal", "-shm"):
        place.database.with_name(f"{place.database.name}{suffix}").unlink(missing_ok=True)
    place.database.write_bytes(copy.read_bytes())


def test_a_backup_of_this_minute_is_held_until_a_person_says_so(launched, smtp_server):
    """It was made while the daemon sent; what left since is in no queue, and nothing of it leaves again unasked."""
    smtp_server.always("content", slowly)
    with launched.daemon() as daemon:
        wait_until(lambda: len(smtp_server.messages) >= 4, seconds=30)
        copy = back_up(launched)
        wait_until(lambda: len(smtp_server.messages) >= 20, seconds=30)
        assert daemon.end(signal.SIGTERM) == 0
    sent = len(smtp_server.messages)
    restore(launched, copy)

    for words in (("run",), ("run", "--until-idle"), ("send", "--until-idle")):
        held = launched.run(*words, code=75)
        assert "a backup was put back" in held.stderr
        assert NEXT in held.stderr
    assert len(smtp_server.messages) == sent
    assert NEXT in launched.run("status").stderr + launched.run("status").stdout

    unasked = launched.run("resume", "--after-restore", code=64)
    assert "--yes" in unasked.stderr
    assert launched.run("run", "--until-idle", code=75).stdout == ""
    told = launched.json("resume", "--after-restore", "--yes")
    assert told["waiting"][0]["campaign"] == "case"
    assert 0 < told["waiting"][0]["letters"] <= COUNT
    launched.run("run", "--until-idle")
    assert sorted(set(smtp_server.recipients)) == addresses(range(COUNT))


def test_what_was_stopped_before_sending_goes_on_stays(launched, smtp_server):
    """The organiser sees what would leave, stops it, and lifts the hold: nobody gets a letter again."""
    copy = back_up(launched)
    launched.run("run", "--until-idle")
    restore(launched, copy)
    launched.run("stop", "case")

    shown = launched.run("resume", "--after-restore", "--yes")
    assert "no letters wait" in shown.stdout
    assert "mailer plan" in shown.stderr
    launched.run("run", "--until-idle")
    assert sorted(smtp_server.recipients) == addresses(range(COUNT))


def test_a_copy_of_the_database_sends_nothing_again(launched, smtp_server):
    """Whoever goes on with the copy after the original has sent, or the other way round, is held."""
    copy = back_up(launched)
    launched.run("run", "--until-idle")
    launched.settings["DATABASE_URL"] = f"sqlite:///{copy}"

    launched.run("run", "--until-idle", code=75)
    launched.run("send", "--until-idle", code=75)
    assert sorted(smtp_server.recipients) == addresses(range(COUNT))


def test_a_daemon_ends_before_its_next_letter_when_its_copy_was_started(launched, smtp_server):
    """Of two that would both write to everybody, one goes on; the other says why it ended."""
    with launched.daemon() as daemon:
        wait_until(lambda: len(smtp_server.messages) == COUNT, seconds=60)
        wait_until(lambda: launched.counts("alert") == {"sent": COUNT}, seconds=60)
        copy = back_up(launched)
        twin = replace(launched, settings={**launched.settings, "DATABASE_URL": f"sqlite:///{copy}"})
        twin.run("run", "--until-idle")
        launched.bring(people(COUNT + 1)[COUNT:])

        assert daemon.process.wait(60) == 75
        assert NEXT in daemon.told
    assert sorted(smtp_server.recipients) == addresses(range(COUNT))


def test_a_new_database_with_the_old_key_sends(launched, smtp_server):
    """Whoever begins anew is not taken for a backup."""
    launched.run("run", "--until-idle")
    launched.settings["DATABASE_URL"] = "sqlite:///var/fresh.db"
    launched.bring(people(3))
    launched.run("launch", "case", "--yes")
    launched.run("run", "--until-idle")

    assert len(smtp_server.recipients) == COUNT + 3


def test_a_backup_after_which_nothing_left_is_simply_used(launched, smtp_server):
    """Nobody is asked where nothing can go out twice."""
    restore(launched, back_up(launched))
    launched.run("run", "--until-idle")

    assert sorted(smtp_server.recipients) == addresses(range(COUNT))
    done = launched.run("resume", "--after-restore")
    assert "nothing is held" in done.stdout


def test_the_file_is_beside_the_key_and_has_no_secret(launched):
    """One number for each database, for its user alone; the database file itself is not named."""
    launched.run("run", "--until-idle")
    file = launched.key_file.with_name("keys.epochs.json")

    assert file.stat().st_mode & 0o777 == 0o600
    assert all(len(name) == 32 and epoch > 0 for name, epoch in json.loads(file.read_text()).items())


def test_where_the_file_cannot_be_kept_nothing_is_sent(launched, smtp_server):
    """A guard that is not there is told before it is needed, with the setting that mends it."""
    launched.settings["EPOCHS_FILE"] = "campaigns.yaml/epochs.json"
    held = launched.run("run", "--until-idle", code=78)
    assert "MAILER_EPOCHS_FILE" in held.stderr
    assert smtp_server.recipients == []

    launched.settings["EPOCHS_FILE"] = "elsewhere/epochs.json"
    launched.run("run", "--until-idle")
    assert (launched.folder / "elsewhere" / "epochs.json").exists()


@pytest.mark.parametrize("words", [(), ("case", "--after-restore")])
def test_resume_is_for_one_campaign_or_for_a_restored_database(launched, words):
    """Neither and both are refused, and nothing is done."""
    assert "--after-restore" in launched.run("resume", *words, code=64).stderr
