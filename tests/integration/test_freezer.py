"""Is a revision complete, and is one that cannot be sent refused? The freezer with the shipped files."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copytree

import pytest

from mailer.adapters.freezer import Freezer
from mailer.adapters.rendering import MailRenderer
from mailer.adapters.store.freezing import freeze, thaw
from mailer.adapters.templates import Templates
from mailer.core.links import Places
from mailer.core.supporters import Person, PublicId, Supporter
from mailer.core.texts import LetterLibrary, LetterTemplate, LocalText, Segment
from mailer.core.tokens import TokenKey
from mailer.errors import MailerError, RenderingError
from mailer.flows.compose import Order, Tools, alert_of, compose
from tests.casework import AFTER, ALERT, CLOSING, case

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
SHIPPED = Path(__file__).parents[2] / "templates"
KEY = TokenKey(1, bytes(32))


def freezer(templates: Path | None = None) -> Freezer:
    """Return a freezer over the shipped templates, or over those of an organiser before them."""
    return Freezer(Templates(templates), case().organisation, lambda: NOW)


@pytest.fixture
def own(tmp_path):
    """An organiser's copy of the templates, to spoil."""
    return Path(copytree(SHIPPED, tmp_path / "templates"))


def put_in(path: Path, words: str) -> int:
    """Put a line at the beginning of a template's first block, or into one of its own; return its number."""
    lines = [*path.read_text(encoding="utf-8").splitlines(), "{% block lead %}", "{% endblock %}"]
    blocks = [n for n, line in enumerate(lines, 1) if "{% block" in line and "endblock" not in line]
    lines = lines if len(blocks) == 1 else lines[:-2]
    number = blocks[0]
    path.write_text("\n".join([*lines[:number], words, *lines[number:]]), encoding="utf-8")
    return number + 1


def test_a_revision_holds_all_that_a_sender_needs():
    """Templates, words and letters of every language, and the missions of the countries that targets name."""
    campaign = case(ALERT, AFTER).campaign
    embassy = replace(campaign.targets[0], email="", embassy_of="KZ")
    revision = freezer().assemble(replace(campaign, targets=(embassy,)))

    assert {"en", "ru"} <= set(revision.wordings)
    assert {"protest", "solidarity", "phone"} <= set(revision.letters.templates)
    assert {"alert.txt.j2", "alert.html.j2"} <= {name.rpartition("/")[2] for name in revision.templates}
    assert {mission.of for mission in revision.missions} == {"KZ"}
    assert freezer().assemble(campaign).missions == ()


def test_a_letter_in_a_language_of_its_own_brings_its_words():
    """A campaign that has a letter in Finnish needs Finnish days and months."""
    finnish = LetterTemplate(((Segment("text", "Hei."),),), (Segment("list", "demands"),), ((),), ((),))
    campaign = replace(case().campaign, letters=LetterLibrary({"protest": {"fi": finnish}}))

    assert "fi" in freezer().assemble(campaign).wordings
    assert "fi" not in freezer().assemble(case().campaign).wordings


def test_the_same_campaign_is_frozen_alike_by_every_freezer():
    """Two daemons make one revision of one file."""
    campaign = case().campaign

    assert freeze(freezer().assemble(campaign)) == freeze(freezer().assemble(campaign))


def test_a_sender_needs_no_file(own):
    """What was thawed composes after the organiser's folder is gone, with the organiser's words."""
    put_in(own / "mail" / "alert.txt.j2", "OUR OWN WORDS")
    kept, _ = freeze(freezer(own).assemble(case().campaign))
    own.rename(own.with_name("gone"))
    revision = thaw(kept)

    supporter = Supporter(PublicId(b"8 bytes!"), Person("ann@reader.example", "Ann"), "GB", "en")
    order = Order(revision, supporter, alert_of(revision.campaign), NOW)
    composed = compose(order, Tools(MailRenderer(revision), Places(), KEY))
    assert composed is not None
    assert "OUR OWN WORDS" in composed.rendered.text


def test_what_can_be_sent_is_proven():
    """A sound campaign passes, with and without a closing, and after its deadline."""
    for changes in ({}, {"closing": CLOSING}, {"write_until": NOW - timedelta(days=1)}):
        freezer().prove(freezer().assemble(case(ALERT, AFTER, **changes).campaign))


@pytest.mark.parametrize("name", ["alert", "reminder", "update", "correction", "closing"])
@pytest.mark.parametrize("suffix", ["txt", "html"])
@pytest.mark.parametrize("fault", ["{{ 1 / 0 }}", "{{ nobody_knows }}", "{% if %}"])
def test_a_template_with_an_error_is_not_released(own, name, suffix, fault):
    """Whatever is wrong in whatever mail is told with file and line, before anybody is written to."""
    line = put_in(own / "mail" / f"{name}.{suffix}.j2", fault)
    spoiled = freezer(own).assemble(case(ALERT, AFTER).campaign)

    with pytest.raises(RenderingError, match=rf"{name}\.{suffix}\.j2\D+{line}\b"):
        freezer(own).prove(spoiled)


def test_a_template_that_needs_a_missing_one_is_not_released(own):
    """Both are named."""
    put_in(own / "mail" / "closing.html.j2", "{% include 'missing.j2' %}")

    with pytest.raises(RenderingError, match=r"closing\.html\.j2.*missing\.j2"):
        freezer(own).prove(freezer(own).assemble(case().campaign))


@pytest.mark.parametrize("write_until", [None, NOW - timedelta(days=1)])
def test_a_letter_that_asks_for_what_is_not_there_is_not_released(write_until):
    """A value that no letter has is found by us, and not by the first supporter who would read it, in time or late."""
    broken = LetterTemplate(((Segment("text", "Hello."),),), (Segment("value", "nobody_knows"),), ((),), ((),))
    campaign = case(write_until=write_until, letters=LetterLibrary({"protest": {"en": broken}})).campaign

    with pytest.raises(MailerError, match="nobody_knows"):
        freezer().prove(freezer().assemble(campaign))


def test_proving_reads_no_clock_of_its_own():
    """The moment is the freezer's: what is proven today is proven alike tomorrow."""
    seen = []

    def clock():
        seen.append(NOW)
        return NOW

    proving = Freezer(Templates(), case().organisation, clock)
    proving.prove(proving.assemble(case().campaign))
    assert seen == [NOW]


def test_a_mail_that_programs_would_cut_off_is_not_released():
    """Past 90 KB the end is hidden, and with it the way to leave."""
    long = replace(case(ALERT).campaign, summary=LocalText({"en": "word " * 20_000}))

    with pytest.raises(RenderingError, match="larger than 90 KB"):
        freezer().prove(freezer().assemble(long))
