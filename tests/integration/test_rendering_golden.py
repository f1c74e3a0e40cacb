"""What mails look like is kept in files; MAILER_TESTS_REWRITE_GOLDEN=1 rewrites them, and the diff is read."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from mailer.adapters.rendering import MailRenderer
from mailer.core.campaigns import MailingKind
from tests.samples import LANGUAGES, context, revision

GOLDEN = Path(__file__).parent.parent / "golden" / "mail"
RENDERER = MailRenderer(revision())


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
