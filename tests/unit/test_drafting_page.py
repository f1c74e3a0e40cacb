"""A pasted text is cleaned and read: quoting, hidden addresses, wrapped lines, sentences and items."""

import pytest

from mailer.core.drafting.page import read_page
from mailer.core.drafting.text import MOST_CHARACTERS, MOST_LINES, clean, is_cut


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("write to mayor (at) town.example", "write to mayor@town.example"),
        ("write to mayor [at] town [dot] example", "write to mayor@town.example"),
        ("write to mayor AT town DOT example", "write to mayor@town.example"),
        ("schreibt an amt {ät} stadt.example", "schreibt an amt@stadt.example"),
        ("scrivete a sindaco (chiocciola) comune.example", "scrivete a sindaco@comune.example"),
        ("office@\nministry.example", "office@ministry.example"),
        ("office\n@ministry.example", "office@ministry.example"),
        ("office@ministry.\nexample", "office@ministry.example"),
        ("office @ ministry.example", "office@ministry.example"),
        ("see https://court.example/some/long/\npage.html", "see https://court.example/some/long/page.html"),
    ],
)
def test_addresses_that_were_hidden_or_broken_are_whole_again(written, read):
    """What spells out the "@" or breaks an address over lines is undone."""
    assert clean(written) == read


def test_quoting_of_a_mail_is_taken_off():
    """A quoted appeal reads as the appeal itself, however often it was quoted."""
    assert clean("> > Write to the court:\n> > court@law.example") == "Write to the court:\ncourt@law.example"


def test_the_fields_of_a_pasted_mail_go_and_its_subject_stays():
    """Who sent a mail to whom is no part of the appeal."""
    pasted = "From: A List <list@group.example>\nTo: all\nSubject: Fwd: Free the baker\n\nHe was jailed."

    assert clean(pasted) == "Free the baker\n\nHe was jailed."


def test_lines_that_a_mail_program_wrapped_are_one_again():
    """A sentence over several lines of one paragraph is one line."""
    wrapped = (
        "The council of the town wants to evict forty families from the hill, and\n"
        "armed guards came on Monday to pull down the houses that they had built\n"
        "there."
    )

    assert "\n" not in clean(wrapped)


def test_an_address_block_keeps_its_lines():
    """Short lines, labels and items are not wrapped sentences."""
    block = "Minister of Justice\nSample Street 1\nFax: 020 7946 0101\n- first\n- second"

    assert clean(block) == block


def test_hidden_characters_and_odd_spaces_are_plain():
    """A soft hyphen or a no-break space never splits a cue."""
    assert clean("pro\u00adtest\u00a0now\u200b") == "protest now"


def test_only_so_much_is_looked_at_and_it_is_told():
    """The work is bounded by characters and lines."""
    assert len(clean("a" * (2 * MOST_CHARACTERS))) == MOST_CHARACTERS
    assert clean("line\n" * (2 * MOST_LINES)).count("line") == MOST_LINES
    assert is_cut("line\n" * (MOST_LINES + 1))
    assert not is_cut("line\n" * MOST_LINES)


def test_sentences_end_where_they_do_and_not_at_abbreviations():
    """'Mr.', "str." and initials end no sentence."""
    page = read_page("Write to Mr. A. Sample, Baker str. 5. He is the judge! Is he? Yes.")

    assert [page.told(one) for one in page.sentences] == [
        "Write to Mr. A. Sample, Baker str. 5.",
        "He is the judge!",
        "Is he?",
        "Yes.",
    ]


@pytest.mark.parametrize("bullet", ["1. ", "2) ", "(3) ", "- ", "• ", "* ", "a) ", "·", "– "])
def test_bullets_and_numbers_make_an_item(bullet):
    """An item is told from its bullet, which is no part of it."""
    page = read_page(f"{bullet}stop the evictions")

    assert page.sentences[0].is_item
    assert page.told(page.sentences[0]) == "stop the evictions"


def test_a_line_opens_what_follows_unless_it_ends():
    """A colon, or no end at all, lets a sentence hold for the next lines."""
    page = read_page("Write to:\nWrite to\nWrite.")

    assert [one.opens for one in page.sentences] == [True, True, False]


def test_words_within_an_address_are_no_cues():
    """A mailbox called "webmaster" or "protest" says nothing about its role."""
    page = read_page("webmaster@presidency.example")

    assert page.marks
    assert not page.without([(0, len(page.text))]).marks


def test_an_endless_sentence_is_cut():
    """The work for one sentence stays bounded however long the line is."""
    page = read_page("demand " * 5000)

    assert max(one.end - one.start for one in page.sentences) <= 3000
