"""What becomes of a draft beside its YAML? JSON for programs, a place in the file that is there, words of a closing."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from mailer.adapters.catalog.loading import read_catalog
from mailer.adapters.drafted import (
    Surroundings,
    add_campaign,
    doubts,
    items_of,
    news_of,
    surroundings_of,
    to_json,
    to_yaml,
)
from mailer.adapters.drafted.closing_words import SHORT
from mailer.adapters.templates import Templates
from mailer.core.drafting.drafts import Drafted, Found, FoundDemand, FoundEvent, FoundLetter, FoundTarget, Role
from mailer.errors import OutputError
from tests.campaign_files import ORGANISATION, file, load, shipped

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
COURT = FoundTarget(
    Found("Court"),
    emails=(Found("a@x.example"), Found("b@x.example")),
    faxes=(Found("+442079460101", told="0207 946 0101"),),
    webs=(Found("https://x.example/ask"),),
    web_hint="the second tab",
)
DRAFT = Drafted(
    "en",
    Found("Free the miners"),
    Found("Nine miners are in jail."),
    Found("BO"),
    demands=(FoundDemand(Found("release them", "tone")), FoundDemand(Found("Victory!"), is_slogan=True)),
    targets=(COURT, FoundTarget(Found("Embassy"), embassy_of="BO"), FoundTarget(Found("Minister"))),
    copies_to=(Found("c@x.example"), Found("C@x.example")),
    solidarity=(Found("s@x.example"),),
    events=(FoundEvent(Found("Trial"), "2026-12-02"),),
    letters=(FoundLetter("en", "Subject", "Body"),),
    unsure=("two languages",),
)


def test_the_shape_that_programs_read() -> None:
    """Every key that DESIGN promises is there, and what an office has several of stands in further targets."""
    told = json.loads(json.dumps(to_json(DRAFT)))

    assert {"title", "country", "language", "demands", "targets", "copies_to"} <= told.keys()
    assert {"solidarity", "write_until", "events", "unsure"} <= told.keys()
    assert [(each["name"], each["email"], each["embassy_of"]) for each in told["targets"]] == [
        ("Court", "a@x.example", None),
        ("Court", "b@x.example", None),
        ("Embassy", None, "BO"),
        ("Minister", None, None),
    ]
    assert told["demands"] == ["release them", "Victory!"]
    assert told["slogans"] == ["Victory!"]
    assert told["copies_to"] == ["c@x.example"]
    assert told["events"] == [{"what": "Trial", "at": "2026-12-02", "where": "", "picket": False}]


def test_a_number_is_told_as_the_text_spells_it() -> None:
    """Whoever compares the draft with the appeal finds the same digits in both."""
    targets = to_json(DRAFT)["targets"]

    assert isinstance(targets, list)
    assert targets[0]["fax"] == "0207 946 0101"
    assert (targets[0]["web"], targets[0]["web_hint"]) == ("https://x.example/ask", "the second tab")


@pytest.mark.parametrize(
    ("role", "key"), [(Role.COPY, "copies_to"), (Role.SOLIDARITY, "solidarity"), (Role.MENTIONED, "mentioned")]
)
def test_who_is_not_to_be_written_to_is_no_target(role: Role, key: str) -> None:
    """Addresses of other roles stand under a key of their own."""
    told = to_json(Drafted("en", Found("x"), targets=(replace(COURT, role=role),)))

    assert told["targets"] == []
    assert "a@x.example" in str(told[key])


def test_every_doubt_is_told_with_its_value() -> None:
    """What is unsure says of which value, an office without an address among them."""
    assert to_json(DRAFT)["unsure"] == [
        "two languages",
        "demand 'release them': tone",
        "target 'Minister': no address in the text",
    ]
    assert list(doubts(Drafted("en", Found("sure")))) == []


def test_a_draft_is_put_below_the_last_campaign() -> None:
    """Nothing of the file changes, and both campaigns are there."""
    before = file()
    item = items_of(to_yaml(DRAFT, TODAY))
    after = add_campaign(before, item, name="campaigns.yaml")

    assert after.startswith(before)
    assert list(load(after).campaigns) == ["case", "free-miners"]


def test_lines_end_as_they_did() -> None:
    """A file that was written on Windows stays one."""
    before = file().replace("\n", "\r\n")
    after = add_campaign(before, items_of(to_yaml(DRAFT, TODAY)), name="campaigns.yaml")

    assert after.startswith(before)
    assert after.count("\n") == after.count("\r\n")
    assert list(load(after).campaigns) == ["case", "free-miners"]


def test_a_draft_is_put_before_what_follows_the_campaigns() -> None:
    """Campaigns need not stand last in the file, and their list may begin at the margin."""
    head, _, campaigns = file().partition("campaigns:\n")
    at_margin = "\n".join(line.removeprefix("  ") for line in campaigns.splitlines())
    before = f"campaigns:\n{at_margin}\n{head}"

    assert list(load(add_campaign(before, items_of(to_yaml(DRAFT, TODAY)), name="x")).campaigns) == [
        "case",
        "free-miners",
    ]


@pytest.mark.parametrize(
    "ending", ["campaigns:\n", "", "campaigns: []\n", "campaigns: []  # none yet\n", "campaigns: ~\n"]
)
def test_the_first_campaign_of_a_file(ending: str) -> None:
    """A file with an organisation alone gets its list, also where an empty one stands."""
    before = ORGANISATION.replace("campaigns:\n", ending)

    assert list(load(add_campaign(before, items_of(to_yaml(DRAFT, TODAY)), name="x")).campaigns) == ["free-miners"]


@pytest.mark.parametrize(
    "before",
    [
        "{version: 1, campaigns: [{id: a}]}\n",
        ORGANISATION.replace("campaigns:\n", "campaigns: [{id: a}]\n"),
        "campaigns: [\n",
        "campaigns:\n  - one\n".replace("\n", "\r"),
        "campaigns:\n  -\n    id: a\n",
        'campaigns:\n  - id: a\n    title: "b\nc: d\ne"\n',
        "x: &c\n  - id: a\ncampaigns: *c\n",
    ],
)
def test_a_file_that_is_built_otherwise_is_left_alone(before: str) -> None:
    """Where a campaign cannot be put below another and leave all else as it was, that is said, and what to do."""
    with pytest.raises(OutputError, match="put it there by hand"):
        add_campaign(before, items_of(to_yaml(DRAFT, TODAY)), name="campaigns.yaml")


def test_a_draft_fits_the_file_that_is_there() -> None:
    """Its organisation, languages and barred addresses are those of the file, and ids that it has are taken."""
    text = file()
    around = surroundings_of(Templates(), (text, load(text)))
    made = to_yaml(replace(DRAFT, title=Found("Case")), TODAY, around)

    assert around.languages == ("en", "ru")
    assert set(around.taken) == {"case"}
    assert around.barred == ("hospital.example", "ward@clinic.example")
    assert {"en", "ru", "de"} <= set(around.lettered)
    assert "  name: Example Solidarity Network\n" in made
    assert "- id: case-2\n" in made


def test_an_organisation_that_needs_the_rest_of_its_file_is_not_copied() -> None:
    """A block with an alias to elsewhere cannot stand alone: the sample stands in its place."""
    text = (
        file().replace("version: 1", "version: 1\nx: &zone Europe/London").replace("Europe/London\n  l", "*zone\n  l")
    )
    catalog = load(file())

    assert surroundings_of(Templates(), (text, catalog)).organisation == ()


def test_without_a_file_nothing_is_known_but_what_is_shipped() -> None:
    """The first draft of an organiser has no surroundings."""
    assert surroundings_of(Templates(), None) == Surroundings(lettered=surroundings_of(Templates(), None).lettered)


def test_the_end_of_a_case_is_a_closing() -> None:
    """Its block is one that the catalogue takes below the campaign that it ends."""
    news = news_of(replace(DRAFT, outcome="released"), "case", "They are free!\n\nThank you: all.")
    block = "\n".join(f"    {line}" for line in news.block("en"))
    catalog = load(file(f"{block}\n"))
    (campaign,) = catalog.campaigns.values()

    assert news.kind == "closing"
    assert campaign.closing is not None
    assert campaign.closing.outcome == "released"
    assert campaign.closing.text.text("en") == "They are free!\n\nThank you: all."
    assert news.command("news.txt", "en") == "mailer close case --outcome released --text news.txt"


def test_news_without_an_outcome_are_an_update() -> None:
    """Nothing is closed that the text does not call over."""
    news = news_of(DRAFT, "case", "The trial was postponed.")

    assert (news.kind, news.text) == ("update", "The trial was postponed.")
    assert news.command("news.txt", "en") == "mailer update case --text news.txt"


def test_news_in_another_language_ask_for_a_translation() -> None:
    """Everybody can fall back to the file's first language, so the text has to be there, too."""
    news = news_of(replace(DRAFT, language="ru", outcome="won"), "case", "Победа!")

    assert "# check: translate what stands under 'en'" in "\n".join(news.block("en"))
    assert news.command("n.txt", "en") == "mailer close case --outcome won --text en=TRANSLATED.txt ru=n.txt"


