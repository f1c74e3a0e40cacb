"""Is everything that is wrong with a file told at once, at its place, in words that help?"""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.adapters.catalog.loading import read_catalog
from mailer.core.campaigns import CampaignId
from tests.campaign_files import COURT, NOW, ORGANISATION, file, load, loaded, position, shipped, the_problem

HEADING = "title: Free the organiser"
HELD = "  languages: [en, ru]\n"
TOPIC = "{tag: a, title: A}"
ALERT = "    write_until: 2026-12-20\n    mailings:\n      - alert: 2026-11-25 12:00\n"


def target(rest: str) -> str:
    """Return the line of a target with these keys."""
    return f"      - {{id: a, name: A, {rest}}}\n"


@pytest.mark.parametrize(
    ("right", "wrong", "pointed", "where", "told"),
    [
        ("country: KZ", "country: Kazakstan", "Kazakstan", "campaign case, country", "did you mean KZ?"),
        ("status: ready", "status: redy", "redy", "campaign case, status", "did you mean ready?"),
        ("summary:", "sumary:", "sumary", "campaign case, sumary", "did you mean 'summary'?"),
        ("    status:", "    zzz: red\n    status:", "zzz", "campaign case, zzz", "known here: id, status,"),
        ("    status:", "    case: 2026\n    status:", "2026\n", "campaign case, case", 'quotes, e.g. "2026"'),
        ("    status:", "    title: x\n    status:", HEADING, "campaign case, title", "a second time"),
        ("Asia/Almaty", "Asia/Almata", "Asia/Almata", "campaign case, event trial, timezone", "Asia/Almaty?"),
        ("10:00,", "25:00,", "2026-12-02 25", "campaign case, event trial, at", "not in the calendar"),
        ("standard: release", "standard: relase", "relase", "campaign case, demand release, standard", "'release'?"),
        (
            "standard: release",
            "standard: release, text: x",
            "{id: release",
            "campaign case, demand release",
            "give one of them",
        ),
        (
            "{id: release, standard: release}",
            "{id: release}",
            "{id: release}",
            "campaign case, demand release",
            "no words",
        ),
        ("id: movement", "id: release", "release, text", "campaign case, demand release, id", "taken by the demand"),
        ("kind: slogan", "kind: motto", "motto", "campaign case, demand movement, kind", "slogan"),
        (HEADING, "title: {ru: Свободу}", "{ru", "campaign case, title", "fallback language"),
        (HEADING, "title: {en: '=?utf-8?b?x?='}", "'=?", "campaign case, title, en", "=?"),
        (HEADING, "title: {xq: x}", "xq", "campaign case, title, xq", "unknown language"),
        (HEADING, f"title: {'x' * 251}", "xxx", "campaign case, title", "most 250"),
        (HEADING, "title: {}", "{}", "campaign case, title", "no language"),
        ("name: Court", "name: 12", "12, email", "campaign case, target court, name", 'quotes, e.g. "12"'),
        ("name: Court, ", "", "{id: court", "campaign case, target court", "'name' is missing"),
        (
            "court@justice.example",
            "x@ward.hospital.example",
            "x@w",
            "campaign case, target court, email",
            "never_target",
        ),
        ("court@justice.example", "nobody", "nobody", "campaign case, target court, email", "no mail address"),
        ("email: court@justice.example", "fax: '020 7946'", "'020", "campaign case, target court, fax", "country code"),
        ("email: court@justice.example", "risk: low", "{id: court", "campaign case, target court", "nobody can reach"),
        ("Europe/London", "Europe/Londn", "Europe/Londn", "organisation, timezone", "Europe/London?"),
        ("languages: [en, ru]", "languages: []", "[]", "organisation, languages", "one item at least"),
        ("languages: [en, ru]", "languages: en", "en\n  never", "organisation, languages", "[en]"),
        (HELD, f"{HELD}  topics: [{{tag: 'a;b', title: A}}]\n", "'a;b'", "organisation, topic 1, tag", "no semicolon"),
        (HELD, f"{HELD}  topics: [{{tag: {'x' * 51}, title: A}}]\n", "xx", "organisation, topic 1, tag", "most 50"),
        (HELD, f"{HELD}  topics: [{TOPIC}, {TOPIC}]\n", "{tag: a, title: A}]", "organisation, topic 2", "taken by"),
        (HELD, f"{HELD}  topics: [{{tag: a, title: {{ru: A}}}}]\n", "{ru", "organisation, topic 1, title", "fallback"),
        (HELD, f"{HELD}  confirmations_per_hour: 0\n", "0", "organisation, confirmations_per_hour", "too small"),
        ("version: 1", "version: 2", "2\norg", "version", "One of: 1"),
        ("  reply_to:", "  answer_to:", "answer_to", "organisation, answer_to", "known here"),
    ],
)
def test_each_fault_is_told_at_its_place(right: str, wrong: str, pointed: str, where: str, told: str) -> None:
    """Line and column of what is wrong, the path in words, and what would be right."""
    text = file().replace(right, wrong, 1)
    found = [problem for problem in load(text).problems if problem.where == where]

    assert found, [str(problem) for problem in load(text).problems]
    assert (found[0].line, found[0].column) == position(text, pointed)
    assert found[0].severity == "error"
    assert told in f"{found[0].message} - {found[0].hint}"


