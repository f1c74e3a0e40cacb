"""What becomes of a letter that a supporter changed? The same pack item with their words and rebuilt links.

Law: what was typed is cleaned and never cut; it goes into the answer to the one who typed it, and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from mailer.core.encodings import printable
from mailer.core.fitting import characters
from mailer.core.mailto import mailto
from mailer.core.pack import Channel, PackItem
from mailer.core.plain import header_text
from mailer.core.targets import ChannelKind

LONGEST_TEXT: Final = 20_000  # characters of a letter
LONGEST_LINE: Final = 200  # characters of a subject, a name, a place
_CLOSING_LINES: Final = 6  # a signature is looked for in so many lines at the end


@dataclass(frozen=True, slots=True)
class Edit:
    """What was typed into the boxes of one letter; an empty text or subject means the letter's own.

    `sign` is the name that letters are to be signed with (None leaves it as it is), `was` the one that the text was
    offered with.
    """

    subject: str = ""
    text: str = ""
    sign: str | None = None
    was: str = ""

    @property
    def is_too_long(self) -> bool:
        """Tell whether the text is longer than any letter that is read."""
        return len(self.text) > LONGEST_TEXT


def clean(edit: Edit) -> Edit:
    """Return `edit` without what does not print, with plain line ends and one-line fields on one line."""
    text = printable(edit.text.replace("\r\n", "\n").replace("\r", "\n"))
    sign = None if edit.sign is None else line(edit.sign)
    return Edit(line(edit.subject), text.strip("\n").rstrip(), sign, line(edit.was))


def line(text: str) -> str:
    """Return what may stand in one line, of a header too: no control, no start of an encoded word."""
    return header_text(text[: LONGEST_LINE * 2])


def may_sign(item: PackItem) -> bool:
    """Tell whether a letter may carry a name at all; its safety may forbid it."""
    return not item.initials_only and not item.unsigned


def edited(item: PackItem, edit: Edit) -> PackItem:
    """Return `item` with the words of a cleaned `edit`, signed as it says, and its links and forms' texts rebuilt."""
    body = edit.text or item.letter.body
    if may_sign(item) and edit.sign is not None:
        body = resign(body, edit.was, edit.sign)
    letter = replace(item.letter, subject=edit.subject or item.letter.subject, body=body)
    changed = replace(item, letter=letter)
    return replace(changed, channels=tuple(_rebuilt(channel, item, changed) for channel in item.channels))


def _rebuilt(channel: Channel, item: PackItem, changed: PackItem) -> Channel:
    """Return an e-mail channel with a link that carries the letter as it is now, a web form with what it takes."""
    letter = changed.letter
    if channel.kind is ChannelKind.EMAIL:
        link = mailto(channel.value, subject=letter.subject, body=letter.body, cc=channel.cc, bcc=channel.bcc)
        without = link.without_copy
        return replace(channel, mailto=link.url, mailto_has_text=link.has_text, mailto_without_copy=without)
    if channel.kind is ChannelKind.WEB and channel.max_chars:
        short = follow(channel.text.body, item.letter.body, letter.body) if channel.text else None
        fitting = (text for text in (letter.body, short) if text and characters(text) <= channel.max_chars)
        body = next(fitting, None)
        return replace(channel, text=replace(letter, body=body) if body else None)
    return channel


def follow(short: str, before: str, after: str) -> str | None:
    """Return a shortened letter with another signature, as the whole one `before` has it `after`; else None.

    Own words have no blocks that could be left out.
    """
    (head, _, end), (new_head, _, new_end) = before.rpartition("\n\n"), after.rpartition("\n\n")
    if after == before:
        return short
    if new_head == before:
        return f"{short}\n\n{new_end}"
    if not short.endswith(end) or head not in (new_head, after):
        return None
    kept = short.removesuffix(end)
    return kept + new_end if head == new_head else kept.rstrip()


def resign(text: str, was: str, sign: str) -> str:
    """Return `text` with the line that says `was` at its end saying `sign`.

    Where the line is gone, the new name is put below, unless it is there already or nothing was changed.
    """
    if sign == was:
        return text
    lines = text.split("\n")
    found = _last_line(lines, was)
    if found is not None:
        kept = [*lines[:found], *([sign] if sign else []), *lines[found + 1 :]]
        return "\n".join(kept).rstrip()
    return text if not sign or _last_line(lines, sign) is not None else f"{text}\n\n{sign}"


def part_signature(text: str, sign: str) -> tuple[str, str]:
    """Return the letter without and from its signature on; the second is empty where there is none."""
    lines = text.split("\n")
    found = _last_line(lines, sign)
    if found is None:
        return text, ""
    return "\n".join(lines[:found]).rstrip(), "\n".join(lines[found:]).strip()


def _last_line(lines: list[str], words: str) -> int | None:
    """Return which of the closing lines says exactly `words`; None if none does, or there is nothing to say."""
    closing = range(len(lines) - 1, max(-1, len(lines) - 1 - _CLOSING_LINES), -1)
    return next((place for place in closing if words and lines[place].strip() == words), None)
