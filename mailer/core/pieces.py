"""Which files does a supporter need? One for each open way, ready to send, print, read out or paste, and for each date.

Law: a file's name is plain ASCII, names no folder, and is that of no other file of the pack.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, count
from typing import Final

from mailer.core.occasions import Occasion
from mailer.core.pack import Channel, PackItem
from mailer.core.targets import ChannelKind
from mailer.core.webmail import Draft

_LONGEST_KEY: Final = 36  # characters: a file's name of at most 50 travels as it is, a longer one in pieces


class PieceKind(StrEnum):
    """What a file is: a letter on paper, a draft for a mail program, a text to say or to paste, a date."""

    PDF = "pdf"
    EML = "eml"
    TXT = "txt"
    ICS = "ics"


_FORMS: Final[Mapping[ChannelKind, tuple[str, PieceKind]]] = {
    ChannelKind.EMAIL: ("letter", PieceKind.EML),
    ChannelKind.POST: ("letter", PieceKind.PDF),
    ChannelKind.FAX: ("fax", PieceKind.PDF),
    ChannelKind.PHONE: ("call", PieceKind.TXT),
    ChannelKind.WEB: ("form", PieceKind.TXT),
}


@dataclass(frozen=True, slots=True)
class Way:
    """One way to one target; `key` names the target among the items of its pack.

    Every letter can be printed, also for an office whose address is not known.
    """

    key: str
    item: PackItem
    by: ChannelKind

    @property
    def channel(self) -> Channel | None:
        """Return the open channel that this is the way of, or None."""
        return next((channel for channel in self.item.open_channels if channel.kind is self.by), None)

    @property
    def draft(self) -> Draft:
        """Return the letter as an e-mail.

        Raises:
            LookupError: no e-mail arrives this way.
        """
        channel, letter = self.channel, self.item.letter
        if channel is None or self.by is not ChannelKind.EMAIL:
            raise LookupError(f"{self.item.target} cannot be written to by e-mail")
        return Draft(channel.value, letter.subject, letter.body, channel.cc, channel.bcc)


@dataclass(frozen=True, slots=True)
class Piece:
    """One file, and what it is of."""

    name: str
    kind: PieceKind
    of: Way | Occasion


def pieces_of(items: Sequence[PackItem], occasions: Iterable[Occasion] = ()) -> tuple[Piece, ...]:
    """Return a file for each open way to each of `items`, the best way first, and for each of `occasions`."""
    ways = [
        Way(key, item, kind)
        for key, item in zip(keys_of(items), items, strict=True)
        for kind in dict.fromkeys(channel.kind for channel in item.open_channels)
    ]
    taken: set[str] = set()
    subjects: tuple[Way | Occasion, ...] = (*ways, *occasions)
    return tuple(_unlike(piece_of(each), taken) for each in subjects)


def numbered(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Return the pieces under names that tell neither whom nor what they are for."""
    return tuple(Piece(f"{number}.{piece.kind}", piece.kind, piece.of) for number, piece in enumerate(pieces, start=1))


def piece_of(of: Way | Occasion) -> Piece:
    """Return the file of one way, or of one date."""
    stem, kind = ("", PieceKind.ICS) if isinstance(of, Occasion) else _FORMS[of.by]
    name = "-".join(filter(None, [stem, _plain(of.key)]))
    return Piece(f"{name}.{kind}", kind, of)


def keys_of(items: Sequence[PackItem]) -> tuple[str, ...]:
    """Return a key for each item: its target's id, numbered from the second consulate of one target on."""
    ids = [item.target for item in items]
    return tuple(
        target if target not in ids[:place] else f"{target}.{ids[:place].count(target) + 1}"
        for place, target in enumerate(ids)
    )


def _plain(key: str) -> str:
    """Return a key as it may stand in a file's name on every system."""
    return re.sub(r"[^a-z0-9.-]+|\.{2,}", "-", key.lower()).strip("-.")[:_LONGEST_KEY] or "x"


def _unlike(piece: Piece, taken: set[str]) -> Piece:
    """Return `piece` under a name that is not in `taken`, and take it."""
    stem = piece.name.removesuffix(f".{piece.kind}")
    others = (f"{stem}-{number}.{piece.kind}" for number in count(2))
    name = next(name for name in chain([piece.name], others) if name not in taken)
    taken.add(name)
    return Piece(name, piece.kind, piece.of)
