"""What does the daemon tell while it runs? One line per event on stderr: a time, the event, ids and counts.

Law: never a name, an address or a token; what came from outside has its control characters taken out.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from datetime import datetime
from typing import Any

import structlog


def open_log(clock: Callable[[], datetime]) -> structlog.typing.FilteringBoundLogger:
    """Return the log; lines are for people on a terminal, JSON elsewhere."""

    def stamp(_: Any, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
        return {"at": clock().isoformat(timespec="seconds"), **event}

    people = sys.stderr.isatty()
    last = structlog.dev.ConsoleRenderer() if people else structlog.processors.JSONRenderer(ensure_ascii=True)
    log: structlog.typing.FilteringBoundLogger = structlog.wrap_logger(
        structlog.PrintLogger(sys.stderr),
        processors=[structlog.processors.add_log_level, stamp, _printable, last],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
    return log


def _printable(_: Any, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Take control characters out of every text: a relay's reply may hold terminal sequences."""
    return {name: printable(value) if isinstance(value, str) else value for name, value in event.items()}


def printable(text: str) -> str:
    """Return `text` without characters that a terminal would obey."""
    return "".join(c if c.isprintable() else " " for c in text)


class LogReporter:
    """Tells a sender's events to the log."""

    def __init__(self, log: structlog.typing.FilteringBoundLogger) -> None:
        self._log = log

    def tell(self, event: str, **fields: object) -> None:
        """Tell one event."""
        self._log.info(event, **fields)
