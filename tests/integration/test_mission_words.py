"""What mails and pages say of an embassy: whom the letter is for, where its address is from, where to look for one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailer.adapters.rendering import MailRenderer
from mailer.core.campaigns import MailingKind, Mission
from mailer.core.enrolment import Applicant
from mailer.core.pack import PackItem
from mailer.core.targets import Target, TargetId
from mailer.core.texts import LocalText
from mailer.core.tokens import Purpose, derive
from mailer.wiring import Installation
from tests.asking import ANNA, CASE, asking, visible
from tests.homes import supporter
from tests.samples import context, pack_items, revision

RENDERER = MailRenderer(revision())
FORWARDED = "This letter is for {}. You send it to the address below, and its first line asks to forward it."
TELL_US = "If you find the address there, please tell us by answering one of our mails"


def words(**changes: object) -> tuple[str, str]:
    """Return the text and the HTML of an alert whose one target is an embassy with changes; spaces are single."""
    (embassy,) = (item for item in pack_items("en") if item.target == "embassy")
    shown = context(MailingKind.ALERT)
    item: PackItem = replace(embassy, **changes)  # type: ignore[arg-type]
    mail = RENDERER.render(replace(shown, pack=replace(shown.pack, items=(item,))))
    return " ".join(mail.text.split()), " ".join(visible(mail.html).split())


def test_a_mail_says_whom_the_letter_is_for():
    """The office, not the embassy that it is sent to."""
    for said in words(via=True, name="Prison No. 1", rule="own", mission_name="Embassy"):
        assert FORWARDED.format("Prison No. 1") in said
        assert "This is the embassy of Kazakhstan in your country." in said
    assert not any("forward" in said for said in words())


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"source": "campaign"}, "Address checked on 1 November 2026."),
        ({"source": "Wikidata Q7"}, "Address from Wikidata, as of 1 November 2026."),
        (
            {"source": "OpenStreetMap node/7"},
            "Address from OpenStreetMap (© OpenStreetMap contributors, ODbL 1.0), as of 1 November 2026.",
        ),
        ({"source": "https://www.a.example/b"}, "Address from a.example, as of 1 November 2026."),
        ({"rule": "own", "office": True}, "This office represents Kazakhstan in your country."),
        ({"rule": "own", "consulate": True}, "This is a consulate of Kazakhstan in your country."),
    ],
)
def test_a_mail_says_where_the_address_is_from_and_what_it_is(changes, told):
    """A row that was only read somewhere is not called checked."""
    assert all(told in said for said in words(**changes))


def test_a_web_page_alone_is_where_to_look_for_the_address():
    """It is not called a form, and who finds the address is asked to tell it."""
    for said in words():
        assert "Find the address here: Embassy of Kazakhstan" in said
        assert TELL_US in said
        assert "By web form" not in said


TARGETS = (
    Target(TargetId("prison"), LocalText({"en": "Prison No. 1"}), via_embassy="KZ", languages=("en",)),
    Target(TargetId("embassy"), LocalText({"en": "Embassy"}), embassy_of="TR"),
)
ROWS = (
    Mission("KZ", "GB", name="Embassy of Kazakhstan", email="london@embassy.example", source="campaign"),
    Mission("TR", "GB", name="Embassy of Turkey", web="https://embassy.example", source="campaign"),
)


def published(home: Installation) -> None:
    """Publish the campaign with an office that is reached through an embassy, and an embassy with a page alone."""
    campaign, catalog = home.campaign(CASE)
    home.publisher(catalog).enter(replace(campaign, targets=TARGETS, missions=ROWS), now=home.clock())


def own_page(home: Installation, who: Applicant) -> str:
    """Return the path of a supporter's own page."""
    return f"/a/{derive(home.ring.token_key, Purpose.ACTION, CASE, supporter(home, who).public_id)}"


def test_the_pages_say_it_too(home: Installation) -> None:
    """The campaign's page and the supporter's own have the same sentences, and the letter with its first line."""
    published(home)
    ask = asking(home)

    for path in (f"/c/{CASE}?country=GB&target=prison", own_page(home, ANNA)):
        page = ask(path)
        said = " ".join(visible(page.text).split())
        assert page.status_code == 200
        assert FORWARDED.format("Prison No. 1") in said
        assert "Please forward this letter to: Prison No. 1." in page.text
        assert "london@embassy.example" in page.text
        assert "Find the address here: Embassy" in said
        assert TELL_US in said
