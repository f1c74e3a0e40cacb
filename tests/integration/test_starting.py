"""Does a new installation begin with what it needs, and lose nothing that is there?"""

from __future__ import annotations

import os
from datetime import UTC, datetime

import pytest

from mailer.adapters.catalog import load_catalog
from mailer.adapters.starting import begin, campaigns_as_drafts, campaigns_text
from mailer.adapters.templates import Templates
from mailer.adapters.vault import KeyRing
from mailer.core.campaigns import Status
from mailer.errors import OutputError


def test_three_files_are_made_and_told(tmp_path):
    """Campaigns, settings and a key that loads; what may hold secrets is private."""
    key = tmp_path / "keys" / "key.json"
    told = begin(tmp_path / "new", key, os.urandom)

    assert [line.split()[0] for line in told] == ["made"] * 3
    assert (tmp_path / "new" / "campaigns.yaml").read_text(encoding="utf-8") == campaigns_as_drafts()
    assert KeyRing.load(key).token_key.secret
    for private in (tmp_path / "new" / ".env", key):
        assert private.stat().st_mode & 0o077 == 0


def test_a_second_time_changes_nothing(tmp_path):
    """What an organiser wrote, and above all the key, stays."""
    key = tmp_path / "key.json"
    begin(tmp_path, key, os.urandom)
    (tmp_path / "campaigns.yaml").write_text("mine", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    assert [line.split()[0] for line in begin(tmp_path, key, os.urandom)] == ["kept"] * 3
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    """The error names the file."""
    (tmp_path / "new").write_text("a file", encoding="utf-8")

    with pytest.raises(OutputError, match=r"campaigns\.yaml cannot be made"):
        begin(tmp_path / "new", tmp_path / "key.json", os.urandom)


def test_a_new_organisers_campaigns_are_all_drafts(tmp_path):
    """Nothing that a new installation begins with can be launched; otherwise it is the sample file."""
    path = tmp_path / "campaigns.yaml"
    path.write_text(campaigns_as_drafts(), encoding="utf-8")
    catalog = load_catalog(path, templates=Templates(), now=datetime(2026, 11, 21, tzinfo=UTC))

    assert len(catalog.campaigns) >= 4
    assert {campaign.status for campaign in catalog.campaigns.values()} == {Status.DRAFT}
    changed = [line for line in campaigns_text().splitlines() if line not in campaigns_as_drafts().splitlines()]
    assert all("status:" in line for line in changed)
