"""How long may a relay take over each step? RFC 5321 4.5.3.2, which gives the least that a client must wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long to wait for each step; shorter ones than the RFC's call a slow relay dead, or make duplicates.

    `connect` is for one address of the relay and `command` for EHLO, STARTTLS, its handshake, the login and RSET:
    of these the RFC says nothing.
    """

    connect: timedelta = timedelta(seconds=60)
    greeting: timedelta = timedelta(minutes=5)  # 4.5.3.2.1
    command: timedelta = timedelta(minutes=5)
    mail: timedelta = timedelta(minutes=5)  # 4.5.3.2.2
    rcpt: timedelta = timedelta(minutes=5)  # 4.5.3.2.3
    data: timedelta = timedelta(minutes=2)  # 4.5.3.2.4
    block: timedelta = timedelta(minutes=3)  # 4.5.3.2.5: until one block of content was taken by the network
    content: timedelta = timedelta(minutes=10)  # 4.5.3.2.6: from the final dot to its reply
    goodbye: timedelta = timedelta(seconds=2)
