"""Of which blocks are the letters of a campaign made? Every variant, and how many different texts result."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from mailer.cli.terminal import emit, emit_json

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.core.variation import Variants
    from mailer.wiring import Installation


def show_variants(
    installation: Installation, campaign_id: str, now: datetime, *, language: str = "", as_json: bool = False
) -> None:
    """Show the blocks of every letter of a campaign, those in `language` alone if one is named."""
    from mailer.core.languages import same_language
    from mailer.core.variation import campaign_variants

    campaign, catalog = installation.campaign(campaign_id, catalog=installation.catalog(now))
    revision = installation.freezer(catalog).assemble(campaign)
    letters = [each for each in campaign_variants(revision) if not language or same_language(each.language, language)]
    if as_json:
        values = [{**asdict(each), "texts": each.texts} for each in letters]
        return emit_json({"campaign": campaign.id, "letters": values})
    for each in letters:
        _print(each)
    return None


def _print(letter: Variants) -> None:
    """Print one letter block by block; what never varies stands there once."""
    whose = "the campaign's own" if letter.is_own else "as shipped"
    many = f"{letter.texts} different texts" if letter.texts > 1 else "one text for everybody"
    emit(f"===== {letter.tone}, {letter.language}, {whose}: {many} =====")
    _print_blocks("subject", letter.subjects)
    _print_blocks("to be forwarded", tuple(filter(None, [letter.forward])))
    _print_blocks("opening", letter.openings)
    _print_blocks("body", (letter.body,))
    _print_blocks("closing", letter.closings)
    _print_blocks("to an answering machine", tuple(filter(None, [letter.machine])))


def _print_blocks(part: str, blocks: tuple[str, ...]) -> None:
    """Print the blocks of one part, numbered where there are several."""
    for number, block in enumerate(blocks, start=1):
        emit(f"{part} {number} of {len(blocks)}:" if len(blocks) > 1 else f"{part}:")
        for line in block.splitlines():
            emit(f"  {line}" if line else "")
    if blocks:
        emit()
