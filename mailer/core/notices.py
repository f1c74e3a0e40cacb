"""What does a mail system write to the sender of a mail that came back? Its own words, without the mail itself.

Law: bounded text: so many characters, and no line longer than a person would write.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from mailer.core.notice_words import begins_copy
from mailer.core.received import Part, Received

LONGEST_NOTICE = 20_000
LONGEST_LINE = 1_000
_HIDDEN = re.compile(r"<(style\b|script\b|head\b|!--)", re.IGNORECASE)
_BREAKS = re.compile(r"<(?:br|/?p|/?div|/?tr|/?table|/?li|/?h\d|/?td|hr|/?pre)\b[^<>]{0,2000}>", re.IGNORECASE)
_TAGS = re.compile(r"<[a-zA-Z/!?][^<>]{0,2000}>")
_MESSAGE_ID = re.compile(r"^[ \t>]*Message-ID:\s*(<[^<>\s]{1,990}>)", re.IGNORECASE | re.MULTILINE)


def notice_of(received: Received) -> str:
    """Return what a mail system says: the first text that says anything, up to the copy of the returned mail."""
    for text in texts_of(received):
        lines = (line[:LONGEST_LINE] for line in text[:LONGEST_NOTICE].splitlines())
        whole = "\n".join(lines)
        notice = whole[: begins_copy(whole, whole.lower())]
        if notice.strip():
            return notice
    return ""


def texts_of(received: Received) -> Iterator[str]:
    """Yield the texts of a mail, plain ones first."""
    plain = [part for part in received.parts if part.content_type in ("text/plain", "multipart/alternative")]
    yield from (part.text for part in plain if part.text.strip())
    yield from (plain_of(part) for part in received.parts if part.content_type == "text/html")


def plain_of(part: Part) -> str:
    """Return the words of an HTML text, a line for each of its lines."""
    source = " ".join(_shown(part.text[: 10 * LONGEST_NOTICE]))
    text = html.unescape(_TAGS.sub("", _BREAKS.sub("\n", source)))
    return "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())


def _shown(source: str) -> Iterator[str]:
    """Yield the pieces of an HTML text that a reader sees, in one pass; what is not closed hides all that follows."""
    lowered, place = source.lower(), 0
    while match := _HIDDEN.search(source, place):
        yield source[place : match.start()]
        closing = "-->" if match[1] == "!--" else f"</{match[1].lower()}"
        end = lowered.find(closing, match.end())
        if end < 0:
            return
        place = end + len(closing) if match[1] == "!--" else end
    yield source[place:]


def returned_ids(received: Received) -> tuple[str, ...]:
    """Return the Message-IDs of the mails that came back: attached ones, and those quoted in a text."""
    attached = [mail.message_id for mail in received.returned if mail.message_id]
    quoted = [found for part in received.parts for found in _MESSAGE_ID.findall(part.text[: 5 * LONGEST_NOTICE])]
    noted = [group["x-original-message-id"] for group in received.statuses if "x-original-message-id" in group]
    return tuple(dict.fromkeys([*attached, *quoted, *noted]))[:20]
