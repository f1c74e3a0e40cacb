"""Mails and pages can be read: contrast in light and dark, targets that a finger hits, no sideways scroll."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest

from mailer.adapters.pages import PageRenderer, page_sources
from mailer.adapters.rendering import MailRenderer
from mailer.adapters.sandbox import make_environment
from mailer.adapters.templates import Templates
from mailer.core.campaigns import MailingKind
from mailer.errors import RenderingError
from tests.samples import LANGUAGES, context, revision

LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3
LOOK = make_environment(revision().templates, revision().wordings["en"]).get_template("mail/look.html.j2").module
RENDERER = MailRenderer(revision())
PAGES = page_sources(Templates())
FRAME = {
    "organisation": "Network", "kind": "", "reply_to": "", "address": (), "home": "/", "public": False, "script": "",
    "tongues": (),
}  # fmt: skip


def luminance(colour: str) -> float:
    """Return the relative luminance of "#rrggbb" (WCAG 2.2, definitions)."""
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_is_the_greatest_contrast():
    """The measure is that of WCAG."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("pair", LOOK.pairs)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_is_legible_on_its_ground(scheme, pair):
    """Each pair of text and ground has at least 4.5:1, in light and in dark."""
    colours = getattr(LOOK, scheme)

    assert contrast(colours[pair[0]], colours[pair[1]]) >= LEAST_CONTRAST


@pytest.mark.parametrize("kind", MailingKind)
def test_mails_use_no_colour_but_those(kind):
    """A colour that nobody measured is in no mail."""
    html = RENDERER.render(context(kind)).html

    assert set(re.findall(r"#[0-9a-f]{3,6}\b", html)) <= {*LOOK.light.values(), *LOOK.dark.values()}


def test_pages_have_the_colours_of_mails():
    """A supporter who follows a link sees that it belongs to the mail."""
    light, dark = (
        {name.replace("-", "_"): colour for name, colour in re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block)}
        for block in PAGES["pages/look.css"].split("@media", 1)
    )

    shared = light.keys() & LOOK.light.keys()

    assert light.keys() == dark.keys()
    assert light.keys() - shared == {"edge", "good", "on_good"}  # mails have no forms, and nothing that went well
    assert {name: light[name] for name in shared} == {name: LOOK.light[name] for name in shared}
    assert {name: dark[name] for name in shared} == {name: LOOK.dark[name] for name in shared}


def test_mails_fit_narrow_screens_and_fingers():
    """Nothing is wider than its column, long words break, and a button is 48 px high."""
    html = RENDERER.render(context()).html

    assert "overflow-wrap:anywhere" in html
    assert "max-width:600px" in html
    assert not re.findall(r'(?<!max-)width(?:="|:)(?!100%|device)(?!600" align)', html)
    assert re.search(r'class="press"[^>]*padding:12px 18px;font:bold 17px/24px', html)
    assert '<meta name="color-scheme" content="light dark">' in html


def test_mails_are_legible_without_their_style_element():
    """Mail programs that strip it leave colours and sizes, which are inline."""
    stripped = re.sub(r"<style>.*?</style>", "", RENDERER.render(context()).html, flags=re.DOTALL)

    for colour in ("ink", "paper", "quiet", "button", "letter"):
        assert LOOK.light[colour] in stripped
    assert not any(colour in stripped for colour in LOOK.dark.values() if colour not in LOOK.light.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_for_leaving_changes_nothing_by_itself(language):
    """It holds one form with one button, posts to its own address, and works without a script."""
    values = {**FRAME, "organisation": "A & B"}
    html = PageRenderer(PAGES, revision().wordings).render("unsubscribe", language, values)

    assert f'<html lang="{language}" dir="ltr">' in html
    assert html.count("<form") == html.count("<button") == html.count('method="post"') == 1
    assert "action=" not in html
    assert "A &amp; B" in html
    assert "<script" not in html


@pytest.mark.parametrize(
    ("name", "values", "words"),
    [
        ("goodbye", {}, "You have left the list"),
        ("error", {"kind": "link", "reply_to": "office@solidarity.example"}, "Or write to office@solidarity.example"),
        ("error", {"kind": "missing", "reply_to": ""}, "There is no such page"),
        ("error", {"kind": "trouble", "reply_to": ""}, "nothing has changed"),
        ("error", {"kind": "test", "reply_to": ""}, "This was a test mail"),
        ("unsubscribe", {"kind": "test"}, "The links in a test mail change nothing."),
    ],
)
def test_other_pages_say_what_happened(name, values, words):
    """Title and text tell what the supporter has to know."""
    page = PageRenderer(PAGES, revision().wordings).render(name, "en", {**FRAME, **values})

    assert words in page
    assert "<title></title>" not in page


def test_the_style_of_pages_is_allowed_by_its_hash():
    """The policy names the hash of exactly what stands in the style element."""
    renderer = PageRenderer(PAGES, revision().wordings)
    inside = re.search(r"<style>(.*?)</style>", renderer.render("goodbye", "en", FRAME), re.DOTALL)
    changed = PageRenderer({**PAGES, "pages/look.css": PAGES["pages/look.css"] + "a{}"}, revision().wordings)

    assert inside is not None
    digest = base64.b64encode(hashlib.sha256(inside[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in renderer.policy()
    assert renderer.policy() != changed.policy()


def test_a_page_without_what_it_shows_is_an_error():
    """A page never has a hole where a name should be."""
    nameless = {name: value for name, value in FRAME.items() if name != "organisation"}

    with pytest.raises(RenderingError, match="organisation"):
        PageRenderer(PAGES, revision().wordings).render("goodbye", "en", nameless)