def test_long_news_are_their_main_words() -> None:
    """A page of text becomes title and summary; an outcome that the file does not know is just an end."""
    news = news_of(replace(DRAFT, outcome="magic"), "case", "word " * SHORT)

    assert news.text == "Free the miners\n\nNine miners are in jail."
    assert news.outcome == "ended"


def test_what_tests_ship_is_what_the_catalogue_reads() -> None:
    """The standard demand of a draft is one that this catalogue knows."""
    drafted = replace(DRAFT, demands=(FoundDemand(Found("release them"), standard="release"),))
    catalog = read_catalog("x", to_yaml(drafted, TODAY).encode(), shipped=shipped(), now=NOW)

    assert [problem.message for problem in catalog.problems if problem.severity == "error"] == []


def test_an_address_of_ones_own_is_no_office_without_a_question() -> None:
    """Whoever passes an appeal on stands in it with an address: protests to that are marked, support for it is not."""
    ours = Found("Office@solidarity.example")
    drafted = replace(
        DRAFT, targets=(FoundTarget(Found("Ministry"), emails=(ours, Found("m@x.example"))),), solidarity=(ours,)
    )
    made = to_yaml(drafted, TODAY, surroundings_of(Templates(), (file(), load(file()))))

    assert made.count("# check: this is your own address") == 1
    assert "email: Office@solidarity.example  # check: this is your own address" in made


