"""How do several bodies become one? MIME entities: text parts, attachments, multiparts (RFC 2046).

Law: an entity is complete - its header, an empty line, its body - and no boundary occurs in what it
bounds. Entities are joined only once: they are the largest part of a mail.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import count
from typing import NamedTuple
from urllib.parse import quote

from mailer.core.encodings import EncodedBody, encode_bytes, fits_lines
from mailer.core.headers import refuse_injection
from mailer.core.slots import Pieces
from mailer.errors import HeaderError

_CONTENT_TYPE = re.compile(r"[a-z]+/[A-Za-z0-9][A-Za-z0-9.+-]*(?:; ?[a-z-]+=[A-Za-z0-9._-]+)*")
_PLAIN_FILENAME = re.compile(r"[A-Za-z0-9 _.+()-]{1,50}")
_PLAIN_SEED = re.compile(r"[A-Za-z0-9]{1,40}")  # stands in a boundary as it is (RFC 2046 5.1.1: up to 70 signs)
_LONGEST_FILENAME = 255  # octets: what file systems hold
_LONGEST_TYPE = 60
BOUNDARY_SIGN = "=_"  # what every boundary begins with
_PIECE = 60  # characters of a parameter in one line


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that travels with a message; `content_type` is like "application/pdf"."""

    filename: str
    content_type: str
    content: bytes

    def __post_init__(self) -> None:
        """Refuse names that are paths, and what is no content type.

        Raises:
            HeaderError: name or type could do harm, or it is a message with lines that need encoding.
        """
        refuse_injection("the name of an attachment", self.filename)
        if not self.filename.strip() or self.filename.startswith(".") or re.search(r'[/\\"]', self.filename):
            raise HeaderError("the name of an attachment has to be a file's name, without folder, quotes or first dot")
        if len(self.filename.encode()) > _LONGEST_FILENAME:
            raise HeaderError(f"the name of an attachment is longer than {_LONGEST_FILENAME} octets")
        if not _CONTENT_TYPE.fullmatch(self.content_type) or len(self.content_type) > _LONGEST_TYPE:
            raise HeaderError(f"not a content type: {self.content_type!r}; application/pdf would be one")
        if self.content_type.startswith(("message/", "multipart/")) and not _is_seven_bit(self.content):
            raise HeaderError(f"{self.content_type} may not be encoded (RFC 2046 5.2.1): attach it as a plain file")


class Entity(NamedTuple):
    """A header and a body, in chunks; `doubtful` are those in which a boundary could occur."""

    chunks: tuple[bytes, ...]
    doubtful: tuple[bytes, ...]

    def __bytes__(self) -> bytes:
        """Return the whole."""
        return b"".join(self.chunks)


def text_entity(subtype: str, body: EncodedBody) -> Entity:
    """Return a text entity ("plain" or "html") of a body in UTF-8."""
    return _with_head(text_head(subtype, body.encoding), body)


def attachment_entity(attachment: Attachment) -> Entity:
    """Return an attachment: messages as they are, everything else in base64."""
    composite = attachment.content_type.startswith(("message/", "multipart/"))
    body = EncodedBody("7bit", attachment.content) if composite else encode_bytes(attachment.content)
    disposition = "".join(f";\r\n {parameter}" for parameter in _filename_parameters(attachment.filename))
    fields = f"Content-Type: {attachment.content_type}\r\nContent-Disposition: attachment{disposition}\r\n"
    return _with_head(_head(fields, body.encoding), body)


def multipart(subtype: str, entities: Sequence[Entity], seed: str) -> Entity:
    """Return the entities as one multipart; equal seeds and entities give equal bytes."""
    doubtful = tuple([chunk for entity in entities for chunk in entity.doubtful])
    boundary = _boundary(subtype, seed, doubtful)
    start, end = _multipart_head(subtype)
    head = f"{start}{boundary}{end}".encode()
    delimiter = f"\r\n--{boundary}\r\n".encode()
    chunks = [head]
    for entity in entities:
        chunks += (delimiter, *entity.chunks)
    return Entity((*chunks, f"\r\n--{boundary}--\r\n".encode()), (head, *doubtful))


def multipart_pieces(subtype: str, entities: Sequence[Pieces], boundary: int) -> Pieces:
    """Return entities with slots as one multipart; its boundary is the value of that number."""
    start, end = _multipart_head(subtype)
    pieces: list[str | int] = [start, boundary, end]
    for entity in entities:
        pieces += ("\r\n--", boundary, "\r\n", *entity)
    return (*pieces, "\r\n--", boundary, "--\r\n")


def _multipart_head(subtype: str) -> tuple[str, str]:
    """Return the header of a multipart, before its boundary and behind it."""
    return f'Content-Type: multipart/{subtype};\r\n boundary="', '"\r\n'


@cache
def text_head(subtype: str, encoding: str) -> bytes:
    """Return the header of a text."""
    return _head(f"Content-Type: text/{subtype}; charset=utf-8\r\n", encoding)


def _head(fields: str, encoding: str) -> bytes:
    """Return the header of an entity."""
    return f"{fields}Content-Transfer-Encoding: {encoding}\r\n\r\n".encode()


def _with_head(head: bytes, body: EncodedBody) -> Entity:
    """Return the entity; a boundary has "=_" in it, which quoted-printable and base64 do not know."""
    chunks = (head, body.content)
    return Entity(chunks, chunks if body.encoding == "7bit" else chunks[:1])


def _boundary(subtype: str, seed: str, chunks: Sequence[bytes]) -> str:
    """Return a boundary that is in none of the chunks, the same for the same seed and chunks."""
    word = seed if _PLAIN_SEED.fullmatch(seed) else sha256(seed.encode()).hexdigest()[:32]
    for attempt in count():
        boundary = boundary_of(subtype, word, attempt)
        octets = boundary.encode()
        if not any(octets in chunk for chunk in chunks):
            return boundary
    raise AssertionError("count() ends never")


def boundary_of(subtype: str, word: str, attempt: int = 0) -> str:
    """Return the boundary that a seed makes which is a plain word."""
    return f"{BOUNDARY_SIGN}{subtype}{attempt}{word}"


def _filename_parameters(filename: str) -> list[str]:
    """Return the parameters of a file's name: quoted, or in pieces of percent-encoded UTF-8 (RFC 2231)."""
    if _PLAIN_FILENAME.fullmatch(filename):
        return [f'filename="{filename}"']
    encoded = "utf-8''" + quote(filename, safe="")
    pieces = re.findall(rf"(?:%..|[^%]){{1,{_PIECE // 3}}}", encoded)
    return [f"filename*{number}*={piece}" for number, piece in enumerate(pieces)]


def _is_seven_bit(content: bytes) -> bool:
    lone = re.search(rb"(?<!\r)\n|\r(?!\n)|\x00", content)
    return content.isascii() and lone is None and fits_lines(content)
