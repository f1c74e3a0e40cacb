"""How is a mailing sent by senders that are killed again and again? At moments drawn from a seed."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass

from tests.acceptance.faults.ordeal import Ordeal, Running

NO_MORE_THAN_SECONDS = 120
EARLY = 0.2  # of all kills: before the sender has sent anything, while it starts and settles


@dataclass(frozen=True, slots=True)
class Killing:
    """How often, among how many senders, by which seed; `spread` is the part of the mailing that it lasts for."""

    kills: int
    senders: int
    seed: int
    spread: float = 0.8


def send_under_fire(ordeal: Ordeal, killing: Killing) -> None:
    """Kill one sender after the other, each replaced at once, then let the last ones end."""
    rng = random.Random(killing.seed)
    alive = [ordeal.start("serve") for _ in range(killing.senders)]
    apart = round(ordeal.size * killing.spread / killing.kills)
    for _ in range(killing.kills):
        _wait_for_a_moment(ordeal, rng, apart)
        chosen = rng.randrange(len(alive))
        ordeal.kill(alive[chosen])
        alive[chosen] = ordeal.start("serve")
    for running in alive:
        ordeal.kill(running)
    ordeal.drain()


def _wait_for_a_moment(ordeal: Ordeal, rng: random.Random, apart: int) -> None:
    """Wait until some more letters were taken, and then for some milliseconds; or only for a part of a start."""
    if rng.random() < EARLY:
        return time.sleep(rng.uniform(0, 1.5))
    _wait_for(ordeal, ordeal.oracle.count + rng.randint(1, 2 * apart))
    return time.sleep(rng.uniform(0, 0.02))


def _wait_for(ordeal: Ordeal, count: int) -> None:
    """Wait until so many letters were taken in all, or all of them."""
    taken, since = ordeal.oracle.count, time.monotonic()
    while taken < min(count, ordeal.size):
        living: list[Running] = [running for running in ordeal.started if running.is_alive]
        assert living, [running.told for running in ordeal.started[-4:]]
        assert time.monotonic() - since < NO_MORE_THAN_SECONDS, "no sender gets on"
        time.sleep(0.003)
        before, taken = taken, ordeal.oracle.count
        since = time.monotonic() if taken > before else since