@pytest.mark.parametrize(
    ("lines", "where", "told"),
    [
        ("    targets: x\n", "targets", "a second time"),
        ("    write_until: verdict\n", "write_until", "known here: trial"),
        ("    write_until: trail\n", "write_until", "did you mean 'trial'?"),
        ("    count_copies: true\n", "count_copies", "copies_address"),
        ("    count_copies: perhaps\n", "count_copies", "true or false"),
        ("    copies_to: [x@hospital.example]\n", "copies_to 1", "never_target"),
        ("    pickets: here\n", "pickets", "should be a list"),
        ("    donate: https://x.example\n", "donate", "known keys: url, for"),
        ("    pace: {per_hour: 0}\n", "pace, per_hour", "from 1"),
        ("    pace: {per_hour: many}\n", "pace, per_hour", "whole number"),
        ("    safety: {countries: {UK: none}}\n", "safety, countries, UK", "GB"),
        ("    safety: {countries: {TR: all}}\n", "safety, countries, TR", "none, solidarity, initials"),
        ("    missions: [{of: KZ, email: a@b.example}]\n", "mission 1", "'in' is missing"),
        ("    missions: [{of: KZ, kind: ministry, email: a@b.example}]\n", "mission 1", "the ministry has no name"),
        ("    missions: [{of: KZ, in: GB, web: 'https://hospital.example'}]\n", "mission 1, web", "never_target"),
        ("    closing: {outcome: freed, text: x}\n", "closing, outcome", "released"),
        ("    closing: {outcome: won, text: x, next: case}\n", "closing, next", "as itself"),
        ("    attach: [doc]\n", "attach 1", "pdf, eml, ics"),
        ("    letters: {angry: {}}\n", "letters, angry", "protest, solidarity, phone"),
        ("    letters: {protest: {kk: {body: x}}}\n", "letters, protest, kk", "the letter has no subject"),
        ("    letters: {protest: {en: {body: [x, y]}}}\n", "letters, protest, en, body", "never varies"),
        ("    letters: {protest: {en: {subject: '{{ x }}'}}}\n", "letters, protest, en, subject", "no value 'x'"),
        ("    letters: {protest: {en: {subject: '=?x'}}}\n", "letters, protest, en, subject", "=?"),
        ("    letters: {protest: {en: {opening: []}}}\n", "letters, protest, en, opening", "list is empty"),
        (
            "    letters: {protest: {en: {opening: [x, y]}, ru: {opening: x}}}\n",
            "letters, protest",
            "en has 2, ru has 1",
        ),
        ("    mailings: []\n", "mailings", "no alert"),
        ("    mailings: [{alert: on-launch}, {}]\n", "mailing 2", "is empty"),
        ("    mailings: [{alert: on-launch}, {alert: on-launch}]\n", "mailing 2, alert", "two mailings 'alert'"),
        ("    mailings: [{alert: on-launch, update: {at: 2026-12-01 09:00, text: x}}]\n", "mailing 1", "at once"),
        ("    mailings: [{alert: on-launch}, {reminder: {}}]\n", "mailing 2, reminder", "needs one rule"),
        (
            "    mailings: [{alert: on-launch}, {reminder: {before: trial}}]\n",
            "mailing 2, reminder",
            "'before' with 'by'",
        ),
        ("    mailings: [{alert: on-launch}, {reminder: {after: 3d, by: 3d}}]\n", "mailing 2, reminder", "one rule"),
        (
            "    mailings: [{alert: on-launch}, {reminder: {before: trail, by: 1d}}]\n",
            "mailing 2, reminder, before",
            "did you mean 'trial'?",
        ),
        (
            "    mailings: [{alert: on-launch}, {update: {id: alert-2, at: 2026-12-01 09:00, text: x}}]\n",
            "mailing 2, update",
            "may not be called",
        ),
        (
            "    mailings: [{alert: on-launch}, {reminder: {after: soon}}]\n",
            "mailing 2, reminder, after",
            "no duration",
        ),
    ],
)
def test_faults_of_a_campaign_s_other_keys_are_told(lines: str, where: str, told: str) -> None:
    """The one error is at the key that holds it."""
    problem = the_problem(file(lines))

    assert problem.where == f"campaign case, {where}"
    assert told in f"{problem.message} - {problem.hint}"


