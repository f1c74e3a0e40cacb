"""Does the same `mailer` work over PostgreSQL, on one machine and on two? Nothing but MAILER_DATABASE_URL differs."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from tests.acceptance.cases import address, addresses, campaign_file, people, today
from tests.acceptance.workplace import Workplace
from tests.smtp_server import SmtpServer, wait_until


@pytest.fixture
def office(office: Workplace, postgres_url: str) -> Workplace:
    """A new folder whose database is a PostgreSQL that is empty."""
    office.settings["DATABASE_URL"] = postgres_url
    return office


def another_machine(office: Workplace, relay: SmtpServer) -> Workplace:
    """Return another folder and home, with the same key file and database, and a relay of its own."""
    folder = office.folder.parent / "second"
    folder.mkdir()
    second = Workplace(folder, office.stock, office.warm, {**office.settings, "RELAY_URL": relay.url})
    second.key_file.parent.mkdir(parents=True)
    shutil.copy(office.key_file, second.key_file)
    return second


def test_a_campaign_from_its_beginning_to_its_stop(office, smtp_server):
    """Import, launch, send, leave, update and stop do what they do over a file, and make no file."""
    office.begin_anew(campaign_file(today()), people(8), launch=True)
    office.run("run", "--until-idle")
    assert sorted(smtp_server.recipients) == addresses(range(8))
    assert office.counts("alert") == {"sent": 8}

    office.run("supporters", "unsubscribe", address(0))
    erased = office.run("supporters", "erase", address(1))
    assert "until it tidies up" in erased.stderr
    office.write("news", "The trial was postponed.")
    update = office.json("update", "case", "--text", "news")["result"]
    office.run("run", "--until-idle")
    assert office.counts(update) == {"sent": 6}
    assert sorted(smtp_server.recipients[8:]) == addresses(range(2, 8))

    office.bring(people(9)[8:])
    office.run("stop", "case")
    office.run("run", "--until-idle")
    assert len(smtp_server.messages) == 14
    assert office.json("status")["campaigns"][0]["status"] == "stopped"
    assert not office.database.exists()


def test_a_second_machine_sends_beside_the_first(office, smtp_server, start_smtp_server):
    """Each letter leaves from one of them, and the second one needs the key file and the URL alone."""
    count = 400
    office.settings |= {"RELAY_CONNECTIONS": "4"}  # or the first one has them all in hand before the second begins
    relay = start_smtp_server()
    smtp_server.always("rcpt", lambda line: wait_until(lambda: relay.messages, seconds=60))
    office.begin_anew(campaign_file(today()), people(count), launch=True)
    second = another_machine(office, relay)
    with office.daemon() as first:
        wait_until(lambda: smtp_server.connections, seconds=60)
        second.run("send", "--until-idle")
        wait_until(lambda: len(smtp_server.messages) + len(relay.messages) >= count, seconds=60)
        assert first.end() == 0

    assert smtp_server.messages
    assert sorted(smtp_server.recipients + relay.recipients) == addresses(range(count))
    assert office.counts("alert") == second.counts("alert") == {"sent": count}


def test_another_key_file_is_refused(office):
    """A second machine that made a key of its own reads nothing and sends nothing."""
    office.begin_anew(campaign_file(today()), people(1), launch=True)
    second = Workplace(office.folder.parent / "second", office.stock, office.warm, dict(office.settings))
    second.folder.mkdir()
    second.run("init")

    assert "does not belong to this database" in second.run("send", "--until-idle", code=78).stderr


@pytest.mark.parametrize(
    ("password", "database", "told"),
    [("wrong", "", "authentication failed"), (None, "nowhere", 'database "nowhere" does not exist')],
)
def test_what_the_server_refuses_is_told_without_the_password(office, postgres, password, database, told):
    """A wrong password or database ends with words that can be shown to anybody."""
    office.begin_anew(campaign_file(today()), (), launch=False)
    office.settings["DATABASE_URL"] = postgres.url(database or "postgres", password=password)
    done = office.run("status", code=74)

    assert told in done.stderr
    assert postgres.password not in done.stderr
    assert "wrong" not in done.stderr


def test_a_server_that_is_not_there_is_told(office):
    """Nobody listens: the error says where, and that trying again may help."""
    office.begin_anew(campaign_file(today()), (), launch=False)
    office.settings["DATABASE_URL"] = "postgresql+psycopg://mailer:secret@127.0.0.1:1/mailer"
    done = office.run("status", code=75)

    assert "127.0.0.1" in done.stderr
    assert "secret" not in done.stderr


def test_a_missing_driver_is_told_with_what_installs_it(office):
    """PostgreSQL is an extra: who has not installed it reads which words do."""
    office.begin_anew(campaign_file(today()), (), launch=False)
    hidden = office.folder.parent / "hidden" / "psycopg"
    hidden.mkdir(parents=True)
    (hidden / "__init__.py").write_text("raise ModuleNotFoundError(\"No module named 'psycopg'\", name='psycopg')\n")
    code = f"import sys; sys.path.insert(0, {str(hidden.parent)!r}); from mailer.cli.main import main; main(['status'])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=office.folder, env=office.environment, capture_output=True, check=False
    )

    assert done.returncode == 78
    assert b"pip install 'solidarity-mailer[postgres]'" in done.stderr
