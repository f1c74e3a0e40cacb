"""The first line that somebody wrote is found in text and in HTML, at once, whatever else is there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.core.first_line import first_line
from mailer.core.received import Part, Received


def of_html(html: str) -> str:
    """Return the first line of a mail of HTML alone."""
    return first_line(Received(parts=(Part("text/html", html),)))


@pytest.mark.parametrize(
    ("html", "line"),
    [
        ("stop", "stop"),
        ("<div dir=auto>stop</div><div>Anna</div>", "stop"),
        ("<html><head><title>no</title></head><body>\n<p>&nbsp;</p>\n<p>s<i>to</i>p<br>Anna</p>", "stop"),
        ("<!DOCTYPE html><!-- no --><STYLE>p{color:red}</STYLE><P CLASS='x'>stop</P>", "stop"),
        ("<!--[if mso]>no<![endif]-->stop", "stop"),
        ("<blockquote>stop</blockquote>", "> stop"),
        ("<div><br></div><blockquote type=cite><div>stop</div></blockquote>", "> "),
        ("1 &lt; 2<br>3", "1 < 2"),
        ("I <3 this", "I <3 this"),
        ("<table><tr><td>stop</td><td>now</td></tr></table>", "stop"),
        ("<script>stop</script>", ""),
        ("<style>stop", ""),
        ("<!-- stop", ""),
        ("<o:p>stop</o:p>", "stop"),
    ],
)
def test_html_is_read_as_people_see_it(html, line):
    """What is not shown is not read, and what is quoted says so."""
    assert of_html(html) == line.strip()


def test_text_comes_before_html_and_an_empty_text_is_none():
    """Some programs send an empty text beside the HTML."""
    html = Part("text/html", "<p>html</p>")

    assert first_line(Received(parts=(html, Part("text/plain", " \n\N{ZERO WIDTH SPACE}\n text \n")))) == "text"
    assert first_line(Received(parts=(Part("text/plain", "\n"), html))) == "html"
    assert first_line(Received()) == ""


@pytest.mark.parametrize("bomb", ["<", "<a", "<!--", "<style>", "<![x", "<p>", "&amp", "</", "\n", ">" * 3])
def test_hostile_html_is_read_once(bomb):
    """A megabyte of anything is looked at in its beginning, in one go; the test would not end otherwise."""
    assert len(of_html(bomb * 400_000)) < 100_000


@given(st.lists(st.sampled_from(["<", ">", "p", "/", "!--", "-->", "style", " ", "blockquote", "&gt;", "x", "\n"])))
def test_no_html_is_an_error(pieces):
    """Nor does any give more than one line."""
    assert "\n" not in of_html("".join(pieces))