def test_addresses_that_became_nothing_are_told() -> None:
    """Whoever reviews a draft sees which addresses of the text nobody writes to: a footer's, or an office's."""
    mails = ("a@x.example", "Info@group.example", "list@group.example", "INFO@group.example")
    made = to_yaml(replace(DRAFT, mails=mails), TODAY)

    assert "\n    # addresses in the text that nobody writes to: info@group.example, list@group.example\n" in made
    assert "nobody writes to" not in to_yaml(replace(DRAFT, mails=("a@x.example", "c@X.example")), TODAY)


def test_of_many_addresses_a_few_are_told() -> None:
    """A list of subscribers that was pasted along does not fill the draft."""
    mails = tuple(f"reader{number}@group.example" for number in range(20))

    assert "reader7@group.example, and 12 more\n" in to_yaml(replace(DRAFT, mails=mails), TODAY)


def test_what_happens_has_no_full_stop_before_its_time() -> None:
    """Mails write "what: when"."""
    made = to_yaml(replace(DRAFT, events=(FoundEvent(Found("The trial begins."), "2026-12-02"),)), TODAY)

    assert "        what: The trial begins\n" in made


def test_a_closing_is_not_sent_to_where_it_comes_from() -> None:
    """That nobody is written to any more is no doubt about a closing; others are."""
    over = "the appeal tells that it is over: no targets; see `mailer draft --update-of`"
    drafted = replace(DRAFT, outcome="released", unsure=(over, "two languages"))

    assert news_of(drafted, "case", "He is free.").unsure == ("two languages",)


def test_a_doubt_about_nothing_quotes_nothing() -> None:
    """What the text does not have is named, without empty quotes; copies have no names that could be missing."""
    copy = FoundTarget(Found("a@x.example", "no name in the text"), Role.COPY, emails=(Found("a@x.example"),))
    drafted = Drafted("en", Found("sure"), country=Found("", "the text names no country"), targets=(copy,))

    assert list(doubts(drafted)) == ["country: the text names no country"]
