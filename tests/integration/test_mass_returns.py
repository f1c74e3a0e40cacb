"""What does the mailbox do when a provider calls everybody dead? It bars a few, holds, and asks a person."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select
from typer.testing import CliRunner

from mailer.adapters.store.engine import reading
from mailer.adapters.store.holding import SqlHeldReturns, held
from mailer.adapters.store.tables import suppressions
from mailer.adapters.store.tallies import SqlTallies
from mailer.cli.main import app as mailer
from mailer.cli.results import result_lines
from mailer.core.bounce_rules import Verdict
from mailer.core.brakes import LEAST_RETURNED, returns_brake
from mailer.core.counting import Numbers
from mailer.errors import NotFoundError
from mailer.flows.results import Result
from tests.casework import ALERT, Casework, case
from tests.mailroom import Mailroom, complaint, moment, report

MANY = 30
SENT = moment(1)
NAMES = tuple(f"reader{number}" for number in range(MANY))


@pytest.fixture
def room(tmp_path, store_url) -> Mailroom:
    """The mailroom of a case whose alert went to thirty."""
    work = Casework(tmp_path, page=100, url=store_url)
    work.join(*NAMES)
    revision = case(ALERT)
    work.launch(revision)
    work.run(SENT)
    room = Mailroom(work, revision)
    room.now = SENT
    return room


def dead(room: Mailroom, *names: str, status: str = "5.1.1") -> None:
    """Let the mails to some come back."""
    room.take(*(report(room.return_address(name), f"{name}@union.example", status) for name in names))


def barred(room: Mailroom) -> int:
    """Return how many are barred."""
    with reading(room.work.engine) as connection:
        return int(connection.scalar(select(func.count()).select_from(suppressions)) or 0)


def held_now(room: Mailroom) -> dict[str, object]:
    """Return what is held."""
    with reading(room.work.engine) as connection:
        return dict(held(connection, "case"))


def test_a_provider_that_calls_everybody_dead_bars_few(room):
    """Up to the twentieth; what comes after is noted, told, and bars nobody, but for who complains."""
    dead(room, *NAMES)

    assert barred(room) == LEAST_RETURNED - 1
    assert held_now(room) == {"alert": SENT}
    assert room.work.incoming.returned("case") == {"alert": {"hard": MANY}}
    room.take(complaint(room.return_address(NAMES[-1]), room.mail_id(NAMES[-1])))
    assert room.barred(NAMES[-1]) == "complaint"


def test_who_was_barred_by_a_fault_is_free_again(room):
    """Only they: who complained, or was dead before, stays barred; the fault counts for nothing from then on."""
    room.work.suppress(NAMES[0])  # the day before
    room.take(complaint(room.return_address(NAMES[1]), room.mail_id(NAMES[1])))
    dead(room, NAMES[0], *NAMES[2:])
    judge = SqlHeldReturns(room.work.engine).judge

    assert judge("case", "alert", Verdict.ALIVE, SENT) == LEAST_RETURNED - 2
    assert judge("case", "alert", Verdict.ALIVE, SENT) == 0
    assert [room.barred(name) for name in NAMES[:3]] == ["bounced", "complaint", ""]
    assert held_now(room) == {}
    dead(room, NAMES[2])
    assert room.barred(NAMES[2]) == ""


def test_who_is_dead_is_barred_once_a_person_says_so(room):
    """All from whom it came back for good, and whoever is reported later."""
    dead(room, *NAMES[:25])
    assert SqlHeldReturns(room.work.engine).judge("case", "alert", Verdict.DEAD, SENT) == 25
    assert barred(room) == 25
    dead(room, NAMES[26])
    assert (barred(room), held_now(room)) == (26, {})


def test_what_is_not_held_is_not_judged(room):
    """A slip of the hand bars nobody."""
    dead(room, NAMES[0])
    with pytest.raises(NotFoundError):
        SqlHeldReturns(room.work.engine).judge("case", "alert", Verdict.DEAD, SENT)
    assert barred(room) == 1


def test_a_person_sees_what_is_held_and_judges_it(room):
    """`status` tells it, `inbox held` lists it, and only one clear word ends it."""
    dead(room, *NAMES)
    tallies = SqlTallies(room.work.engine)
    returns = SqlHeldReturns(room.work.engine)
    home = SimpleNamespace(held_returns=returns, campaigns=room.work.campaigns, tallies=tallies, clock=lambda: SENT)

    def run(*words: str, code: int = 0) -> str:
        result = CliRunner().invoke(mailer, ["inbox", "held", *words], obj=home)
        assert result.exit_code == code, result.output
        return result.stdout

    (line,) = result_lines(Result(Numbers(), held=tallies.held("case")))
    assert line.startswith("alert: so many came back that nobody more is barred for it since ")
    (entry,) = json.loads(run("--json"))["held"]
    assert (entry["campaign"], entry["mailing"]) == ("case", "alert")
    assert "alert" in run()
    for unclear in ([], ["--dead", "--alive"]):
        run("case", "alert", *unclear, code=1)
    run("case", "other", "--dead", code=1)
    assert "19 are free again" in run("case", "alert", "--alive")
    assert json.loads(run("--json"))["held"] == []


def test_a_list_may_have_some_dead_addresses():
    """Twenty of four hundred are as many as lists have; one more is too many, and so are twenty of few."""
    assert not returns_brake(came_back=20, sent=400)
    assert returns_brake(came_back=21, sent=400)
    assert returns_brake(came_back=20, sent=30)
    assert not returns_brake(came_back=19, sent=19)
