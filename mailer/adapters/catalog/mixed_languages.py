"""Is a letter half in one language and half in another? That of an office whose language the case is not written in.

Law: only what is in no language of the organisation is told here: what those lack is told text by text.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from mailer.adapters.catalog.conversion import Desk
from mailer.adapters.catalog.document import Path
from mailer.adapters.catalog.sample import SAMPLE_SUPPORTER, sample_revision
from mailer.adapters.catalog.scalars import shown
from mailer.core.campaigns import Campaign, Status
from mailer.core.languages import same_language
from mailer.core.letters import PHONE, write_letter
from mailer.core.revisions import Revision
from mailer.core.targets import Target
from mailer.core.texts import LetterLibrary, LocalText
from mailer.core.writing import Writing, demands_of
from mailer.errors import MailerError


def warn_of_mixed_languages(desk: Desk, campaign: Campaign, path: Path, shipped: LetterLibrary) -> None:
    """Warn of each language in which letters hold words of another; campaigns that are over are left alone."""
    if campaign.status in (Status.STOPPED, Status.CLOSED):
        return
    revision = sample_revision(desk, campaign, shipped)
    told: set[str] = set()
    for index, target in enumerate(campaign.targets):
        language, strange = _strange_words(revision, target) if target.languages else ("", ())
        if strange and language not in told and language not in desk.languages:
            told.add(language)
            message = f"the letter is in '{language}', but these words in it are not: {shown(strange[0])}"
            hint = f"give summary and demands in {language}, too, or take {language} out of the languages"
            desk.ledger.warn((*path, "targets", index, "languages"), message, hint)


def _strange_words(revision: Revision, target: Target) -> tuple[str, tuple[str, ...]]:
    """Return the language of a letter, and what stands in it in another; what cannot be written is told elsewhere."""
    only_phone = target.phone and not (target.email or target.fax or target.post or target.web or target.mission_of)
    with suppress(MailerError):
        writing = Writing(revision, SAMPLE_SUPPORTER, target, languages=target.languages)
        letter, _ = write_letter(writing, PHONE if only_phone else target.tone)
        strange = (
            words
            for language, words in _chosen(revision.campaign, target, letter.language)
            if not same_language(language, letter.language) and words in letter.body
        )
        return letter.language, tuple(strange)
    return "", ()


def _chosen(campaign: Campaign, target: Target, language: str) -> Iterator[tuple[str, str]]:
    """Yield the campaign's own words as a letter in `language` has them, each with its language."""
    texts: tuple[LocalText, ...] = (campaign.summary, *(demand.text for demand in demands_of(target, campaign)))
    for text in texts:
        yield text.best(language, language.partition("-")[0])
