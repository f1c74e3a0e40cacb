"""What text does a web page hold? Its blocks as lines, lists with bullets, and the addresses behind its links.

Law: programs, menus and what is there to be pressed are left out; deeply nested pages are read as far as the parser
goes, and no page makes it fail. The parser compares each attribute of a tag with all before it: it gets none but the
one that tells where a link leads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree, html

_UNSEEN = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "iframe",
        "svg",
        "object",
        "nav",
        "select",
        "button",
        "textarea",
    ]
)
_BLOCKS_TEXT = """
    p div section article main header footer nav aside h1 h2 h3 h4 h5 h6 ul ol table tbody tr blockquote pre address
    dl dt dd hr figure figcaption form fieldset center body
"""
_BLOCKS = frozenset(_BLOCKS_TEXT.split())
_PARAGRAPHS_TEXT = """
    p h1 h2 h3 h4 h5 h6 ul ol blockquote pre table address
"""
_PARAGRAPHS = frozenset(_PARAGRAPHS_TEXT.split())
# A comment, a program, or a tag that says more than its name. No repetition in it can be tried in a second way.
_MARKUP = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"
    r"|<(script|style)(?=[\s/>]).*?(?:</\1\s{0,9}>?|\Z)"
    r"|<(?P<tag>[a-z][\w:.-]*+)(?!>)(?P<more>(?:[^>=]++|=(?:\s*+(?:\"[^\"]*+\"|'[^']*+'))?)*)(?:>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_HREF = re.compile(r"""(?:^|[\s/"'])href\s*+=\s*+(?:"([^"]*+)|'([^']*+)|([^\s"'>]{1,2000}))""", re.IGNORECASE)
_IN_QUOTES = str.maketrans({'"': "&quot;", "<": "&lt;", ">": "&gt;"})
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w.-]{3,200}")
_CLOUDFLARE = re.compile(r"^[0-9a-f]{10,200}$")


def text_of_html(page: str) -> str:
    """Return the text of a page, with its title first where the page has no heading."""
    parser = html.HTMLParser(recover=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = html.document_fromstring(bare(page).encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return re.sub(r"<[^<>]{0,300}>", " ", page)
    text = _tidy("".join(_pieces(root)))
    title = (root.findtext(".//title") or "").strip()
    return f"{title}\n\n{text}" if title and root.find(".//h1") is None else text


def bare(page: str) -> str:
    """Return a page without comments and programs, and without what its tags say beside where links lead."""
    return _MARKUP.sub(_bare, page)


def _bare(markup: re.Match[str]) -> str:
    """Return what is read of a piece of markup: a tag's name, and where it leads."""
    tag, more = markup["tag"], markup["more"]
    if tag is None:
        return ""
    leads = _HREF.search(more)
    if leads is None:
        return f"<{tag}/>" if more.endswith("/") else f"<{tag}>"
    return f'<{tag} href="{"".join(filter(None, leads.groups()))[:2000].translate(_IN_QUOTES)}">'


def _tidy(text: str) -> str:
    """Return a text without spaces at the ends of lines and with single empty lines."""
    lines = "\n".join(re.sub(r"[ \t]+", " ", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def _pieces(root: html.HtmlElement) -> Iterator[str]:
    """Yield the pieces of the text in their order, an element's own beginning and end between them."""
    unseen = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else "script"
        if tag in _UNSEEN:
            unseen += 1 if event == "start" else -1
        if unseen == 0 or (tag in _UNSEEN and unseen == 0):
            yield from _begun(element, tag) if event == "start" else _ended(element, tag)
        if event == "end" and unseen == 0 and element.tail:
            yield _flat(element.tail)


def _begun(element: html.HtmlElement, tag: str) -> Iterator[str]:
    """Yield what the beginning of an element stands for, and its first text."""
    if tag == "br":
        yield "\n"
    elif tag == "li":
        yield f"\n{_bullet(element)} "
    elif tag in _BLOCKS:
        yield "\n\n" if tag in _PARAGRAPHS else "\n"
    elif tag in ("td", "th"):
        yield " "
    if element.text and tag not in _UNSEEN:
        yield element.text if tag == "pre" else _flat(element.text)


def _ended(element: html.HtmlElement, tag: str) -> Iterator[str]:
    """Yield what the end of an element stands for: a block's, or the address behind a link."""
    if tag == "a":
        yield _behind(element)
    elif tag in _BLOCKS:
        yield "\n\n" if tag in _PARAGRAPHS else "\n"


def _flat(text: str) -> str:
    """Return a text with its line breaks as spaces: a page shows them so."""
    return re.sub(r"\s+", " ", text)


def _bullet(element: html.HtmlElement) -> str:
    """Return the bullet of an item, or its number in an ordered list, which is noted: the page's own notes are gone."""
    parent = element.getparent()
    if parent is None or parent.tag != "ol":
        return "-"
    before = int(element.get("data-number", "0") or 0)
    previous = element.getprevious()
    number = before or (
        int(previous.get("data-number", "0")) + 1 if previous is not None and previous.tag == "li" else 1
    )
    element.set("data-number", str(number))
    return f"{number}."


def _behind(element: html.HtmlElement) -> str:
    """Return the address behind a link, where its own text does not show it."""
    href = (element.get("href") or "").strip()[:2000]
    shown = "".join(element.itertext())[:2000] if len(element) < 20 else ""
    if href.lower().startswith("mailto:"):
        found = _ADDRESS.search(unquote(href[7:].partition("?")[0]))
        return f" {found[0]} " if found and found[0].lower() not in shown.lower() else ""
    if "/cdn-cgi/l/email-protection#" in href and not _ADDRESS.search(shown):
        return f" {_uncovered(href.rpartition('#')[2])} "
    is_page = href.lower().startswith(("http://", "https://"))
    return f" ({href}) " if is_page and href.rstrip("/").lower() not in shown.lower() and shown.strip() else ""


def _uncovered(code: str) -> str:
    """Return the address that a page hides from harvesters by one octet: the first is the key to all others."""
    if not _CLOUDFLARE.match(code) or len(code) % 2:
        return ""
    octets = bytes.fromhex(code)
    return bytes(octet ^ octets[0] for octet in octets[1:]).decode("utf-8", "replace")
