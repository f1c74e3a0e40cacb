"""How does a connection to a relay begin? Connect, TLS, EHLO, login, each refused for its own reason.

Law: without TLS nothing is said but to this machine; a relay that offers no TLS gets neither login nor
letter. No error repeats what the relay wrote about who logs in.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, cast

from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPException,
    SMTPResponseException,
    SMTPServerDisconnected,
)

from mailer.adapters.relay.conversation import HUNG_UP
from mailer.adapters.relay.replies import lost, read_reply, reason
from mailer.adapters.relay.session import Session
from mailer.adapters.relay.settings import RelaySettings, Security
from mailer.adapters.relay.timeouts import Timeouts
from mailer.adapters.relay.transaction import Speech, mode_for
from mailer.adapters.relay.wire import Wire
from mailer.core.verdicts import Consequence, Phase, rule_for
from mailer.errors import RelayError, RelayPolicyError, RelayUnavailableError

HELLO = "[127.0.0.1]"  # the name of an organiser's machine is nobody's business, and finding it can take seconds


async def open_session(settings: RelaySettings, timeouts: Timeouts, trust: ssl.SSLContext | None) -> Session:
    """Return a session that is ready for MAIL.

    Raises:
        RelayUnavailableError: not now.
        RelayPolicyError: not before somebody changes something.
    """
    with _translated(settings.label):
        smtp = SMTP(
            hostname=settings.host,
            sock=await _reach(settings.host, settings.port, timeouts.connect),
            local_hostname=HELLO,
            timeout=timeouts.command.total_seconds(),
            use_tls=settings.security is Security.IMPLICIT_TLS,
            start_tls=False,  # done below, so that its absence can be told from its failure
            tls_context=trust,
        )
        way = None
        try:
            await smtp.connect(timeout=timeouts.greeting.total_seconds())
            way = smtp.transport
            await _begin(smtp, settings)
            return _take_over(smtp, timeouts)
        except BaseException:
            _cut(smtp, way)
            raise


def _take_over(smtp: SMTP, timeouts: Timeouts) -> Session:
    """Return a session on a connection that the library has made ready; from here on it hears nothing of it.

    aiosmtplib keeps what came behind the last reply, and has no public name for it: it would be taken for the reply
    to the first command.
    """
    protocol = smtp.protocol
    if protocol is None or protocol.transport is None:
        raise SMTPServerDisconnected(HUNG_UP)
    wire = Wire(cast(asyncio.Transport, protocol.transport), timeouts)  # uvloop's is none, but does as one
    if protocol._buffer:
        wire.data_received(bytes(protocol._buffer))
    return Session(wire, Speech(mode_for(smtp.supports_extension), timeouts))


def _cut(smtp: SMTP, way: asyncio.BaseTransport | None) -> None:
    """Drop a connection without sending what still waits to be written.

    The library forgets its transport once it gave up waiting, and closes TLS politely, which a silent relay never
    answers: the transport that it began with (`way`) lies under all others.
    """
    for transport in (smtp.transport, way):
        if transport is not None:
            cast(asyncio.WriteTransport, transport).abort()  # uvloop's is none, but has it
    smtp.close()


async def _reach(host: str, port: int, timeout: timedelta) -> socket.socket:
    """Return a socket that is connected to the first address that answers; each may take `timeout`."""
    async with asyncio.timeout(timeout.total_seconds()):
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    failure = OSError(f"{host} has no address")
    for family, kind, number, _, address in found:
        try:
            return await _connected(socket.socket(family, kind, number), address, timeout)
        except OSError as error:  # a timeout too
            failure = error
    raise failure


async def _connected(way: socket.socket, address: Any, timeout: timedelta) -> socket.socket:
    """Return the socket once it is connected; it is closed if it cannot be."""
    way.setblocking(False)
    try:
        async with asyncio.timeout(timeout.total_seconds()):
            await asyncio.get_running_loop().sock_connect(way, address)
    except BaseException:
        way.close()
        raise
    return way


async def _begin(smtp: SMTP, settings: RelaySettings) -> None:
    """Say EHLO, secure the connection, log in."""
    await smtp.ehlo()
    if settings.security is Security.STARTTLS:
        if not smtp.supports_extension("starttls"):
            raise RelayPolicyError(
                f"{settings.label} offers no STARTTLS, and nothing is sent in clear text: smtps:// may be right"
            )
        await smtp.starttls()
        await smtp.ehlo()
    if settings.username:
        await _log_in(smtp, settings)


async def _log_in(smtp: SMTP, settings: RelaySettings) -> None:
    """Try one method once: a wrong password that is tried again and again locks the account."""
    methods = {"plain": smtp.auth_plain, "login": smtp.auth_login, "cram-md5": smtp.auth_crammd5}
    offered = [method for name, method in methods.items() if name in smtp.server_auth_methods]
    if not offered:
        raise RelayPolicyError(f"{settings.label} offers no login by PLAIN, LOGIN or CRAM-MD5")
    await offered[0](settings.username, settings.password)


@contextmanager
def _translated(label: str) -> Iterator[None]:
    """Turn what libraries raise into our two errors: not now, and not before somebody acts."""
    try:
        yield
    except RelayError:
        raise
    except SMTPAuthenticationError as error:
        raise _refusal(label, "the login was refused", error) from None
    except SMTPResponseException as error:
        raise _refusal(label, "the relay refused us", error) from None
    except ssl.SSLCertVerificationError as error:
        raise RelayPolicyError(f"{label}: its certificate cannot be trusted: {error.verify_message}") from error
    except (SMTPException, OSError) as error:
        raise _broken(label, error) from error


def _refusal(label: str, what: str, error: SMTPResponseException) -> RelayError:
    """Return the error of a reply; of a login its words are not told, they may repeat who logs in."""
    verdict = read_reply(error.code, error.message, Phase.LOGIN)
    told = verdict.enhanced if isinstance(error, SMTPAuthenticationError) else verdict.text
    lasts = rule_for(verdict).outcome.consequence is Consequence.RELAY_REFUSES
    kind = RelayPolicyError if lasts else RelayUnavailableError
    return kind(f"{label}: {what}: {verdict.code} {told}".rstrip(), asked_pause=verdict.asked_pause)


def _broken(label: str, error: Exception) -> RelayError:
    """Return the error of a connection that failed; a wrong certificate can be hidden in it."""
    cause = error.__cause__
    if isinstance(cause, ssl.SSLCertVerificationError):
        return RelayPolicyError(f"{label}: its certificate cannot be trusted: {cause.verify_message}")
    return RelayUnavailableError(f"{label}: {lost(Phase.CONNECT, str(error) or reason(error)).text}")
