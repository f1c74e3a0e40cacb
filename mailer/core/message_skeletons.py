"""How are the mails of a cohort built, each in microseconds? From one skeleton: all that they share is made once.

Law: what a skeleton fills is, octet for octet, what `build` makes of the same message, and it refuses what `Message`
refuses. The message that it is made of was checked: who fills it with ids and URIs that differ from that one's only in
digests and tokens need not have them checked once more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mailer.core.body_skeletons import BodySkeleton
from mailer.core.message import Head, Message, assemble
from mailer.core.multipart import Entity, attachment_entity
from mailer.core.own_fields import Own
from mailer.core.slots import Pieces


@dataclass(frozen=True, slots=True, eq=False)
class MessageSkeleton:
    """A mail with slots: its header, its bodies (`html` is None in a mail of text alone), its files."""

    head: Head
    one_click: bool
    text: BodySkeleton
    html: BodySkeleton | None
    files: tuple[Entity, ...]

    @classmethod
    def of(cls, message: Message, text: Pieces, html: Pieces) -> MessageSkeleton:
        """Return the skeleton of all mails that are like `message` but for what is their recipients' own.

        Its text and HTML are not looked at. Without HTML pieces they are mails of text alone.

        Raises:
            ValueError: HTML is all values, so that an empty one would make a mail of text alone.
        """
        if html and not any(isinstance(piece, str) and piece for piece in html):
            raise ValueError("the HTML of a skeleton needs words of its own")
        return cls(
            head=Head.of(message),
            one_click=message.one_click,
            text=BodySkeleton.of(text),
            html=BodySkeleton.of(html) if html else None,
            files=tuple(map(attachment_entity, message.attachments)),
        )

    def fill(self, own: Own, values: Sequence[str], *, is_checked: bool = False) -> bytes:
        """Return the mail to one person; the values are such that `is_plain_value` takes.

        With `is_checked` ids and URIs are not looked at; the recipient always is.

        Raises:
            HeaderError: a value of `own` could inject a header or breaks its RFC.
            IndexError: there are too few values.
        """
        if not is_checked:
            own.check(one_click=self.one_click)
        return assemble(
            self.head,
            own,
            text=self.text.fill(values),
            html=self.html.fill(values) if self.html is not None else None,
            files=self.files,
        )
