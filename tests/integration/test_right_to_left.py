"""What somebody reads from right to left: numbers, addresses and foreign letters stand as they are meant."""

from __future__ import annotations

import gettext
import re
from io import BytesIO

import pytest

from mailer.adapters.templates import Templates
from mailer.core.calendar import tell_moment
from mailer.core.languages import comma
from tests.every_mail import mail, spoken
from tests.samples import NOW
from tests.website import opened_mail

LEFT_TO_RIGHT_MARK = "\u200e"
BLOCK_OF_THE_LEFT = re.compile(r'<(?:div|p)[^>]* dir="ltr"[^>]*>')


@pytest.fixture(scope="module")
def alert() -> dict[str, str]:
    """Return the text and the HTML of an alert in Arabic by their types."""
    parts = opened_mail(mail("alert", "ar").envelope.content).walk()
    return {part.get_content_type(): part.get_content() for part in parts if not part.is_multipart()}


def test_a_letter_in_another_direction_begins_at_its_own_side(alert):
    """What a mail program wraps around a mail may name the right side, and a letter in English would inherit it."""
    blocks = BLOCK_OF_THE_LEFT.findall(alert["text/html"])

    assert len(blocks) >= 3
    assert [block for block in blocks if "text-align:left" not in block] == []


def test_numbers_and_addresses_are_not_turned_round(alert):
    """Groups of digits among Arabic letters would change places: +44 20 would be read 20 44+."""
    for number in ("+44 20 7946 0102", "+44 20 7946 0107"):
        around = [
            alert["text/html"][found.start() - 200 : found.start()]
            for found in re.finditer(re.escape(number), alert["text/html"])
        ]
        assert around
        assert all(re.search(r'dir="ltr"[^>]*>$', before) or before.endswith(LEFT_TO_RIGHT_MARK) for before in around)
    assert f"{LEFT_TO_RIGHT_MARK}+44 20 7946 0102" in alert["text/plain"]
    assert re.search(r'dir="ltr"[^>]*>prosecutor@', alert["text/html"])
    assert re.search(r'dir="auto">1 Example Street', alert["text/html"])


def test_what_is_withdrawn_is_not_turned_round():
    """A correction may name a number alone, right after Arabic words."""
    rendered = mail("correction", "ar").rendered

    assert '<span dir="auto">+44 20 7946 0199</span>' in rendered.html
    assert f"، {LEFT_TO_RIGHT_MARK}+44 20 7946 0199" in rendered.text


def test_arabic_counts_in_six_forms():
    """The forms stand in the order that CLDR's rule has here: hundreds before eleven to ninety-nine."""
    words = gettext.GNUTranslations(BytesIO(spoken().wordings["ar"].catalogue))
    told = {
        n: words.ngettext("%(count)s day left", "%(count)s days left", n) % {"count": n}
        for n in (1, 2, 3, 10, 11, 99, 100, 103, 111)
    }

    assert told[1] == "بقي يوم واحد (1)"
    assert told[2] == "بقي يومان (2)"
    assert {told[n] for n in (3, 10, 103)} == {f"بقيت {n} أيام" for n in (3, 10, 103)}
    assert {told[n] for n in (11, 99, 111)} == {f"بقي {n} يومًا" for n in (11, 99, 111)}
    assert told[100] == "بقي 100 يوم"


def test_lists_and_moments_have_the_comma_of_the_script():
    """Arabic has a comma of its own, in a date as in a list."""
    assert tell_moment(NOW, "UTC", spoken().wordings["ar"].calendar).count("،") == 2
    assert (comma("ar-eg"), comma("kk"), comma("en")) == ("، ", ", ", ", ")


def test_pages_name_no_side():
    """What is told of sides holds in both directions of writing: start and end, never left and right."""
    assert (
        re.findall(
            r"(?:margin|padding|border)-(?:left|right)|text-align: (?:left|right)|[ ;{](?:left|right):",
            Templates().read("pages/look.css"),
        )
        == []
    )
