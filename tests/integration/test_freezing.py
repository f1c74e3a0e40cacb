"""Is a frozen revision read back as it was? Properties over revisions of every shape, and the sample campaigns."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zlib
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, NewType, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailer.adapters.store.freezing import freeze, thaw
from mailer.core.campaigns import Campaign, Mailing, MailingId, MailingKind
from mailer.core.revisions import Revision
from mailer.core.targets import Target
from mailer.core.texts import LetterLibrary, LetterTemplate, LocalText, Segment
from tests import samples

texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=8)
days = timedelta(days=400)
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: texts,
    int: st.integers(-(10**6), 10**6),
    bool: st.booleans(),
    bytes: st.binary(max_size=8),
    datetime: st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    date: st.dates(),
    time: st.times(),
    timedelta: st.timedeltas(timedelta(), days),
    NoneType: st.none(),
    LocalText: st.dictionaries(texts, texts, min_size=1, max_size=2).map(LocalText),
    Segment: st.recursive(
        st.builds(Segment, st.sampled_from(["text", "value", "list"]), texts),
        lambda inner: st.builds(Segment, st.just("if"), texts, st.tuples(inner), st.tuples(inner)),
        max_leaves=3,
    ),
    Mailing: st.one_of(
        st.builds(Mailing, texts.map(MailingId), st.sampled_from(MailingKind), after=st.timedeltas(timedelta(1), days)),
        st.builds(Mailing, texts.map(MailingId), st.sampled_from(MailingKind), on_launch=st.just(True)),
    ),
}


def values(hint: Any) -> st.SearchStrategy[Any]:
    """Return values of any type that a revision is made of; a new field is covered when it is added."""
    hint = hint.__supertype__ if isinstance(hint, NewType) else hint
    if hint in PLAIN:
        return PLAIN[hint]
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(hint)
    if is_dataclass(hint):
        return made(hint)
    arguments = get_args(hint)
    if get_origin(hint) in (Union, UnionType):
        return st.one_of(map(values, arguments))
    if get_origin(hint) is tuple:
        return st.lists(values(arguments[0]), max_size=2).map(tuple)
    assert get_origin(hint) is Mapping, hint
    return st.dictionaries(values(arguments[0]), values(arguments[1]), max_size=2)


def made(kind: Any) -> st.SearchStrategy[Any]:
    """Return instances: what has a default may have it."""
    hints = get_type_hints(kind)
    needed = {each.name for each in fields(kind) if each.default is MISSING and each.default_factory is MISSING}
    strategies = {name: st.deferred(lambda hint=hint: values(hint)) for name, hint in hints.items()}
    optional = {name: strategies[name] for name in hints if name not in needed}
    required = {name: strategies[name] for name in needed}
    return st.fixed_dictionaries(required, optional=optional).map(lambda given: kind(**given))


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(made(Revision))
def test_a_revision_thaws_equal(revision):
    """Every field of every value comes back with its value and type, absent ones as absent."""
    kept, digest = freeze(revision)
    thawed = thaw(kept)

    assert thawed == revision
    assert freeze(thawed) == (kept, digest)


@pytest.mark.parametrize("kind", [Campaign, Target, LetterLibrary])
def test_every_part_of_a_revision_is_drawn(kind):
    """The property is about something: values of each kind differ from one another."""
    drawn = set()

    @settings(max_examples=10, database=None, suppress_health_check=list(HealthCheck))
    @given(made(kind))
    def draw(value):
        drawn.add(repr(value))

    draw()
    assert len(drawn) > 5


def test_the_order_of_languages_survives():
    """The first language of a text is its fallback; equality alone would not see it change."""
    title = LocalText({"ru": "Свободу", "en": "Free"})
    revision = samples.offline_revision()
    revision = replace(revision, campaign=replace(revision.campaign, title=title))

    assert thaw(freeze(revision)[0]).campaign.title.text("de") == "Свободу"


def test_what_an_earlier_version_kept_is_still_read():
    """A campaign that is under way goes on after an upgrade: what it did not know yet is as if it were not there."""
    words = ((Segment("text", "words"),),)
    letter = LetterTemplate(words, words[0], words)
    revision = replace(samples.offline_revision(), letters=LetterLibrary({"phone": {"en": letter}}))
    content = json.loads(zlib.decompress(freeze(revision)[0]))
    del content["audience"]
    kept = content["letters"]["templates"]["phone"]["en"]
    del kept["machine"], kept["forward"]

    assert thaw(zlib.compress(json.dumps(content).encode())) == revision


def test_the_sample_thaws_equal_with_all_its_words():
    """A revision with templates, catalogues and calendars in four languages comes back whole."""
    revision = samples.revision()
    kept, _ = freeze(revision)

    assert thaw(kept) == revision
    assert thaw(kept).wordings["ru"].catalogue == revision.wordings["ru"].catalogue
    assert len(kept) < 150_000


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(made(Revision), texts)
def test_other_content_has_another_digest(revision, case):
    """A change anywhere makes a new revision."""
    other = replace(revision, campaign=replace(revision.campaign, case=case))

    assert (freeze(other)[1] == freeze(revision)[1]) == (other == revision)


_DIGEST = """
from dataclasses import replace
from datetime import UTC, datetime
from mailer.adapters.catalog import load_catalog
from mailer.adapters.freezer import Freezer
from mailer.adapters.starting import campaigns_text
from mailer.adapters.store.freezing import freeze
from mailer.adapters.templates import Templates
import pathlib, sys
now = datetime(2026, 11, 21, tzinfo=UTC)
catalog = load_catalog(pathlib.Path(sys.argv[1]), templates=Templates(None), now=now)
freezer = Freezer(Templates(None), catalog.organisation, lambda: now)
campaigns = list(catalog.campaigns.values())
target = campaigns[0].targets[0]
embassies = tuple(replace(target, embassy_of=country) for country in ("KZ", "RU", "TR", "CN", "BY", "IR"))
campaigns.append(replace(campaigns[0], targets=embassies))
print([freeze(freezer.assemble(campaign))[1] for campaign in campaigns])
"""


def test_equal_content_has_equal_bytes_in_every_process():
    """A daemon that starts again, with other seeds of its hashes, makes no new revision of the same file."""
    told = [
        subprocess.run(
            [sys.executable, "-c", _DIGEST, "campaigns.yaml"],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    ]

    assert told[0] == told[1]
    assert len(set(told[0].split(","))) >= 5
