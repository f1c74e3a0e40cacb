"""How does a body travel? As it is, quoted-printable or base64 (RFC 2045), whichever is smallest.

Law: what comes out is ASCII with CRLF line ends, no line over 998 octets, and reads back as `canonical`
of what went in.
"""

from __future__ import annotations

import re
import struct
from binascii import b2a_base64, b2a_qp
from typing import NamedTuple

from mailer.core.headers import LONGEST_LINE

_UNPRINTABLE = re.compile("[^\t\r\n -~\xa0-\ud7ff\ue000-\U0010ffff]")
_BASE64_LINE = 76  # RFC 2045 6.8


class EncodedBody(NamedTuple):
    """A body ready for the wire and the Content-Transfer-Encoding that tells how to read it."""

    encoding: str
    content: bytes


def printable(text: str) -> str:
    """Return the text with a space for each control but tab and line ends, and U+FFFD for half characters.

    Texts pasted from word processors hold vertical tabs: a campaign must not fail over what nobody sees,
    and no terminal or mail program may obey it.
    """
    return _UNPRINTABLE.sub(_replacement, text)


def _replacement(found: re.Match[str]) -> str:
    return "\ufffd" if found[0] >= "\ud800" else " "


def canonical(text: str) -> str:
    """Return the printable text with CRLF line ends, the last line ended too (RFC 2046 4.1.1)."""
    lines = printable(text).replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")
    return lines if lines.endswith("\r\n") else lines + "\r\n"


def encode_text(text: str) -> EncodedBody:
    """Return `canonical(text)` in UTF-8: 7bit for ASCII in short lines, else the smaller of the other two."""
    content = canonical(text).encode()
    if content.isascii() and fits_lines(content):
        return EncodedBody("7bit", content)
    quoted = b2a_qp(content)
    if len(quoted) <= base64_size(len(content)):
        return EncodedBody("quoted-printable", quoted)
    return encode_bytes(content)


def encode_bytes(content: bytes) -> EncodedBody:
    """Return any content in base64, in lines of 76 characters."""
    flat = b2a_base64(content, newline=False)
    full = len(flat) // _BASE64_LINE
    lines = struct.unpack_from(f"{_BASE64_LINE}s" * full, flat)  # a third of the time that slices take
    rest = flat[full * _BASE64_LINE :]
    return EncodedBody("base64", b"\r\n".join((*lines, rest, b"") if rest else (*lines, b"")))


def fits_lines(content: bytes) -> bool:
    """Tell whether no line is over 998 octets."""
    return len(content) <= LONGEST_LINE or max(map(len, content.split(b"\r\n"))) <= LONGEST_LINE


def base64_size(octets: int) -> int:
    """Return how long `octets` become in base64, line ends counted."""
    flat = -(-octets // 3) * 4
    return flat + -(-flat // _BASE64_LINE) * 2
