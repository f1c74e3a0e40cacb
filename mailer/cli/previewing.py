"""What would a supporter get? Composed by the sender's own code, and shown as text, JSON, files or a page."""

from __future__ import annotations

import webbrowser
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from mailer.cli.terminal import emit, emit_json, say
from mailer.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.adapters.catalog import Catalog
    from mailer.core.campaigns import Campaign, Mailing
    from mailer.core.enclosures import Enclosure
    from mailer.core.revisions import Revision
    from mailer.core.supporters import Supporter
    from mailer.core.texts import LocalText
    from mailer.flows.compose import Composed
    from mailer.wiring import Installation


@dataclass(frozen=True, slots=True)
class Choice:
    """What to preview: a campaign's mailing, and for whom; empty texts are not chosen.

    `kinds` are pairs of a country and a language, to be shown side by side.
    """

    campaign: str
    mailing: str
    country: str
    language: str
    name: str
    email: str
    kinds: tuple[tuple[str, str], ...] = ()

    @property
    def is_one(self) -> bool:
        """Tell whether one kind of supporter was chosen."""
        return not self.kinds and bool(self.country or self.language or self.name or self.email)


def parse_kinds(text: str) -> tuple[tuple[str, str], ...]:
    """Return the kinds of supporter in "DE:de,KZ:kk".

    Raises:
        UsageError: a kind is not a country and a language.
    """
    kinds = tuple(kind.strip().partition(":") for kind in text.split(",") if kind.strip())
    for country, colon, language in kinds:
        if not colon or not (country or language):
            wrong = f"{country}{colon}{language}"
            raise UsageError(f"--kinds takes countries with languages, as DE:de,KZ:kk; {wrong!r} is none")
    return tuple((country.upper(), language.lower()) for country, _, language in kinds)


def show(
    installation: Installation, choice: Choice, now: datetime, *, as_json: bool, out: Path | None, open_it: bool
) -> None:
    """Compose what was chosen and show it as asked."""
    campaign, catalog = installation.campaign(choice.campaign, catalog=installation.catalog(now))
    revision = installation.freezer(catalog).assemble(_with_commanded(installation, campaign))
    mailing = _mailing(revision, choice.mailing)
    if choice.is_one or (as_json and not choice.kinds):
        one = _compose(installation, revision, mailing, _supporter(installation, revision, choice), now)
        previews = {_label(one): one}
    else:
        previews = _kinds(installation, revision, mailing, choice, now)
    if as_json:
        return _emit(previews, many=bool(choice.kinds))
    if out is None and not open_it:
        return _print(previews)
    return _write(installation, previews, out or installation.settings.base / "var" / "preview", open_it=open_it)


def write_update(
    installation: Installation,
    catalog: Catalog,
    campaign: Campaign,
    update: tuple[LocalText, tuple[Enclosure, ...]],
    *,
    folder: Path,
) -> None:
    """Write the mails of an update that is not published, for each kind of supporter, into a folder."""
    from mailer.core.campaigns import Mailing, MailingKind
    from mailer.core.history import commanded_id

    now, (words, answers) = installation.clock(), update
    mailing = Mailing(commanded_id(MailingKind.UPDATE, now), MailingKind.UPDATE, at=now, text=words, answers=answers)
    revision = installation.freezer(catalog).assemble(replace(campaign, mailings=(*campaign.mailings, mailing)))
    choice = Choice(campaign.id, mailing.id, "", "", "", "")
    _write(installation, _kinds(installation, revision, mailing, choice, now), folder, open_it=False)
    say("nothing is sent: the same command without --preview does that")


def _with_commanded(installation: Installation, campaign: Campaign) -> Campaign:
    """Return the file's campaign with the mailings that commands added to the published one."""
    from mailer.core.history import carry_over

    if not installation.has_database or not installation.settings.key_file.exists():
        return campaign
    record = installation.campaigns.find(campaign.id)
    if record is None or not record.revision:
        return campaign
    return carry_over(campaign, installation.campaigns.revision(record.id, record.revision).campaign)


def _emit(previews: dict[str, Composed], *, many: bool) -> None:
    """Print the mails for programs: one as it is, several by their kind."""
    from mailer.flows.trial import preview_values

    values = {label: preview_values(each) for label, each in previews.items()}
    emit_json({"kinds": values} if many else next(iter(values.values())))


def _write(installation: Installation, previews: dict[str, Composed], folder: Path, *, open_it: bool) -> None:
    """Write the mails with all their pieces into a folder, and show it if asked to."""
    from mailer.cli.preview_folder import write_folder

    index = write_folder(folder, previews, installation.workshops.of)
    say(f"written to {folder}")
    if open_it:
        webbrowser.open(index.resolve().as_uri())


def _label(mail: Composed) -> str:
    """Return what a kind of supporter is called, in folders and headings."""
    supporter = mail.context.supporter
    return "-".join(filter(None, (supporter.country, supporter.language))) or "unknown"


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
    """Return a mail for each kind of supporter; of whom nobody would get one is told instead."""
    previews: dict[str, Composed] = {}
    for country, language in choice.kinds or _in_audience(installation, revision):
        name = choice.name or "Example Supporter"
        kind = replace(choice, country=country, language=language, name=name, email="")
        try:
            one = _compose(installation, revision, mailing, _supporter(installation, revision, kind), now)
            previews[_label(one)] = one
        except UsageError as error:
            say(f"{'-'.join(filter(None, (country, language)))}: {error}")
    return previews


def _in_audience(installation: Installation, revision: Revision) -> tuple[tuple[str, str], ...]:
    """Return the kinds of supporter in the audience, by country and language; without supporters, the languages."""
    from mailer.core.audience import audience_of

    if installation.has_database:
        cohorts = installation.filling.cohorts(audience_of(revision.campaign, installation.vault.hash_tag))
        if cohorts:
            return tuple((cohort.country, cohort.language) for cohort in cohorts)
    return tuple(("", language) for language in revision.organisation.languages)


def _print(previews: dict[str, Composed]) -> None:
    """Print the mails as text."""
    for label, each in previews.items():
        if len(previews) > 1:
            emit(f"===== {label} =====")
        emit(f"Subject: {each.rendered.subject}\n")
        emit(each.rendered.text)
