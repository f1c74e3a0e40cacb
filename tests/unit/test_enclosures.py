"""Does what an official answered go out as what it is, under a name of ours, and is nothing else taken for it?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.core.attachments import LARGEST_LOAD
from mailer.core.enclosures import LARGEST_ANSWER, LARGEST_ANSWERS, PDF, TEXT, enclose
from mailer.core.message import Attachment
from mailer.errors import UsageError

PAPER = b"%PDF-1.7\nscanned"


def test_what_a_file_is_its_content_tells() -> None:
    """A PDF that is called a text is one, and the other way round; neither keeps its own name."""
    scanned, typed = enclose([("reply to Ms X.txt", PAPER), ("reply to Ms X.pdf", b"Dear sirs,\nno.")])

    assert (scanned.name, scanned.content_type, scanned.content, scanned.is_pdf) == ("answer.pdf", PDF, PAPER, True)
    assert (typed.name, typed.content_type, typed.is_pdf) == ("answer-2.txt", TEXT, False)
    assert typed.content == "\ufeffDear sirs,\r\nno.".encode()


def test_a_quiet_name_does_not_tell_what_it_is() -> None:
    """For those who asked for subjects that tell nothing."""
    assert [each.quiet_name for each in enclose([("a", PAPER), ("b", b"no")])] == ["file.pdf", "file-2.txt"]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"PK\x03\x04 a document", "control characters"),
        ("Grüße".encode("latin-1"), "neither plain text nor a PDF"),
        (b"\x1b]0;title\x07", "control characters"),
        (b" %PDF-1.7\n\x00", "control characters"),
        (PAPER + bytes(LARGEST_ANSWER), "larger than 100 KB"),
        (b"x" * LARGEST_ANSWER, "larger than 100 KB"),  # with the mark that tells its encoding
    ],
)
def test_what_cannot_be_attached_is_told_with_its_file(content: bytes, fault: str) -> None:
    """Nothing is guessed, cut or repaired."""
    with pytest.raises(UsageError, match=f"--answer: folder/answer.*{fault}"):
        enclose([("folder/answer", content)])


@pytest.mark.parametrize(("size", "fits"), [(LARGEST_ANSWER, True), (LARGEST_ANSWER + 1, False)])
def test_a_file_may_be_as_large_as_it_may(size: int, fits: bool) -> None:
    """100 KB each, and 200 KB in all: what a mail carries at most."""
    paper = PAPER.ljust(size, b".")

    assert _takes([paper]) == _takes([paper, paper]) == fits
    assert not _takes([paper, paper, PAPER])
    assert LARGEST_ANSWERS == LARGEST_LOAD == 2 * LARGEST_ANSWER


def _takes(contents: list[bytes]) -> bool:
    """Tell whether these files can be attached together."""
    try:
        return len(enclose([("file", content) for content in contents])) == len(contents)
    except UsageError:
        return False


@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace"))))
def test_whatever_is_given_is_an_attachment_or_refused(content: bytes) -> None:
    """No file breaks a mail."""
    try:
        (made,) = enclose([("file", content)])
    except UsageError:
        return
    assert Attachment(made.name, made.content_type, made.content).content == made.content
    assert made.is_pdf or made.content.decode("utf-8-sig").split() == content.decode("utf-8-sig").split()
