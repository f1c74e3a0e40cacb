"""Whom could the letters of a campaign not help? Those of an audience whose pack would be empty.

Law: it is judged by the pack that they would get, of whom no more is known than country and language.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from mailer.core.audience import Cohort
from mailer.core.links import Links
from mailer.core.pack import Pack
from mailer.core.packing import build_pack
from mailer.core.revisions import Revision
from mailer.core.schedule import campaign_end
from mailer.core.supporters import Person, PublicId, Supporter

_ANYBODY: Final = Person("supporter@audience.example", "Example Supporter")


def without_channel(
    revision: Revision, cohorts: Iterable[Cohort], *, now: datetime, retired: frozenset[str] = frozenset()
) -> tuple[Cohort, ...]:
    """Return the cohorts whose pack would be empty, judged by country and language."""
    return tuple(cohort for cohort in cohorts if not sample_pack(revision, cohort, now=now, retired=retired).todo)


def sample_pack(revision: Revision, cohort: Cohort, *, now: datetime, retired: frozenset[str] = frozenset()) -> Pack:
    """Return what anybody of a cohort would get; `retired` are addresses and numbers that are used no more."""
    anybody = Supporter(PublicId(b"audience"), _ANYBODY, country=cohort.country, language=cohort.language)
    ends_at = campaign_end(revision.campaign, now)
    return build_pack(revision, anybody, now=now, links=Links(), ends_at=ends_at, retired=retired)
