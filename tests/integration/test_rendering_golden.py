"""What mails look like is kept in files; MAILER_TESTS_REWRITE_GOLDEN=1 rewrites them, and the diff is read."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from mailer.adapters.rendering import MailRenderer
from mailer.core.campaigns import MailingKind
from mailer.core.links import Places
from mailer.core.signups import SERVICE
from mailer.core.supporters import PublicId
from mailer.core.tokens import KEY_BYTES, TokenKey
from mailer.flows.compose import Order, Tools, compose, mailing_of
from tests.samples import LANGUAGES, NOW, context, revision, supporter

GOLDEN = Path(__file__).parent.parent / "golden" / "mail"
RENDERER = MailRenderer(revision())
PLACES = Places("https://pages.example", "bounces@solidarity.example")
SIGNUP = PublicId(b"sign-up!")


def sample(kind, language):
    """Return a full alert; the other kinds show one target by e-mail and one by phone."""
    full = context(kind, language)
    if kind is MailingKind.ALERT:
        return full
    return replace(full, pack=replace(full.pack, items=full.pack.items[:2]))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", MailingKind)
def test_mails_are_as_they_were_read_last(kind, language):
    """A change of any mail in any language shows as a diff that somebody reads."""
    mail = RENDERER.render(sample(kind, language))
    parts = {"txt": f"Subject: {mail.subject}\n\n{mail.text}", "html": mail.html}
    if os.environ.get("MAILER_TESTS_REWRITE_GOLDEN") == "1":
        GOLDEN.mkdir(parents=True, exist_ok=True)
        for ending, written in parts.items():
            (GOLDEN / f"{kind.value}-{language}.{ending}").write_text(written, encoding="utf-8")

    for ending, written in parts.items():
        assert written == (GOLDEN / f"{kind.value}-{language}.{ending}").read_text(encoding="utf-8")


ONCE = {"date", "from", "to", "message-id", "subject", "reply-to", "auto-submitted", "mime-version", "content-type"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bytes_of_a_mail_to_who_signed_up(language):
    """RFC 5322, 2047 and 3834: each field once and no other, short lines of ASCII, written by a machine, of no list."""
    asks = replace(revision(), campaign=replace(revision().campaign, id=SERVICE))
    order = Order(asks, supporter(language), mailing_of(asks.campaign, "confirm-2026-11-30"), NOW, signup=SIGNUP)
    mail = compose(order, Tools(RENDERER, PLACES, TokenKey(1, bytes(KEY_BYTES))))
    assert mail is not None
    head, _, body = mail.envelope.content.partition(b"\r\n\r\n")
    fields = re.split(rb"\r\n(?![ \t])", head)

    assert sorted(field.partition(b":")[0].lower().decode() for field in fields) == sorted(ONCE)
    assert b"Auto-Submitted: auto-generated" in fields
    assert b"To: ann@reader.example" in fields
    assert all(len(line) <= 78 and line.isascii() for line in head.split(b"\r\n"))
    assert all(len(word) <= 75 for word in re.findall(rb"=\?\S+\?=", head))
    assert all(len(line) <= 998 for line in body.split(b"\r\n"))
    assert b"\n" not in mail.envelope.content.replace(b"\r\n", b"")
    golden = (GOLDEN / f"confirm-{language}.txt").read_text(encoding="utf-8")
    assert golden.startswith(
        f"Subject: {message_from_bytes(mail.envelope.content, policy=policy.default)['Subject']}\n"
    )
