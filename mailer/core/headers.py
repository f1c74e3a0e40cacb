"""What may stand in a header, and how is it written? RFC 5322 lines and RFC 2047 encoded words.

Law: a value that could begin another header, or be decoded into one, is refused and never repaired.
Every function returns whole fields in ASCII with their CRLF, folded at 76 characters.
"""

from __future__ import annotations

import re
from binascii import b2a_base64
from collections.abc import Callable, Iterator

from mailer.errors import HeaderError

LONGEST_LINE = 998  # RFC 5322 2.1.1, without CRLF
_FOLD_AT = 76  # RFC 2047 2: the limit of a line that holds an encoded word
_LONGEST_WORD = 75  # RFC 2047 2
_LONGEST_ATOM = 60  # fits beside every field name that we write

# Controls could end the line; "=?" begins an encoded word, which decoders of others turn into a line
# end (CVE-2024-6923); surrogates have no UTF-8.
_DANGEROUS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]|=\\?")
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_Q_PLAIN = b" ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!*+-/"  # RFC 2047 5 (3); " " as "_"
_Q_CELLS = tuple(chr(octet) if octet in _Q_PLAIN else f"={octet:02X}" for octet in range(256))
_FRAME = len("=?utf-8?q??=")


def refuse_injection(what: str, value: str) -> None:
    """Do nothing for a value that stays one header; `what` names it in the error, the value is not shown.

    Raises:
        HeaderError: the value holds a control, a line separator, half a character or "=?".
    """
    if value.isprintable() and "=?" not in value:  # nothing dangerous is printable; this asks many times faster
        return
    found = _DANGEROUS.search(value)
    if found:
        shown = "=?" if found[0] == "=?" else f"U+{ord(found[0]):04X}"
        raise HeaderError(
            f"{what} holds {shown} at character {found.start() + 1}: plain text without it would be right"
        )


def text_field(name: str, value: str) -> str:
    """Return an unstructured field: plain where it can be folded between words, else encoded words.

    Raises:
        HeaderError: the value could inject another header, or is empty.
    """
    refuse_injection(name, value)
    words = value.split(" ")
    if value.isascii() and all(0 < len(word) <= _LONGEST_ATOM for word in words):
        return fold(name, words)
    return fold(name, encoded_words(value, len(name) + 2))


def mailbox_field(name: str, display: str, address: str) -> str:
    """Return an address field with exactly one mailbox, whatever the display name holds.

    Long names become encoded words and not quoted strings: readers that unfold a quoted string badly
    take its commas for the ends of addresses.

    Raises:
        HeaderError: a value could inject another header.
    """
    refuse_injection(f"{name} (name)", display)
    refuse_injection(f"{name} (address)", address)
    if not display:
        return fold(name, [address])
    return fold(name, [*_phrase(display, len(name) + 2), f"<{address}>"])


def fold(name: str, words: list[str]) -> str:
    """Return a field of words parted by single spaces, some of which are line breaks too."""
    lines, line = [], f"{name}:"
    for word in words:
        if len(line) + 1 + len(word) > _FOLD_AT and line != f"{name}:":
            lines.append(line)
            line = ""
        line = f"{line} {word}"
    return "\r\n".join([*lines, line]) + "\r\n"


def encoded_words(text: str, offset: int) -> list[str]:
    """Return RFC 2047 words of at most 75 characters, in B or Q, whichever is shorter altogether.

    No character is split between two words. The first word leaves room for `offset` characters before
    it on its line.
    """
    first, later = _LONGEST_WORD + 1 - offset - _FRAME, _LONGEST_WORD - _FRAME
    if _q_cost(text) <= -(-len(text.encode()) // 3) * 4:
        return [f"=?utf-8?q?{_q_encoded(chunk)}?=" for chunk in _chunks(text, _q_cost, first, later)]
    chunks = _chunks(text, _byte_cost, first // 4 * 3, later // 4 * 3)
    return [f"=?utf-8?b?{b2a_base64(chunk.encode(), newline=False).decode()}?=" for chunk in chunks]


def _phrase(display: str, offset: int) -> list[str]:
    """Return the words of a display name: atoms, one quoted string, or encoded words."""
    if not display.isascii():
        return encoded_words(display, offset)
    if len(display) + 2 <= _LONGEST_ATOM and _ATOMS.fullmatch(display):
        return [display]
    quoted = '"' + display.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if len(quoted) > _LONGEST_ATOM:
        return encoded_words(display, offset)
    return [quoted]


def _chunks(text: str, cost: Callable[[str], int], first: int, later: int) -> Iterator[str]:
    """Yield pieces of whole characters that cost at most `first`, then `later`, each."""
    if cost(text) <= first:
        yield text
        return
    start, used, room = 0, 0, first
    for position, character in enumerate(text):
        needed = cost(character)
        if used + needed > room:
            yield text[start:position]
            start, used, room = position, 0, later
        used += needed
    yield text[start:]


def _byte_cost(text: str) -> int:
    return len(text.encode())


def _q_cost(text: str) -> int:
    octets = text.encode()
    return len(octets) + 2 * len(octets.translate(None, _Q_PLAIN))


def _q_encoded(text: str) -> str:
    return "".join([_Q_CELLS[octet] for octet in text.encode()]).replace(" ", "_")
