"""What do the commands of a campaign have in common? Its name, texts from files, and what they tell at the end."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli.terminal import emit, emit_json
from mailer.errors import UsageError

if TYPE_CHECKING:
    from mailer.adapters.catalog import Catalog
    from mailer.core.texts import LocalText

CampaignArgument = Annotated[str, typer.Argument(metavar="CAMPAIGN", help="The campaign's id.")]
TextOption = Annotated[
    list[str] | None, typer.Option("--text", metavar="FILE", help="The text: FILE, or en=FILE ru=FILE for several.")
]
MoreTexts = Annotated[list[str] | None, typer.Argument(metavar="LANGUAGE=FILE", help="Further languages.")]


def fallback_of(catalog: Catalog) -> str:
    """Return the language that every text has."""
    return catalog.organisation.fallback_language if catalog.organisation else "en"


def tell_done(campaign: str, what: str, words: str, *, as_json: bool) -> None:
    """Print what a command did."""
    if as_json:
        emit_json({"campaign": campaign, "result": what})
    else:
        emit(f"{campaign}: {what} - {words}")


def read_text(given: list[str], fallback: str) -> LocalText:
    """Return the text of `FILE` or of several `language=FILE`, the fallback language first.

    Raises:
        UsageError: a file cannot be read, is empty, or the fallback language is missing.
    """
    from mailer.core.texts import LocalText

    texts: dict[str, str] = {}
    for one in given:
        language, equals, path = one.partition("=")
        texts[language if equals else fallback] = _read_file(Path(path if equals else one))
    if fallback not in texts:
        raise UsageError(f"--text: {fallback}=FILE is missing; it is the language that everybody can fall back to")
    return LocalText({fallback: texts.pop(fallback), **texts})


def _read_file(path: Path) -> str:
    """Return what a text file says, if it is fit to be mailed."""
    from mailer.adapters.catalog.scalars import text_fault

    try:
        text = path.read_text(encoding="utf-8-sig").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"--text: {path} cannot be read: {error}") from error
    if fault := text_fault(text):
        raise UsageError(f"--text: {path}: {fault}")
    return text
