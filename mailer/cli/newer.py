"""What does the campaign file say otherwise than what is published? `mailer status` tells it.

Law: reading the file takes longer than all the rest, so that it is read only if something has changed since.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailer.core.progress import CampaignRecord
    from mailer.wiring import Installation


def newer_in_file(installation: Installation) -> dict[str, str]:
    """Return, by campaign, in words what the file says otherwise; nothing where nothing was published.

    Raises:
        CampaignFileError: the file cannot be read.
    """
    from mailer.adapters.remembered import Remembered, read_from

    file = installation.settings.campaigns_file
    live = [record for record in installation.campaigns.all() if record.revision and not record.is_over]
    if not live or not file.exists():
        return {}
    published = (f"{name} {digest}" for name, digest in installation.campaigns.digests().items())
    names = (record.id for record in live)
    try:
        asked = (*map(str.encode, (*names, *published)), *read_from(file, installation.templates))
    except OSError:
        return _compare(installation, live)  # which tells what cannot be read
    remembered = Remembered(installation.settings.data_folder / "file-compared.json")
    return remembered.answer(asked, lambda: _compare(installation, live))


def _compare(installation: Installation, live: Iterable[CampaignRecord]) -> dict[str, str]:
    """Return what the file says otherwise than what is published of these campaigns."""
    from mailer.core.history import carry_over, file_remark

    file = installation.catalog().campaigns
    found: dict[str, str] = {}
    for record in live:
        if record.id not in file:
            continue
        kept = installation.campaigns.revision(record.id, record.revision).campaign
        if remark := file_remark(file[record.id], record):
            found[record.id] = remark
        elif carry_over(file[record.id], kept) != kept:
            found[record.id] = f"the file is newer than what is published; `mailer revise {record.id}` takes it over"
    return found
