"""Which commands send one more mail to everybody who got the alert? `update` and `correct`.

Law: what was blacked out is not looked for here; that it may still be in the file is said before anything leaves.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli.files import Json
from mailer.cli.terminal import say
from mailer.cli.texts import CampaignArgument, MoreTexts, TextOption, fallback_of, read_text, tell_done
from mailer.errors import UsageError

if TYPE_CHECKING:
    from mailer.core.enclosures import Enclosure
    from mailer.wiring import Installation


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    for command in (update, correct):
        app.command(command.__name__)(command)


def update(
    ctx: typer.Context,
    campaign: CampaignArgument,
    more: MoreTexts = None,
    text: TextOption = None,
    answer: Annotated[
        list[Path] | None,
        typer.Option(
            "--answer",
            metavar="FILE",
            help="What an official answered, without private details: plain text or PDF, 100 KB at most.",
        ),
    ] = None,
    preview: Annotated[
        Path | None, typer.Option("--preview", metavar="DIR", help="Write the mails into a folder, and send none.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Send news to everybody who got the alert."""
    installation: Installation = ctx.obj
    chosen, catalog = installation.campaign(campaign)
    words = read_text([*(text or ()), *(more or ())], fallback_of(catalog))
    answers = _read_answers(answer or [])
    if preview is not None:
        from mailer.cli.previewing import write_update

        return write_update(installation, catalog, chosen, (words, answers), folder=preview)
    publisher = installation.publisher(catalog)
    mailing = publisher.update(chosen, words, now=installation.clock(), answers=answers)
    carried = f", with {', '.join(each.name for each in answers)}" if answers else ""
    tell_done(campaign, str(mailing), f"goes out with the next run{carried}", as_json=as_json)
    if answers:
        say(f"to hold it back: mailer pause {campaign}")
    return None


def correct(
    ctx: typer.Context,
    campaign: CampaignArgument,
    more: MoreTexts = None,
    text: TextOption = None,
    as_json: Json = False,
) -> None:
    """Send a short correction to those who got an address that no longer stands in the file."""
    installation: Installation = ctx.obj
    chosen, catalog = installation.campaign(campaign)
    words = read_text([*(text or ()), *(more or ())], fallback_of(catalog))
    mailing = installation.publisher(catalog).correct(chosen, words, now=installation.clock())
    tell_done(campaign, str(mailing), "goes out with the next run", as_json=as_json)


def _read_answers(paths: list[Path]) -> tuple[Enclosure, ...]:
    """Return the files as they go out, and warn of what nobody sees in them.

    Raises:
        UsageError: one cannot be read, or is none that can be attached.
    """
    from mailer.core.enclosures import LARGEST_ANSWER, enclose

    given = []
    for path in paths:
        try:
            with path.open("rb") as file:
                given.append((str(path), file.read(4 * LARGEST_ANSWER)))
        except OSError as error:
            raise UsageError(f"--answer: {path} cannot be read: {error.strerror}") from error
    answers = enclose(given)
    for path, answer in zip(paths, answers, strict=True):
        if answer.is_pdf:
            _warn_of_bars(path)
    return answers


def _warn_of_bars(path: Path) -> None:
    """Say what a PDF may still hold."""
    say(f"WARNING: {path} is a PDF. Black bars over its text DO NOT REMOVE the text: anybody can copy it out again.")
    say("Names in its properties, comments and earlier versions stay in it too. Black it out on paper and scan that,")
    say("or send plain text. Once mails have left, nothing can be taken back.")
