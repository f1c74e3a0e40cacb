"""Which campaigns does the file hold, and what is wrong with it? Everything is read, checked and told at once.

A campaign with an error is left out, the others are whole; bad content never raises.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import cast

from mailer.adapters.catalog.assembly import Shipped, campaign_of, with_next_titles
from mailer.adapters.catalog.coherence import report_taken_ids
from mailer.adapters.catalog.contents import Catalog, has_errors
from mailer.adapters.catalog.conversion import Desk
from mailer.adapters.catalog.demands import read_standard_demands
from mailer.adapters.catalog.document import Path as Steps
from mailer.adapters.catalog.document import Section
from mailer.adapters.catalog.library import read_letters
from mailer.adapters.catalog.link_length import warn_of_long_links
from mailer.adapters.catalog.mixed_languages import warn_of_mixed_languages
from mailer.adapters.catalog.organisations import STAND_INS, UNKNOWN, organisation_of, topics_of, warn_of_copies
from mailer.adapters.catalog.problems import ERROR, Ledger
from mailer.adapters.catalog.reading import parse_document, read_content, report_doubled_keys
from mailer.adapters.catalog.sameness import warn_of_sameness
from mailer.adapters.catalog.schema.campaign import CampaignEntry, CampaignFile
from mailer.adapters.catalog.schema.organisation import OrganisationEntry
from mailer.adapters.catalog.validation import read_entry
from mailer.adapters.templates import Templates
from mailer.core.campaigns import Campaign, CampaignId
from mailer.core.organisations import Organisation
from mailer.errors import Problem

_STAND_INS: Mapping[str, object] = {"title": "-", "summary": "-", "country": "GB", "targets": []}


def load_catalog(path: Path, *, templates: Templates, now: datetime) -> Catalog:
    """Return what the campaign file holds, with all its problems.

    Raises:
        CampaignFileError: the file is missing or cannot be read; bad content is told in `problems`.
    """
    content = read_content(path)
    demands, wrong_demands = read_standard_demands(templates)
    letters, wrong_letters = read_letters(templates)
    shipped = Shipped(demands, letters, problems=(*wrong_demands, *wrong_letters))
    return read_catalog(str(path), content, shipped=shipped, now=now)


def read_catalog(name: str, content: bytes, *, shipped: Shipped, now: datetime) -> Catalog:
    """Return the catalog of a file called `name` with this content; never raises for what it holds."""
    document = parse_document(name, content)
    if isinstance(document, Problem):
        return Catalog(None, {}, (document,), file=name)
    ledger = Ledger(document)
    report_doubled_keys(ledger)
    top = cast(Section, document.value)
    _check_top(top, ledger)
    organisation = _organisation(top, ledger, now)
    desk = Desk(ledger, organisation or UNKNOWN, now)
    ids = document.ids(("campaigns",))
    report_taken_ids(desk, ids, "campaign")
    campaigns = list(_campaigns(desk, top, replace(shipped, campaigns=frozenset(label for label, _ in ids))))
    return _contents(ledger, organisation, with_next_titles(campaigns), shipped.problems)


def _check_top(top: Section, ledger: Ledger) -> None:
    """Report what is wrong with the file's own keys, below which nothing is read yet."""
    outline = Section(())
    outline.update(top)
    if isinstance(top.get("organisation"), Section):
        outline["organisation"] = dict(STAND_INS)
    if isinstance(top.get("campaigns"), list) or top.get("campaigns", 0) is None:
        outline["campaigns"] = []
    read_entry(CampaignFile, outline, ledger, {"version": 1, "organisation": dict(STAND_INS)})


def _organisation(top: Section, ledger: Ledger, now: datetime) -> Organisation | None:
    """Return the organisation, with a stand-in for each required key that is wrong."""
    section = top.get("organisation")
    entry = read_entry(OrganisationEntry, section, ledger, STAND_INS) if isinstance(section, Section) else None
    if entry is None:
        return None
    organisation = organisation_of(entry)
    warn_of_copies(ledger, organisation)
    return replace(organisation, topics=topics_of(Desk(ledger, organisation, now), entry.topics))


