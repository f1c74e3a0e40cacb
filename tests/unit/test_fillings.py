"""What is put into a cohort's mails for one supporter, each value as it is written in its place."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from hypothesis import given
from hypothesis import strategies as st

from mailer.core.authors import Author
from mailer.core.fillings import Numbering
from mailer.core.marked_authors import marked
from mailer.core.marks import Context, Marks, Place, Token, Trait, Variant
from mailer.core.shown import Shown

TOKENS = ("b2xkLXRva2Vu", "af7rbx")
OTHERS = Author("x", "x", "x", "x")
names = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=9)
writings = st.sampled_from(Context)


def put_down(text: str, context: Context) -> str:
    """Return what a template writes in a context."""
    if context is Context.HTML:
        return Shown(text).__html__()
    return quote(text, safe="") if context is Context.LINK else text


def filled(texts: list[str], marks: Marks, author: Author, tokens: dict[Token, str]) -> list[str]:
    """Return cut texts with the values of one author put in."""
    cut = [marks.cut(text) for text in texts]
    numbering = Numbering(marks, cut)
    values = numbering.filling.values(author, "2 January", [tokens[token] for token in numbering.filling.tokens])
    return ["".join(p if isinstance(p, str) else values[p] for p in numbering.number(pieces)) for pieces in cut]


@given(names, names, st.integers(0, 99), st.lists(writings, min_size=1, max_size=4), st.integers(1, 3))
def test_a_filled_text_is_the_one_that_a_template_makes_of_the_values(name, city, seed, contexts, count):
    """Own texts, variants with own texts in them and tokens come out as if each had been written by itself."""
    author, marks = Author(name, "X.", city, "Union", seed=seed), Marks(TOKENS)

    def letter(by: Author, tokens: tuple[str, ...]) -> list[str]:
        opening = by.choose("opening", count, lambda n: f"{n} & {by.name}, {by.city}\nsecond {n}")
        closing = by.choose("closing", count, lambda n: f"<{n}>")
        texts = [f"Dear {by.name} {tokens[0]}", f"{opening}", f"{closing}{by.name}{opening}", by.name, "no mark"]
        return [put_down(text, context) for context in contexts for text in texts] + [f"mailto:a+{tokens[1]}@x.example"]

    of_all = letter(marked(OTHERS, marks), TOKENS)

    assert filled(of_all, marks, author, {Token(0): "Tk0", Token(1): "tk1"}) == letter(author, ("Tk0", "tk1"))


def test_each_value_is_made_once_for_each_way_of_writing():
    """A name that stands in ten places is escaped once; a token that is not shown is not derived."""
    marks = Marks(TOKENS)
    sign, line = marks.sign(Trait.NAME), marks.sign(Variant("opening", ("One", "Two")))
    html = Shown(sign).__html__()

    filling = Numbering(marks, [marks.cut(f"{sign} {sign} {TOKENS[1]}"), marks.cut(f"{html}{html}{line}")]).filling

    assert [len(filling.own), len(filling.varied), len(filling.varied[0].tables)] == [3, 1, 1]
    assert filling.tokens == (Token(1),)
    assert filling.values(Author("<A>"), "", ["tk"])[:3] == ["<A>", "tk", escape("<A>")]


def test_variants_of_equal_names_and_unequal_counts_are_chosen_apart():
    """A letter in two languages of which one has more openings picks by each count."""
    marks = Marks(())
    lines = [Variant("opening", ("a", "b")), Variant("opening", ("c", "d", "e"))]
    text = "".join(map(marks.sign, lines))

    for seed in range(12):
        author = Author(seed=seed)
        wanted = "ab"[author.pick("opening", 2)] + "cde"[author.pick("opening", 3)]
        assert filled([text], marks, author, {}) == [wanted]


def test_a_place_in_a_context_is_not_the_same_in_another():
    """What is escaped for HTML is never what stands in a text."""
    assert len({Place(Trait.NAME, context) for context in Context}) == len(Context)
