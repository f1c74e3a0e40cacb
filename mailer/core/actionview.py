"""What does a supporter's own page of a campaign show? Letters to edit, each way to send them, what they told us.

Law: it is the web twin of the mail and says the same; the supporter's address and surname are not among its values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime

from mailer.core.campaigns import MailingKind
from mailer.core.counting import ON_PAGES, Answers
from mailer.core.edits import Edit, edited, may_sign
from mailer.core.links import Links
from mailer.core.mailview import MailContext, mail_view
from mailer.core.pack import Channel, Pack, PackItem
from mailer.core.pieces import Way, keys_of
from mailer.core.plain import Plain
from mailer.core.revisions import Revision, Wording
from mailer.core.supporters import Supporter
from mailer.core.targets import ChannelKind
from mailer.core.visits import Choices, Standing
from mailer.core.webmail import WEBMAILS, Draft, compose_link, find_webmail

_OF_THE_MAIL = ("case", "targets", "deadline", "ends", "note", "country", "pickets", "links", "donate")


@dataclass(frozen=True, slots=True)
class ActionPage:
    """What one page is made of; `pack` was built for `supporter`, who has a short name only (core/visits.py).

    `edit` is what was typed into the boxes of the letter `key`, cleaned; its signature holds for every letter.
    `offered` are the languages that the letters can be switched to. `rehearsed` tells that nothing is counted yet.
    """

    revision: Revision
    supporter: Supporter
    pack: Pack
    now: datetime
    standing: Standing = Standing.OPEN
    answers: Answers = field(default_factory=Answers)
    choices: Choices = field(default_factory=Choices)
    offered: tuple[str, ...] = ()
    edit: Edit | None = None
    key: str = ""
    test: bool = False
    rehearsed: bool = False

    @property
    def signature(self) -> str:
        """Return the name that letters are signed with where they may be."""
        typed = self.edit.sign if self.edit else None
        return self.supporter.person.name if typed is None else typed

    @property
    def tasks(self) -> tuple[Task, ...]:
        """Return every target that is still open, with its letter as the supporter changed it."""
        items = self.pack.todo if self.standing is Standing.OPEN else ()
        return tuple(self._task(key, item) for key, item in zip(keys_of(items), items, strict=True))

    def task(self, key: str) -> Task | None:
        """Return one of the tasks, None if there is none of this key (any more)."""
        return next((task for task in self.tasks if task.key == key), None)

    def _task(self, key: str, item: PackItem) -> Task:
        """Return one target with the edit that concerns it; a signature concerns all."""
        if self.edit is not None and key == self.key and not self.edit.is_too_long:
            return Task(key, edited(item, self.edit), self.signature)
        resigned = Edit(sign=self.signature, was=self.supporter.person.name)
        return Task(key, edited(item, resigned), self.signature)


@dataclass(frozen=True, slots=True)
class Task:
    """One target on the page: `key` names it in forms, `sign` is the name that its letter is signed with."""

    key: str
    item: PackItem
    sign: str

    def channel(self, kind: str) -> Channel | None:
        """Return the open channel of a kind, or None."""
        return next((channel for channel in self.item.open_channels if channel.kind == kind), None)

    @property
    def draft(self) -> Draft | None:
        """Return the letter as an e-mail, None if no e-mail arrives."""
        way = Way(self.key, self.item, ChannelKind.EMAIL)
        return way.draft if way.channel else None


def page_wording(page: ActionPage) -> Wording:
    """Return the words of the language that the page is in."""
    return as_mail(page).wording


def as_mail(page: ActionPage) -> MailContext:
    """Return the mail that this page is the twin of, with the letters as they were sent."""
    return _context(page, page.pack)


def action_view(page: ActionPage) -> Mapping[str, Plain]:
    """Return all that the page may show."""
    tasks = page.tasks
    said = mail_view(_context(page, replace(page.pack, items=tuple(task.item for task in tasks))))
    return {
        **{name: said[name] for name in _OF_THE_MAIL},
        "ending": said["ending"] if page.standing is Standing.OVER else None,  # a file may have it ready in advance
        "standing": page.standing.value,
        "short_name": page.supporter.person.name,
        "test": page.test,
        "rehearsed": page.rehearsed,
        "declined": page.answers.declined,
        "tasks": tuple(_task_view(task, page) for task in tasks),
        "tongues_of_letters": _tongues(page),
        "letter": page.choices.letter,
        "webmails": tuple(asdict(each) for each in WEBMAILS),
        "mail": page.choices.mail if find_webmail(page.choices.mail) else "",
        "uncounted": page.choices.uncounted and page.revision.campaign.count_copies,
    }


def _context(page: ActionPage, pack: Pack) -> MailContext:
    """Return the mail that this page is the twin of: an alert, and after the end the closing."""
    has_ended = page.standing in (Standing.STOPPED, Standing.OVER)
    kind = MailingKind.CLOSING if has_ended else MailingKind.ALERT
    return MailContext(kind, page.revision, page.supporter, pack, Links(), page.now, test=page.test)


def _tongues(page: ActionPage) -> Plain:
    """Return the languages that letters can be had in, by name."""
    names = page_wording(page).languages
    return tuple({"language": tag, "name": names.get(tag, tag)} for tag in page.offered)


def _task_view(task: Task, page: ActionPage) -> Mapping[str, Plain]:
    """Return what the page shows of one target beside what the mail does."""
    item = task.item
    too_long = page.edit is not None and page.edit.is_too_long and task.key == page.key
    return {
        "key": task.key,
        "sent": item.target in page.answers.acted,
        "may_sign": may_sign(item),
        "sign": task.sign,
        "text": page.edit.text if too_long and page.edit else item.letter.body,
        "too_long": too_long,
        "webmail": _webmail(task, page.choices.mail),
        "reported": _reported(task, page.answers),
        "prints": bool(task.channel(ChannelKind.FAX) or task.channel(ChannelKind.POST)),
        "prints_letter": bool(task.channel(ChannelKind.POST) or not task.channel(ChannelKind.FAX)),
    }


def _webmail(task: Task, chosen: str) -> Plain:
    """Return the link into the chosen webmail, or None."""
    webmail, draft = find_webmail(chosen), task.draft
    if webmail is None or draft is None:
        return None
    link = compose_link(webmail, draft)
    return {"name": webmail.name, "url": link.url, "has_text": link.has_text}


def _reported(task: Task, answers: Answers) -> Mapping[str, Plain]:
    """Return by kind of channel what this supporter reported of it: that it is dead, or was busy."""
    item = task.item
    return {
        channel.kind.value: {
            kind.value: (item.target, kind.value, channel.value) in answers.reported for kind in ON_PAGES
        }
        for channel in item.open_channels
    }
