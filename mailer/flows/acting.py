"""What does a supporter find on their page, and what do they tell us there? Gather, decide, act.

Law: a link opens the page of one supporter in one campaign; who was erased has none. The page of a test mail, or of a
rehearsal, changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from mailer.core.actionview import ActionPage
from mailer.core.channels import Situation
from mailer.core.counting import ON_PAGES, Answers, ReportKind
from mailer.core.edits import Edit
from mailer.core.links import TEST_PUBLIC_ID, Places, make_links
from mailer.core.pack import Pack
from mailer.core.packing import build_usable_pack
from mailer.core.progress import CampaignRecord
from mailer.core.retirement import OutOfUse
from mailer.core.revisions import Revision
from mailer.core.supporters import PublicId, Supporter
from mailer.core.tokens import Purpose, TokenKey, verify
from mailer.core.visits import (
    Choices,
    as_shown,
    ends_at,
    letter_languages,
    nobody,
    standing_of,
    with_letters_in,
)
from mailer.errors import LinkError, NotFoundError

Language = Callable[[str], str]  # the page's language, given the supporter's own


class Published(Protocol):
    """Where published campaigns are read."""

    def all(self) -> Sequence[tuple[CampaignRecord, Revision]]:
        """Return every published campaign with its current revision."""


class People(Protocol):
    """Where a supporter is read by the id in their links."""

    def by_public_id(self, public_id: PublicId) -> Supporter | None:
        """Return a supporter, None if there is nobody of this id (any more)."""


class AnswersRead(Protocol):
    """Where is read what a supporter told us."""

    def answers_of(self, campaign_id: str, public_id: PublicId) -> Answers:
        """Return what a supporter told of a campaign."""


class AnswersTaken(Protocol):
    """Where is written what a supporter tells us; each returns False where the campaign takes no answers any more."""

    def sent(self, campaign_id: str, public_id: PublicId, target: str, *, now: datetime) -> bool:
        """Note that they wrote to a target."""

    def undo(self, campaign_id: str, public_id: PublicId, target: str, *, now: datetime) -> bool:
        """Forget that they wrote to a target."""

    def decline(self, campaign_id: str, public_id: PublicId, *, now: datetime) -> bool:
        """Note that they want nothing more of a campaign."""

    def rejoin(self, campaign_id: str, public_id: PublicId, *, now: datetime) -> bool:
        """Forget that they want nothing more of a campaign."""

    def report(
        self, campaign_id: str, public_id: PublicId, target: str, kind: ReportKind, value: str, *, now: datetime
    ) -> bool:
        """Note that a channel is dead, or was busy."""


@dataclass(frozen=True, slots=True)
class Outside:
    """All that the pages reach out to; `out_of_use` tells of a campaign by its id."""

    published: Published
    people: People
    answers: AnswersRead
    answering: AnswersTaken
    out_of_use: Callable[[str], OutOfUse]
    places: Places
    key: TokenKey
    token_keys: Mapping[int, bytes]


@dataclass(frozen=True, slots=True)
class Visit:
    """One look at a page: the link's token, what was chosen in the address, what was typed, the moment (UTC).

    `edit` is cleaned, and is of the letter `key`.
    """

    token: str
    now: datetime
    choices: Choices = field(default_factory=Choices)
    edit: Edit | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody pressed: sent, undo, busy, dead, decline or rejoin; `way` is the kind of a reported channel."""

    name: str
    key: str = ""
    way: str = ""


class Acting:
    """Opens the pages of supporters, and writes down what they tell."""

    def __init__(self, outside: Outside) -> None:
        self._outside = outside

    def open(self, visit: Visit, language: Language) -> ActionPage:
        """Return the page that a link opens, as it is now.

        Raises:
            LinkError: the link is nobody's, of no campaign, or of somebody who was erased.
        """
        record, revision, supporter = self._whose(visit.token)
        shown = as_shown(supporter, language(supporter.language), revision.campaign)
        offered = letter_languages(revision)
        letter = visit.choices.letter if visit.choices.letter in offered else ""
        written = with_letters_in(revision, letter) if letter else revision
        return ActionPage(
            revision=written,
            supporter=shown,
            pack=self._pack(written, shown, record, visit),
            now=visit.now,
            standing=standing_of(record),
            answers=self._outside.answers.answers_of(record.id, supporter.public_id),
            choices=replace(visit.choices, letter=letter),
            offered=offered,
            edit=visit.edit,
            key=visit.key,
            test=supporter.public_id == TEST_PUBLIC_ID,
            rehearsed=record.real_launched_at is None,
        )

    def act(self, page: ActionPage, deed: Deed) -> str:
        """Write down what was pressed on `page`; return what became of it.

        That is the deed's own name; "test" or "rehearsal" where nothing is written; "late" where no answers are
        taken any more; "gone" where the page has no such target or channel.
        """
        if page.test or page.rehearsed:
            return "test" if page.test else "rehearsal"
        try:
            taken = self._write(page, deed)
        except NotFoundError:
            return "gone"
        return deed.name if taken else "late"

    def _write(self, page: ActionPage, deed: Deed) -> bool:
        """Write down one deed.

        Raises:
            NotFoundError: there is no such target, channel or deed.
        """
        answering, now = self._outside.answering, page.now
        whose = page.revision.campaign.id, page.supporter.public_id
        target = deed.key.partition(".")[0]
        match deed.name:
            case "sent":
                return answering.sent(*whose, target, now=now)
            case "undo":
                return answering.undo(*whose, target, now=now)
            case "decline":
                return answering.decline(*whose, now=now)
            case "rejoin":
                return answering.rejoin(*whose, now=now)
            case _:
                return answering.report(*whose, target, _kind(deed), _value(page, deed), now=now)

    def _whose(self, token: str) -> tuple[CampaignRecord, Revision, Supporter]:
        """Return the campaign and the supporter that a link is of.

        Raises:
            LinkError: there is no such campaign or supporter.
        """
        for record, revision in self._outside.published.all():
            try:
                public_id = verify(token, Purpose.ACTION, record.id, self._outside.token_keys)
            except LinkError:
                continue
            supporter = nobody() if public_id == TEST_PUBLIC_ID else self._outside.people.by_public_id(public_id)
            if supporter is not None:
                return record, revision, supporter
        raise LinkError("this link is not one of ours, or it is no longer valid")

    def _pack(self, revision: Revision, supporter: Supporter, record: CampaignRecord, visit: Visit) -> Pack:
        """Return the letters, as a mail sent now would have them; without the copies that count, if that was chosen."""
        outside, campaign, now = self._outside, revision.campaign, visit.now
        links = make_links(
            campaign, revision.organisation, supporter.public_id, places=outside.places, key=outside.key, now=now
        )
        if visit.choices.uncounted:
            links = replace(links, copy_addresses={})
        end = ends_at(campaign, record, now)
        out_of_use = outside.out_of_use(campaign.id)
        return build_usable_pack(revision, supporter, Situation(now, links, ends_at=end), out_of_use)


def _kind(deed: Deed) -> ReportKind:
    """Return what is reported.

    Raises:
        NotFoundError: it is nothing that can be.
    """
    for kind in ON_PAGES:
        if kind.value == deed.name:
            return kind
    raise NotFoundError("there is no such report")


def _value(page: ActionPage, deed: Deed) -> str:
    """Return the address or number that is reported: never what was typed, only what the page shows.

    Raises:
        NotFoundError: the page does not show it (any more).
    """
    task = page.task(deed.key)
    channel = task.channel(deed.way) if task else None
    if channel is None:
        raise NotFoundError("the page shows no such channel")
    return channel.value
