"""What does the daemon tell while it runs? One line per event on stderr: a time, the event, ids and counts.

Law: never a name, an address or a token; what came from outside has its control characters taken out.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from mailer.adapters.supervision import Log

if TYPE_CHECKING:
    from structlog.typing import EventDict, FilteringBoundLogger


def open_log(clock: Callable[[], datetime]) -> Log:
    """Return the log; lines are for people on a terminal, JSON elsewhere."""
    return _Lines(clock)


class _Lines:
    """A log whose library is loaded with its first line: most senders have nothing to tell."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock

    def info(self, event: str, **fields: object) -> None:
        """Tell what is well."""
        self._log.info(event, **fields)

    def warning(self, event: str, **fields: object) -> None:
        """Tell what mends itself."""
        self._log.warning(event, **fields)

    def error(self, event: str, **fields: object) -> None:
        """Tell what is wrong."""
        self._log.error(event, **fields)

    @cached_property
    def _log(self) -> FilteringBoundLogger:
        import structlog

        people = sys.stderr.isatty()
        last = structlog.dev.ConsoleRenderer() if people else structlog.processors.JSONRenderer(ensure_ascii=True)
        log: FilteringBoundLogger = structlog.wrap_logger(
            structlog.PrintLogger(sys.stderr),
            processors=[structlog.processors.add_log_level, self._stamp, _printable, last],
            wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        )
        return log

    def _stamp(self, _: Any, __: str, event: EventDict) -> EventDict:
        """Put the moment first."""
        return {"at": self._clock().isoformat(timespec="seconds"), **event}


def _printable(_: Any, __: str, event: EventDict) -> EventDict:
    """Take control characters out of every text: a relay's reply may hold terminal sequences."""
    return {name: printable(value) if isinstance(value, str) else value for name, value in event.items()}


def printable(text: str) -> str:
    """Return `text` without characters that a terminal would obey."""
    return "".join(c if c.isprintable() else " " for c in text)


class LogReporter:
    """Tells a sender's events to the log."""

    def __init__(self, log: Log) -> None:
        self._log = log

    def tell(self, event: str, **fields: object) -> None:
        """Tell one event."""
        self._log.info(event, **fields)
