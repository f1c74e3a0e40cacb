"""Is every mail, of every kind in every language, what mail programs and the RFCs expect? Checked on the bytes."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cache

import pytest

from mailer.adapters.catalog import load_catalog
from mailer.adapters.freezer import Freezer
from mailer.adapters.rendering import MailRenderer
from mailer.adapters.templates import Templates
from mailer.core.encodings import encode_text
from mailer.core.mailview import mail_view
from mailer.core.revisions import Revision
from mailer.core.supporters import Person, PublicId, Supporter
from mailer.core.targets import TargetId
from mailer.flows.compose import Composed, Order, Tools, alert_of, compose
from tests.every_mail import ACTED, ALERT_AT, KEY, NAMES, PLACES, every_mail, languages, sample, spoken
from tests.pages import ROOT

TITLES = {"ru": "Свободу организатору из Алматы"}
TITLE = "Free the Almaty organiser"
ALWAYS = {"date", "from", "to", "message-id", "subject", "reply-to", "mime-version", "content-type"}
OF_A_CASE = {"thread-topic", "list-id", "list-unsubscribe", "list-unsubscribe-post"}
IN_A_THREAD = {"in-reply-to", "references"}
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
TARGETS = 12

every_language = pytest.mark.parametrize("language", languages())


def fields_of(mail: Composed) -> list[bytes]:
    """Return the header fields as they stand on the wire."""
    return re.split(rb"\r\n(?![ \t])", mail.envelope.content.partition(b"\r\n\r\n")[0])


def read(mail: Composed) -> EmailMessage:
    """Return a mail as the standard library reads it."""
    return message_from_bytes(mail.envelope.content, policy=policy.default)


def wanted_fields(kind: str) -> set[str]:
    """Return the names that a mail's header has, each once."""
    if kind in ("confirm", "reply"):
        return ALWAYS | {"auto-submitted"}
    return ALWAYS | OF_A_CASE | (set() if kind == "alert" else IN_A_THREAD)


@every_language
def test_each_field_is_there_once_and_no_other(language: str) -> None:
    """RFC 5322, 2369, 2919, 3834 and 8058: what a machine wrote says so, what is of a list says how to leave it."""
    for name in NAMES:
        fields = fields_of(every_mail()[f"{name}-{language}"])
        names = sorted(field.partition(b":")[0].lower().decode() for field in fields)

        assert names == sorted(wanted_fields(name.partition("-")[0])), name
        leave = [field for field in fields if field.startswith(b"List-")]
        assert not any(b"=?" in field or b"\r\n" in field for field in leave)
        assert len(re.findall(rb"<https://", b"".join(leave))) == len(leave) // 3


@every_language
def test_lines_and_words_fit(language: str) -> None:
    """Lines of at most 998 octets of ASCII, encoded words of at most 75, and no line end that is half one."""
    for name in NAMES:
        content = every_mail()[f"{name}-{language}"].envelope.content

        assert content.isascii()
        assert b"\n" not in content.replace(b"\r\n", b"")
        assert max(map(len, content.split(b"\r\n"))) <= 998
        head = content.partition(b"\r\n\r\n")[0]
        assert all(len(word) <= 75 for word in re.findall(rb"=\?[^?]+\?[bq]\?[^?]*\?=", head))


@every_language
def test_any_reader_gets_what_was_composed(language: str) -> None:
    """Subject, text and HTML as they went in, in UTF-8, and no more than half as large again on the way."""
    for name in NAMES:
        mail = every_mail()[f"{name}-{language}"]
        message = read(mail)
        text, html = message.get_body(("plain",)), message.get_body(("html",))

        assert str(message["Subject"]) == mail.rendered.subject
        assert text is not None
        assert html is not None
        assert text.get_content().replace("\r\n", "\n") == mail.rendered.text
        assert html.get_content().replace("\r\n", "\n") == mail.rendered.html
        assert len(html.get_payload()) <= 1.5 * len(mail.rendered.html.encode())


@every_language
def test_the_text_has_every_link_of_the_html(language: str) -> None:
    """Who reads text alone can do all that others can."""
    for name in NAMES:
        mail = every_mail()[f"{name}-{language}"].rendered
        links = {link.replace("&amp;", "&") for link in re.findall(r'href="([^"]+)"', mail.html)}

        assert {link for link in links if link not in mail.text} == set(), name


def test_french_has_a_space_before_each_colon():
    """Also where a template, not a translation, puts it."""
    for name in NAMES:
        text = every_mail()[f"{name}-fr"].rendered.text

        assert re.findall(r"\S: (?:https?://|mailto:)|\):$", text, re.MULTILINE) == [], name
    assert "J’ai écrit\u00a0: https://" in every_mail()["reminder-fr"].rendered.text


def test_kazakh_is_set_in_a_face_that_has_its_letters():
    """Georgia has them not, and would leave each of them to another face, in the middle of words."""
    assert "Georgia" in every_mail()["alert-ru"].rendered.html
    assert "Georgia" not in every_mail()["alert-kk"].rendered.html


# --- threads --------------------------------------------------------------------------------------


