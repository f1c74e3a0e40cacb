"""Who runs the campaigns? The organisation whose supporters get the mails, and which answers them."""

from __future__ import annotations

from dataclasses import dataclass

from mailer.core.texts import LocalText


@dataclass(frozen=True, slots=True)
class Topic:
    """A tag that people may choose when they sign up, and what it is called."""

    tag: str
    title: LocalText


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who runs the campaigns; `languages[0]` is the fallback language, `timezone` its own zone.

    `copies_address` counts copies of letters, under an address of its own for each letter if its mailbox takes
    `plus_addresses`. `topics` are the tags that people may choose; `confirmations_per_hour` is where sign-up stops for
    an hour.
    """

    name: str
    from_name: str
    from_address: str
    reply_to: str
    postal_address: str
    timezone: str
    languages: tuple[str, ...]
    copies_address: str = ""
    plus_addresses: bool = True
    max_per_week: int | None = None
    never_target: tuple[str, ...] = ()
    topics: tuple[Topic, ...] = ()
    confirmations_per_hour: int = 1_000

    @property
    def fallback_language(self) -> str:
        """Return the language that every text has."""
        return self.languages[0]
