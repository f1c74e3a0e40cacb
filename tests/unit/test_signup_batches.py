"""Are sign-ups committed together, and is everybody told what became of their own?"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence

import pytest

from mailer.errors import StoreUnavailableError
from mailer.flows.signup import Arrival
from mailer.flows.signup_batches import MOST_AT_ONCE, SignUpBatches
from tests.signing import arrival, sign_up


class Store:
    """Keeps what it is given, once `gate` is open; refuses who is called "full", and fails while `is_away`."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.commits: list[int] = []
        self.is_away = False
        self.at_once = 0

    def take_all(self, arrivals: Sequence[Arrival]) -> list[bool]:
        """Keep a batch."""
        self.at_once += 1
        assert self.at_once == 1, "two commits at a time"
        self.gate.wait(10)
        self.at_once -= 1
        if self.is_away:
            raise StoreUnavailableError("database is locked")
        self.commits.append(len(arrivals))
        return [each.signup.applicant.name != "full" for each in arrivals]


def test_one_sign_up_is_one_commit() -> None:
    """Who comes alone need not wait for others."""
    store = Store()

    assert asyncio.run(SignUpBatches(store.take_all).put(arrival(sign_up("anna")))) is True
    assert store.commits == [1]


def test_what_comes_while_a_commit_runs_is_committed_together() -> None:
    """The first goes alone; the rest gathers behind it, up to the most that one commit holds."""
    store = Store()

    async def crowd() -> list[bool]:
        batches = SignUpBatches(store.take_all)
        store.gate.clear()
        first = asyncio.create_task(batches.put(arrival(sign_up("anna"))))
        await asyncio.sleep(0.01)
        rest = [asyncio.create_task(batches.put(arrival(sign_up(f"p{n}")))) for n in range(MOST_AT_ONCE + 50)]
        await asyncio.sleep(0.01)
        store.gate.set()
        return list(await asyncio.gather(first, *rest))

    assert all(asyncio.run(crowd()))
    assert store.commits == [1, MOST_AT_ONCE, 50]


def test_everybody_learns_what_became_of_their_own() -> None:
    """A network that has had its hour is told so, in the middle of others that have not."""
    store = Store()

    async def three() -> list[bool]:
        batches = SignUpBatches(store.take_all)
        return list(await asyncio.gather(*(batches.put(arrival(sign_up(n))) for n in ("anna", "full", "boris"))))

    assert asyncio.run(three()) == [True, False, True]


def test_trouble_of_the_database_is_told_to_all_who_wait_and_ends_with_it() -> None:
    """Nobody is told that they signed up who did not; once the database is back, the next one is taken."""
    store = Store()

    async def trouble() -> list[object]:
        batches = SignUpBatches(store.take_all)
        store.is_away = True
        told = await asyncio.gather(*(batches.put(arrival(sign_up(f"p{n}"))) for n in range(3)), return_exceptions=True)
        store.is_away = False
        return [*told, await batches.put(arrival(sign_up("late")))]

    *told, late = asyncio.run(trouble())
    assert [type(each) for each in told] == [StoreUnavailableError] * 3
    assert late is True


def test_who_hangs_up_takes_nobody_along() -> None:
    """A browser that is gone is not answered; who was in the same commit is, and the next commit comes."""
    store = Store()

    async def hang_up() -> bool:
        batches = SignUpBatches(store.take_all)
        store.gate.clear()
        gone = asyncio.create_task(batches.put(arrival(sign_up("gone"))))
        await asyncio.sleep(0.01)
        stays = asyncio.create_task(batches.put(arrival(sign_up("anna"))))
        gone.cancel()
        with pytest.raises(asyncio.CancelledError):
            await gone
        store.gate.set()
        return await stays

    assert asyncio.run(hang_up()) is True
    assert sum(store.commits) == 2
