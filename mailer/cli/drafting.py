"""Which command makes a campaign of a pasted appeal? `draft`: read, told what is doubtful, reviewed, put into the file.

Law: nothing is looked up in the network, and the campaign file changes only where `--add` asks for it.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli.files import Json
from mailer.cli.terminal import emit_json, escape, is_interactive, say
from mailer.errors import CampaignFileError, NotFoundError, UnreadableAppealError, UsageError

if TYPE_CHECKING:
    from mailer.adapters.catalog import Catalog
    from mailer.adapters.drafted import Surroundings
    from mailer.core.drafting.drafts import Drafted
    from mailer.wiring import Installation

LARGEST = 20_000_000  # bytes; a leaflet with pictures is a few million


@dataclass(frozen=True, slots=True)
class CampaignFile:
    """The file that a draft goes into: where it is, what it says (nothing if it is not there), and what that means."""

    path: Path
    text: str = ""
    catalog: Catalog | None = None


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command("draft")(draft)


def draft(
    ctx: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="[FILE|-]", help="The appeal: .txt, .html, .eml or .pdf; - is standard input.")
    ] = "-",
    update_of: Annotated[
        str,
        typer.Option(
            "--update-of", metavar="CAMPAIGN", help="It is news of this campaign: print an update, or its closing."
        ),
    ] = "",
    edit: Annotated[bool, typer.Option("--edit", help="Open the result in $EDITOR, then check it.")] = False,
    add: Annotated[
        bool, typer.Option("--add", help="Put the campaign into the campaign file instead of printing it.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Make a campaign of a pasted appeal, every doubtful value marked `# check`; no network, nothing is sent."""
    installation: Installation = ctx.obj
    if as_json and (edit or add):
        raise UsageError("nothing done: --json is for programs; --edit and --add are for the file")
    if update_of and (edit or add):
        raise UsageError("nothing done: --update-of prints words for a campaign that is in the file already")
    appeal = _read(file)
    drafted = _draft_of(appeal, installation)
    if as_json and not update_of:
        from mailer.adapters.drafted import to_json

        return emit_json(to_json(drafted))
    there = _campaign_file(installation)
    if update_of:
        return _tell_news(there, drafted, (update_of, appeal), as_json=as_json)
    text = _yaml_of(installation, there, drafted)
    if edit:
        return _tell_edited(installation, there, text, add=add)
    _tell_doubts(drafted)
    return _deliver(there.path, text, add=add, edited=False)


def _read(file: str) -> str:
    """Return the text of an appeal.

    Raises:
        UsageError: there is no such file, or it is too large.
        UnreadableAppealError: there is nothing in it.
    """
    from mailer.adapters.appeal_reading import read_appeal

    where = "standard input" if file == "-" else file
    try:
        octets = _octets(file)
    except OSError as error:
        raise UsageError(f"{where or 'the file without a name'} cannot be read: {error.strerror}") from error
    if len(octets) > LARGEST:
        raise UsageError(f"{where} has more than {LARGEST // 1_000_000} MB: copy the text of the appeal into a file")
    text = read_appeal(octets, where if file == "-" else file)
    if not text.strip():
        raise UnreadableAppealError(f"there is no text in {where}: copy the words of the appeal into a .txt file")
    return text


def _octets(file: str) -> bytes:
    """Return what a file, standard input or a paste holds, one octet more than is taken if it is too much."""
    if file != "-":
        with Path(file).open("rb") as opened:
            return opened.read(LARGEST + 1)
    if sys.stdin.isatty():
        from mailer.cli.pasting import read_paste

        return read_paste(LARGEST)
    return sys.stdin.buffer.read(LARGEST + 1)


def _draft_of(appeal: str, installation: Installation) -> Drafted:
    """Return what is found in a text."""
    from mailer.adapters.drafting import draft_of

    return draft_of(appeal, installation.clock().date())


def _campaign_file(installation: Installation) -> CampaignFile:
    """Return the campaign file, which may be missing, empty or wrong."""
    path = installation.settings.campaigns_file
    text = _text_of(path)
    return CampaignFile(path, text, installation.catalog()) if text.strip() else CampaignFile(path)


