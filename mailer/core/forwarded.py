"""Which mails does somebody pass on within their own? Those attached, and what a text quotes as mail programs do.

Law: what stands in a text is nobody's mail any more: its sender could be anybody, and it is read for its words alone.
What somebody tells in their own words is not passed on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailer.core.notices import texts_of
from mailer.core.received import Part, Received

LONGEST_TEXT = 100_000
_QUOTED = re.compile(r"^[ \t]{0,3}(?:>[ \t]?)+", re.MULTILINE)
_PASSED_ON = re.compile(r"\s*(?:(?:fwd?|wg|tr|i|rv|enc|vb|vs|пересл)\s*:\s*)+", re.IGNORECASE)
# Three fields or more below each other, before an empty line: what programs quote of the mail that is passed on.
_HEAD = re.compile(
    r"(?:^[*_]?[^\s:>*_][^:\n]{0,40}:[*_]?[ \t].{0,500}\n(?:[ \t]+\S.{0,500}\n)*){3,30}[ \t]*\n", re.MULTILINE
)


def forwarded_mails(received: Received) -> tuple[Received, ...]:
    """Return the mails that a mail carries: attached, and in its text as if a mail system had written it just now."""
    return (*received.returned, *_inlined(received))


def _inlined(received: Received) -> Iterator[Received]:
    """Yield what the text passes on, if it does: what follows a quoted head; all of it where the subject says so."""
    text = next(texts_of(received), "")[:LONGEST_TEXT]
    bare = _QUOTED.sub("", text)
    if _PASSED_ON.match(received.subject):
        yield _as_system_mail(received, bare)
    if head := _HEAD.search(bare):
        yield _as_system_mail(received, bare[head.end() :])


def _as_system_mail(received: Received, text: str) -> Received:
    """Return a mail of a mail system with this text, and the subject of the one that passes it on."""
    subject = _PASSED_ON.sub("", received.subject, count=1)
    return Received(
        sender="",
        return_path="",
        subject=subject,
        content_type="text/plain",
        fields={"subject": (subject,)},
        parts=(Part("text/plain", text),),
    )
