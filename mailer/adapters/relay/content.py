"""How does the content of one letter get to a relay? In blocks, as fast as it reads; the last holds the final dot.

Law: until the last block is written no relay can have taken the letter, and one that may have been given to
somebody else meanwhile is written no further.
"""

from __future__ import annotations

import asyncio
import re
from typing import cast

from aiosmtplib import SMTPException
from aiosmtplib.protocol import SMTPProtocol
from aiosmtplib.response import SMTPResponse

from mailer.adapters.relay.replies import lost, read_reply, reason
from mailer.adapters.relay.timeouts import Timeouts
from mailer.core.verdicts import Phase, Verdict

BLOCK = 65536  # octets
_LINE_END = re.compile(rb"\r\n|\r|\n")
_LINE_START_DOT = re.compile(rb"^\.", re.MULTILINE)


def on_the_wire(content: bytes) -> bytes:
    """Return the content with CRLF line ends, dots doubled, and the dot that ends it (RFC 5321 4.5.2).

    A lone CR or LF becomes CRLF first: what another server takes for a line end cannot hide a second letter.
    """
    lines = _LINE_END.sub(b"\r\n", content)
    ended = lines if lines.endswith(b"\r\n") else lines + b"\r\n"
    return _LINE_START_DOT.sub(b"..", ended) + b".\r\n"


async def hand_over(
    protocol: SMTPProtocol, octets: bytes, timeouts: Timeouts, *, agreed_at: float, recipient: str
) -> Verdict:
    """Write `octets`, begun at most the DATA timeout after `agreed_at` (by the loop's clock); read the reply.

    A connection that broke, stalled or was answered before the last block is cut: what was begun is never ended.
    """
    reading = asyncio.ensure_future(protocol.read_response())
    reading.add_done_callback(lambda done: done.cancelled() or done.exception())
    phase = Phase.DATA
    try:
        await asyncio.sleep(0)  # the reading has begun: a reply that comes before the end is kept
        if await _write(protocol, octets, timeouts, reading, agreed_at):
            phase = Phase.CONTENT
        reply = await asyncio.wait_for(reading, timeouts.content.total_seconds())
    except (TimeoutError, SMTPException, OSError) as error:
        return lost(phase, reason(error))
    finally:
        reading.cancel()
        if phase is Phase.DATA and protocol.transport is not None:
            cast(asyncio.WriteTransport, protocol.transport).abort()
    verdict = read_reply(reply.code, reply.message, Phase.CONTENT, recipient=recipient)
    return verdict if phase is Phase.CONTENT or verdict.code >= 400 else lost(phase, "it answered before the end")


async def _write(
    protocol: SMTPProtocol, octets: bytes, timeouts: Timeouts, reading: asyncio.Future[SMTPResponse], since: float
) -> bool:
    """Write block by block; return whether the last one was, or False because a reply came before.

    Raises:
        TimeoutError: the process or the relay stood still for longer than a step may take.
    """
    now = asyncio.get_running_loop().time
    limit = timeouts.data.total_seconds()
    for start in range(0, len(octets), BLOCK):
        if now() - since > limit:
            raise TimeoutError  # a process that was stopped wakes here
        if reading.done():
            break
        protocol.write(octets[start : start + BLOCK])
        if start + BLOCK >= len(octets):
            return True
        since, limit = now(), timeouts.block.total_seconds()
        async with asyncio.timeout(limit):
            await protocol._drain_helper()  # what asyncio.StreamWriter.drain calls, made for this
    return False
