"""Is it told when the campaign file says otherwise than what is published, each time it is asked?"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from mailer.cli.newer import newer_in_file
from mailer.core.campaigns import CampaignId, Status
from mailer.errors import CampaignFileError
from mailer.wiring import Installation
from tests.acceptance.cases import campaign_file
from tests.databases import NOW
from tests.homes import begin_with, installed

CASE = CampaignId("case")
NEWER = {CASE: "the file is newer than what is published; `mailer revise case` takes it over"}


def write(folder: Path, *, status: str = "ready", title: str = "Free A. Example") -> None:
    """Write the campaign file anew."""
    text = campaign_file(NOW, status=status).replace("Free A. Example", title)
    (folder / "campaigns.yaml").write_text(text, encoding="utf-8")


def asked(folder: Path) -> dict[str, str]:
    """Return what two commands tell, one after the other: the same."""
    first, second = (newer_in_file(installed(folder, lambda: NOW)) for _ in range(2))
    assert first == second
    return first


@pytest.fixture
def home(tmp_path) -> Installation:
    """An installation with one campaign that was launched."""
    begin_with(tmp_path, campaign_file(NOW))
    opened = installed(tmp_path, lambda: NOW)
    campaign, catalog = opened.campaign(CASE)
    publisher = opened.publisher(catalog)
    publisher.launch(publisher.plan_launch(campaign, rehearsal=True, now=NOW), now=NOW, hold=timedelta())
    return opened


def test_a_changed_file_is_told_until_it_is_taken_over_or_changed_back(home, tmp_path):
    """What was found before is not told of a file, or of a revision, that is another."""
    assert asked(tmp_path) == {}
    write(tmp_path, title="Free them all")
    assert asked(tmp_path) == NEWER
    write(tmp_path)
    assert asked(tmp_path) == {}
    write(tmp_path, title="Free them all")
    campaign, catalog = installed(tmp_path, lambda: NOW).campaign(CASE)
    home.publisher(catalog).enter(campaign, now=NOW)
    assert asked(tmp_path) == {}
    write(tmp_path)
    assert asked(tmp_path) == NEWER


def test_words_of_the_organisers_own_count_as_the_file(home, tmp_path):
    """A demand that reads otherwise in a folder of templates is another letter."""
    assert asked(tmp_path) == {}
    own = tmp_path / "own" / "locale" / "en"
    own.mkdir(parents=True)
    shipped = home.templates.read("locale/en/demands.yaml")
    (own / "demands.yaml").write_text(shipped.replace("release", "RELEASE").replace("RELEASE:", "release:"))

    opened = installed(tmp_path, lambda: NOW, MAILER_TEMPLATES_DIR=str(tmp_path / "own"))
    assert newer_in_file(opened) == NEWER
    assert asked(tmp_path) == {}


def test_a_file_that_ends_a_campaign_is_told_while_it_is_not_ended(home, tmp_path):
    """Nothing is sent, and why; what is over is over, whatever the file says."""
    write(tmp_path, status="stopped")
    assert "`mailer stop case` ends it for good" in asked(tmp_path)[CASE]

    home.campaigns.set_status(CASE, Status.STOPPED, now=NOW)
    assert asked(tmp_path) == {}


def test_a_file_that_cannot_be_read_is_told_and_one_that_is_gone_is_not(home, tmp_path):
    """A folder in its place is an error; without a file, there is nothing newer."""
    (tmp_path / "campaigns.yaml").unlink()
    assert asked(tmp_path) == {}

    (tmp_path / "campaigns.yaml").mkdir()
    with pytest.raises(CampaignFileError, match=r"campaigns\.yaml"):
        newer_in_file(home)
