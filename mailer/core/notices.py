"""What does a mail system write to the sender of a mail that came back? Its own words, without the mail itself.

Law: bounded text: so many characters, and no line longer than a person would write.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import islice

from mailer.core.mail_addresses import addresses_in
from mailer.core.notice_words import RETURNED, begins_copy
from mailer.core.received import Part, Received

LONGEST_NOTICE = 20_000
LONGEST_LINE = 1_000
MOST_TEXTS = 5  # of one mail; who says nothing in these says nothing
_HIDDEN = re.compile(r"<(style\b|script\b|head\b|!--)", re.IGNORECASE)
_BREAKS = re.compile(r"<(?:br|/?p|/?div|/?tr|/?table|/?li|/?h\d|/?td|hr|/?pre)\b[^<>]{0,2000}>", re.IGNORECASE)
_TAGS = re.compile(r"<[a-zA-Z/!?][^<>]{0,2000}>")
_REPORTED = re.compile(r"^final-recipient:", re.IGNORECASE | re.MULTILINE)  # a report that calls itself a text
_TO = re.compile(r"^[ \t>]*To:[ \t]*([^\n]{3,500})", re.IGNORECASE | re.MULTILINE)
_FOR = re.compile(r"\bfor\s{1,9}<([^<>\s@]{1,128}@[^<>\s@]{1,250})>")
_MESSAGE_ID = re.compile(r"^[ \t>]*(?:Original-)?Message-ID:\s*(<[^<>\s]{1,990}>)", re.IGNORECASE | re.MULTILINE)


def notice_of(received: Received) -> str:
    """Return what a mail system says: the first text that tells something, up to the copy of the returned mail."""
    notices = list(filter(str.strip, map(_notice, islice(texts_of(received), MOST_TEXTS))))
    told = next(filter(_says_something, notices), notices[0] if notices else "")
    fields = "" if "@" in told else next(filter(_REPORTED.search, notices), "")
    return f"{told}\n{fields}" if fields else told


def _notice(text: str) -> str:
    """Return what a text says before the returned mail begins in it."""
    whole = "\n".join(line[:LONGEST_LINE] for line in text[:LONGEST_NOTICE].splitlines())
    return whole[: begins_copy(whole, whole.lower())]


def _says_something(notice: str) -> bool:
    """Tell whether a notice names anybody, or says what became of a mail; a greeting or a footer does neither."""
    return "@" in notice or RETURNED.search(notice[:LONGEST_NOTICE].lower()) is not None


def texts_of(received: Received) -> Iterator[str]:
    """Yield the texts of a mail, plain ones first."""
    plain = [part for part in received.parts if part.content_type in ("text/plain", "multipart/alternative")]
    yield from (part.text for part in plain if part.text.strip())
    yield from (plain_of(part) for part in received.parts if part.content_type == "text/html")
    if not any("final-recipient" in group or "action" in group for group in received.statuses):
        yield from (part.text for part in received.parts if part.content_type.endswith("delivery-status"))


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


def sent_to(received: Received) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return to whom the mails that came back were written, and for whom servers took them."""
    copies = [text[begins_copy(text, text.lower()) :][:LONGEST_NOTICE] for text in _bounded_texts(received)]
    written = [value for mail in received.returned for value in mail.fields.get("to", ())]
    written += [match[1] for copy in copies if (match := _TO.search(copy))]
    taken = [value for mail in received.returned for value in mail.fields.get("received", ())] + copies
    servers = (match for text in taken for match in _FOR.findall(text))
    return addresses_in(", ".join(written)), addresses_in(", ".join(servers))


def _bounded_texts(received: Received) -> Iterator[str]:
    """Yield the texts of a mail, so much of each as may hold a notice and the beginning of what came back."""
    for text in islice(texts_of(received), MOST_TEXTS):
        yield "\n".join(line[:LONGEST_LINE] for line in text[: 2 * LONGEST_NOTICE].splitlines())


def returned_ids(received: Received) -> tuple[str, ...]:
    """Return the Message-IDs of the mails that came back: attached ones, and those quoted in a text."""
    attached = [mail.message_id for mail in received.returned if mail.message_id]
    quoted = [found for part in received.parts for found in _MESSAGE_ID.findall(part.text[: 5 * LONGEST_NOTICE])]
    noted = [group["x-original-message-id"] for group in received.statuses if "x-original-message-id" in group]
    return tuple(dict.fromkeys([*attached, *quoted, *noted]))[:20]
