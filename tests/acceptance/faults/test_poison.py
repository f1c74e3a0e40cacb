"""Does one bad letter hold up the others? A row that cannot be opened, a template that fails, a letter that kills."""

from __future__ import annotations

import signal
import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from tests.acceptance.cases import address, addresses
from tests.acceptance.workplace import ROOT

SIZE = 60
BAD = 7
MOST_STARTS = 12  # more than a poison letter may cost


def others_have_theirs(ordeal) -> None:
    """Everybody but one has exactly one letter."""
    finding = ordeal.finding()

    assert finding.missed == (address(BAD),)
    assert (finding.doubled, finding.strangers, finding.altered) == (0, (), ())
    assert ordeal.workplace.counts("alert") == {"sent": SIZE - 1, "failed": 1}


def test_a_row_that_cannot_be_opened(begin_ordeal):
    """One supporter's sealed row is damaged: that letter fails, `status` says why, all others leave."""
    ordeal = begin_ordeal(SIZE)
    with closing(sqlite3.connect(ordeal.workplace.database)) as database, database:
        (row,) = database.execute("SELECT id FROM supporters ORDER BY id LIMIT 1 OFFSET ?", (BAD,)).fetchone()
        database.execute("UPDATE supporters SET sealed = randomblob(length(sealed)) WHERE id = ?", (row,))
    ordeal.drain("run")

    others_have_theirs(ordeal)
    assert "damaged" in str(ordeal.workplace.mailing("alert"))


def test_a_template_that_fails_for_one(begin_ordeal):
    """An organiser's own template cannot render one supporter: that letter fails with file and line, others leave."""
    ordeal = begin_ordeal(SIZE)
    mail = ordeal.workplace.folder / "mine" / "mail"
    mail.mkdir(parents=True)
    text = (ROOT / "templates" / "mail" / "alert.txt.j2").read_text(encoding="utf-8")
    fails = f"{{% if name == 'Person {BAD:05}' %}}{{{{ case.nothing.here }}}}{{% endif %}}"
    (mail / "alert.txt.j2").write_text(text.replace("{% set first %}\n", "{% set first %}\n" + fails), encoding="utf-8")
    ordeal.workplace.settings["TEMPLATES_DIR"] = "mine"
    ordeal.drain("run")

    others_have_theirs(ordeal)
    assert "alert.txt.j2" in str(ordeal.workplace.mailing("alert"))


@pytest.mark.parametrize("connections", [1, 4])
def test_a_letter_that_kills_its_sender(begin_ordeal, connections):
    """Whoever composes it dies: after a few starts it is given up, with the reason, and all others have left."""
    ordeal = begin_ordeal(SIZE, connections=connections)
    ordeal.clocks.pass_(timedelta())
    code = None
    for _ in range(MOST_STARTS):
        code = ordeal.start("run", poison=address(BAD)).wait()
        if code == 0:
            break
        ordeal.doubts += connections if code == -signal.SIGKILL else 0
        ordeal.clocks.pass_(timedelta(minutes=10))

    assert code == 0
    assert ordeal.finding().doubled <= ordeal.doubts
    assert {letter.recipient for letter in ordeal.oracle.accepted} == set(addresses(range(SIZE))) - {address(BAD)}
    assert ordeal.workplace.counts("alert") == {"sent": SIZE - 1, "failed": 1}
    assert "died" in str(ordeal.workplace.mailing("alert"))
