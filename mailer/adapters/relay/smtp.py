"""How do letters go to an SMTP relay? Over one connection that a library opens and secures, and a session of ours.

Law: content is written only for an envelope that was accepted, and never in clear text to another machine.
Nothing is tried again here, and a connection in doubt is cut, not mended.
BUGS: a machine that sleeps stops its monotonic clock too, so that its sleep is not seen here.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Coroutine
from typing import Any

from mailer.adapters.relay.conversation import CLOSED
from mailer.adapters.relay.opening import open_session
from mailer.adapters.relay.replies import lost
from mailer.adapters.relay.session import Session
from mailer.adapters.relay.settings import RelaySettings
from mailer.adapters.relay.timeouts import Timeouts
from mailer.core.verdicts import Phase, Verdict
from mailer.flows.relaying import BeforeContent, Envelope

_PATIENT = Timeouts()
_NOT_OPEN = lost(Phase.MAIL, CLOSED)


class SmtpRelay:
    """One persistent connection to a relay.

    `trust` replaces the system's certificates (tests). A reply other than 2xx leaves the connection usable;
    a lost, silent or confused one is closed, `is_open` tells, and the caller opens it again.
    """

    def __init__(
        self, settings: RelaySettings, timeouts: Timeouts = _PATIENT, *, trust: ssl.SSLContext | None = None
    ) -> None:
        self.settings = settings
        self._timeouts = timeouts
        self._trust = trust
        self._session: Session | None = None

    @property
    def is_open(self) -> bool:
        """Tell whether the connection stands, as far as is known."""
        return self._session is not None and self._session.is_open

    async def open(self) -> None:
        """Connect, secure the connection and log in; an open one is left as it is.

        Raises:
            RelayUnavailableError: no connection now.
            RelayPolicyError: login or certificate refused, or TLS is not offered.
        """
        if not self.is_open:
            self._session = await open_session(self.settings, self._timeouts, self._trust)

    def offer(self, envelope: Envelope) -> Coroutine[Any, Any, Verdict]:
        """Say from whom and to whom; positive means that the content may be written now."""
        return _offer_nowhere() if self._session is None else self._session.offer(envelope)

    def transfer(self, following: Envelope | None = None) -> Coroutine[Any, Any, Verdict]:
        """Write the content of the letter that was offered, and behind it the next envelope; return the reply.

        Raises:
            RuntimeError: no letter was offered, or it was not accepted.
        """
        if self._session is None:
            raise RuntimeError("the content of a letter on a connection that was never opened")
        return self._session.transfer(following)

    async def withdraw(self) -> None:
        """Drop what was offered, or followed, without content."""
        if self._session is not None:
            await self._session.withdraw()

    async def send(self, envelope: Envelope, before_content: BeforeContent | None = None) -> Verdict | None:
        """Hand over one letter by itself and return the reply; None if `before_content` withdrew it.

        A verdict of code 0 tells by its phase whether content had been written.
        """
        session = self._session
        if session is None:
            return _NOT_OPEN
        try:
            verdict = await _send(session, envelope, before_content)
        except BaseException:  # cancelled, or `before_content` failed: the transaction must not be finished
            session.cut()
            raise
        await session.clear()
        return verdict

    async def close(self) -> None:
        """Say goodbye within the time for it, and close."""
        session, self._session = self._session, None
        if session is not None:
            await session.quit(self._timeouts.goodbye)


async def _offer_nowhere() -> Verdict:
    """Return what a connection that is not open comes to."""
    return _NOT_OPEN


async def _send(session: Session, envelope: Envelope, before_content: BeforeContent | None) -> Verdict | None:
    """Offer a letter, ask, and transfer or withdraw it; DATA is not said before the answer."""
    verdict = await session.offer(envelope, announced=before_content is None)
    if not verdict.is_positive:
        return verdict
    agreed_at = time.monotonic()  # not after: a process can be stopped while it hears the answer
    if before_content is None or await before_content():
        return await session.transfer(agreed_at=agreed_at)
    await session.withdraw()
    return None
