"""Does a command load what it needs, and nothing that is heavy beside? Proven by imports: no time is measured here."""

from __future__ import annotations

import pickle
import subprocess
import sys

import pytest

from mailer.settings import read_settings
from tests.acceptance.cases import campaign_file, people, today
from tests.acceptance.workplace import Workplace

HEAVY = {  # what no command needs that reads no campaign file and serves no page
    "aiosmtpd", "alembic", "apscheduler", "babel", "email_validator", "httpx", "icalendar", "mailer.adapters.catalog",
    "phonenumbers", "prometheus_client", "sqlalchemy.dialects.postgresql", "sqlalchemy.orm", "starlette", "structlog",
    "typst", "uvicorn", "yaml",
}  # fmt: skip
SENDING = {"aiosmtplib", "cryptography", "jinja2", "mailer.flows.send", "multiprocessing"}
COMMAND = """
    from mailer.__main__ import main
    sys.argv = ["mailer", *words]
    main()"""
# What a process does that `multiprocessing` makes: the main module under another name, then the target.
PROCESS = """
    import pickle, runpy
    runpy.run_module("mailer.__main__", run_name="__mp_main__")
    from mailer.senders import run_sender
    from mailer.wiring import Installation
    run_sender(Installation(pickle.loads(bytes.fromhex(words[0]))), until_idle=True)"""
SCRIPT = """
import sys
_, listed, *words = sys.argv
try:{begin}
finally:
    open(listed, "w").write(" ".join(sys.modules))
"""


def loaded(workplace: Workplace, begin: str, *words: str) -> set[str]:
    """Return the modules that a process has in the end."""
    listed = workplace.folder.parent / "modules"
    command = [sys.executable, "-c", SCRIPT.format(begin=begin), str(listed), *words]
    where = {"cwd": workplace.folder, "env": workplace.environment}
    done = subprocess.run(command, **where, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(listed.read_text().split())


@pytest.fixture
def launched(workplace: Workplace) -> Workplace:
    """A campaign with two supporters, and nothing sent yet."""
    workplace.begin(campaign_file(today()), people(2), launch=True)
    return workplace


def plan(workplace: Workplace) -> None:
    """Fill the queue, and send nothing."""
    tick = [sys.executable, "-m", "tests.acceptance.faults.entry", "tick"]
    subprocess.run(tick, cwd=workplace.folder, env=workplace.environment, capture_output=True, check=True)


def test_help_loads_neither_libraries_nor_values(workplace: Workplace) -> None:
    """What explains the commands knows nothing of what they work on."""
    found = loaded(workplace, COMMAND, "--help")

    assert "mailer.cli.status" in found
    assert not (HEAVY | SENDING | {"asyncio", "mailer.core.campaigns", "pydantic", "rich", "sqlalchemy"}) & found


def test_status_loads_what_counts_letters(launched: Workplace) -> None:
    """Once it has compared the campaign file, it loads neither what reads that nor what composes, seals and sends."""
    first, second = (loaded(launched, COMMAND, "status") for _ in range(2))

    assert "mailer.adapters.catalog" in first
    assert "mailer.adapters.store.tallies" in second
    assert not (HEAVY | SENDING) & second


def test_a_sender_process_loads_what_sends_letters(launched: Workplace) -> None:
    """It composes and hands over what waits, and loads nothing that reads settings, files or words that are typed."""
    plan(launched)
    settings = pickle.dumps(read_settings(launched.environment, launched.folder))
    found = loaded(launched, PROCESS, settings.hex())

    assert found > SENDING
    assert not (HEAVY | {"dotenv", "mailer.cli.main", "pydantic", "rich", "typer"}) & found
    assert launched.counts("alert", rehearsal=True) == {"sent": 2}


def test_the_command_that_sends_loads_no_more_than_settings_and_words(launched: Workplace) -> None:
    """`mailer send` is a sender process that was typed."""
    found = loaded(launched, COMMAND, "send", "--until-idle")

    assert {"mailer.flows.send", "pydantic", "typer"} <= found
    assert not (HEAVY | {"rich"}) & found