@pytest.mark.parametrize(
    ("mailings", "where", "told"),
    [
        (ALERT + "      - reminder: {before: trial, by: 8d}\n", "mailing 2, reminder", "before its alert"),
        (ALERT + "      - reminder: {after: 4w}\n", "mailing 2, reminder", "after the deadline"),
        (ALERT + "      - update: {at: 2026-11-25 12:00, text: x}\n", "mailing 2, update, at", "before the alert"),
        (ALERT.replace("12-20", "11-24"), "mailing 1, alert", "after the deadline"),
        (ALERT.replace("12-20", "11-25 12:00"), "mailing 1, alert", "after the deadline"),
        (
            "    write_until: 2026-11-30\n    mailings: [{alert: on-launch}, {reminder: {before: trial, by: 24h}}]\n",
            "mailing 2, reminder",
            "after the deadline",
        ),
    ],
)
def test_a_wrong_order_of_dates_is_an_error(mailings: str, where: str, told: str) -> None:
    """The hint tells both moments."""
    problem = the_problem(file(mailings))

    assert problem.where == f"campaign case, {where}"
    assert told in problem.message
    assert "2026-1" in problem.hint


@pytest.mark.parametrize(
    "mailings",
    [
        ALERT + "      - reminder: {after: 3d}\n      - reminder: {before: trial, by: 24h}\n",
        ALERT + "      - update: {at: 2027-01-03 09:00, text: x}\n",
        ALERT.replace("12-20", "11-25 12:01"),
        "    mailings: [{alert: 2026-11-25 12:00}, {reminder: {after: 6d}}]\n",
        "    write_until: 2026-12-20\n    closing: {outcome: won, text: x}\n",
    ],
)
def test_a_right_order_of_dates_is_no_problem(mailings: str) -> None:
    """Updates and the closing may follow the deadline, and a minute is enough."""
    assert not load(file(mailings)).problems


@pytest.mark.parametrize(
    ("lines", "targets", "where", "told"),
    [
        ("    people: [{name: A. Example}]\n", COURT, "person 1", "agreed"),
        ("    closing: {outcome: won, text: x, next: sequel}\n", COURT, "closing, next", "'sequel'"),
        (
            "",
            COURT.replace("court@justice", "court@gmail").replace(".example", ".com"),
            "target court, email",
            "private",
        ),
        ("", target("phone: '+44 7700 900123'"), "target a, phone", "mobile number"),
        ("", target("fax: '+44 1632 123456'"), "target a, fax", "compare it with its source"),
        ("", COURT + target("email: Court@justice.example"), "target a, email", "target court"),
        ("", target("letter: solidarity, email: f@x.example, demands: [release]"), "target a, demands", "no demands"),
        ("", target("email: f@x.example, consulates: nearest"), "target a, consulates", "embassy_of"),
        ("    missions: [{of: KZ, in: GB}]\n", COURT, "mission 1", "nobody can reach"),
        (
            "    letters: {protest: {en: {subject: '" + "x" * 111 + "'}}}\n",
            COURT,
            "letters, protest, en, subject",
            "60",
        ),
        ("    links: [{title: {en: V}, url: 'https://x.example'}]\n", COURT, "link 1, title", "missing in ru"),
    ],
)
def test_what_somebody_should_look_at_is_a_warning(lines: str, targets: str, where: str, told: str) -> None:
    """Warnings leave the campaign usable."""
    problem = the_problem(file(lines, targets=targets), severity="warning")

    assert problem.where == f"campaign case, {where}"
    assert told in f"{problem.message} - {problem.hint}"
    assert loaded(file(lines, targets=targets))


