"""How does a pasted text come in from a terminal? As it was copied, up to Ctrl-D.

Law: no line is cut, however long it is: terminals that collect lines drop what is beyond 4,095 bytes of one, and many
a copied page has paragraphs of more. Nothing of a paste is left for the shell, which would run it. The terminal is left
as it was.
"""

from __future__ import annotations

import os
import select
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager

from mailer.cli.terminal import say

_END, _INTERRUPT = b"\x04", b"\x03"  # Ctrl-D, Ctrl-C
_QUIET = 0.1  # seconds without anything: what came last was typed, and is no part of a paste
_LOCAL_FLAGS, _CHARACTERS = 3, 6  # places in what `tcgetattr` returns


def read_paste(most: int) -> bytes:
    """Return what is pasted before Ctrl-D, at most about `most` octets.

    Raises:
        KeyboardInterrupt: Ctrl-C was typed.
    """
    pasted, last = bytearray(), b""
    with _byte_by_byte(sys.stdin.fileno()) as descriptor:
        say("Paste the appeal here, then press Ctrl-D:")
        while not _is_over(last, descriptor) and (octets := os.read(descriptor, 65_536)):
            pasted += octets if len(pasted) <= most else b""
            last = octets[-1:]
    say()
    if last == _INTERRUPT:
        raise KeyboardInterrupt
    return bytes(pasted).removesuffix(_END)


def _is_over(last: bytes, descriptor: int) -> bool:
    """Tell whether the last octet ends the paste: a key, with nothing after it."""
    return last in (_END, _INTERRUPT) and not select.select([descriptor], [], [], _QUIET)[0]


@contextmanager
def _byte_by_byte(descriptor: int) -> Iterator[int]:
    """Have the terminal give what is typed at once instead of line by line, and keep its keys out of a paste."""
    before = termios.tcgetattr(descriptor)
    now = termios.tcgetattr(descriptor)
    now[_LOCAL_FLAGS] &= ~(termios.ICANON | termios.ISIG)
    now[_CHARACTERS][termios.VMIN], now[_CHARACTERS][termios.VTIME] = 1, 0
    termios.tcsetattr(descriptor, termios.TCSADRAIN, now)
    try:
        yield descriptor
    finally:
        termios.tcsetattr(descriptor, termios.TCSAFLUSH, before)
