"""Would many supporters send the very same letter? Then officials, and their filters, see a form letter.

Law: only subject, opening and closing are asked to vary; names and demands never do.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from itertools import product

from mailer.adapters.catalog.conversion import Desk
from mailer.adapters.catalog.document import Path
from mailer.adapters.catalog.sample import SAMPLE_SUPPORTER, sample_revision
from mailer.core.campaigns import Campaign, Status
from mailer.core.letters import choose
from mailer.core.revisions import Revision
from mailer.core.texts import LetterLibrary
from mailer.core.variation import Variants, variants_of
from mailer.core.writing import Writing
from mailer.errors import MailerError


def warn_of_sameness(desk: Desk, campaign: Campaign, path: Path, shipped: LetterLibrary) -> None:
    """Warn of each letter of which two supporters in ten would send the same text; what is over is left alone."""
    if campaign.status in (Status.STOPPED, Status.CLOSED):
        return
    revision = sample_revision(desk, campaign, shipped)
    for variants in _letters(revision, desk.languages):
        if variants.is_alike:
            where = (*path, "letters", variants.tone, variants.language) if variants.is_own else path
            desk.ledger.warn(where, _told(variants), _hint(variants))


def _letters(revision: Revision, languages: tuple[str, ...]) -> tuple[Variants, ...]:
    """Return the letters that supporters who read `languages` would send, each once."""
    found: dict[tuple[str, str], Variants] = {}
    for target, reads in product(revision.campaign.targets, languages):
        writing = Writing(
            revision, replace(SAMPLE_SUPPORTER, language=reads), target, languages=target.languages or (reads,)
        )
        with suppress(MailerError):  # what cannot be written is told elsewhere
            chosen = choose(writing, target.tone)
            if (target.tone, chosen.language) not in found:
                found[target.tone, chosen.language] = variants_of(writing, target.tone, chosen)
    return tuple(found.values())


def _told(variants: Variants) -> str:
    """Return what is alike, in words."""
    count = variants.texts
    texts = "one text" if count == 1 else f"{count} texts"
    share = "everybody sends" if count == 1 else f"about {round(100 / count)} in 100 supporters send"
    return f"the {variants.tone} letter in '{variants.language}' has only {texts}: {share} the very same one"


def _hint(variants: Variants) -> str:
    """Return how to add variants."""
    where = f"letters.{variants.tone}.{variants.language}"
    parts = (("subject", variants.subjects), ("opening", variants.openings), ("closing", variants.closings))
    now = ", ".join(f"{len(blocks)} of {part}" for part, blocks in parts)
    return f"give {where} lists of two or three texts each of subject, opening and closing; now it has {now}"