def _campaigns(desk: Desk, top: Section, shipped: Shipped) -> Iterator[tuple[Steps, Campaign]]:
    """Yield every campaign that can be read at all, with its path."""
    sections = top.get("campaigns")
    for index, section in enumerate(sections if isinstance(sections, list) else ()):
        path: Steps = ("campaigns", index)
        if not isinstance(section, Section):
            desk.ledger.error(path, "a campaign should be a map", "begin with '- id: ...' and indent the rest")
            continue
        stand_ins = {**_STAND_INS, "id": f"unnamed-{index + 1}"}
        entry = read_entry(CampaignEntry, section, desk.ledger, stand_ins)
        if entry is not None:
            campaign = campaign_of(desk, entry, shipped)
            warn_of_long_links(desk, campaign, path, shipped.letters)
            warn_of_mixed_languages(desk, campaign, path, shipped.letters)
            warn_of_sameness(desk, campaign, path, shipped.letters)
            yield path, campaign


def _contents(
    ledger: Ledger,
    organisation: Organisation | None,
    campaigns: Sequence[tuple[Steps, Campaign]],
    wrong_files: tuple[Problem, ...],
) -> Catalog:
    """Return the catalog: campaigns without errors only, and none where the organisation is wrong."""
    marks = _marks(ledger)
    by_campaign = _by_campaign(ledger, ledger.entries)
    wrong = {path[:2] if path[:1] == ("campaigns",) else () for path, each in ledger.entries if each.severity == ERROR}
    usable = organisation is not None and () not in wrong
    right = (each for path, each in campaigns if usable and path not in wrong)
    whole = {each.id: each for each in right if not has_errors(by_campaign.get(each.id, ()))}
    in_order = sorted((problem for _, problem in ledger.entries), key=lambda p: (p.line, p.column))
    places = {CampaignId(name): ledger.document.mark(path) for name, path in ledger.document.ids(("campaigns",))}
    file = ledger.document.name
    return Catalog(
        organisation if usable else None, whole, (*in_order, *wrong_files), by_campaign, marks, file=file, places=places
    )


def _marks(ledger: Ledger) -> dict[CampaignId, tuple[Problem, ...]]:
    """Return the "# check" marks that keep each campaign from being launched: its own, and the organisation's."""
    found = list(_report_marks(ledger))
    of_all = tuple(problem for path, problem in found if path[:1] != ("campaigns",))
    own = _by_campaign(ledger, found)
    names = (CampaignId(name) for name, _ in ledger.document.ids(("campaigns",)))
    every = {name: (*of_all, *own.get(name, ())) for name in (*names, *own)}
    return {name: marks for name, marks in every.items() if marks}


def _report_marks(ledger: Ledger) -> Iterator[tuple[Steps, Problem]]:
    """Warn of every "# check" comment, and yield the warnings."""
    for mark, why, path in ledger.document.check_marks():
        message = f"marked '# check'{': ' + why if why else ''}"
        yield path, ledger.warn_at(path, mark, message, "look at it, then remove the mark: launch waits for it")


def _by_campaign(ledger: Ledger, problems: Sequence[tuple[Steps, Problem]]) -> dict[CampaignId, tuple[Problem, ...]]:
    """Return the problems of each campaign by its id; two with one id share them."""
    found: dict[CampaignId, list[Problem]] = {}
    for path, problem in problems:
        if len(path) > 1 and path[0] == "campaigns":
            name = ledger.document.node((*path[:2], "id"))
            label = name.source.strip() if name.kind == "scalar" else f"unnamed-{int(path[1]) + 1}"
            found.setdefault(CampaignId(label), []).append(problem)
    return {label: tuple(each) for label, each in found.items()}
