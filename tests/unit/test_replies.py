"""What an answer is about stands in the name of its mailing, and nowhere else."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.core.mail_commands import Command
from mailer.core.replies import HOW_TO, Reply, daily_prefix, read_reply_id

DAY = date(2026, 11, 23)
MAILING_ID_ROOM = 80  # characters of the column
slugs = st.from_regex(r"[a-z0-9]{1,20}(?:-[a-z0-9]{1,19})?", fullmatch=True)
replies = st.one_of(
    st.sampled_from([Reply(None), Reply(Command.STOP), Reply(Command.PAUSE)]),
    st.builds(Reply, st.sampled_from([Command.SENT, Command.NOT_THIS_CASE]), slugs, st.integers(1, 99_999)),
)


@given(replies, st.dates())
def test_a_mailing_is_read_back_from_its_name(reply, day):
    """Whatever the day and the campaign; and there is room for the longest."""
    name = reply.mailing_id(day)

    assert read_reply_id(name) == reply
    assert len(name) <= MAILING_ID_ROOM
    assert name.startswith(daily_prefix(reply.command, day))


@given(replies, replies)
def test_no_command_begins_as_another_does(one, other):
    """What was answered today is found by how the names of mailings begin."""
    begins = other.mailing_id(DAY).startswith(daily_prefix(one.command, DAY))

    assert begins == (one.command is other.command)


@pytest.mark.parametrize("name", ["confirm-2026-11-23", "alert", "reminder-after-3d", ""])
def test_other_mailings_answer_nothing(name):
    """Their names are told from ours by the beginning."""
    assert read_reply_id(name) is None


@pytest.mark.parametrize(
    "wrong",
    [(Command.STOP, "case", 1), (None, "case", 1), (Command.SENT, "", 0), (Command.SENT, "case", 0), (None, "", 2)],
)
def test_only_what_is_about_a_case_names_one(wrong):
    """With the revision that says what it is called."""
    with pytest.raises(ValueError, match=r"names (its|no) case"):
        Reply(*wrong)


def test_what_was_not_done_has_a_name_too():
    """The template asks for it."""
    assert (Reply(None).name, Reply(Command.STOP).name) == (HOW_TO, "stop")
