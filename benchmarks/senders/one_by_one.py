"""How fast is aiosmtplib as it is? Letters that are there already, over some connections that stay, one after another.

Usage: python -m benchmarks.senders.one_by_one PORT LETTERS CONNECTIONS MESSAGE
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path

from aiosmtplib import SMTP

from benchmarks.senders.office import address

SENDER = "campaigns@solidarity.example"


async def main(port: int, letters: int, connections: int, message: bytes) -> None:
    """Send all letters."""
    numbers = iter(range(letters))
    await asyncio.gather(*(_send(port, numbers, message) for _ in range(connections)))


async def _send(port: int, numbers: Iterator[int], message: bytes) -> None:
    """Send over one connection for as long as there are letters."""
    async with SMTP(hostname="127.0.0.1", port=port, start_tls=False) as client:
        for number in numbers:
            await client.sendmail(SENDER, [address(number)], message)


if __name__ == "__main__":
    asyncio.run(main(*map(int, sys.argv[1:4]), Path(sys.argv[4]).read_bytes()))  # type: ignore[arg-type, call-arg]
