"""When does machine code run instead of a source? Only where it was made of the same octets, by the same Python."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from mailer.compiled import SHARED, CompiledFinder, digests_of, file_of, read_digests, source_of, use, write_digests
from tools.compiling import MODULES

SOURCES = {"mailer.one": "ONE = 1\n", "mailer.deep.two": "TWO = 2\n"}
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _finders(monkeypatch):
    """What looks for modules is as before after each test, and nobody has asked for the sources."""
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    monkeypatch.delenv("MAILER_COMPILED", raising=False)


@pytest.fixture
def root(tmp_path) -> Path:
    """A checkout with two modules."""
    for module, text in SOURCES.items():
        path = source_of(module, tmp_path / "checkout")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "checkout"


@pytest.fixture
def folder(tmp_path, root) -> Path:
    """The compiled modules of that checkout."""
    made = tmp_path / "compiled"
    made.mkdir()
    for module in (SHARED, *SOURCES):
        file_of(module, made).touch()
    write_digests(made, digests_of(root, tuple(SOURCES)))
    return made


def finders() -> int:
    """Return how many finders of compiled modules are in use."""
    return sum(isinstance(finder, CompiledFinder) for finder in sys.meta_path)


def test_what_was_compiled_from_these_sources_is_found_first(root, folder):
    """Both modules, by their whole names, and what they share; no other."""
    before = finders()
    assert use(root, folder)
    assert finders() == before + 1

    finder = sys.meta_path[0]
    for module in (SHARED, *SOURCES):
        assert finder.find_spec(module, None).origin == str(file_of(module, folder))
    assert finder.find_spec("mailer.three", None) is None


@pytest.mark.parametrize("module", SOURCES)
def test_one_octet_more_and_all_run_from_their_sources(root, folder, module):
    """A change in any of the sources: none of the compiled modules is used."""
    with source_of(module, root).open("a") as source:
        source.write(" ")
    before = finders()
    assert not use(root, folder)
    assert finders() == before


def test_a_source_that_is_gone_is_a_change(root, folder):
    """A module that was moved."""
    (root / "mailer" / "one.py").unlink()
    assert not use(root, folder)


@pytest.mark.parametrize("missing", [SHARED, *SOURCES])
def test_machine_code_that_is_missing_is_not_half_used(root, folder, missing):
    """Made by another Python, or lost."""
    file_of(missing, folder).unlink()
    assert not use(root, folder)


@pytest.mark.parametrize("text", ["", "no digests\n", "ab  mailer.one\n", "é"])
def test_a_list_that_cannot_be_read_is_none(root, folder, text):
    """Empty, in another form, of other sources, in another encoding."""
    (folder / "sources.txt").write_text(text)
    assert not use(root, folder)


def test_a_folder_that_is_not_there_is_none(root, tmp_path):
    """Nobody has compiled anything."""
    assert read_digests(tmp_path / "nowhere") == {}
    assert not use(root, tmp_path / "nowhere")


def test_the_sources_can_be_asked_for(root, folder, monkeypatch):
    """MAILER_COMPILED=no."""
    monkeypatch.setenv("MAILER_COMPILED", "No")
    assert not use(root, folder)


@pytest.mark.parametrize("module", MODULES)
def test_nothing_waits_in_a_finally(module):
    """The compiler leaves an error behind there: for the whole thread it goes on being the one that is handled."""
    tree = ast.parse(source_of(module).read_text("utf-8"))
    last = [step for block in ast.walk(tree) if isinstance(block, ast.Try) for step in block.finalbody]
    waits = (ast.Await, ast.AsyncWith, ast.AsyncFor, ast.Yield, ast.YieldFrom)

    assert not [node for step in last for node in ast.walk(step) if isinstance(node, waits)]


def test_every_module_that_is_compiled_is_there_and_once():
    """The list of modules, against the files."""
    assert len(set(MODULES)) == len(MODULES)
    assert all(digests_of(ROOT, MODULES).values())
