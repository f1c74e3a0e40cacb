"""Which guards keep a letter from being lost or written twice? Each with its words, and the test that misses it.

Law: the words of a guard stand exactly once in their file, so that nobody can change one and forget the list.
"""

from __future__ import annotations

from dataclasses import dataclass

_STORE = "mailer/adapters/store"
_CONTRACT = "tests/contract/test_outbox.py"
_OUTBOX = "tests/integration/test_outbox_sql.py"
_INTENTS = "tests/integration/test_intents_sql.py"
_SIGN_UPS = "tests/contract/test_signup_store.py"
_LIVENESS = "tests/unit/test_liveness.py"


@dataclass(frozen=True, slots=True)
class Guard:
    """One guard: `words` in the file at `path` keep something from happening; `instead` lets it happen."""

    name: str
    path: str
    words: str
    instead: str
    tests: tuple[str, ...]

    def taken_out_of(self, text: str) -> str:
        """Return the text of the file without the guard.

        Raises:
            ValueError: its words are not in the file, or more than once.
        """
        if text.count(self.words) != 1:
            raise ValueError(f"guard {self.name!r}: its words stand {text.count(self.words)} times in {self.path}")
        return text.replace(self.words, self.instead)


GUARDS = (
    Guard(
        "an intent looks at consent and suppression once more",
        f"{_STORE}/intents.py",
        "current, is_welcome(), ",
        "current, ",
        (f"{_CONTRACT}::test_what_was_committed_just_before_the_intent_holds",),
    ),
    Guard(
        "an intent looks at its campaign once more",
        f"{_STORE}/intents.py",
        "reader, may_send(), current",
        "reader, current",
        (f"{_CONTRACT}::test_what_was_committed_just_before_the_intent_holds",),
    ),
    Guard(
        "an intent of a reminder looks whether somebody has written",
        f"{_STORE}/intents.py",
        "is_welcome(), ~is_unneeded(), ",
        "is_welcome(), ",
        (f"{_OUTBOX}::test_an_answer_between_claim_and_intent_stops_a_reminder",),
    ),
    Guard(
        "an intent is of the newest revision",
        f"{_STORE}/intents.py",
        "may_send(), current, is_welcome()",
        "may_send(), is_welcome()",
        (
            "tests/integration/test_dispatch_sql.py::"
            "test_a_letter_that_was_claimed_before_the_address_was_mended_is_composed_anew",
        ),
    ),
    Guard(
        "an intent needs the claim's token",
        f"{_STORE}/intents.py",
        'deliveries.c.claim == Given("token")',
        'deliveries.c.claim != func.upper(Given("token"))',
        (f"{_CONTRACT}::test_a_lost_claim_proves_nothing",),
    ),
    Guard(
        "a pause holds back what was claimed already",
        f"{_STORE}/resting.py",
        "awake = or_(supporters.c.paused_until.is_(None), supporters.c.paused_until <= _NOW)",
        "awake = true()",
        (f"{_INTENTS}::test_a_pause_holds_every_mail_until_its_end",),
    ),
    Guard(
        "a full week holds back what was claimed already",
        f"{_STORE}/resting.py",
        "else_=left + due < _cap()",
        "else_=left + due < _cap() + 100",
        (f"{_INTENTS}::test_a_full_week_holds_an_update_until_it_has_room",),
    ),
    Guard(
        "reminders are held before updates",
        f"{_STORE}/resting.py",
        "due = case((mailings.c.kind == MailingKind.REMINDER, ",
        "due = case((mailings.c.kind == MailingKind.ALERT, ",
        (f"{_INTENTS}::test_of_an_update_and_a_reminder_the_reminder_is_held",),
    ),
    Guard(
        "two letters of one commit do not fill the same place of a week",
        f"{_STORE}/intents.py",
        "turns[supporter] += 1",
        "turns[supporter] += 0",
        (f"{_INTENTS}::test_two_updates_of_one_commit_do_not_share_one_place",),
    ),
    Guard(
        "two senders do not fill the same place of a week",
        f"{_STORE}/outbox.py",
        "hold_readers(connection, {e.delivery.id for e in intents})",
        "hold_readers(connection, set())",
        (f"{_INTENTS}::test_two_senders_do_not_share_one_place",),
    ),
    Guard(
        "nothing is put off to a moment that has come",
        "mailer/core/fatigue.py",
        "if end is not None and end > now)",
        "if end is not None)",
        ("tests/unit/test_fatigue.py::test_what_is_held_is_held_for_later",),
    ),
    Guard(
        "an ack needs the claim's token",
        f"{_STORE}/settling.py",
        'deliveries.c.claim == Given("token"), ',
        "",
        (f"{_CONTRACT}::test_a_lost_claim_proves_nothing",),
    ),
    Guard(
        "an intent needs a lease that is not half over",
        f"{_STORE}/intents.py",
        'fresh_enough = deliveries.c.lease_until > Given("fresh_until")',
        'fresh_enough = deliveries.c.lease_until >= Given("fresh_until")',
        (f"{_OUTBOX}::test_a_claim_that_was_held_for_too_long_is_given_back",),
    ),
    Guard(
        "an intent that was granted and never heard of is granted again, not twice",
        f"{_STORE}/intents.py",
        'and_(deliveries.c.state == State.SENDING, deliveries.c.composed_at == Given("moment"))',
        "deliveries.c.state == State.SENDING",
        (f"{_CONTRACT}::test_an_intent_of_another_moment_is_not_granted_again",),
    ),
    Guard(
        "a sender looks at its monotonic clock before content",
        "mailer/flows/handover.py",
        "return self.is_late(job) or self._brakes.hold(job.delivery)",
        "return self._brakes.hold(job.delivery)",
        ("tests/unit/test_lanes.py::test_a_letter_whose_claim_grew_old_is_withdrawn",),
    ),
    Guard(
        "no letter is said to a relay before its intent is durable",
        "mailer/flows/carrying.py",
        "if behind is None or not behind.is_granted or self._is_unfit(behind.job):",
        "if behind is None or self._is_unfit(behind.job):",
        ("tests/unit/test_carrying.py::test_a_letter_whose_intent_is_refused_is_never_said",),
    ),
    Guard(
        "no content leaves before the ack of the letter a window in front of it is durable",
        "mailer/flows/carrying.py",
        "await self._settle_to(self._window - 1)",
        "await self._settle_to(self._window)",
        ("tests/unit/test_carrying.py::test_however_it_goes_the_database_knows_first",),
    ),
    Guard(
        "an intent that is no news is looked at once more before the content",
        "mailer/flows/carrying.py",
        "if now - letter.asked_at <= LOOKED_AT_FOR:",
        "if True:",
        ("tests/unit/test_carrying.py::test_who_leaves_while_the_relay_takes_its_time_gets_nothing",),
    ),
    Guard(
        "an intent that a slow database held up is looked at once more before the content",
        "mailer/flows/carrying.py",
        "held_up = self._handover.seconds() - looked_at > HELD_UP_FOR",
        "held_up = False",
        (
            "tests/unit/test_carrying.py"
            "::test_who_leaves_while_the_database_is_away_gets_no_letter_that_was_looked_at_before",
        ),
    ),
    Guard(
        "a relay writes no content long after it was agreed to",
        "mailer/adapters/relay/wire.py",
        "if time.monotonic() - since > limit:",
        "if False:",
        ("tests/integration/test_relay_timeouts.py::test_an_agreement_that_came_too_late_gets_no_content",),
    ),
    Guard(
        "a dot that begins a line is looked for where a form may have one",
        "mailer/core/flat_dots.py",
        "return not any(_may_begin(line, doubtful) for line in lines_of(content))",
        "return True",
        ("tests/unit/test_flat_mails.py::test_it_is_known_of_a_mail_whether_a_line_of_it_may_begin_with_a_dot",),
    ),
    Guard(
        "a dot that begins a line is looked for where lines are broken",
        "mailer/core/flat_mails.py",
        "is_dotless = is_dotless and not have_dots(ends)",
        "is_dotless = is_dotless and True",
        ("tests/unit/test_flat_mails.py::test_where_lines_are_broken_each_mail_is_looked_at",),
    ),
    Guard(
        "no content without a granted intent",
        "mailer/adapters/relay/smtp.py",
        "if before_content is None or await before_content():",
        "if before_content is None or await before_content() is not None:",
        ("tests/integration/test_relay_content.py",),
    ),
    Guard(
        "a letter is repeated with the moment of its first try",
        "mailer/flows/handover.py",
        "now = delivery.composed_at or self._moments.of(present)",
        "now = self._moments.of(present)",
        ("tests/unit/test_send.py::test_a_letter_is_composed_as_of_its_first_try",),
    ),
    Guard(
        "what a dead sender was sending is in doubt, and handed over again",
        f"{_STORE}/recovery.py",
        "lost = change(connection, these, State.SENDING, Event.LOSE, again",
        "lost = change(connection, these, State.SENDING, Event.ACCEPT, again",
        (f"{_OUTBOX}::test_what_a_dead_worker_claimed_goes_back_and_what_it_sent_is_uncertain",),
    ),
    Guard(
        "a lock that is held keeps a worker alive",
        "mailer/core/liveness.py",
        "if Lock.HELD not in (file, session):",
        "if True:",
        (f"{_LIVENESS}::test_who_holds_a_lock_is_never_dead",),
    ),
    Guard(
        "only silence that was witnessed counts",
        "mailer/core/liveness.py",
        "unbroken = _NONE <= gap <= LONGEST_GAP",
        "unbroken = True",
        (
            f"{_LIVENESS}::test_no_gap_makes_anybody_silent",
            f"{_LIVENESS}::test_a_worker_that_waits_for_the_database_never_looks_dead",
        ),
    ),
    Guard(
        "a letter that a silent sender may hold waits for fifteen minutes",
        f"{_STORE}/recovery.py",
        'once = and_(~deliveries.c.resent, deliveries.c.not_before <= Given("now"),',
        "once = and_(~deliveries.c.resent,",
        (f"{_CONTRACT}::test_a_worker_that_falls_silent_loses_what_it_holds_and_may_still_tell_what_it_did",),
    ),
    Guard(
        "a letter that the relay lost is repeated once",
        f"{_STORE}/recovery.py",
        "once = and_(~deliveries.c.resent, ",
        "once = and_(",
        (f"{_OUTBOX}::test_a_lost_letter_is_repeated_once",),
    ),
    Guard(
        "`on_uncertain: hold` repeats nothing",
        f"{_STORE}/recovery.py",
        ".where(campaigns.c.resend_uncertain, may_send())",
        ".where(may_send())",
        (f"{_OUTBOX}::test_a_lost_letter_is_held_where_the_campaign_says_so",),
    ),
    Guard(
        "a letter that three senders died with fails",
        "mailer/core/deliveries.py",
        "MOST_RECOVERIES = 3",
        "MOST_RECOVERIES = 3_000",
        (f"{_OUTBOX}::test_a_letter_that_three_senders_died_alone_with_fails",),
    ),
    Guard(
        "nobody has two deliveries of one mailing",
        f"{_STORE}/tables.py",
        '    UniqueConstraint("mailing", "supporter_id"),\n',
        "",
        ("tests/integration/test_filling.py::test_a_wider_audience_reaches_those_who_were_passed",),
    ),
    Guard(
        "a slot is planned once in each run",
        f"{_STORE}/tables.py",
        '    UniqueConstraint("campaign_id", "mailing_id", "run"),\n',
        "",
        ("tests/contract/test_campaign_store.py::test_a_slot_is_planned_once_in_each_run",),
    ),
    Guard(
        "the brake looks before suppressions are written",
        "mailer/core/brakes.py",
        "    if too_many or (pending == finished >= MOST_ABOUT_US and unfinished == 0):",
        "    if False:",
        (f"{_CONTRACT}::test_too_many_dead_addresses_pause_and_bar_nobody", "tests/unit/test_brakes.py"),
    ),
    Guard(
        "three refusals of us pause the mailing",
        "mailer/core/brakes.py",
        "MOST_ABOUT_US = 3",
        "MOST_ABOUT_US = 3_000",
        ("tests/unit/test_send.py::test_three_refusals_of_us_pause_the_mailing_with_the_reason",),
    ),
    Guard(
        "a restored backup sends nothing",
        "mailer/core/epochs.py",
        "return self.held or self.database < self.file",
        "return False",
        ("tests/acceptance/test_restored_backup.py",),
    ),
    Guard(
        "a rehearsal and a real run never mix",
        f"{_STORE}/claiming.py",
        "_slots()).where(_of_sort(rehearsal), may_send())",
        "_slots()).where(may_send())",
        (f"{_CONTRACT}::test_a_rehearsal_and_a_real_run_never_mix",),
    ),
    Guard(
        "a page of a mailing and its cursor are one",
        f"{_STORE}/filling.py",
        "beyond = supporters.c.id > slot_cursor(connection, slot)",
        "beyond = supporters.c.id > slot_cursor(connection, slot) + 1",
        ("tests/integration/test_filling.py",),
    ),
    Guard(
        "whoever claims locks the rows, and everybody else skips them",
        f"{_STORE}/claiming.py",
        "return first.with_for_update(skip_locked=True, of=deliveries)",
        "return first",
        ("tests/integration/test_claims_sql.py",),
    ),
    Guard(
        "a sign-up is confirmed once",
        f"{_STORE}/signups.py",
        "connection.execute(delete(signups).where(signups.c.address_hash == address))",
        "pass",
        (f"{_SIGN_UPS}::test_a_link_works_once",),
    ),
    Guard(
        "the link of a sign-up ends",
        f"{_STORE}/signups.py",
        "asked, in_time, ~barred)",
        "asked, ~barred)",
        (f"{_SIGN_UPS}::test_a_link_counts_for_seven_days",),
    ),
    Guard(
        "who complained or bounced is never confirmed",
        f"{_STORE}/signups.py",
        "asked, in_time, ~barred)",
        "asked, in_time)",
        (f"{_SIGN_UPS}::test_a_complaint_or_a_bounce_is_never_asked_and_never_lifted",),
    ),
    Guard(
        "a network has its hour",
        f"{_STORE}/signups.py",
        "taken.append(left[arrival.network] >= 0)",
        "taken.append(True)",
        (f"{_SIGN_UPS}::test_a_network_has_its_hour",),
    ),
    Guard(
        "an erasure takes sign-ups along",
        f"{_STORE}/leaving.py",
        "connection.execute(delete(signups).where(signups.c.address_hash == address))",
        "pass",
        (f"{_SIGN_UPS}::test_an_erasure_takes_sign_ups_along",),
    ),
    Guard(
        "a complaint takes the place of an erasure",
        f"{_STORE}/leaving.py",
        "    if graver:\n",
        "    if not graver:\n",
        (f"{_SIGN_UPS}::test_a_complaint_that_comes_after_an_erasure_counts",),
    ),
    Guard(
        "an hour of sign-ups has its bound",
        f"{_STORE}/admission.py",
        "elif not was_let_on and room <= 0:",
        "elif False:",
        (f"{_SIGN_UPS}::test_the_breaker_holds_what_is_too_much_until_somebody_resumes",),
    ),
    Guard(
        "an address is asked once a day",
        "mailer/core/signups.py",
        "if any(moment >= today for moment in known.at):",
        "if False:",
        ("tests/unit/test_signups.py::test_an_address_is_asked_once_a_day",),
    ),
)
