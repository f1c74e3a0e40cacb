"""A whole installation in a folder, as `mailer init` and `mailer launch` leave it, and its sender, for one test."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from mailer.adapters.starting import begin, campaigns_text
from mailer.core.campaigns import CampaignId
from mailer.core.enrolment import Applicant
from mailer.core.supporters import Supporter
from mailer.flows.send import Sender, SenderPlan
from mailer.settings import read_settings
from mailer.wiring import Installation
from tests.databases import enter_all
from tests.fakes import FakeReporter

CASE = CampaignId("jailing-2010")


def installed(folder: Path, clock: Callable[[], datetime], **variables: str) -> Installation:
    """Return the installation of a folder with these settings; nothing of it is open yet."""
    environ = {"HOME": str(folder), "MAILER_KEY_FILE": str(folder / "keys.json"), **variables}
    return Installation(read_settings(environ, folder), clock=clock)


def furnish(folder: Path) -> None:
    """Make key, settings and the sample campaigns, one of which is ready."""
    begin_with(folder, campaigns_text())


def begin_with(folder: Path, campaigns: str) -> None:
    """Make key, settings and a campaign file with this text."""
    (folder / "campaigns.yaml").write_text(campaigns, encoding="utf-8")
    begin(folder, folder / "keys.json", os.urandom)


def launch(installation: Installation, *applicants: Applicant, rehearsal: bool) -> None:
    """Enter people, launch the sample campaign without a hold, and queue its alerts."""
    enter_all(installation.supporters, *applicants)
    campaign, catalog = installation.campaign(CASE)
    publisher, now = installation.publisher(catalog), installation.clock()
    publisher.launch(publisher.plan_launch(campaign, rehearsal=rehearsal, now=now), now=now, hold=timedelta())
    installation.dispatcher().tick(rehearsal=rehearsal, now=now)


def send(installation: Installation, *, rehearsal: bool) -> None:
    """Plan what is due now, and send until nothing is."""
    installation.dispatcher().tick(rehearsal=rehearsal, now=installation.clock())
    plan = SenderPlan("test", rehearsal=rehearsal, connections=1, until_idle=True)
    asyncio.run(Sender(plan, installation.outside(FakeReporter()), asyncio.Event()).run())


def supporter(installation: Installation, applicant: Applicant) -> Supporter:
    """Return a supporter as the database has them."""
    found = installation.supporters.standing(applicant.email).supporter
    assert found is not None
    return found
