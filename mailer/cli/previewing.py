"""What would a supporter get? Composed by the sender's own code, and shown as text, JSON, files or a page."""

from __future__ import annotations

import html
import webbrowser
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from mailer.cli.terminal import emit, emit_json, say
from mailer.errors import NotFoundError, OutputError, UsageError

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.core.campaigns import Mailing
    from mailer.core.revisions import Revision
    from mailer.core.supporters import Supporter
    from mailer.flows.compose import Composed
    from mailer.wiring import Installation


@dataclass(frozen=True, slots=True)
class Choice:
    """What to preview: a campaign's mailing, and for whom; empty texts are not chosen."""

    campaign: str
    mailing: str
    country: str
    language: str
    name: str
    email: str

    @property
    def is_one(self) -> bool:
        """Tell whether one kind of supporter was chosen."""
        return bool(self.country or self.language or self.name or self.email)


def show(
    installation: Installation, choice: Choice, now: datetime, *, as_json: bool, out: Path | None, open_it: bool
) -> None:
    """Compose what was chosen and show it as asked."""
    from mailer.flows.trial import preview_values

    campaign, catalog = installation.campaign(choice.campaign, catalog=installation.catalog(now))
    revision = installation.freezer(catalog).assemble(campaign)
    mailing = _mailing(revision, choice.mailing)
    if as_json or choice.is_one:
        composed = _compose(installation, revision, mailing, _supporter(installation, revision, choice), now)
        if as_json:
            return emit_json(preview_values(composed))
        pages = {choice.campaign: composed}
    else:
        pages = _kinds(installation, revision, mailing, choice, now)
    if out is None and not open_it:
        return _print(pages)
    folder = out or installation.settings.base / "var" / "preview"
    index = _write(folder, pages)
    say(f"written to {folder}")
    if open_it:
        webbrowser.open(index.resolve().as_uri())
    return None


def _mailing(revision: Revision, mailing_id: str) -> Mailing:
    """Return the mailing that was named, or the only one of its kind."""
    from mailer.flows.compose import mailing_of

    try:
        return mailing_of(revision.campaign, mailing_id)
    except KeyError:
        of_kind = [mailing for mailing in revision.campaign.mailings if mailing.kind == mailing_id]
        if of_kind:
            return of_kind[0]
        known = ", ".join([*(mailing.id for mailing in revision.campaign.mailings), "closing"])
        raise NotFoundError(f"{revision.campaign.id} has no mailing {mailing_id!r}; it has: {known}") from None


def _supporter(installation: Installation, revision: Revision, choice: Choice) -> Supporter:
    """Return the supporter that was named, or a sample of the kind that was chosen."""
    from mailer.flows.trial import sample_supporter

    if choice.email:
        found = installation.supporters.standing(choice.email).supporter
        if found is None:
            raise NotFoundError("no supporter has this address; `mailer supporters list` shows who there is")
        return found
    language = choice.language or revision.organisation.fallback_language
    return sample_supporter(
        address="supporter@preview.example", name=choice.name, country=choice.country, language=language
    )


def _compose(
    installation: Installation, revision: Revision, mailing: Mailing, supporter: Supporter, now: datetime
) -> Composed:
    """Compose one mail as the sender would.

    Raises:
        UsageError: the supporter would get nothing.
    """
    from mailer.core.campaigns import Closing, MailingKind, Outcome
    from mailer.core.texts import LocalText
    from mailer.flows.compose import Order, compose

    if mailing.kind is MailingKind.CLOSING and revision.campaign.closing is None:
        ending = Closing(
            Outcome.ENDED, LocalText({revision.organisation.fallback_language: "(the text of the closing)"})
        )
        revision = replace(revision, campaign=replace(revision.campaign, closing=ending))
    alert_at = None if mailing.kind is MailingKind.ALERT else now
    out_of_use = installation.out_of_use(revision.campaign.id, now)
    order = Order(revision, supporter, mailing, now, alert_at=alert_at, out_of_use=out_of_use)
    composed = compose(order, installation.tools(revision))
    if composed is None:
        raise UsageError(
            f"this supporter would get no {mailing.kind}: nothing could arrive in time, or nothing is safe"
        )
    return composed


def _kinds(
    installation: Installation, revision: Revision, mailing: Mailing, choice: Choice, now: datetime
) -> dict[str, Composed]:
    """Return a mail for each kind of supporter in the audience, by country and language."""
    from mailer.core.audience import Cohort, audience_of

    campaign = revision.campaign
    cohorts: tuple[Cohort, ...] = ()
    if installation.has_database:
        cohorts = installation.filling.cohorts(audience_of(campaign, installation.vault.hash_tag))
    cohorts = cohorts or tuple(Cohort("", language, 0) for language in revision.organisation.languages)
    pages: dict[str, Composed] = {}
    for cohort in cohorts:
        kind = replace(choice, country=cohort.country, language=cohort.language, name="Example Supporter")
        label = "-".join(filter(None, (cohort.country, cohort.language))) or "unknown"
        try:
            supporter = _supporter(installation, revision, kind)
            pages[label] = _compose(installation, revision, mailing, supporter, now)
        except UsageError as error:
            say(f"{label}: {error}")
    return pages


def _print(pages: dict[str, Composed]) -> None:
    """Print the mails as text."""
    for label, composed in pages.items():
        if len(pages) > 1:
            emit(f"===== {label} =====")
        emit(f"Subject: {composed.rendered.subject}\n")
        emit(composed.rendered.text)


def _write(folder: Path, pages: dict[str, Composed]) -> Path:
    """Write each mail as .eml, .html and .txt and its letters as .txt, and an index page; return the index."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for label, composed in pages.items():
            (folder / f"{label}.eml").write_bytes(composed.envelope.content)
            (folder / f"{label}.html").write_text(composed.rendered.html, encoding="utf-8")
            (folder / f"{label}.txt").write_text(composed.rendered.text, encoding="utf-8")
            for item in composed.pack.items:
                letter = f"{item.letter.subject}\n\n{item.letter.body}\n"
                name = f"{label}-letter-{item.target.replace('/', '-')}.txt"
                (folder / name).write_text(letter, encoding="utf-8")
        index = folder / "index.html"
        index.write_text(_index(pages), encoding="utf-8")
    except OSError as error:
        raise OutputError(f"{folder} cannot be written: {error.strerror}") from error
    return index


def _index(pages: dict[str, Composed]) -> str:
    """Return one page that shows every kind of supporter's mail."""
    parts = [
        f"<h2>{html.escape(label)}: {html.escape(composed.rendered.subject)}</h2>"
        f'<p><a href="{html.escape(label)}.html">HTML</a> · <a href="{html.escape(label)}.txt">text</a> · '
        f'<a href="{html.escape(label)}.eml">source</a></p>'
        f'<iframe sandbox title="{html.escape(label)}" srcdoc="{html.escape(composed.rendered.html)}"></iframe>'
        for label, composed in pages.items()
    ]
    style = "body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:44rem;padding:0 1rem}"
    frame = "iframe{width:100%;height:40rem;border:1px solid #999;border-radius:8px;background:#fff}"
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>Preview</title><style>{style}{frame}</style><h1>What each kind of supporter gets</h1>{''.join(parts)}"
    )
