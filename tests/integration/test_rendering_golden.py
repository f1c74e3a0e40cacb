"""What mails look like is kept in files; MAILER_TESTS_REWRITE_GOLDEN=1 rewrites them, and the diff is read.

Kept are four languages of three alphabets, one of them from right to left; the others are composed and checked
(test_every_mail, test_mail_linters), and not kept.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.every_mail import REPLIES, every_mail

GOLDEN = Path(__file__).parent.parent / "golden" / "mail"
KEPT = ("en", "ru", "de", "ar")
KINDS = (
    "alert",
    "reminder",
    "update",
    "update-wrote",
    "correction",
    "closing",
    "confirm",
    *(f"reply-{name}" for name in REPLIES),
)


@pytest.mark.parametrize("language", KEPT)
@pytest.mark.parametrize("kind", KINDS)
def test_mails_are_as_they_were_read_last(kind: str, language: str) -> None:
    """A change of any mail in these languages shows as a diff that somebody reads."""
    mail = every_mail()[f"{kind}-{language}"].rendered
    parts = {"txt": f"Subject: {mail.subject}\n\n{mail.text}", "html": mail.html}
    if os.environ.get("MAILER_TESTS_REWRITE_GOLDEN") == "1":
        GOLDEN.mkdir(parents=True, exist_ok=True)
        for ending, written in parts.items():
            (GOLDEN / f"{kind}-{language}.{ending}").write_text(written, encoding="utf-8")

    for ending, written in parts.items():
        assert written == (GOLDEN / f"{kind}-{language}.{ending}").read_text(encoding="utf-8")


def test_nothing_else_is_kept() -> None:
    """A file that no test reads would be believed, and be wrong one day."""
    wanted = {f"{kind}-{language}.{ending}" for kind in KINDS for language in KEPT for ending in ("txt", "html")}

    assert {path.name for path in GOLDEN.iterdir()} == wanted