def test_offices_without_an_address_do_not_share_one() -> None:
    """Two faxes are two offices, and no campaign at all is no problem."""
    faxes = target("fax: '+44 20 7946 0102'") + target("fax: '+44 20 7946 0103'").replace("id: a", "id: b")

    assert not load(file(targets=faxes)).problems
    assert not load(ORGANISATION + "  []\n").problems


def test_solidarity_may_write_to_private_addresses() -> None:
    """A family has no office."""
    assert not load(file(targets=target("letter: solidarity, email: family@gmail.com"))).problems


def test_a_target_without_a_channel_is_let_be_in_a_draft() -> None:
    """A warning while the campaign is written, an error once it is ready."""
    nobody = file(targets=target("risk: normal"))

    assert "nobody can reach" in the_problem(nobody).message
    assert (
        "nobody can reach" in the_problem(nobody.replace("status: ready", "status: draft"), severity="warning").message
    )


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        ("    pickets: [{what: P, where: W, at: 2026-11-01 09:00}]\n", "picket 1, at"),
        ("    mailings: [{alert: 2026-11-20 09:00}]\n    write_until: 2026-12-10\n", "mailing 1, alert"),
        ("    mailings: [{alert: on-launch}]\n    write_until: 2026-11-20\n", "write_until"),
    ],
)
def test_past_dates_are_warnings_until_a_campaign_is_over(lines: str, where: str) -> None:
    """A closed campaign is past on purpose."""
    assert the_problem(file(lines), severity="warning").where == f"campaign case, {where}"
    assert not load(file(lines).replace("status: ready", "status: closed")).problems


def test_now_decides_what_is_past() -> None:
    """`--at` moves the line."""
    assert not load(file()).problems
    late = load(file(), now=datetime(2026, 12, 2, 5, tzinfo=UTC))
    assert [problem.where for problem in late.problems] == ["campaign case, event trial, at"]


def test_a_reminder_that_a_launch_now_would_lose_is_told() -> None:
    """Nothing is wrong with the order, but it would not go out."""
    text = file("    write_until: 2026-11-23\n    mailings: [{alert: on-launch}, {reminder: {after: 3d}}]\n")

    assert "launched now" in the_problem(text, severity="warning").message


def test_fallbacks_lead_somewhere_and_not_in_a_circle() -> None:
    """Each target of the circle is told; a chain is fine."""
    circle = target("email: a@x.example, fallback_for: b") + target("email: b@x.example, fallback_for: a").replace(
        "id: a", "id: b"
    )
    chain = COURT + target("email: a@x.example, fallback_for: court")

    assert [problem.where for problem in load(file(targets=circle)).problems] == [
        "campaign case, target a, fallback_for",
        "campaign case, target b, fallback_for",
    ]
    assert not load(file(targets=chain)).problems
    assert "its own place" in the_problem(file(targets=target("email: a@x.example, fallback_for: a"))).message
    assert "no target with the id" in the_problem(file(targets=target("email: a@x.example, fallback_for: b"))).message


def test_no_campaign_is_called_what_commands_call_something_else() -> None:
    """`mailer resume sign-up` frees the mails to those who sign up."""
    problem = the_problem(file().replace("- id: case", "- id: sign-up"))

    assert problem.where == "campaign sign-up, id"
    assert "is what commands call the mails to those who sign up" in problem.message


def test_two_campaigns_with_one_id_are_both_left_out() -> None:
    """Nobody can tell which one is meant."""
    text = file() + file()[file().index("  - id: case") :]
    catalog = load(text)

    assert "taken by the campaign in line 11" in catalog.problems[0].message
    assert not catalog.campaigns


@pytest.mark.parametrize("wrong", ["id: ''", "id: The Case", "id: [a]", "status: ready", "ident: case"])
def test_a_campaign_without_a_right_id_is_left_out(wrong: str) -> None:
    """It is checked under a stand-in, which nobody may launch."""
    catalog = load(file().replace("id: case", wrong, 1))

    assert not catalog.ok
    assert not catalog.campaigns


