"""Mails that are filled from a skeleton are those that are built one by one, octet for octet, and refused alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mailer.core.addresses import Mailbox
from mailer.core.message import Attachment, Message, build
from mailer.core.message_skeletons import MessageSkeleton
from mailer.core.multipart import boundary_of
from mailer.core.own_fields import Own
from mailer.core.slots import Pieces, put_in
from mailer.errors import HeaderError
from tests.strategies import addresses, body_pieces, header_texts, plain_values

URL = "https://solidarity.example/u/AbCdEf"
LEAVE = "mailto:leave+abcdef@solidarity.example?subject=unsubscribe"
MESSAGE = Message(
    sender=Mailbox("campaigns@solidarity.example", "Example Solidarity"),
    recipient=Mailbox("jane@people.example", "Doe, Jane"),
    subject="Свободу организатору",
    text="Hello\n",
    html="<p>Hello</p>\n",
    date=datetime(2026, 12, 2, 6, 5, tzinfo=UTC),
    message_id="<1.alert@solidarity.example>",
    boundary_seed="1",
    list_unsubscribe=(URL,),
)
FULL = replace(
    MESSAGE,
    reply_to=Mailbox("office@solidarity.example", "Büro"),
    thread_topic="Free the organiser",
    list_id="case.solidarity.example",
    one_click=True,
    auto_submitted="auto-generated",
    attachments=(
        Attachment("letter.pdf", "application/pdf", b"%PDF" * 50),
        Attachment("letter.eml", "message/rfc822", b"Subject: x\r\n\r\nbody\r\n"),
    ),
)
INJECTION = "=?utf-8?b?DQpCY2M6IGV2aWxAeC5vcmc=?="

names = st.one_of(
    st.sampled_from(("", "Jane", "O'Hara, Jane <jane>", "Жанна Пример", "آن القارئة", "👩🏽‍🏭")), header_texts
)
ids = st.sampled_from(
    (
        "<1@x.example>",
        f"<{'b' * 60}@x.example>",
        f"<{'b' * 249}@x>",
        "1@x",
        f"<{INJECTION}@x.example>",
        "<a\r\n@x>",
        "<>",
    )
)
_HOST_PARTS = ("a", "1", ".", "-", ":", "@", "[", "]", "%", "/", "?", "A", ":8080", "localhost", "127.0.0.1", "[::1]")
hosts = st.lists(st.sampled_from(_HOST_PARTS), max_size=4).map("".join)
uris = st.one_of(
    st.sampled_from(
        (URL, LEAVE, "mailto:", "javascript:alert(1)", "https://solidarity.example/ж", URL + "u" * 60, INJECTION)
    ),
    st.builds("{}://{}".format, st.sampled_from(("https", "http", "HTTPS")), hosts),
)
owns = st.builds(
    Own,
    recipient=st.builds(Mailbox, addresses, names),
    message_id=st.one_of(st.just("<1@x.example>"), ids),
    boundary_seed=st.sampled_from(("", "1", "seed \n", "Жанна")),
    in_reply_to=st.one_of(st.just(""), ids),
    references=st.one_of(st.just(()), st.lists(ids, max_size=3).map(tuple)),
    list_unsubscribe=st.one_of(st.just((URL, LEAVE)), st.lists(uris, max_size=3).map(tuple)),
)


def built(prototype: Message, own: Own, text: str, html: str) -> bytes | str:
    """Return the mail by the definition, or why it is refused."""
    fields = own._asdict()
    try:
        return build(replace(prototype, text=text, html=html, **fields))
    except HeaderError as error:
        return str(error)


def filled(prototype: Message, own: Own, text: Pieces, html: Pieces, values: list[str]) -> bytes | str:
    """Return the mail from a skeleton, or why it is refused."""
    skeleton = MessageSkeleton.of(prototype, text, html)
    try:
        return skeleton.fill(own, values)
    except HeaderError as error:
        return str(error)


@given(
    st.sampled_from((MESSAGE, FULL)),
    owns,
    body_pieces,
    st.one_of(st.just(()), body_pieces.map(lambda pieces: ("<p>", *pieces))),
    st.lists(plain_values, min_size=3, max_size=3),
)
@example(FULL, FULL.own, ("Dear ", 0, ",\n"), ("<p>", 0, "</p>\n"), ["Jane", "", ""])
@example(MESSAGE, FULL.own._replace(list_unsubscribe=()), ("Dear ", 0, ",\n"), (), ["Жанна", "", ""])
@example(FULL, FULL.own._replace(list_unsubscribe=(LEAVE,)), ("x\n",), ("<p>",), ["", "", ""])
def test_a_filled_mail_is_the_built_one_and_refused_alike(
    prototype: Message, own: Own, text: Pieces, html: Pieces, values: list[str]
) -> None:
    """For arbitrary people, pieces and values the octets are those of `build`, and errors those of `Message`."""
    found = filled(prototype, own, text, html, values)

    assert found == built(prototype, own, put_in(text, values), put_in(html, values))


OWN = FULL.own


@pytest.mark.parametrize(
    "change",
    [
        {"message_id": ""},
        {"message_id": f"<{'a' * 250}@x.example>"},
        {"in_reply_to": "<a@b> <c@d>"},
        {"references": ("<a@b.example>", INJECTION)},
        {"list_unsubscribe": ()},
        {"list_unsubscribe": (LEAVE,)},
        {"list_unsubscribe": (URL, URL)},
        {"list_unsubscribe": ("http://solidarity.example/u", LEAVE)},
        {"list_unsubscribe": (URL.ljust(76, "u"),)},
        {"list_unsubscribe": (URL, "mailto:a@b.example\r\nBcc: c@d.example")},
    ],
    ids=str,
)
def test_a_skeleton_refuses_what_a_message_refuses(change: dict[str, Any]) -> None:
    """Nothing comes in by the fast way that the slow one keeps out."""
    with pytest.raises(HeaderError):
        MessageSkeleton.of(FULL, ("x\n",), ()).fill(OWN._replace(**change), [])


@given(st.sampled_from(("https", "http")), hosts)
def test_web_addresses_are_those_with_a_host(scheme: str, host: str) -> None:
    """The short look at an address takes no other than taking it apart does."""
    uri = f"{scheme}://{host}"
    try:
        name = urlsplit(uri).hostname
    except ValueError:
        name = None
    is_web = bool(name) and (scheme == "https" or name in ("localhost", "127.0.0.1", "::1"))

    refused = isinstance(built(MESSAGE, OWN._replace(list_unsubscribe=(uri,)), "x", ""), str)

    assert refused is not is_web


@pytest.mark.parametrize("subtype", ["alternative", "mixed"])
def test_a_value_that_forges_a_boundary_stays_in_its_part(subtype: str) -> None:
    """A boundary that a name quotes is not the one that is used."""
    forged = boundary_of(subtype, "1")
    own = OWN._replace(boundary_seed="1")
    assert f'boundary="{forged}"'.encode() in MessageSkeleton.of(FULL, ("x\n",), ("<p>\n",)).fill(own, [])

    mail = filled(FULL, own, ("--", 0, "--\n"), ("<p>\n",), [forged])

    assert isinstance(mail, bytes)
    assert mail == built(FULL, own, f"--{forged}--\n", "<p>\n")
    assert f'boundary="{forged}"'.encode() not in mail


def test_html_of_values_alone_is_refused() -> None:
    """Whether a mail has HTML is a matter of its cohort, not of what a value holds."""
    with pytest.raises(ValueError, match="words of its own"):
        MessageSkeleton.of(MESSAGE, ("x\n",), (0, "", 1))
