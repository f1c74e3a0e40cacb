"""Does a letter fit into the link that opens a mail program, and into a web form? As a typical supporter has it.

A letter that does not fit is never cut: supporters copy its text, or shorten it themselves. The organiser is told.
"""

from __future__ import annotations

from mailer.adapters.catalog.conversion import Desk
from mailer.adapters.catalog.document import Path
from mailer.adapters.catalog.sample import SAMPLE_SUPPORTER, sample_revision
from mailer.core.campaigns import Campaign, Status
from mailer.core.fitting import characters, fit
from mailer.core.letters import write_blocks, write_letter
from mailer.core.links import copy_addresses
from mailer.core.mailto import LONGEST_LINK, mailto, quoted_length
from mailer.core.revisions import Revision
from mailer.core.targets import Target, Tone
from mailer.core.texts import LetterLibrary
from mailer.core.tokens import ADDRESS_CHARACTERS
from mailer.core.writing import Writing
from mailer.errors import MailerError


def warn_of_long_links(desk: Desk, campaign: Campaign, path: Path, shipped: LetterLibrary) -> None:
    """Warn of each target whose letter mail programs cannot be handed; campaigns that are over are left alone."""
    if campaign.status in (Status.STOPPED, Status.CLOSED):
        return
    revision = sample_revision(desk, campaign, shipped)
    for index, target in enumerate(campaign.targets):
        language = _too_long(revision, target) if target.email else ""
        if language:
            message = f"the letter in '{language}' is too long for a mail link ({LONGEST_LINK:,} characters, encoded)"
            hint = "supporters will copy the text instead; shorten it if you want one click"
            desk.ledger.warn((*path, "targets", index, "email"), message, hint)
        room = target.web.max_chars if target.web and target.web.max_chars else 0
        if room and not _fits(revision, target, room):
            message = f"the form takes {room:,} characters, and the letter's demands alone are longer"
            hint = "give the target fewer or shorter demands; as it is, supporters are asked to shorten the letter"
            desk.ledger.warn((*path, "targets", index, "web"), message, hint)


def _fits(revision: Revision, target: Target, room: int) -> bool:
    """Tell whether a form with `room` takes the letter's demands; what cannot be written is told elsewhere."""
    try:
        writing = Writing(revision, SAMPLE_SUPPORTER, target, languages=target.languages)
        return fit(write_blocks(writing.longest(characters), target.tone)[0], room) is not None
    except MailerError:
        return True


def _counted(revision: Revision, target: Target) -> tuple[str, ...]:
    """Return an address as long as that which counts the letter to `target`, where copies count."""
    found = copy_addresses(revision.campaign, revision.organisation, lambda _: "a" * ADDRESS_CHARACTERS)
    return (found[target.id],) if target.id in found else ()


def _too_long(revision: Revision, target: Target) -> str:
    """Return the language of a letter that does not fit, or nothing; what cannot be written is told elsewhere."""
    try:
        writing = Writing(revision, SAMPLE_SUPPORTER, target, languages=target.languages)
        letter, _ = write_letter(writing.longest(quoted_length), target.tone)
        copies = target.copies_to or (revision.campaign.copies_to if target.tone is Tone.PROTEST else ())
        link = mailto(target.email, subject=letter.subject, body=letter.body, cc=copies, bcc=_counted(revision, target))
    except MailerError:
        return ""
    return "" if link.has_text else letter.language
