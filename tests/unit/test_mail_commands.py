"""A word that stands alone is a command, however it is written; nothing else is."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.core.mail_commands import (
    SPELLINGS,
    Command,
    command_in,
    command_of,
    leaving_token,
    letter_of,
    make_words,
    spelled,
    unmistakable,
)
from mailer.core.received import Part, Received
from tests.samples import revision

OTHERS = (
    (Command.STOP, "stopp | arrêt"),
    (Command.SENT, "gönderdim | wysłałem"),
    (Command.NOT_THIS_CASE, "ليست هذه القضية"),
)
WORDS = make_words((*SPELLINGS.items(), *OTHERS))
TOKEN = "AQAAAAAAAAAAAYXzCgfo3tpHWOReI-hB_A"


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("stop", Command.STOP),
        ("  STOP!!! ", Command.STOP),
        ("“Stop.”", Command.STOP),
        ("*stop*", Command.STOP),
        ("ＳＴＯＰ", Command.STOP),
        ("s\N{SOFT HYPHEN}top\N{RIGHT-TO-LEFT MARK}", Command.STOP),
        ("Arret", Command.STOP),
        ("not-this-case", Command.NOT_THIS_CASE),
        ("Not  this\N{NO-BREAK SPACE}case.", Command.NOT_THIS_CASE),
        ("I have sent it", Command.SENT),
        ("GÖNDERDİM", Command.SENT),
        ("Gönderdım", Command.SENT),
        ("WYSLALEM", Command.SENT),
        ("لَيست هذه القضيه", Command.NOT_THIS_CASE),
        ("ليســت هـذه القضيّة", Command.NOT_THIS_CASE),
        ("pause", Command.PAUSE),
        ("stop?", None),
        ("¿stop", None),
        ("stop؟", None),
        ("Please stop sending letters to the court, I wrote to them.", None),
        ("stop it", None),
        ("sent from my phone", None),
        ("> stop", None),
        ("＞ stop", None),
        ("!", None),
        ("", None),
        ("stop" + " " * 100, None),
    ],
)
def test_a_line_is_a_command_or_it_is_not(line, command):
    """Signs, marks, wide letters and capitals do not matter; other words, questions and quotes do."""
    assert command_of("Re: [Please write] Free the Almaty organiser", line, WORDS) is command


@pytest.mark.parametrize(
    "before", ["", "Re: ", "RE:RE: ", "AW: ", "Antw: ", "Ответ: ", "Re[3]: ", "رد: ", "Re : ", "ＲＥ："]
)
@pytest.mark.parametrize("tag", ["", "[Please write by 2 December] ", "[EXTERNAL] [News] "])
def test_a_subject_is_a_command_behind_what_is_put_before_it(before, tag):
    """Mail programs put something before a subject, and so do we."""
    assert command_of(f"{before}{tag}Stop!", "With kind regards", WORDS) is Command.STOP
    assert leaving_token(f"{before}{tag}unsubscribe {TOKEN} ") == TOKEN


@pytest.mark.parametrize("subject", ["Fwd: stop", "[stop]", "stop the trial", "Re: [News] stop the trial", "stop: now"])
def test_a_subject_with_more_in_it_is_none(subject):
    """Nor is one that was passed on: somebody else may have written it."""
    assert command_of(subject, "", WORDS) is None


def test_the_subject_is_looked_at_first():
    """Who changes the subject means it; below may stand anything."""
    assert command_of("pause", "stop", WORDS) is Command.PAUSE


@pytest.mark.parametrize(
    "subject",
    ["unsubscribe", f"unsubscribe {TOKEN[:-1]}", f"unsubscribe {TOKEN}A", f"unsubscribe {TOKEN} now", f"stop {TOKEN}"],
)
def test_a_token_is_taken_whole(subject):
    """What is cut, or has something behind it, is no token."""
    assert leaving_token(subject) == ""


def test_a_token_keeps_its_letters():
    """They mean something in capitals, and the word before them does not."""
    assert leaving_token(f"UNSUBSCRIBE {TOKEN}") == TOKEN


def test_a_word_that_means_two_things_means_nothing():
    """An organiser's own catalogue may say so; the others stay."""
    words = make_words([(Command.STOP, "basta | fine"), (Command.SENT, "Basta!")])

    assert words == {"fine": Command.STOP}


def test_what_a_case_is_called_is_no_command():
    """Every answer to its mails would have it in its subject."""
    words = unmistakable(WORDS, ["STOP!", "Free the Almaty organiser"])

    assert command_of("Re: [News] Stop!", "Thank you", words) is None
    assert command_of("Re: [News] Stop!", "pause", words) is Command.PAUSE


def test_a_mail_is_read_from_its_text_or_its_html():
    """What is quoted below the first line, and what is attached, is not looked at."""
    html = Part("text/html", "<style>p{}</style><p>&nbsp;</p><div>Pau<b>se</b></div><blockquote>stop</blockquote>")
    attached = Part("text/plain", "stop", name="notes.txt")

    assert command_in(Received(parts=(attached, html)), WORDS) is Command.PAUSE
    assert command_in(Received(parts=(Part("text/plain", "\n\nSent!\n\n> stop"), html)), WORDS) is Command.SENT
    assert command_in(Received(subject="Hello", parts=(attached,)), WORDS) is None


def test_who_tells_of_no_target_wrote_to_the_only_one():
    """Where there are several it is told of the campaign itself."""
    campaign = revision().campaign

    assert len(campaign.targets) > 1
    assert letter_of(campaign) == ""


@given(st.text(max_size=60))
def test_spelling_twice_is_as_once(text):
    """What is compared is in one form, and holds nothing but letters, digits and single spaces."""
    once = spelled(text)

    assert spelled(once) == once
    assert once == " ".join(once.split())


@given(st.sampled_from(sorted(WORDS)), st.text(st.characters(categories=["L"], include_characters=" "), min_size=1))
def test_a_word_with_another_beside_it_is_none(word, more):
    """Only a line that is one spelling, from end to end, is a command."""
    line = f"{word} x{more}"

    assert (command_of("", line, WORDS) is None) == (spelled(line) not in WORDS)
    assert unicodedata.is_normalized("NFKD", spelled(line))


@given(st.text(max_size=1000), st.text(max_size=1000))
def test_nothing_that_anybody_writes_is_an_error(subject, line):
    """Whatever signs there are, in whatever order."""
    assert command_of(subject, line, WORDS) in (None, *Command)
    assert leaving_token(subject) == "" or len(leaving_token(subject)) == len(TOKEN)
