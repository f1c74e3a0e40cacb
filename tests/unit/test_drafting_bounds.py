"""No text makes an extraction fail, and the work that one costs is bounded by counts."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.adapters.appeal_reading import read_appeal
from mailer.adapters.drafting import draft_of
from mailer.adapters.drafting_lore import lore
from mailer.core.drafting.appeal import draft
from mailer.core.drafting.drafts import Drafted
from mailer.core.drafting.lore import Lore, Number
from mailer.core.drafting.page import LONGEST_SENTENCE, read_page
from mailer.core.drafting.text import MOST_CHARACTERS, MOST_LINES, clean
from mailer.core.drafting.tokens import MOST_TOKENS
from mailer.errors import UnreadableAppealError

TODAY = date(2026, 11, 22)
PIECES = (
    "send protests to", "We demand", "demanding", "calling on", "the minister", "to", ":", "\n", "\n\n", "- ", "1. ",
    "> ", "(", ")", "a@x.example", "+44 20 7946 0101", "fax", "tel./fax", "00", "++", "copies to",
    "messages of support", "the embassy of Turkey", "in your country", "Dear Minister,", "Sample letter:",
    "Yours sincerely", "https://x.example/form", "(click the form)", "Street 12", "12345 City", "until", "2 May",
    "trial", "picket", "released", "thanks", "donate", "Free the bakers", "for the release of", "and that",
    "Subject: x", "From: y", "требуем", "посольство", "İ", "ß", "\u0000", "\ud800", "@", ".", "…", "“",
)  # fmt: skip
BOMBS = (
    "a", "A ", "a@", "a.", "@", "1 ", "12 34 ", "(", "> ", "\n", "- ", "1. a\n", "a@x.example\n", "http://a.b/",
    "fax: ", "fax 123456 ", "We demand ", "Dear Minister,\n", "Sample letter:\n", "until 1 May ", "A. ", "Street 1\n",
    "12345 City\n", "send protests to the embassy in your country\n", "A:\n", "(at) ", "İ", "𝒜", "<div>",
    "Minister of A\n", "Send faxes to the Ministry of A, Street 1, fax 020 7946 0101, a@x.example.\n",
    "for the release of ", "We demand that a and that ", "mailto:", "zu a und ", "fax 020 7946 0100, 79460101; ",
    "aFax: 1", "Minister of A\n\nA, B\n\n", "write to: the minister of A, State House, Chile, ",
    "A B was arrested. B. ", "copies and kind words to a@x.example ", "Send Anna a card for Anna, ",
    "fax 020 7946 0101 & 0102 ", "do not write ", "kind words to the same address ",
)  # fmt: skip
pieces = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=60).map(" ".join)


@given(pieces)
def test_any_words_in_any_order_give_a_draft(text):
    """Cues without their addresses, addresses without cues, and nonsense between them: there is always a draft."""
    assert isinstance(draft_of(text, TODAY), Drafted)


@given(st.text())
def test_any_text_gives_a_draft(text):
    """Controls, surrogates and scripts of all kinds are no obstacle."""
    assert isinstance(draft_of(text, TODAY), Drafted)


@given(st.binary(max_size=3000), st.sampled_from(["a.txt", "a.html", "a.eml", "a.pdf", "-"]))
def test_any_octets_give_a_text_or_are_refused(octets, name):
    """A file of any name is read, or told to be unreadable."""
    try:
        text = read_appeal(octets, name)
    except UnreadableAppealError:
        return
    assert isinstance(text, str)


@given(pieces)
def test_nothing_is_made_up(text):
    """Every address of a draft stands in the cleaned text, and so does every demand, white space aside."""
    found = draft_of(text, TODAY)
    read = clean(text)
    words = " ".join(read.split())

    assert all(
        mail.text.replace("'", "’") in read or mail.text in read for target in found.targets for mail in target.emails
    )
    assert all(one.text.text in words for one in found.demands)


@pytest.mark.parametrize("bomb", BOMBS)
def test_the_work_for_a_megabyte_is_bounded(bomb):
    """However one thing is repeated, words, sentences, lines and questions to the libraries are so many at most."""
    text = bomb * (1_000_000 // len(bomb))
    asked: Counter[str] = Counter()

    def numbers(told, regions):
        asked["numbers"] += 1
        return (Number(told, told),)

    known = lore()
    counting = Lore(numbers, known.months, known.country_names, known.country_stems)
    read = clean(text)
    page = read_page(read)
    found = draft(text, counting, TODAY)

    assert len(read) <= MOST_CHARACTERS
    assert sum(1 for line in read.split("\n") if line) <= MOST_LINES
    assert max((one.end - one.start for one in page.sentences), default=0) <= LONGEST_SENTENCE
    assert asked["numbers"] <= MOST_TOKENS
    assert sum(len(target.emails) for target in found.targets) <= MOST_TOKENS
    assert any("were read" in doubt for doubt in found.unsure)


@pytest.mark.parametrize(
    "text",
    [
        "We call on " + "una" * 40 + "q to act.",
        "Write to:\n\n" + "Sendsend" * 40 + " qqq\nfax: +44 20 7946 0000\n",
        "Write to:\n\n" + "e-mail telefax " * 40 + " qqq\nfax: +44 20 7946 0000\n",
    ],
)
def test_words_that_could_be_read_in_many_ways_are_read_in_one(text):
    """A line of a hundred letters that would be tried in all combinations would not end in a year."""
    assert draft_of(text, TODAY).title.text
