"""From where may the directory be brought up to date, and under which licence is it kept?

Law: each source has a file of its own, headed by its licence: what is share-alike is not mixed with what is free.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from mailer.adapters.fetching import Service
from mailer.adapters.mission_files import RowFile
from mailer.adapters.missions import OPENSTREETMAP, REFRESHED, Directory
from mailer.adapters.overpass import OpenStreetMap
from mailer.adapters.wikidata import Wikidata
from mailer.core.missions import OPENSTREETMAP_CREDIT
from mailer.flows.refreshing import Shelf, Source

_FREE: Final = "Diplomatic missions: facts from Wikidata, CC0 1.0."
_SHARED: Final = (
    f"Diplomatic missions from {OPENSTREETMAP_CREDIT}: this file is a database under the Open Database License 1.0, "
    "https://opendatacommons.org/licenses/odbl/1-0/; whoever passes it on credits them and keeps the licence."
)


def mission_sources(
    directory: Directory, folder: Path, wikidata_url: str, overpass_url: str
) -> tuple[tuple[str, Source, Shelf], ...]:
    """Return Wikidata, then OpenStreetMap: name, source, and where its rows are kept.

    Raises:
        ConfigurationError: the address of one of them is none.
    """
    free = Service("Wikidata", "MAILER_WIKIDATA_URL", wikidata_url)
    wikidata = Wikidata(free, _no_pause) if free.is_here else Wikidata(free)  # nobody else waits for this machine
    overpass = OpenStreetMap(Service("OpenStreetMap's Overpass", "MAILER_OVERPASS_URL", overpass_url))
    return (
        ("Wikidata (CC0)", wikidata, RowFile(folder / REFRESHED, directory.main, _FREE)),
        (OPENSTREETMAP_CREDIT, overpass, RowFile(folder / OPENSTREETMAP, directory.openstreetmap, _SHARED)),
    )


def _no_pause(_: float) -> None:
    """Ask the next question at once."""
