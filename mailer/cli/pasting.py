"""How does a pasted text come in from a terminal? As it was copied, up to Ctrl-D.

Law: no line is cut, however long it is: terminals that collect lines drop what is beyond 4,095 bytes of one, and many
a copied page has paragraphs of more. The terminal is left as it was.
"""

from __future__ import annotations

import os
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager

from mailer.cli.terminal import say

_END = b"\x04"  # Ctrl-D
_LOCAL_FLAGS, _CHARACTERS = 3, 6  # places in what `tcgetattr` returns


def read_paste(most: int) -> bytes:
    """Return what is pasted before Ctrl-D, at most about `most` octets."""
    pasted = bytearray()
    with _byte_by_byte(sys.stdin.fileno()) as descriptor:
        say("Paste the appeal here, then press Ctrl-D:")
        while len(pasted) <= most and (octets := os.read(descriptor, 65_536)):
            pasted += octets
            if _END in octets:
                break
    say()
    return bytes(pasted).partition(_END)[0]


@contextmanager
def _byte_by_byte(descriptor: int) -> Iterator[int]:
    """Have the terminal give what is typed at once instead of line by line."""
    before = termios.tcgetattr(descriptor)
    now = termios.tcgetattr(descriptor)
    now[_LOCAL_FLAGS] &= ~termios.ICANON
    now[_CHARACTERS][termios.VMIN], now[_CHARACTERS][termios.VTIME] = 1, 0
    termios.tcsetattr(descriptor, termios.TCSADRAIN, now)
    try:
        yield descriptor
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
