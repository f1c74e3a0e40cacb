"""What do the pages have in common that everybody may open? Published campaigns, absolute addresses, countries."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from mailer.core.countries import countries
from mailer.core.plain import Plain
from mailer.core.publicview import PublicCampaign
from mailer.core.revisions import Wording
from mailer.web.site import Site


def public_campaigns(site: Site) -> list[PublicCampaign]:
    """Return every published campaign, whether there is a page of it or not."""
    return [PublicCampaign(record, revision) for record, revision in site.replies.published.all()]


def find_campaign(site: Site, campaign_id: str) -> PublicCampaign | None:
    """Return a published campaign, or None."""
    found = site.replies.published.find(campaign_id)
    return PublicCampaign(*found) if found else None


def absolute(site: Site, path: str) -> str:
    """Return where everybody finds a page, empty where that was not set: never what a request's Host says."""
    public = site.installation.settings.public_url
    return public + path if public else ""


def choice_of_countries(wording: Wording) -> Sequence[Plain]:
    """Return all countries by name, in the order of a reader of this language."""
    named = ((wording.countries.get(code, code), code) for code in countries())
    return tuple({"code": code, "name": name} for name, code in sorted(named, key=lambda each: _sorting(each[0])))


def _sorting(name: str) -> str:
    """Return what a name is sorted by: its letters without marks, so that "É" stands beside "E"."""
    decomposed = unicodedata.normalize("NFKD", name)
    return "".join(each for each in decomposed if not unicodedata.combining(each)).casefold()
