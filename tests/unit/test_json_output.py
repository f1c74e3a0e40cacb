"""What is printed for programs is safe on a terminal, too, and says the same."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stdout

from hypothesis import given
from hypothesis import strategies as st

from mailer.cli.terminal import emit_json


@given(st.text(st.characters(exclude_categories=()), max_size=50))
def test_json_holds_nothing_that_a_terminal_obeys(text):
    """C1 controls, marks that turn the direction of writing, halves of characters: escaped, and read back alike."""
    with redirect_stdout(io.StringIO()) as stdout:
        emit_json({"subject": text})
    written = stdout.getvalue()

    written.encode("utf-8")
    assert all(line.isprintable() for line in written.split("\n"))
    assert json.loads(written) == {"subject": text}
