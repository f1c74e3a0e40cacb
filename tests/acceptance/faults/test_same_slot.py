"""Is a slot sent once, whoever plans it and however the file changes? Two daemons, two files, edited lines."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from shutil import copytree

from tests.acceptance.cases import campaign_file, today

SIZE = 60
NOW = today()


def test_two_that_plan_one_slot_at_once(begin_ordeal):
    """One holds still in the middle of a page while the other comes to the same one: everybody is in it once."""
    ordeal = begin_ordeal(SIZE)
    first = ordeal.start("run", at="before-page-commit:2:hold", page=30)
    ordeal.wait_held()
    second = ordeal.start("run", page=30)
    ordeal.go()
    assert {first.wait(), second.wait()} <= {0, 75}
    ordeal.drain("run")

    assert ordeal.judge().doubled == 0


def test_two_campaign_files_over_one_database(begin_ordeal):
    """Two machines whose files differ take turns, and then run at once: nobody gets the alert twice."""
    ordeal = begin_ordeal(SIZE)
    ordeal.drain("run")
    folder = ordeal.workplace.folder.parent / "other"
    copytree(ordeal.workplace.folder, folder, ignore=lambda *_: ["var"])
    copytree(ordeal.workplace.home, folder.parent / "other-home")
    (folder / "var").symlink_to(ordeal.workplace.folder / "var")
    (folder / "campaigns.yaml").write_text(campaign_file(NOW, court="another", more="on_uncertain: hold"))
    others = replace(ordeal, workplace=replace(ordeal.workplace, folder=folder))
    for _ in range(2):
        assert others.do("run").code == 0
        assert ordeal.do("run").code == 0
    both = [ordeal.start("run"), others.start("run")]

    assert [running.wait() for running in both] == [0, 0]
    assert ordeal.judge().doubled == 0


def test_lines_that_are_inserted_and_times_that_are_edited_send_nothing_twice(begin_ordeal):
    """The alert has gone out; then its time is edited, and mailings are put before and behind it."""
    ordeal = begin_ordeal(SIZE)
    ordeal.drain("run")
    soon = NOW + timedelta(minutes=5)
    for lines in (
        f"[{{alert: {soon:%Y-%m-%d %H:%M}}}]",
        "[{reminder: {before: trial, by: 24h}}, {alert: on-launch}, {reminder: {after: 3d}}]",
        "[{alert: {id: first, at: on-launch}}, {reminder: {after: 3d}}]",
    ):
        ordeal.workplace.write("campaigns.yaml", campaign_file(NOW, mailings=lines))
        ordeal.do("run")
        ordeal.clocks.pass_(timedelta(minutes=10))
        ordeal.do("run")

    assert ordeal.judge().doubled == 0


def test_from_a_rehearsal_to_the_relay_everybody_is_reached(begin_ordeal):
    """All letters became files; then a relay is set, it is launched, and everybody gets theirs."""
    ordeal = begin_ordeal(SIZE, launch=False)
    relay = ordeal.workplace.settings["RELAY_URL"]
    ordeal.workplace.settings["RELAY_URL"] = "file:var/mail"
    ordeal.workplace.run("launch", "case", "--yes")
    ordeal.workplace.run("run", "--until-idle")
    assert len(list((ordeal.workplace.folder / "var" / "mail").glob("*.eml"))) == SIZE
    assert ordeal.oracle.count == 0

    ordeal.workplace.settings["RELAY_URL"] = relay
    ordeal.workplace.run("launch", "case", "--yes")
    ordeal.drain("run")
    finding = ordeal.finding()
    assert (finding.missed, finding.doubled, ordeal.oracle.count) == ((), 0, SIZE)
