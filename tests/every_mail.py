"""Which mails are there? Each kind in each language that there is a catalogue of, composed as a sender would.

Law: what is checked of mails is checked of all of these; a new language is one more folder, and no line of a test.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache

from mailer.adapters.catalog import default_letters
from mailer.adapters.rendering import MailRenderer
from mailer.adapters.templates import Templates
from mailer.adapters.wording import load_wordings
from mailer.core.campaigns import MailingKind
from mailer.core.links import Places
from mailer.core.mail_commands import Command
from mailer.core.mailview import MailContext, Rendered
from mailer.core.replies import Answering, Reply
from mailer.core.revisions import Revision
from mailer.core.signups import SERVICE
from mailer.core.supporters import PublicId
from mailer.core.tokens import KEY_BYTES, TokenKey
from mailer.flows.compose import Composed, Order, Signer, Tools, compose, mailing_of
from tests.samples import NOW, context, revision, supporter
from tests.samples import mailing_of as sample_mailing

PLACES = Places("https://pages.example", "bounces@solidarity.example")
KEY = TokenKey(1, bytes(KEY_BYTES))
ALERT_AT = NOW - timedelta(days=4)
WROTE = {"prosecutor": NOW - timedelta(days=3), "family": NOW - timedelta(days=2)}
# What a mail says to those who wrote, beside what it says to those who did not.
ACTED = ("update", "correction", "closing")
REPLIES = {
    reply.name: reply
    for reply in (
        Reply(None),
        Reply(Command.STOP),
        Reply(Command.PAUSE),
        Reply(Command.SENT, "prisoner-2026", 1),
        Reply(Command.NOT_THIS_CASE, "prisoner-2026", 1),
    )
}
_KINDS = tuple(kind.value for kind in MailingKind if kind is not MailingKind.REPLY)
NAMES = (*_KINDS, *(f"{kind}-wrote" for kind in ACTED), *(f"reply-{name}" for name in REPLIES))


def languages() -> tuple[str, ...]:
    """Return every language that mails are translated to, English first."""
    found = (name.split("/")[1] for name in Templates().names("locale", "*/LC_MESSAGES/*.po"))
    return ("en", *sorted(found))


@cache
def spoken() -> Revision:
    """Return the frozen campaign with the words and letters of every language."""
    templates = Templates()
    return replace(revision(), letters=default_letters(templates), wordings=load_wordings(templates, languages()))


@dataclass(frozen=True, slots=True)
class _Sample:
    """Renders the mail that was made by hand, whatever is asked for."""

    given: MailContext

    def render(self, context: MailContext) -> Rendered:
        """Return the words of the sample."""
        return _renderer().render(self.given)


@cache
def _renderer() -> MailRenderer:
    return MailRenderer(spoken())


def sample(name: str, language: str) -> MailContext:
    """Return a full alert; the other kinds show one target by e-mail and one by phone."""
    kind = MailingKind(name.removesuffix("-wrote"))
    full = replace(context(kind, language), revision=spoken(), acted=WROTE if name.endswith("-wrote") else {})
    return full if kind is MailingKind.ALERT else replace(full, pack=replace(full.pack, items=full.pack.items[:2]))


def mail(name: str, language: str, signer: Signer | None = None) -> Composed:
    """Return one mail as a sender composes it, with all headers."""
    if name.startswith("reply-"):
        return answer(name.removeprefix("reply-"), language, PLACES, signer)
    given = sample(name, language)
    order = Order(spoken(), supporter(language), sample_mailing(given.kind), NOW, alert_at=ALERT_AT)
    if given.kind is MailingKind.CONFIRM:
        asks = replace(spoken(), campaign=replace(spoken().campaign, id=SERVICE))
        mailing = mailing_of(asks.campaign, "confirm-2026-11-30")
        order = order._replace(revision=asks, mailing=mailing, alert_at=None, signup=PublicId(b"sign-up!"))
    composed = compose(order, Tools(_Sample(given), PLACES, KEY, signer=signer))
    assert composed is not None
    return composed


def answer(name: str, language: str, places: Places = PLACES, signer: Signer | None = None) -> Composed:
    """Return the mail that answers a command."""
    reply = REPLIES[name]
    asks = replace(spoken(), campaign=replace(spoken().campaign, id=SERVICE))
    paused = replace(supporter(language), paused_until=NOW + timedelta(days=28))
    title = spoken().campaign.title if reply.campaign_id else None
    mailing = mailing_of(asks.campaign, reply.mailing_id(NOW.date()))
    order = Order(asks, paused, mailing, NOW, answering=Answering(reply, title))
    composed = compose(order, Tools(_renderer(), places, KEY, signer=signer))
    assert composed is not None
    return composed


@cache
def every_mail() -> dict[str, Composed]:
    """Return all of them by name, as "alert-en"; made once."""
    return dict(_all())


def _all() -> Iterator[tuple[str, Composed]]:
    for language in languages():
        for name in NAMES:
            yield f"{name}-{language}", mail(name, language)