def test_a_wrong_number_does_not_hide_a_wrong_date() -> None:
    """All problems are told at once, in the order of the file."""
    wrong = file().replace("10:00,", "26:00,").replace("country: KZ", "country: XX").replace("summary", "sumary")
    wrong = wrong.replace("email: court@justice.example", "email: nobody, demands: [relese]")

    assert [problem.where for problem in load(wrong).problems] == [
        "campaign case, sumary",
        "campaign case, country",
        "campaign case, event trial, at",
        "campaign case, target court, email",
        "campaign case, target court, demands",
    ]


def test_taking_a_wrong_event_out_does_not_break_what_refers_to_it() -> None:
    """One fault is one line, however many keys rest on it."""
    text = file("    write_until: trial\n    mailings: [{alert: on-launch}, {reminder: {before: trial, by: 24h}}]\n")

    assert the_problem(text.replace("10:00,", "26:00,")).where == "campaign case, event trial, at"


def test_an_organisation_that_is_wrong_leaves_no_campaign_usable() -> None:
    """The campaigns are checked all the same."""
    catalog = load(file(organisation=ORGANISATION.replace("office@", "office")).replace("country: KZ", "country: XX"))

    assert catalog.organisation is None
    assert [problem.where for problem in catalog.problems] == ["organisation, reply_to", "campaign case, country"]
    assert not catalog.campaigns


@pytest.mark.parametrize(("given", "warns"), [("", True), ("  copies_address: copies@solidarity.example\n", False)])
def test_a_mailbox_that_takes_no_plus_addresses_has_to_be_there(given: str, warns: bool) -> None:
    """What is said of a mailbox that is not given is without effect, and told so."""
    told = ORGANISATION.replace("  reply_to:", f"{given}  plus_addresses: false\n  reply_to:")
    catalog = load(file(organisation=told))

    assert [each.where for each in catalog.problems] == (["organisation, plus_addresses"] if warns else [])
    assert catalog.organisation is not None
    assert not catalog.organisation.plus_addresses


def test_the_copy_that_counts_takes_room_in_a_link_too() -> None:
    """A letter that fits only without it is told as one that does not fit."""
    copied = ORGANISATION.replace("  reply_to:", "  copies_address: copies@solidarity.example\n  reply_to:")
    found = [
        (bool(_warned(f"    count_copies: {counts}\n{_letter(length)}", copied)), length)
        for counts in ("false", "true")
        for length in range(900, 1_500, 20)
    ]

    alone, counted = (min(length for warned, length in found[part] if warned) for part in (slice(30), slice(30, 60)))
    assert 40 < alone - counted < 140


def _letter(length: int) -> str:
    """Return a campaign's letter with a body of this length."""
    return f"    letters: {{protest: {{en: {{subject: S, opening: [o], body: {'w' * length}, closing: [c]}}}}}}\n"


def _warned(lines: str, organisation: str) -> list[str]:
    """Return the warnings of letters that are too long."""
    return [
        each.message for each in load(file(lines, organisation=organisation)).problems if "too long" in each.message
    ]


def test_check_marks_are_warnings_that_launch_can_ask_for() -> None:
    """A mark belongs to the campaign that it stands in."""
    catalog = load(file().replace("country: KZ", "country: KZ  # check: not Kyrgyzstan?"))

    assert catalog.ok
    assert [problem.where for problem in catalog.marks[CampaignId("case")]] == ["campaign case, country"]
    assert "not Kyrgyzstan?" in catalog.marks[CampaignId("case")][0].message
    assert catalog.marks[CampaignId("case")] == catalog.problems
    assert not load(file()).marks


def test_the_line_of_a_letter_s_fault_is_that_of_the_file() -> None:
    """In a block of text the lines are counted on."""
    letters = (
        "    letters:\n      protest:\n        en:\n          body: |\n            Hello\n\n            {{ persn }}\n"
    )
    problem = the_problem(file(letters))

    assert problem.line == position(file(letters), "{{ persn }}")[0]
    assert "{{ person }}" in problem.hint