def _text_of(path: Path) -> str:
    """Return what the campaign file says, nothing if there is none.

    Raises:
        UsageError: there is one that cannot be read, so that nothing may be put in its place.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8: save it with the encoding UTF-8 first") from error


def _yaml_of(installation: Installation, there: CampaignFile, drafted: Drafted) -> str:
    """Return a campaign file with the draft."""
    from mailer.adapters.drafted import to_yaml

    return to_yaml(drafted, installation.clock().date(), _around(installation, there))


def _tell_edited(installation: Installation, there: CampaignFile, text: str, *, add: bool) -> None:
    """Print what the person makes of a draft, or put it into the file."""
    from mailer.cli.editing import edited

    with edited(text, installation) as (made, errors):
        add = add or (sys.stdout.isatty() and is_interactive() and _wants_it_added(there.path))
        _deliver(there.path, made, add=add, edited=True)
    if errors:
        raise typer.Exit(CampaignFileError.exit_code)


def _deliver(path: Path, text: str, *, add: bool, edited: bool) -> None:
    """Put a campaign into the file, or print it."""
    if add:
        return _add(path, text)
    sys.stdout.write(escape(text) if sys.stdout.isatty() else text)
    sys.stdout.flush()
    return _tell_next(path.name, edited=edited)


def _around(installation: Installation, there: CampaignFile) -> Surroundings:
    """Return what the draft has to fit."""
    from mailer.adapters.drafted import surroundings_of

    return surroundings_of(installation.templates, (there.text, there.catalog) if there.catalog else None)


def _tell_doubts(drafted: Drafted) -> None:
    """Say what has to be looked at."""
    from mailer.adapters.drafted import doubts

    if drafted.outcome:
        say(f"This reads like the end of a case ({drafted.outcome}): nobody is written to.")
        say("`mailer draft FILE --update-of CAMPAIGN` makes it the closing of the campaign that it ends.")
    found = list(dict.fromkeys((*drafted.unsure, *doubts(drafted))))
    for one in found:
        say(f"unsure: {one}")


def _tell_next(name: str, *, edited: bool) -> None:
    """Say what to do with what was printed."""
    if edited:
        say(f"Next: save what was printed as {name}, or put its campaign below those that are there; or use --add.")
    else:
        say(f"Next: `mailer draft FILE --add` puts it into {name}, `--edit` opens it in your editor first.")
    say("Look at everything that is marked '# check', take the marks out, then: mailer check")


def _wants_it_added(path: Path) -> bool:
    """Ask whether what was edited goes into the file."""
    from mailer.cli.terminal import ask

    return ask(f"Put it into {path}? [Y/n] ").lower() in ("", "y", "yes")


def _add(path: Path, text: str) -> None:
    """Put the campaign of a draft into the file as it is now: somebody may have worked on it during a paste."""
    from mailer.adapters.drafted import add_draft, replace_file

    added = add_draft(_text_of(path), text, name=path.name)
    replace_file(path, added.text)
    say(f"{added.campaign}: added to {path}, line {added.line}, as a draft; marked '# check': {added.marks}")
    say("Next: look at what is marked, take the marks out, then: mailer check")


def _tell_news(there: CampaignFile, drafted: Drafted, update: tuple[str, str], *, as_json: bool) -> None:
    """Print what an appeal says to a campaign, and the command that sends it."""
    from mailer.adapters.drafted import news_of
    from mailer.adapters.drafted.yaml_text import indent
    from mailer.cli.texts import fallback_of

    campaign, appeal = update
    _require(there, campaign)
    news = news_of(drafted, campaign, appeal)
    fallback = fallback_of(there.catalog) if there.catalog else "en"
    command = news.command("news.txt", fallback)
    if as_json:
        outcome = news.outcome.value if news.outcome else ""
        told = {"campaign": campaign, "kind": news.kind, "outcome": outcome, "language": news.language}
        return emit_json({**told, "text": news.text, "command": command, "unsure": list(news.unsure)})
    for one in news.unsure:
        say(f"unsure: {one}")
    if news.outcome is None:
        sys.stdout.write(escape(news.text) + "\n")
        say("No outcome is told, so this is an update. Read it, save it as news.txt, then: " + command)
        return None
    sys.stdout.write("\n".join(indent(news.block(fallback), 4)) + "\n")
    say(f"It ended: {news.outcome}. Put these lines below the campaign {campaign} in {there.path.name}, then:")
    say(f"mailer check, and mailer close {campaign}. Or save only the text as news.txt, then: {command}")
    return None


def _require(there: CampaignFile, campaign: str) -> None:
    """Refuse news of a campaign that the file does not have.

    Raises:
        NotFoundError: there is none of this id.
    """
    known = tuple(there.catalog.places) if there.catalog else ()
    if campaign not in known:
        names = ", ".join(known) or "none"
        raise NotFoundError(f"{there.path} has no campaign {campaign!r}; it has: {names}")
