"""Which values do properties hold for? Strategies that several tests share."""

from __future__ import annotations

from hypothesis import strategies as st

# --- messages -------------------------------------------------------------------------------------

_GREETINGS = (
    "Дорогой друг, ",
    "سلام ",
    "你好 ",
    "👩🏽‍🏭",
    "Grüße, ",
    "a, b; c <d> (e)",
    "  ",
    '"\\',
    "x" * 80,
    "=_",
    "?=",
)

header_characters = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029")
header_texts = (
    st.lists(st.one_of(st.text(header_characters), st.sampled_from(_GREETINGS)), min_size=1, max_size=6)
    .map("".join)
    .filter(lambda text: text and "=?" not in text)
)
"""Texts that a header may hold: any script, quotes and commas, runs of spaces, long words."""

body_texts = st.lists(
    st.one_of(
        st.text(st.characters(exclude_categories=("Cs",))),
        st.sampled_from(
            (*_GREETINGS, "\r\n.\r\n", "\n.\n", "\r", "From me", "x" * 1200, "line \n", "--=_", "=3D", "\0")
        ),
    ),
    max_size=8,
).map("".join)
"""Bodies of any content: dots on lines, lone line ends, lines that are too long, controls."""

_atoms = st.text("abcdefghijklmnopqrstuvwxyzABC0189!#$%&'*+/=^_`{|}~-", min_size=1, max_size=20)
_labels = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?", fullmatch=True)
addresses = st.builds(
    lambda local, domain: f"{'.'.join(local)}@{'.'.join(domain)}.example",
    st.lists(_atoms, min_size=1, max_size=3),
    st.lists(_labels, min_size=1, max_size=3),
)
"""Addresses of one mailbox, with every character that a dot-atom may have."""

# --- supporters -----------------------------------------------------------------------------------

public_ids = st.binary(min_size=8, max_size=8)
"""Public ids of supporters."""

cell_texts = st.one_of(
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=30),
    st.sampled_from(("=1+1", "+44", "-2", "@SUM(A1)", "'=x", "''@", "'plain", "a;b", "a,b", 'say "x"', "=cmd|'!A0")),
)
"""What may stand in a cell: any script, delimiters, quotes, and what a spreadsheet would run."""

# --- skeletons ------------------------------------------------------------------------------------

_VALUES = ("", ".", " ", "\t", "=", "=3D", "a ", "Жанна Пример", "آن", "👩🏽‍🏭", "&lt;b&gt;", "x" * 80, "%D0%96" * 40)
_LINE_ENDS = ("\n", "\r", "\r\n", ".\n", "é\n", " \n")
_WORDS = ("a", ".", " ", "\t", "=", "ж", "x" * 74, "x" * 76, "word " * 40, "x" * 990)

plain_values = st.one_of(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12), st.sampled_from(_VALUES))
"""Values of one person: any script, and what encodings treat apart."""

body_pieces = st.lists(
    st.one_of(st.integers(0, 2), st.sampled_from(_LINE_ENDS), st.sampled_from(_WORDS), body_texts), max_size=12
).map(tuple)
"""Pieces of texts with three values: lines that end in any way or not at all, and long ones."""

usual_names = st.from_regex(r"(?:[A-Za-z][A-Za-z0-9]{0,12}(?:[ -][A-Za-z0-9]{1,12}){0,3})?", fullmatch=True)
"""What most people are called: plain letters and digits in a few words, or nothing."""
