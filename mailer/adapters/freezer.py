"""What belongs into a revision? Everything that a sender will need, read once from files and libraries.

Law: a revision that cannot be rendered is not made; a template's error is told with file and line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cached_property

from mailer.adapters.catalog import default_letters
from mailer.adapters.missions import Directory
from mailer.adapters.rendering import MailRenderer, check_templates, load_sources
from mailer.adapters.templates import Templates
from mailer.adapters.wording import load_wordings
from mailer.adapters.workshops import check_pieces
from mailer.core.authors import author_of
from mailer.core.campaigns import ASKED_FOR, Campaign, Mailing, MailingId, MailingKind, Mission
from mailer.core.links import TEST_PUBLIC_ID, Places
from mailer.core.message import too_large
from mailer.core.missions import reachable
from mailer.core.organisations import Organisation
from mailer.core.revisions import Revision, Wording
from mailer.core.signups import SERVICE
from mailer.core.supporters import Person, Supporter
from mailer.core.texts import LetterLibrary
from mailer.core.tokens import TokenKey
from mailer.errors import MarkError, RenderingError
from mailer.flows.compose import Order, Tools, alert_of, compose
from mailer.flows.skeleton import make_skeleton, refuse_signs

_TRIAL_KEY = TokenKey(1, b"\x00" * 32)
_MARKED_KINDS = tuple(kind for kind in MailingKind if kind not in ASKED_FOR)
_TRIAL_PLACES = Places("https://pages.solidarity.example", "bounces@solidarity.example")


class Freezer:
    """Makes revisions; letters and words are read once."""

    def __init__(
        self,
        templates: Templates,
        organisation: Organisation,
        clock: Callable[[], datetime],
        directory: Directory | None = None,
    ) -> None:
        self._templates = templates
        self._directory = directory or Directory()
        self._organisation = organisation
        self._clock = clock
        self._wordings: dict[tuple[str, ...], Mapping[str, Wording]] = {}

    def assemble(self, campaign: Campaign) -> Revision:
        """Return the revision of `campaign`, complete in itself; `prove` tells whether it can be sent.

        Raises:
            RenderingError: a shipped letter cannot be read.
            ConfigurationError: a template is missing.
        """
        languages = self._languages(campaign)
        if languages not in self._wordings:
            self._wordings[languages] = load_wordings(self._templates, languages)
        return Revision(
            campaign=campaign,
            organisation=self._organisation,
            letters=self._letters,
            missions=self._missions(campaign),
            templates=self._sources,
            wordings=self._wordings[languages],
        )

    def _missions(self, campaign: Campaign) -> tuple[Mission, ...]:
        """Return the directory's rows that may answer, without addresses that no campaign may list."""
        wanted = {target.mission_of for target in campaign.targets if target.mission_of}
        return tuple(filter(reachable, self._directory.of(wanted, barred=self._organisation.never_target)))

    @cached_property
    def _letters(self) -> LetterLibrary:
        """The shipped letters, read once."""
        return default_letters(self._templates)

    @cached_property
    def _sources(self) -> Mapping[str, str]:
        """The templates of mails and their pieces, read once."""
        return {**load_sources(self._templates), **load_sources(self._templates, "documents")}

    def _languages(self, campaign: Campaign) -> tuple[str, ...]:
        """Return every language that a mail or a letter of `campaign` can be in, without doubles."""
        shipped = tuple(name.split("/")[1] for name in self._templates.names("locale", "*/LC_MESSAGES/*.po"))
        letters = self._letters.templates.values()
        own = campaign.letters.templates.values()
        spoken = (language for library in (*letters, *own) for language in library)
        return tuple(dict.fromkeys((*self._organisation.languages, "en", *shipped, *spoken)))

    def prove(self, revision: Revision) -> None:
        """Render every kind of mail, and compose the alert, in every language: an error is found before the launch.

        Pieces are tried only where the organiser has templates of their own for them: ours are known to work.

        Raises:
            RenderingError: a template or a letter does not render; the message names file and line.
        """
        now, renderer = self._clock(), MailRenderer(revision)
        check_templates(revision, now=now, renderer=renderer)
        if revision.campaign.id == SERVICE:
            return
        if self._templates.has_own("documents"):
            check_pieces(revision, now=now)
        _prove_alert(revision, renderer, now)

    def unmarkable(self, revision: Revision) -> tuple[str, ...]:
        """Return why mails of a kind have to be composed one by one: each reason once, with file and line if known.

        What does not render at all is told when it is proved.
        """
        try:
            refuse_signs(revision)
        except MarkError as error:
            return (str(error),)
        now, tools = self._clock(), Tools(MailRenderer(revision), _TRIAL_PLACES, _TRIAL_KEY)
        supporter = replace(_trial_supporter(revision.wording().language), joined_on=date(2026, 1, 1))
        found: dict[str, None] = {}
        for kind in _MARKED_KINDS:
            mailing = Mailing(MailingId(kind.value), kind, on_launch=True, text=revision.campaign.summary)
            order = Order(revision, supporter, mailing, now, alert_at=now - timedelta(days=1), previous=revision)
            try:
                with suppress(RenderingError):
                    make_skeleton(order, tools, author_of(supporter))
            except MarkError as error:
                found[str(error)] = None
        return tuple(found)


def _prove_alert(revision: Revision, renderer: MailRenderer, now: datetime) -> None:
    """Compose the alert in every language.

    Raises:
        RenderingError: a letter does not render, or the mail is too large.
    """
    open_ended = replace(revision, campaign=replace(revision.campaign, write_until=None))
    for language in revision.wordings:
        order = Order(open_ended, _trial_supporter(language), alert_of(revision.campaign), now)
        composed = compose(order, Tools(renderer, _TRIAL_PLACES, _TRIAL_KEY))
        if composed is not None and too_large(composed.rendered.html):
            raise RenderingError(
                f"the alert in {language!r} is larger than 90 KB: mail programs would cut it off, with the way to "
                "leave; shorten the texts, or take out targets"
            )


def _trial_supporter(language: str) -> Supporter:
    """Return somebody who reads `language`."""
    return Supporter(TEST_PUBLIC_ID, Person("trial@supporter.example", "Trial"), country="GB", language=language)
