"""What do the octets of a mail say? Transfer encodings, character sets and encoded words made plain text.

Law: whatever the octets are, there is a text; what cannot be decoded is replaced, and time grows with size alone.
"""

from __future__ import annotations

import binascii
import codecs
import re
from functools import lru_cache
from urllib.parse import unquote_to_bytes

# Codecs that are no character sets, or whose time grows faster than their text.
_NO_CHARSETS = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"})
_FALLBACK = "cp1252"
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]{0,2000})\?=")
_BETWEEN = re.compile(r"(?<=\?=)\s+(?==\?)")
_HALVES = re.compile(r"[\ud800-\udfff]")  # of a character, as UTF-7 can spell them: no text that goes out may have one
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@lru_cache(256)
def codec_name(charset: str) -> str:
    """Return Python's name of a character set, or nothing if there is none of that name."""
    try:
        codec = codecs.lookup(charset.strip().strip("'\"").partition("*")[0])
    except (LookupError, ValueError):
        return ""
    is_text = codec._is_text_encoding  # the one sign by which Python itself tells text from the others
    return codec.name if is_text and codec.name not in _NO_CHARSETS else ""


def decode_text(octets: bytes, charset: str) -> str:
    """Return text with plain line feeds; `charset` is what the mail says, and may be empty or wrong."""
    text = _decode(octets, charset)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _decode(octets: bytes, charset: str) -> str:
    """Return text: in the named character set, else UTF-8 if it is that, else in the most common old one."""
    name = codec_name(charset) if charset else ""
    if name and name != "ascii":
        try:
            return _HALVES.sub("\ufffd", octets.decode(name, "replace"))
        except (UnicodeError, ValueError):  # a codec of Python's that has no way to replace
            pass
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        return octets.decode(_FALLBACK, "replace")


def undo_transfer(octets: bytes, encoding: str) -> bytes:
    """Return the octets that a transfer encoding stands for (RFC 2045, section 6)."""
    encoding = encoding.strip().lower()
    if encoding == "base64":
        return _from_base64(octets)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(octets)
    return octets


def _from_base64(octets: bytes) -> bytes:
    """Return what base64 stands for, however broken: foreign characters are passed over, a torn end is dropped."""
    letters = _NOT_BASE64.sub(b"", octets)
    rest = len(letters) % 4
    whole = letters[:-1] if rest == 1 else letters
    return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))


def decode_field(octets: bytes) -> str:
    """Return the raw value of a field as text; UTF-8 (RFC 6532) or an old character set."""
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        return octets.decode(_FALLBACK, "replace")


def decode_words(value: str) -> str:
    """Return a field's value with its encoded words read (RFC 2047), on one line and without controls."""
    if "=?" in value:
        value = _join(_WORD.split(_BETWEEN.sub("", value)))
    return _CONTROLS.sub(" ", value).strip()


def _join(pieces: list[str]) -> str:
    """Return the text of plain pieces with words between them: text, charset, encoding, word, text, ...

    Neighbours of one character set are decoded together, since some programs cut within a character.
    """
    told, waiting, charset = [pieces[0]], b"", ""
    for place in range(1, len(pieces), 4):
        name, encoding, word, after = pieces[place : place + 4]
        if waiting and name.lower() != charset:
            told.append(_decode(waiting, charset))
            waiting = b""
        waiting, charset = waiting + _octets_of(word, encoding), name.lower()
        if after:
            told += [_decode(waiting, charset), after]
            waiting = b""
    return "".join([*told, _decode(waiting, charset)])


def _octets_of(word: str, encoding: str) -> bytes:
    """Return the octets of one encoded word."""
    raw = word.encode("utf-8")
    if encoding in "bB":
        return _from_base64(raw)
    return binascii.a2b_qp(raw, header=True)


def decode_parameter(value: str, *, is_extended: bool) -> str:
    """Return a parameter's value; an extended one is charset'language'text, percent-encoded (RFC 2231, section 4)."""
    if not is_extended:
        return decode_words(value)
    charset, _, rest = value.partition("'")
    _, _, text = rest.partition("'")
    return decode_words(_decode(unquote_to_bytes(text), charset))
