"""Is the house in order? Files that say what they answer, short functions, plain names, nothing of one machine."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from statistics import median

import pytest

from tests.pages import ROOT

MODULES = sorted((ROOT / "mailer").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
BANNED = {"utils", "helpers", "common", "manager", "handler", "process", "data", "info", "misc"}
LONGEST_FUNCTION = 40
LONGEST_MODULE = 300
MADE = {".git", ".venv", "var", "dist", "build", "__pycache__", "node_modules"}
MACHINE = re.compile(r"(?<![\w.~-])/(?:root|work|tmp|home|Users)/\w")
REGISTRY = re.compile(r"pypi\.org|pythonhosted|index-url|find-links|trusted-host|artifactory|devpi", re.IGNORECASE)
FOR_GOOD = re.compile(r"\)(?:[*+?]|\{[0-9,]+\})\+|\(\?>")  # a possessive or atomic group

every_module = pytest.mark.parametrize("path", MODULES, ids=[path.relative_to(ROOT).as_posix() for path in MODULES])
Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions_of(path: Path) -> list[Function]:
    """Return every function and method of a file."""
    return [node for node in ast.walk(tree_of(path)) if isinstance(node, Function)]


def tree_of(path: Path) -> ast.Module:
    """Return a file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def length_of(function: Function) -> int:
    """Return how many lines a function has, its docstring with it."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def files_of_ours() -> list[Path]:
    """Return all files that belong to the repository: what tools make, and hidden caches, left out."""
    found = (path for path in ROOT.rglob("*") if path.is_file() and path.suffix != ".png")
    return [path for path in found if not _is_made(path.relative_to(ROOT))]


def _is_made(path: Path) -> bool:
    """Tell whether a tool made this."""
    return any(part in MADE or part.endswith("_cache") or part == ".hypothesis" for part in path.parts)


@every_module
def test_a_file_begins_with_the_question_that_it_answers(path: Path) -> None:
    """Whoever opens it knows from the first line whether they are right here."""
    told = ast.get_docstring(tree_of(path))

    assert told is not None
    assert "?" in told.splitlines()[0]


@every_module
def test_a_file_can_be_read_in_one_go(path: Path) -> None:
    """No module has more than 300 lines, and no function more than 40."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE
    assert [function.name for function in functions_of(path) if length_of(function) > LONGEST_FUNCTION] == []


def test_functions_are_short_as_a_rule() -> None:
    """Half of all functions have eight lines or fewer, nine of ten fewer than 25."""
    lengths = [length_of(function) for path in MODULES for function in functions_of(path)]

    assert median(lengths) <= 8
    assert sum(length < 25 for length in lengths) >= 0.9 * len(lengths)


def test_names_say_what_is_inside() -> None:
    """No file or folder has a name under which anything could be put."""
    parts = {part.removesuffix(".py") for path in MODULES for part in path.relative_to(ROOT).parts}

    assert parts & BANNED == set()


@pytest.mark.parametrize("path", TESTS, ids=[path.relative_to(ROOT).as_posix() for path in TESTS])
def test_each_test_says_what_it_proves(path: Path) -> None:
    """Its docstring is the fact, and a test file says what it is about."""
    tests = [function for function in functions_of(path) if function.name.startswith("test_")]

    assert ast.get_docstring(tree_of(path))
    assert [test.name for test in tests if not ast.get_docstring(test)] == []


def test_nothing_tells_of_the_machine_that_it_was_written_on() -> None:
    """No path of somebody's machine and no address of a package registry stands in any file."""
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in files_of_ours()
        if path != Path(__file__)
        for pattern in (MACHINE, REGISTRY)
        for match in pattern.finditer(path.read_text(encoding="utf-8", errors="replace"))
    ]

    assert found == []


@pytest.mark.parametrize(
    "line", ["cd /home/anna/mailer", "folder = '/tmp/mailer'", "-" + "-index-url=x", "files.pythonhosted.org"]
)
def test_what_tells_of_a_machine_is_noticed(line: str) -> None:
    """The patterns find what they are for."""
    assert MACHINE.search(line) or REGISTRY.search(line)


def test_no_expression_repeats_a_group_for_good() -> None:
    """Python 3.11.2, which Debian ships, lets such a repetition match what it must not: "a.@b" as an address, say."""
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in MODULES
        for match in FOR_GOOD.finditer(path.read_text(encoding="utf-8"))
    ]

    assert found == []
    assert all(FOR_GOOD.search(wrong) for wrong in (r"(?:\.[a-z]++)*+", "(a|b)++", "(?>ab)", "(?:a){1,3}+"))


def test_every_library_that_is_imported_is_a_dependency() -> None:
    """Nothing works only because a tool for developers happens to bring it along."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = {plain(re.split(r"[\[<>=]", line)[0]) for line in project["dependencies"]}
    imported = {name for path in MODULES for name in imports_of(path)} - set(sys.stdlib_module_names) - {"mailer"}

    assert len(imported) > 15
    assert [name for name in imported if not set(map(plain, packages_distributions()[name])) & named] == []


def plain(name: str) -> str:
    """Return a library's name as it is compared (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def imports_of(path: Path) -> set[str]:
    """Return the top names that a file imports, those for types alone too."""
    nodes = list(ast.walk(tree_of(path)))
    whole = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    parts = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    return {name.partition(".")[0] for name in whole | parts}
