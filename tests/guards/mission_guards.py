"""Which guards keep a wrong embassy, or a stranger's trick, out of the letters? Each with its words and its test."""

from __future__ import annotations

from tests.guards.guards import Guard

_REFRESH = "tests/integration/test_mission_refresh.py"
_FETCHING = "mailer/adapters/fetching.py"
_FACTS = "tests/integration/test_mission_facts.py::test_what_is_not_what_it_should_be_is_dropped_and_counted"
_WRONG = f"{_REFRESH}::test_a_wrong_answer_changes_nothing"

MISSION_GUARDS = (
    Guard(
        "an answer is not followed elsewhere",
        _FETCHING,
        "if reply.status_code == httpx.codes.OK:",
        "if True:",
        (_WRONG,),
    ),
    Guard(
        "an answer has a size",
        _FETCHING,
        "if len(content) > self.limits.bytes:",
        "if False:",
        (_WRONG,),
    ),
    Guard(
        "an answer has a time",
        _FETCHING,
        "if self.monotonic() - began > self.limits.within.total_seconds():",
        "if False:",
        (f"{_REFRESH}::test_an_answer_that_takes_too_long_as_a_whole_is_refused",),
    ),
    Guard(
        "only TLS or this machine is asked",
        _FETCHING,
        '(parts.scheme == "http" and self.is_here)',
        'parts.scheme == "http"',
        (f"{_REFRESH}::test_only_tls_or_this_machine_is_asked",),
    ),
    Guard(
        "too little replaces nothing",
        "mailer/core/renewal.py",
        "if not after or len(after) < there * FEWEST:",
        "if False:",
        ("tests/unit/test_renewal.py::test_an_answer_with_too_little_replaces_nothing",),
    ),
    Guard(
        "what vanished is marked and kept",
        "mailer/core/renewal.py",
        "rows=(*after.values(), *(replace(row, gone=row.gone or today) for row in left)),",
        "rows=tuple(after.values()),",
        ("tests/unit/test_renewal.py::test_new_changed_and_vanished_rows_are_told",),
    ),
    Guard(
        "a stranger's address is one mailbox",
        "mailer/adapters/mission_facts.py",
        "    check_address(address)\n",
        "",
        (_FACTS,),
    ),
    Guard(
        "a stranger's page is of the web",
        "mailer/adapters/mission_facts.py",
        'self._take(facts, "web", read_url)',
        'self._take(facts, "web", str)',
        (_FACTS,),
    ),
    Guard(
        "a file is durable before it takes its place",
        "mailer/adapters/durable.py",
        "os.fsync(file.fileno())",
        "pass",
        (f"{_REFRESH}::test_a_disk_that_is_full_leaves_the_old_file",),
    ),
    Guard(
        "who is gone does not answer",
        "mailer/core/missions.py",
        "row.gone is None and ",
        "",
        ("tests/unit/test_missions.py::test_what_speaks_for_no_state_or_is_gone_does_not_answer",),
    ),
    Guard(
        "no state has an embassy in itself",
        "mailer/core/missions.py",
        "row.host == country != row.of",
        "row.host == country",
        ("tests/unit/test_missions.py::test_what_speaks_for_no_state_or_is_gone_does_not_answer",),
    ),
    Guard(
        "nobody forwards by telephone",
        "mailer/core/missions.py",
        "if target.via_embassy else rows",
        "if False else rows",
        ("tests/unit/test_missions.py::test_nobody_forwards_a_letter_by_telephone",),
    ),
    Guard(
        "the directory keeps to what no campaign may list",
        "mailer/adapters/missions.py",
        "tuple(_without_barred(row, barred) for row in rows) if barred else rows",
        "rows",
        ("tests/integration/test_missions_directory.py::test_what_no_campaign_may_list_is_in_no_row",),
    ),
)
