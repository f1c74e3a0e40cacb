"""Which addresses stand in a field of a mail? Taken from it as they are written, in one pass over bounded text.

Law: nothing is repaired and nothing nests in here, so no field, however odd, costs more than its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

LONGEST_FIELD = 20_000  # characters of one field that are looked at
MOST_ADDRESSES = 200  # of one field
LONGEST_ADDRESS = 320  # 64 + "@" + 255; what is longer is no address

_PIECE = re.compile(r'"(?:[^"\\]|\\.)*"?|\\.|[()<>,;:]|[^"\\()<>,;:]+|\\', re.DOTALL)
_DOMAIN = r"[^\W_](?:[\w.-]*[^\W_])?"
_ADDRESS = re.compile(rf'(?:"(?:[^"\\\r\n]|\\.){{1,64}}"|[^\s@<>"(),:;\[\]\\]{{1,255}})@{_DOMAIN}\.?')
_IN_TEXT = re.compile(r"[A-Za-z0-9_.!#$%&'*+/=?^`{|}~-]{1,255}@[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,250}[A-Za-z0-9])?")
_WRAPPING = "\"'.,;:!?"


def addresses_in(field: str) -> tuple[str, ...]:
    """Return the addresses of an address field (RFC 5322 3.4) in their order; domains are in lower case.

    Display names, comments and groups are left out; what is no "local@domain" is passed over.
    """
    found: list[str] = []
    for mailbox in _mailboxes(field[:LONGEST_FIELD]):
        address = as_address(mailbox)
        if address and address not in found:
            found.append(address)
        if len(found) >= MOST_ADDRESSES:
            break
    return tuple(found)


def as_address(text: str) -> str:
    """Return one address with its domain in lower case, or nothing where `text` is none."""
    text = text.strip().removeprefix("<").removesuffix(">").strip()
    if len(text) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(text):
        return ""
    local, _, domain = text.rpartition("@")
    return f"{local}@{domain.rstrip('.').lower()}"


def addresses_in_text(text: str) -> list[str]:
    """Return what looks like an address in running text, in order and as often as it stands there."""
    found = (as_address(match[0].strip(_WRAPPING)) for match in _IN_TEXT.finditer(text))
    return [address for address in found if address]


def _mailboxes(field: str) -> Iterable[str]:
    """Yield the text of each mailbox: what is in angle brackets, or all there is."""
    depth, plain, angle, is_inside = 0, "", "", False
    for match in _PIECE.finditer(field):
        piece = match[0]
        if piece in "()":
            depth = max(0, depth + (1 if piece == "(" else -1))
        elif depth:
            continue
        elif piece in "<>":
            is_inside, angle = piece == "<", "" if piece == "<" else angle
        elif piece == ":":
            plain, angle = ("", angle) if not is_inside else (plain, "")
        elif piece in ",;" and not is_inside:
            yield angle or plain
            plain = angle = ""
        elif is_inside:
            angle += piece
        else:
            plain += piece
    yield angle or plain
