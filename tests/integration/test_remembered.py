"""Is an answer used again for the very bytes that it was found from, and for no others?"""

from __future__ import annotations

from pathlib import Path

import pytest

from mailer.adapters.remembered import Remembered, read_from
from mailer.adapters.templates import Templates


def ask(path: Path, *ingredients: bytes, answer: str = "newer") -> tuple[dict[str, str], bool]:
    """Return the answer, and whether it had to be found."""
    found: list[bool] = []

    def find() -> dict[str, str]:
        found.append(True)
        return {"case": answer}

    return Remembered(path).answer(ingredients, find), bool(found)


def test_what_was_found_is_not_looked_for_again(tmp_path):
    """The same bytes have the same answer, in another process too."""
    assert ask(tmp_path / "kept", b"file", b"words") == ({"case": "newer"}, True)
    assert ask(tmp_path / "kept", b"file", b"words", answer="other") == ({"case": "newer"}, False)


@pytest.mark.parametrize("changed", [(b"file!", b"words"), (b"file",), (b"filew", b"ords"), (b"words", b"file"), ()])
def test_other_bytes_are_looked_at_anew(tmp_path, changed):
    """Whatever changes, and wherever one part ends and the next begins, an old answer is not given."""
    ask(tmp_path / "kept", b"file", b"words")

    assert ask(tmp_path / "kept", *changed, answer="other") == ({"case": "other"}, True)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[1]", b'{"of": 1, "found": 2}', b"null"])
def test_a_damaged_file_is_as_good_as_none(tmp_path, content):
    """It is replaced, and nobody is told: it holds nothing that is missed."""
    (tmp_path / "kept").write_bytes(content)

    assert ask(tmp_path / "kept", b"file") == ({"case": "newer"}, True)
    assert ask(tmp_path / "kept", b"file") == ({"case": "newer"}, False)
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_where_nothing_can_be_kept_it_is_looked_for_each_time(tmp_path):
    """A folder that is not there is no error."""
    assert ask(tmp_path / "missing" / "kept", b"file") == ({"case": "newer"}, True)
    assert ask(tmp_path / "missing" / "kept", b"file") == ({"case": "newer"}, True)


@pytest.mark.parametrize("name", ["locale/de/protest.yaml", "locale/de/demands.yaml", "locale/xx/phone.yaml"])
def test_a_campaign_is_read_from_its_file_and_from_the_organisers_own_words(tmp_path, name):
    """Each of them changes what is asked; so does a letter that was not there before."""
    file, own = tmp_path / "campaigns.yaml", tmp_path / "templates"
    file.write_bytes(b"version: 1")
    shipped = list(read_from(file, Templates(own)))
    (own / name).parent.mkdir(parents=True)
    (own / name).write_bytes(b"mine")
    mine = list(read_from(file, Templates(own)))
    file.write_bytes(b"version: 2")

    assert b"version: 1" in shipped
    assert b"mine" in mine
    assert shipped != mine != list(read_from(file, Templates(own)))


def test_the_code_that_reads_campaigns_is_asked_for_too():
    """A new version of ours may read the same file otherwise."""
    code = Path(read_from.__code__.co_filename).parent / "catalog" / "loading.py"

    assert code.read_bytes() in list(read_from(code, Templates()))[1:]
