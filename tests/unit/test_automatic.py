"""What a machine wrote, or a list sent, is answered by nobody."""

from __future__ import annotations

import pytest

from mailer.core.automatic import is_automatic
from mailer.core.received import Received

PERSON = "anna.request@people.example"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("auto-submitted", "auto-replied"),
        ("auto-submitted", "Auto-Generated; type=calendar"),
        ("precedence", "Bulk"),
        ("precedence", "list"),
        ("precedence", "junk"),
        ("list-id", "<a.list.example>"),
        ("list-unsubscribe", "<mailto:leave@list.example>"),
        ("x-auto-response-suppress", "OOF, AutoReply"),
        ("x-autoreply", "yes"),
    ],
)
def test_a_machine_is_known_by_what_it_says(name, value):
    """RFC 3834, section 2, and what programs write that are older than it."""
    assert is_automatic(Received(sender=PERSON, fields={name: (value,)}))


@pytest.mark.parametrize(
    "sender",
    [
        "",
        "no domain",
        "@people.example",
        "MAILER-DAEMON@mx.example",
        "noreply@shop.example",
        "no-reply+123@shop.example",
        "do_not_reply@shop.example",
        "donotreply@shop.example",
        "postmaster@people.example",
        "bounces@people.example",
        "bounces+abc@people.example",
        "owner-news@list.example",
        "news-request@list.example",
        "LISTSERV@list.example",
    ],
)
def test_nobody_reads_at_some_addresses(sender):
    """An answer to them would come back, or go to everybody."""
    assert is_automatic(Received(sender=sender))


@pytest.mark.parametrize("sender", [PERSON, "noreen@people.example", "bouncer@club.example", "daemon.smith@x.example"])
def test_a_person_is_none(sender):
    """Whatever they are called, and if their program says that nothing was automatic."""
    fields = {"auto-submitted": ("no",), "precedence": ("first-class",), "subject": ("stop",)}

    assert not is_automatic(Received(sender=sender, return_path=sender, fields=fields))
    assert not is_automatic(Received(sender=sender))


def test_reports_and_mails_without_a_way_back_are():
    """RFC 5321, 4.5.5: `<>` wants no answer."""
    assert is_automatic(Received(sender=PERSON, return_path=""))
    assert is_automatic(Received(sender=PERSON, report_type="delivery-status"))
