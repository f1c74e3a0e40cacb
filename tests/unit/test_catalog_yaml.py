"""Is YAML read by its version 1.2, with positions, and without harm?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.adapters.catalog.document import Document
from mailer.adapters.catalog.nodes import DEEPEST, Mark, YamlError, read_nodes
from mailer.adapters.catalog.plain_scalars import read_plain


def document(text: str) -> Document:
    """Return the document of a text."""
    root = read_nodes(text)
    assert root is not None
    return Document("file.yaml", text, root)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NO", "NO"),
        ("no", "no"),
        ("on", "on"),
        ("yes", "yes"),
        ("09:00", "09:00"),
        ("2026-12-02", "2026-12-02"),
        ("0o17", 15),
        ("017", 17),
        ("0xff", 255),
        ("-12", -12),
        ("1_000", "1_000"),
        ("1.5e3", 1500.0),
        (".5", 0.5),
        ("true", True),
        ("FALSE", False),
        ("~", None),
        ("Null", None),
        ("", None),
        ("-", "-"),
        ("+44 20", "+44 20"),
        (".inf", float("inf")),
        ("1.2.3", "1.2.3"),
    ],
)
def test_plain_words_mean_what_the_core_schema_says(text: str, value: object) -> None:
    """Norway is a country, a clock time is a text, and 0o17 is fifteen."""
    assert read_plain(text) == value
    assert type(read_plain(text)) is type(value)


def test_quoted_numbers_are_texts_and_tags_of_the_schema_hold() -> None:
    """Quotes and !!str keep a number from being read as one."""
    assert document("{a: '1', b: !!str 2, c: !!int 3, d: \"true\"}").value == {"a": "1", "b": "2", "c": 3, "d": "true"}


def test_keys_are_texts_whatever_they_look_like() -> None:
    """NO, on and 2026 are keys as they are spelt."""
    assert document("{NO: 1, on: 2, 2026: 3, ~: 4}").value == {"NO": 1, "on": 2, "2026": 3, "~": 4}


def test_positions_count_characters_from_one() -> None:
    """A column counts letters, not bytes: Cyrillic before it does not shift it."""
    found = document("привет: {мир: [раз, два]}")

    assert found.mark(("привет", "мир", 1)) == Mark(1, 21)
    assert found.key_mark(("привет", "мир")) == Mark(1, 10)


def test_a_path_that_leads_nowhere_is_where_it_stopped() -> None:
    """A missing value is told at the map that lacks it."""
    found = document("a:\n  b: 1\n")

    assert found.mark(("a", "c", 3)) == Mark(2, 3)
    assert not found.has(("a", "c"))


def test_paths_are_told_in_words() -> None:
    """Items of lists are called by their id, else by their number."""
    found = document("campaigns:\n  - id: case\n    targets:\n      - {phone: 1}\n    copies_to: [x]\n")

    assert found.words(("campaigns", 0, "targets", 0, "phone")) == "campaign case, target 1, phone"
    assert found.words(("campaigns", 0, "copies_to", 0)) == "campaign case, copies_to 1"
    assert found.words(()) == ""


def test_an_alias_stands_at_each_of_its_places() -> None:
    """What is anchored once and used twice has both paths, and the line where it is written."""
    found = document("a: &x {b: 1}\nc: *x\n")

    assert found.value == {"a": {"b": 1}, "c": {"b": 1}}
    assert found.mark(("c", "b")) == Mark(1, 11)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: b: c", 1, "quotes"),
        ("a:\n\tb: 1", 2, "tabs"),
        ("a: [1", 2, "]"),
        ("a: {b: 1", 2, "}"),
        ("a: 'x", 1, "quote"),
        ("a:\n  - b\n c: d", 3, "indented"),
        ("a: 1\n---\nb: 2", 2, "---"),
        ("a: *nope", 1, '"*nope"'),
        ("a: &a [*a]", 1, "holds itself"),
        ("a: !python/object x", 1, "no meaning"),
        ("a: !!int x", 1, "no meaning"),
        ("a: !x {b: 1}", 1, "no meaning"),
        ("a: 1\nb: \x01", 2, "control character"),
        ("? [a]\n: 1", 1, "quotes"),
        ("&a k: 1", 1, "the word itself"),
    ],
)
def test_what_is_not_yaml_is_told_with_its_line_and_a_way_out(text: str, line: int, message: str) -> None:
    """One problem, at its place, with what would be right."""
    with pytest.raises(YamlError) as caught:
        read_nodes(text)

    assert caught.value.mark.line == line
    assert message in f"{caught.value.message} {caught.value.hint}"


@pytest.mark.parametrize("opening", ["[", "- ", "{a: ", "? "])
def test_deep_nesting_is_refused_and_not_followed(opening: str) -> None:
    """A hundred thousand brackets cost an error, not the process."""
    with pytest.raises(YamlError):
        read_nodes(opening * 100_000)


def test_nesting_to_the_bound_is_read() -> None:
    """The bound refuses what is deeper, and nothing else."""
    assert read_nodes("[" * DEEPEST + "]" * DEEPEST) is not None
    with pytest.raises(YamlError, match="deep"):
        read_nodes("[" * (DEEPEST + 2) + "]" * (DEEPEST + 2))


def test_a_billion_laughs_are_refused() -> None:
    """Aliases of aliases cannot fill the memory."""
    layers = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12))

    with pytest.raises(YamlError, match="expand"):
        read_nodes(f"a0: &a0 lol\n{layers}\n")


def test_check_marks_are_comments_and_nothing_else() -> None:
    """A mark inside a quoted or folded text is text."""
    found = document('a: "x # check"\nb: |\n  # check this\nc: 1  # check: is it 1\n# checked\n#check\n')

    assert [(mark.line, mark.column, why) for mark, why, _ in found.check_marks()] == [(4, 7, "is it 1"), (6, 1, "")]


def test_a_check_mark_belongs_to_what_stands_before_it() -> None:
    """The path of a mark is that of the last value on its line, or above."""
    found = document("a:\n  - b: 1\n    c: 2 # check\n")

    assert [path for _, _, path in found.check_marks()] == [("a", 0, "c")]


@given(st.text(st.sampled_from("ab:-?[]{},&*!|>'\"%@`#~ \n\t0é\x07"), max_size=40))
def test_any_text_is_a_tree_or_an_error_of_ours(text: str) -> None:
    """No text makes the reader raise anything but its own error."""
    try:
        root = read_nodes(text)
    except YamlError as error:
        place = error.mark
    else:
        place = root.mark if root else Mark(1, 1)
        assert root is None or _same(Document("x", text, root).value, Document("x", text, root).value)

    assert min(place) >= 1


def _same(one: object, other: object) -> bool:
    """Tell whether two readings agree; not-a-number never equals itself."""
    return repr(one) == repr(other)
