"""Which guards keep a forged mail from doing harm, and a hostile one from stopping the others? Each with its test."""

from __future__ import annotations

from tests.guards.guards import Guard

_RULES = "mailer/core/bounce_rules.py"
_DECISION = "mailer/core/incoming.py"
_DOCKET = "mailer/core/docket.py"
_CLUES = "mailer/flows/clues.py"
_INTAKE = "mailer/flows/intake.py"
_STORE = "mailer/adapters/store"
_TABLE = "tests/unit/test_bounce_rules.py::test_every_row_of_the_table"
_WHAT = "tests/unit/test_incoming.py::test_what_a_mail_is"
_MAILBOX = "tests/integration/test_intake.py"
_CRASHES = "tests/integration/test_intake_crashes.py"
_OBEYED = "tests/contract/test_commands_obeyed.py"
_MASS = "tests/integration/test_mass_returns.py"
_KILLS = f"{_CRASHES}::test_kills_at_any_moment_repeat_nothing_and_lose_nothing"

MAIL_GUARDS = (
    Guard("words bar nobody", _RULES, "self.evidence is not Evidence.REPORT or ", "", (_TABLE,)),
    Guard("what is about us bars nobody", _RULES, ' or f"{self.status}.".startswith(_POLICY)', "", (_TABLE,)),
    Guard("what strangers typed bars nobody", _RULES, " or self.campaign_id != SERVICE", " or True", (_TABLE,)),
    Guard("two reports of one mail are one", _RULES, "if mailing != returned.mailing]", "]", (_TABLE,)),
    Guard("soft bounces last a week", _RULES, " and max(soft) - min(soft) >= LASTING", "", (_TABLE,)),
    Guard("at once needs the signed address", _RULES, " and returned.by_address", "", (_TABLE,)),
    Guard("a person's words are no bounce", _DECISION, "if not (clues.is_automatic or ", "if not (True or ", (_WHAT,)),
    Guard("an official's mail is no copy", _DECISION, " or clues.answer is not None:", ":", (_WHAT,)),
    Guard(
        "a Message-ID proves only to its own reader",
        "mailer/core/own_mails.py",
        "next((mail for mail in mails if _name(mail, public_id) in names), None)",
        "next(iter(mails), None)",
        ("tests/unit/test_own_mails.py", f"{_MAILBOX}::test_a_senders_address_alone_commands_nothing"),
    ),
    Guard(
        "what a machine sends is no copy",
        _CLUES,
        "if is_unattended(self._mail):",
        "if False:",
        (f"{_MAILBOX}::test_what_is_no_letter_is_no_copy", f"{_MAILBOX}::test_a_report_about_a_target_is_no_copy"),
    ),
    Guard(
        "only where plus-addresses do not work a bare sender counts",
        _DOCKET,
        "if each.copies_address and not each.plus_addresses",
        "if each.copies_address",
        (f"{_MAILBOX}::test_where_plus_addresses_work_nobodys_bare_word_counts",),
    ),
    Guard(
        "a campaign that is over counts no copies",
        _DOCKET,
        "for letter in letters if self.takes_answers(letter.campaign_id))",
        "for letter in letters)",
        (f"{_MAILBOX}::test_a_copy_of_a_campaign_that_is_closed_goes_and_counts_nothing",),
    ),
    Guard(
        "a stranger's report says nothing of a target",
        _CLUES,
        "return reader if reader and reader.is_confirmed else None",
        "return reader",
        (f"{_MAILBOX}::test_who_has_left_is_no_supporter_whose_word_counts",),
    ),
    Guard(
        "each mail has a guard of its own",
        _INTAKE,
        "            self._tell(incoming.identifier, error)\n            return UNREADABLE",
        "            raise",
        (f"{_CRASHES}::test_a_hostile_mail_stops_nothing",),
    ),
    Guard(
        "trouble of the database is no mail's fault",
        _INTAKE,
        "            raise\n        except Exception:\n            alone =",
        "            pass\n        except Exception:\n            alone =",
        (f"{_CRASHES}::test_trouble_of_the_database_is_no_mails_fault",),
    ),
    Guard(
        "what was decided is not decided again",
        _INTAKE,
        "if waiting.identifier not in places]",
        "]",
        (f"{_CRASHES}::test_who_was_killed_before_the_move_only_moves",),
    ),
    Guard(
        "an event is the first thing that is written",
        f"{_STORE}/incoming.py",
        'if not insert_one(connection, incoming, row | {"matter"',
        'if None is insert_one(connection, incoming, row | {"matter"',
        (f"{_CRASHES}::test_two_readers_at_once_count_once",),
    ),
    Guard(
        "a copy is counted once",
        f"{_STORE}/actions.py",
        'if not insert_one(connection, copies, row | {"at": now}):',
        'if insert_one(connection, copies, row | {"at": now}) is None:',
        (f"{_MAILBOX}::test_a_copy_is_counted_once_and_gone",),
    ),
    Guard(
        "a reader is held before what came back from them is judged",
        f"{_STORE}/mail_effects.py",
        "if connection.scalar(whose.with_for_update()) is None:",
        "if connection.scalar(whose) is None:",
        (f"{_MAILBOX}::test_two_bounces_at_once_bar",),
    ),
    Guard(
        "a copy takes back nobody's word",
        f"{_STORE}/actions.py",
        "if noted is not None and noted.source != COPIED:",
        "if noted is not None:",
        (f"{_MAILBOX}::test_who_undoes_takes_back_their_own_word_only",),
    ),
    Guard(
        "who a provider calls dead with everybody else is not barred",
        f"{_STORE}/mail_effects.py",
        "if reason is SuppressionReason.BOUNCED and holds(connection, back, self.now):",
        "if False:",
        (f"{_MASS}::test_a_provider_that_calls_everybody_dead_bars_few",),
    ),
    Guard(
        "only who is barred for a fault alone is freed",
        f"{_STORE}/holding.py",
        "            returned.c.at <= suppressions.c.since,\n",
        "",
        (f"{_MASS}::test_who_was_barred_by_a_fault_is_free_again",),
    ),
    Guard(
        "a fault counts for nothing later",
        f"{_STORE}/holding.py",
        "return bool(verdict != Verdict.DEAD)",
        "return not verdict",
        (f"{_MASS}::test_who_was_barred_by_a_fault_is_free_again",),
    ),
    Guard(
        "who is barred is told nothing unproven",
        f"{_STORE}/replying.py",
        "if connection.scalar(select(suppressions.c.since).where(suppressions.c.address_hash == address)) is not None:",
        "if False:",
        (f"{_OBEYED}::test_who_is_barred_is_told_nothing_unproven",),
    ),
    Guard(
        "few are told a day what nobody proved to have asked",
        f"{_STORE}/replying.py",
        "return int(connection.scalar(told) or 0) < MOST_TOLD",
        "return True",
        (f"{_OBEYED}::test_a_list_of_addresses_gets_few_of_them_mail",),
    ),
    Guard(
        "a person whose sender cannot be read waits for people",
        _DECISION,
        "(clues.is_automatic and not clues.is_nameless)",
        "clues.is_automatic",
        (_WHAT,),
    ),
    Guard(
        "no text holds half a character",
        "mailer/adapters/mail_charsets.py",
        '_HALVES.sub("\\ufffd", octets.decode(name, "replace"))',
        'octets.decode(name, "replace")',
        ("tests/unit/test_mail_reading.py::test_half_a_character_is_none",),
    ),
    Guard(
        "JSON holds nothing that a terminal obeys",
        "mailer/cli/terminal.py",
        'line if line.isprintable() else "".join(map(_spelled, line))',
        "line",
        ("tests/unit/test_json_output.py",),
    ),
    Guard(
        "a long name holds up no mailbox",
        "mailer/adapters/mailbox/maildir.py",
        "name if len(octets) <= LONGEST_NAME else",
        "name if octets else",
        ("tests/integration/test_maildir_mailbox.py::test_a_name_as_long_as_can_be_holds_up_nothing",),
    ),
    Guard(
        "a mail on which the server breaks holds up no others",
        _INTAKE,
        "if self._tries[waiting.identifier] >= TRIES:",
        "if False:",
        (f"{_CRASHES}::test_a_mail_on_which_the_server_breaks_holds_up_no_others",),
    ),
    Guard(
        "a dead address elsewhere is not its reader's",
        _CLUES,
        "by_address=at_theirs and self._is_about(reader),",
        "by_address=at_theirs,",
        (f"{_MAILBOX}::test_a_dead_address_to_which_a_reader_passes_mails_on_is_not_theirs",),
    ),
    Guard(
        "a mail that names us openly is no copy",
        _CLUES,
        " and plain.isdisjoint(openly)",
        "",
        (f"{_MAILBOX}::test_who_writes_to_us_openly_is_left_for_people",),
    ),
)
