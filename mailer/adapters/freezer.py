"""What belongs into a revision? Everything that a sender will need, read once from files and libraries.

Law: a revision that cannot be rendered is not made; a template's error is told with file and line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cached_property

from mailer.adapters.catalog import default_letters
from mailer.adapters.missions import load_directory
from mailer.adapters.rendering import MailRenderer, load_sources
from mailer.adapters.templates import Templates
from mailer.adapters.wording import load_wordings
from mailer.core.campaigns import Campaign, LetterLibrary, LocalText, Mailing, MailingId, MailingKind, Organisation
from mailer.core.links import TEST_PUBLIC_ID, Places
from mailer.core.revisions import Revision, Wording
from mailer.core.supporters import Person, Supporter
from mailer.core.tokens import TokenKey
from mailer.flows.compose import CLOSING_ID, Order, compose, mailing_of

_TRIAL_KEY = TokenKey(1, b"\x00" * 32)
_COMMANDED = (MailingKind.UPDATE, MailingKind.CORRECTION)
_TRIAL_TEXT = LocalText({"en": "News."})


class Freezer:
    """Makes revisions; letters and words are read once."""

    def __init__(self, templates: Templates, organisation: Organisation, clock: Callable[[], datetime]) -> None:
        self._templates = templates
        self._organisation = organisation
        self._clock = clock
        self._wordings: dict[tuple[str, ...], Mapping[str, Wording]] = {}

    def freeze(self, campaign: Campaign) -> Revision:
        """Return the revision of `campaign`, complete in itself and tried out.

        Raises:
            RenderingError: a template or a letter does not render.
            ConfigurationError: a template is missing.
        """
        revision = self.assemble(campaign)
        self._try(revision)
        return revision

    def assemble(self, campaign: Campaign) -> Revision:
        """Return the revision without trying whether its mails can be composed."""
        languages = self._languages(campaign)
        if languages not in self._wordings:
            self._wordings[languages] = load_wordings(self._templates, languages)
        return Revision(
            campaign=campaign,
            organisation=self._organisation,
            letters=self._letters,
            missions=load_directory({target.embassy_of for target in campaign.targets if target.embassy_of}),
            templates=self._sources,
            wordings=self._wordings[languages],
        )

    @cached_property
    def _letters(self) -> LetterLibrary:
        """The shipped letters, read once."""
        return default_letters(self._templates)

    @cached_property
    def _sources(self) -> Mapping[str, str]:
        """The mails' templates, read once."""
        return load_sources(self._templates)

    def _languages(self, campaign: Campaign) -> tuple[str, ...]:
        """Return every language that a mail or a letter of `campaign` can be in, without doubles."""
        shipped = tuple(name.split("/")[1] for name in self._templates.names("locale", "*/LC_MESSAGES/*.po"))
        letters = self._letters.templates.values()
        own = campaign.letters.templates.values()
        spoken = (language for library in (*letters, *own) for language in library)
        return tuple(dict.fromkeys((*self._organisation.languages, "en", *shipped, *spoken)))

    def _try(self, revision: Revision) -> None:
        """Compose one mail of each kind in each language, so that an error is found before the launch."""
        renderer = MailRenderer(revision)
        for order in self._trials(revision):
            compose(order, renderer=renderer, places=Places(), key=_TRIAL_KEY)

    def _trials(self, revision: Revision) -> list[Order]:
        """Return the orders to try: mailing kinds by languages."""
        now = self._clock()
        campaign = replace(revision.campaign, write_until=None)
        kinds = [*campaign.mailings]
        kinds += [Mailing(MailingId(f"trial-{kind}"), kind, at=now, text=_TRIAL_TEXT) for kind in _COMMANDED]
        kinds += [mailing_of(campaign, CLOSING_ID)] if campaign.closing else []
        whole = replace(revision, campaign=campaign)
        return [
            Order(whole, _trial_supporter(language), mailing, now, alert_at=now)
            for mailing in kinds
            for language in revision.wordings
        ]


def _trial_supporter(language: str) -> Supporter:
    """Return somebody who reads `language`."""
    return Supporter(TEST_PUBLIC_ID, Person("trial@supporter.example", "Trial"), country="GB", language=language)