def test_a_letter_too_long_for_a_link_is_told() -> None:
    """Supporters will have to copy it; shorter ones say nothing."""
    long = file().replace("Jailed for a picket.", "x" * 1600)
    russian = f"{{en: Jailed., ru: {'ж' * 280}}}"

    assert "'en' is too long" in the_problem(long, severity="warning").message
    text = file(targets=COURT.replace("name:", "languages: [ru], name:")).replace("Jailed for a picket.", russian)
    assert "'ru' is too long" in the_problem(text, severity="warning").message
    assert not load(long.replace("status: ready", "status: closed")).problems


def test_a_form_that_cannot_take_the_demands_is_told() -> None:
    """Its supporters would have to shorten the letter; one that takes them says nothing."""
    form = file(targets=target("web: {url: 'https://a.example/form', max_chars: 400}"))

    assert "the form takes 20 characters" in the_problem(form.replace("400", "20"), severity="warning").message
    assert not load(form).problems


def test_a_letter_that_would_be_half_in_another_language_is_told() -> None:
    """Of what its office reads; not where the words are in that language, nor when the case is over."""
    both = file(targets=COURT.replace("name:", "languages: [ru], name:"))
    russian = both.replace("languages: [en, ru]", "languages: [en]")
    problem = the_problem(russian, severity="warning")

    assert problem.where == "campaign case, target court, languages"
    assert "'Jailed for a picket.'" in problem.message
    assert "take ru out" in problem.hint
    assert not any("these words" in each.message for each in load(both).problems)
    assert not load(russian.replace("Jailed for a picket.", "{en: Jailed., ru: Арест.}")).problems
    assert not load(russian.replace("status: ready", "status: closed")).problems


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b"# nothing\n", "empty"),
        (b"- a\n", "should be a map"),
        (b"word", "should be a map"),
        (b"a: \xff\n", "UTF-8"),
        (b"a: b: c\n", "quotes"),
        (b"a: " + b"x" * 10_000_000, "10 MB"),
    ],
)
def test_a_file_that_is_none_is_one_problem(content: bytes, told: str) -> None:
    """What cannot be read at all is told in one line, with what would be right."""
    catalog = read_catalog("campaigns.yaml", content, shipped=shipped(), now=NOW)

    assert len(catalog.problems) == 1
    assert told in f"{catalog.problems[0].message} {catalog.problems[0].hint}"
    assert not catalog.ok


def test_a_byte_order_mark_is_no_part_of_the_file() -> None:
    """Editors on Windows write one."""
    assert load("\ufeff" + file()).ok


def test_nothing_from_the_file_can_move_a_cursor() -> None:
    """Escapes in keys, ids and values come out visible."""
    text = file().replace("status: ready", '"st\\e[31matus": "\\e]0;x\\a"').replace("id: release", 'id: "\\eid"')

    for problem in load(text).problems:
        assert str(problem).isprintable(), repr(str(problem))


def test_campaigns_that_are_no_maps_are_told_and_skipped() -> None:
    """The others are read."""
    catalog = load(file() + "  - just words\n")

    assert list(catalog.campaigns) == ["case"]
    assert "should be a map" in catalog.problems[0].message


# --- no file raises -------------------------------------------------------------------------------

LINES = file("    write_until: trial\n    mailings: [{alert: on-launch}, {reminder: {before: trial, by: 24h}}]\n")
scraps = st.sampled_from(
    ["x", "", "[]", "{}", "~", "-1", "2026-13-01", "'", "*a", "&a", "- ", ": ", "{id: 1}", "\t", "é"]
)


@given(st.data())
def test_a_file_with_any_value_exchanged_is_told_and_never_raises(data: st.DataObject) -> None:
    """Whatever stands after a colon, the answer is a list of problems with places in the file."""
    lines = LINES.splitlines()
    number = data.draw(st.integers(0, len(lines) - 1))
    key, colon, _ = lines[number].partition(": ")
    lines[number] = f"{key}{colon}{data.draw(scraps)}"

    catalog = load("\n".join(lines))

    assert all(1 <= problem.line <= len(lines) + 1 and problem.column >= 1 for problem in catalog.problems)
    assert catalog.ok or not catalog.campaigns


@given(st.integers(0, len(LINES)), st.integers(0, 30), st.one_of(scraps, st.text(max_size=6)))
def test_a_file_with_any_piece_cut_out_is_told_and_never_raises(start: int, length: int, put: str) -> None:
    """Half a line, a line too much, or letters that nobody typed."""
    text = LINES[:start] + put + LINES[start + length :]

    catalog = load(text.encode("utf-8", "replace").decode())

    assert catalog.ok or catalog.problems


values = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(-5, 5), st.sampled_from(["en", "trial", "2026-12-01", "x@y.example"])
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2),
        st.dictionaries(st.sampled_from(["id", "en", "at", "text", "name", "url", "of", "after"]), inner, max_size=3),
    ),
    max_leaves=6,
)
KEYS = """
    id status title summary country case people facts demands events write_until targets copies_to letters
    missions mailings closing audience safety pickets links donate attach pace on_uncertain
"""
keys = st.sampled_from(KEYS.split())


@given(st.dictionaries(keys, values, max_size=8))
def test_a_campaign_of_any_shape_is_told_and_never_raises(campaign: dict[str, object]) -> None:
    """Every key may hold anything that YAML can say."""
    text = f"{ORGANISATION}  - {json.dumps(campaign)}\n"

    assert load(text).problems or load(text).campaigns


def test_a_pace_is_in_force_and_not_warned_of() -> None:
    """It is read, and nothing is told about it."""
    found = load(file().replace("    status:", "    pace: {per_hour: 100}\n    status:", 1))

    assert [campaign.per_hour for campaign in found.campaigns.values()] == [100]
    assert not [each for each in found.problems if "pace" in each.where]


def test_files_that_mails_carry_are_in_force_and_not_warned_of() -> None:
    """`attach` is read for the campaign and for each update, and nothing is told about it."""
    lines = "    attach: [pdf, eml]\n    mailings:\n      - alert: on-launch\n"
    update = "      - update: {id: news, at: 2026-12-03 09:00, text: Later, attach: [ics]}\n"
    found = load(file().replace("    status:", f"{lines}{update}    status:", 1))
    (campaign,) = found.campaigns.values()

    assert (campaign.attach, campaign.mailing("news").attach) == (("pdf", "eml"), ("ics",))
    assert not [each for each in found.problems if "attach" in each.where]


@pytest.mark.parametrize(
    ("rest", "told"),
    [
        ("via_embassy: KZ, email: a@prison.example, post: 'Street 1'", "email, post would not be used"),
        ("via_embassy: KZ, embassy_of: KZ", "not forwarded by it"),
        ("via_embassy: KZ, letter: solidarity", "would be read by the embassy"),
        ("via_embassy: Kazakstan", "did you mean KZ?"),
    ],
)
def test_what_cannot_go_through_an_embassy_is_told(rest: str, told: str) -> None:
    """Channels that would never be used, the embassy's own letter, and what it must not read."""
    problem = the_problem(file(targets=target(rest)))

    assert problem.where == "campaign case, target a, via_embassy"
    assert told in f"{problem.message} - {problem.hint}"


@pytest.mark.parametrize(
    ("letters", "told", "hint"),
    [
        ("", [], ""),
        ("opening: [A, B]", [], ""),
        (
            "subject: S, opening: [A, B], closing: [C, D]",
            ["the protest letter in 'en' has only 4 texts: about 25 in 100 supporters send the very same one"],
            "now it has 1 of subject, 2 of opening, 2 of closing",
        ),
        (
            "subject: S, opening: A, closing: C",
            ["the protest letter in 'en' has only one text: everybody sends the very same one"],
            "give letters.protest.en lists of two or three texts each of subject, opening and closing",
        ),
        ("subject: [S, T], opening: [A, B], closing: [C, D]", [], ""),
    ],
)
def test_a_letter_that_many_would_send_alike_is_told(letters: str, told: list[str], hint: str) -> None:
    """Two supporters in ten with the very same text are a form letter; the organiser learns where to add blocks."""
    own = f"    letters: {{protest: {{en: {{{letters}}}}}}}\n" if letters else ""
    found = [each for each in load(file(own)).problems if "very same" in each.message]

    assert [each.message for each in found] == told
    assert all(
        each.severity == "warning" and hint in each.hint and "letters, protest, en" in each.where for each in found
    )


def test_a_letter_of_a_campaign_that_is_over_is_let_be() -> None:
    """Nobody sends it any more."""
    own = "    letters: {protest: {en: {subject: S, opening: A, closing: C}}}\n"
    closed = file(own).replace("status: ready", "status: closed", 1)
    assert not [each for each in load(closed).problems if "very same" in each.message]
