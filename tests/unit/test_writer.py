"""The one thread that talks with the database: in order, told once, and done with what it was given."""

from __future__ import annotations

import asyncio
import threading
from functools import partial

import pytest

from mailer.flows.writer import Writer


def test_work_is_done_in_order_and_each_is_told() -> None:
    """What several tasks hand in at once runs one after the other, in one thread that is not the loop's."""
    done: list[tuple[int, str]] = []

    def work(number: int) -> int:
        done.append((number, threading.current_thread().name))
        return number * number

    async def story() -> list[int]:
        writer = Writer()
        loop = asyncio.get_running_loop()
        handed_in = [loop.run_in_executor(writer, partial(work, number)) for number in range(20)]
        told = await asyncio.gather(*handed_in)
        writer.shutdown()
        return told

    assert asyncio.run(story()) == [number * number for number in range(20)]
    assert done == [(number, "writer") for number in range(20)]


def test_an_error_is_told_to_who_waits_and_to_nobody_else() -> None:
    """The thread goes on with the next one."""

    def fail() -> None:
        raise LookupError("not there")

    async def story() -> int:
        writer = Writer()
        loop = asyncio.get_running_loop()
        failed, done = loop.run_in_executor(writer, fail), loop.run_in_executor(writer, lambda: 7)
        with pytest.raises(LookupError, match="not there"):
            await failed
        writer.shutdown()
        return await done

    assert asyncio.run(story()) == 7


@pytest.mark.parametrize("fails", [False, True])
def test_who_is_cancelled_stops_nothing(fails: bool) -> None:
    """The work is done all the same; nobody is told, and the next one is."""
    may_go_on, done = threading.Event(), []

    def work() -> None:
        may_go_on.wait(30)
        done.append("first")
        if fails:
            raise LookupError("nobody hears this")

    async def story() -> None:
        writer = Writer()
        loop = asyncio.get_running_loop()
        first = loop.run_in_executor(writer, work)
        first.cancel()
        may_go_on.set()
        await loop.run_in_executor(writer, partial(done.append, "second"))
        writer.shutdown()

    asyncio.run(story())
    assert done == ["first", "second"]


def test_the_end_waits_for_what_was_handed_in_and_takes_no_more() -> None:
    """Whatever was begun is done when `shutdown` returns; one without work has no thread to end."""
    done: list[int] = []

    async def story() -> None:
        Writer().shutdown()
        writer = Writer()
        loop = asyncio.get_running_loop()
        handed_in = [loop.run_in_executor(writer, partial(done.append, number)) for number in range(3)]
        writer.shutdown()
        assert done == [0, 1, 2]
        with pytest.raises(RuntimeError, match="no more"):
            loop.run_in_executor(writer, partial(done.append, 3))
        await asyncio.gather(*handed_in)

    asyncio.run(story())
    assert "writer" not in [thread.name for thread in threading.enumerate()]


def test_a_loop_that_is_gone_is_not_told() -> None:
    """The thread ends in peace when the loop was closed before its work was done."""
    may_go_on, troubles = threading.Event(), []
    writer = Writer()

    async def story() -> None:
        asyncio.get_running_loop().run_in_executor(writer, partial(may_go_on.wait, 30))

    before, threading.excepthook = threading.excepthook, lambda args: troubles.append(args.exc_value)
    try:
        asyncio.run(story())
        may_go_on.set()
        writer.shutdown()
    finally:
        threading.excepthook = before
    assert not troubles