def base_subject(subject: str) -> str:
    """Return what Gmail and IMAP compare of a subject: without what stands in brackets before it (RFC 5256 2.1)."""
    return re.sub(r"^(?:\[[^\[\]]*\]\s*)+", "", subject)


@every_language
def test_what_follows_an_alert_appears_under_it(language: str) -> None:
    """The same base subject, topic and reference; only the closing has a subject of its own, which says to stop."""
    title = TITLES.get(language, TITLE)
    alert = read(every_mail()[f"alert-{language}"])
    for name in NAMES:
        message = read(every_mail()[f"{name}-{language}"])
        if name.partition("-")[0] in ("confirm", "reply"):
            continue
        subject = str(message["Subject"])

        assert str(message["Thread-Topic"]) == title
        assert subject.endswith(title)
        assert (base_subject(subject) == title) == (not name.startswith("closing")), subject
        if name != "alert":
            assert message["In-Reply-To"] == message["References"] == alert["Message-ID"]


def test_a_reader_sees_which_mail_of_a_thread_it_is() -> None:
    """No two kinds begin alike, in any language."""
    for language in languages():
        subjects = {str(read(every_mail()[f"{name}-{language}"])["Subject"]) for name in NAMES if "-" not in name}

        assert len(subjects) == len([name for name in NAMES if "-" not in name])


# --- what the supporter wrote ---------------------------------------------------------------------


@every_language
@pytest.mark.parametrize("kind", ACTED)
def test_who_wrote_reads_to_whom_and_when(kind: str, language: str) -> None:
    """In both parts, and who did not write reads nothing of it."""
    days = [str(day["day"]) for day in mail_view(sample(f"{kind}-wrote", language))["wrote"]]
    wrote, not_yet = (every_mail()[f"{name}-{language}"].rendered for name in (f"{kind}-wrote", kind))

    assert len(days) == 2
    for part in (wrote.text, wrote.html):
        assert [day for day in days if day not in part] == []
    assert [day for day in days if day in not_yet.text] == []


def test_news_tell_what_is_new_since_the_supporters_own_letter() -> None:
    """Then the letters that are not sent; who has sent all of them is asked for none, and who sent none for all."""
    some, none = (every_mail()[f"{name}-en"].rendered.text for name in ("update-wrote", "update"))
    given = sample("update", "en")
    everything = replace(given, acted={item.target: ALERT_AT for item in given.pack.items})
    sent = MailRenderer(spoken()).render(everything)

    told = "You wrote on 27 November 2026 to: City Prosecutor's Office, Almaty."
    assert re.search(rf"{told}\n.*\n\nSince then:\n\nThe trial was postponed", some)
    assert "If you have not written to these yet" in some
    assert "prosecutor@justice.example" in none
    assert "prosecutor@justice.example" not in some
    assert "+44 20 7946 0102" in some
    assert "If you have not written yet" in none
    assert "There is no other letter to send now." in sent.text
    assert "There is no other letter to send now." in sent.html
    assert not re.search("If you have not written|+44 20 7946".replace("+", r"\+"), sent.text + sent.html)


def test_a_correction_asks_those_who_wrote_to_write_once_more() -> None:
    """The office that had the wrong address is in it, whoever wrote; nobody can know which address they used."""
    for name, asks in (("correction-wrote", True), ("correction", False)):
        text = every_mail()[f"{name}-en"].rendered.text

        assert ("If you used what was wrong, please send your letter once more." in text) == asks
        assert "prosecutor@justice.example" in text


# --- size -----------------------------------------------------------------------------------------


@cache
def large() -> Revision:
    """Return a campaign with twelve offices: two thirds by e-mail, the others by fax and phone, all in Russian."""
    catalog = load_catalog(ROOT / "tests" / "design_example.yaml", templates=Templates(), now=NOW)
    (campaign,) = catalog.campaigns.values()
    by_id = {target.id: target for target in campaign.targets}
    by_mail, by_phone = by_id[TargetId("prosecutor")], by_id[TargetId("court")]
    offices = tuple(
        replace(
            by_mail if number % 3 else by_phone,
            id=TargetId(f"office-{number}"),
            risk=by_phone.risk,
            until=None,
            languages=("ru", "en"),
        )
        for number in range(TARGETS)
    )
    assert catalog.organisation is not None
    return Freezer(Templates(), catalog.organisation, lambda: NOW).assemble(replace(campaign, targets=offices))


@every_language
def test_a_large_campaign_is_not_cut(language: str) -> None:
    """Twelve offices with letters, translations and telephones: 90 KB at most, and 100 KB as it travels."""
    person = Person("ann@reader.example", "Ann Reader", "Berlin")
    supporter = Supporter(PublicId(b"8 bytes!"), person, "DE", language, joined_on=date(2024, 3, 14))
    order = Order(large(), supporter, alert_of(large().campaign), NOW)
    mail = compose(order, Tools(_renderer(), PLACES, KEY))
    assert mail is not None

    assert len(mail.pack.todo) == TARGETS
    assert len(mail.rendered.html.encode()) <= 90 * 1024
    assert len(encode_text(mail.rendered.html).content) <= 100 * 1024


@cache
def _renderer() -> MailRenderer:
    return MailRenderer(large())
