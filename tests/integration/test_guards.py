"""Does the list of guards still fit the code? That each is missed when it is taken out is shown by `make guards`."""

from __future__ import annotations

import re

import pytest

from tests.guards.command_guards import COMMAND_GUARDS
from tests.guards.guards import GUARDS, Guard
from tests.guards.mail_guards import MAIL_GUARDS
from tests.guards.mailbox_guards import MAILBOX_GUARDS
from tests.guards.mission_guards import MISSION_GUARDS
from tests.guards.page_guards import PAGE_GUARDS
from tests.pages import ROOT

ALL = (*GUARDS, *COMMAND_GUARDS, *PAGE_GUARDS, *MISSION_GUARDS, *MAIL_GUARDS, *MAILBOX_GUARDS)
each_guard = pytest.mark.parametrize("guard", ALL, ids=[guard.name for guard in ALL])


@each_guard
def test_a_guard_stands_where_the_list_says(guard: Guard):
    """Its words are in its file, once; without them the file is still Python."""
    text = (ROOT / guard.path).read_text(encoding="utf-8")

    compile(guard.taken_out_of(text), guard.path, "exec")
    assert guard.taken_out_of(text) != text


@each_guard
def test_the_tests_of_a_guard_are_there(guard: Guard):
    """A test that was renamed would be found by nobody."""
    for named in guard.tests:
        path, _, test = named.partition("::")
        assert re.search(rf"^(async )?def {test}\b" if test else "", (ROOT / path).read_text("utf-8"), re.MULTILINE)


def test_a_guard_that_is_not_in_its_file_is_told():
    """The list cannot rot in silence."""
    with pytest.raises(ValueError, match="stand 0 times"):
        GUARDS[0].taken_out_of("nothing")
