"""Are rows of docs/reliability.md put where they belong?"""

from __future__ import annotations

from tests.acceptance.faults.reliability import PAGE, machine, record, with_row

EMPTY = "# Page\n\n<!-- one -->\n| a | b | c | d |\n|---|---|---|---|\n\nText.\n\n<!-- two -->\n| a |\n|---|\n"


def test_a_row_joins_its_table_and_replaces_the_older_one_of_its_kind():
    """The first three cells name what was done; the other rows, tables and words stay."""
    page = with_row(with_row(EMPTY, "one", ["4", "x", "y", "old"]), "one", ["1", "x", "y", "first"])
    page = with_row(page, "one", ["4", "x", "y", "new"])

    rows = "| 1 | x | y | first |\n| 4 | x | y | new |\n"
    assert page == EMPTY.replace("|---|---|---|---|\n", f"|---|---|---|---|\n{rows}")


def test_the_page_has_both_tables_and_a_row_fits_their_heads(tmp_path, monkeypatch):
    """A row that is recorded has as many cells as its table has heads, its machine among them."""
    monkeypatch.setenv("MAILER_TESTS_RECORD", "1")
    copy = tmp_path / "page.md"
    copy.write_text(PAGE.read_text())
    record("kills", *range(10), page=copy)
    record("commands", *range(6), page=copy)

    for table in ("kills", "commands"):
        lines = copy.read_text().split(f"<!-- {table} -->\n")[1].splitlines()
        (row,) = [line for line in lines if line.startswith("| 0 | 1 |")][:1]
        assert (row.count("|"), machine() in row) == (lines[0].count("|"), True)


def test_nothing_is_recorded_unless_asked_for(tmp_path, monkeypatch):
    """Tests outside of `make soak` leave the page alone."""
    monkeypatch.delenv("MAILER_TESTS_RECORD", raising=False)
    copy = tmp_path / "page.md"
    copy.write_text(EMPTY)
    record("one", 1, page=copy)

    assert copy.read_text() == EMPTY
