"""With how many connections does a sender begin? As many as its like leave it."""

from __future__ import annotations

import asyncio
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest

from mailer import senders
from mailer.cli.running import send
from mailer.settings import read_settings


class Recorded:
    """Stands for a sender: it remembers its plan, and has nothing to do."""

    plans: ClassVar[list[Any]] = []

    def __init__(self, plan: Any, outside: Any, stop: asyncio.Event) -> None:
        self.plans.append(plan)

    async def run(self) -> None:
        """Be done."""


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return what a sender needs of an installation, with two sender processes."""
    monkeypatch.setattr(senders, "Sender", Recorded)
    monkeypatch.setattr(Recorded, "plans", [])
    settings = read_settings({"HOME": str(tmp_path), "MAILER_SENDER_PROCESSES": "2"}, tmp_path)
    return SimpleNamespace(
        settings=settings,
        epoch=SimpleNamespace(raised=nullcontext),
        worker_lock=lambda: nullcontext(SimpleNamespace(name="worker")),
        outside=lambda reporter: None,
        clock=None,
    )


def test_a_sender_that_is_started_by_itself_has_all_connections(installation: Any) -> None:
    """`mailer send` is one process; those of `mailer run` share what a relay lets in."""
    send(SimpleNamespace(obj=installation), until_idle=True)  # type: ignore[arg-type]
    senders.run_sender(installation, until_idle=True)

    assert [plan.connections for plan in Recorded.plans] == [48, 24]
