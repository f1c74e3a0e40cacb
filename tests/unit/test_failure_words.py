"""Is an address dead? By statuses and words of servers, and never by what they say of the letter or its sender."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.core.bounces import ReturnKind
from mailer.core.enhanced_status import Standing, find_status, has_reply_code, is_for_now, standing_of
from mailer.core.failure_words import kind_of

HARD, SOFT = ReturnKind.HARD, ReturnKind.SOFT
statuses = st.builds("{}.{}.{}".format, st.sampled_from("245"), st.integers(0, 9), st.integers(0, 999))


@pytest.mark.parametrize(
    ("status", "text", "kind"),
    [
        ("5.1.1", "", HARD),
        ("5.1.1", "550 5.1.1 <a@b.example>: User unknown", HARD),
        ("5.1.1", "550 5.1.1 blocked by our list", SOFT),
        ("5.1.1", "the mailbox is full", SOFT),
        ("5.0.0", "550 5.1.1 no", HARD),
        ("5.0.0", "smtp; 550 User not found", HARD),
        ("5.0.0", "550 Requested action not taken: mailbox unavailable", HARD),
        ("5.2.1", "550 5.2.1 User unknown", HARD),
        ("5.2.1", "account is disabled", SOFT),
        ("5.4.1", "550 5.4.1 Recipient address rejected: Access denied", HARD),
        ("5.4.4", "Host not found", HARD),
        ("5.4.4", "Host not found, try again", HARD),
        ("4.4.3", "Host not found, try again", SOFT),
        ("", "Host or domain name not found. Name service error", HARD),
        ("", "Domain name not found: temporary problem", SOFT),
        ("4.0.0", "DNS type 'mx' lookup of x.example responded with code NXDOMAIN", HARD),
        ("5.1.0", "Domain x.example does not accept mail (nullMX)", HARD),
        ("5.1.8", "Sender address rejected: Domain not found", SOFT),
        ("", "553 Sender address rejected: Domain not found", SOFT),
        ("5.7.1", "Relay access denied", SOFT),
        ("5.7.26", "", SOFT),
        ("4.2.2", "over quota", SOFT),
        ("5.2.2", "", SOFT),
        ("5.3.4", "message size 12 exceeds size limit 10", SOFT),
        ("", "450 4.1.1 <a@b.example>: Recipient address rejected: unverified", SOFT),
        ("", "451 user unknown, for now", SOFT),
        ("", "Empfänger unbekannt", HARD),
        ("", "das Postfach des Empfängers ist voll", SOFT),
        ("", "l'adresse n'existe pas", HARD),
        ("", "la boîte aux lettres est pleine", SOFT),
        ("", "usuario desconocido", HARD),
        ("", "el buzón está lleno", SOFT),
        ("", "пользователь не найден", HARD),
        ("", "ящик получателя переполнен", SOFT),
        ("", "收件人地址不存在", HARD),
        ("", "邮箱容量不足", SOFT),
        ("", "宛先が見つかりません", HARD),
        ("", "존재하지 않는 사용자", HARD),
        ("", "see https://help.example/user-unknown", None),
        ("", "to mailbox-full-user-unknown@b.example", None),
        ("", "No matches to nameserver query", HARD),
        ("", "That is not a valid user here", HARD),
        ("", "is not a known user at this site", HARD),
        ("", "sorry, can't find user's mailbox", HARD),
        ("", "the name was not found at the remote site", HARD),
        ("", "this address no longer accepts mail", HARD),
        ("", "550 No such users", HARD),
        ("", "cette adresse n'est plus valide", HARD),
        ("", "brak takiego użytkownika", HARD),
        ("", "böyle bir kullanıcı yok", HARD),
        ("", "사용자가 없습니다", HARD),
        ("", "Die Mailbox ist nicht vorhanden", HARD),
        ("", "mail box space not enough", SOFT),
        ("", "User mailbox exceeds allowed size", SOFT),
        ("", "de postbus is vol", SOFT),
        ("", "Brevlådan är full", SOFT),
        ("", "Benutzer hat zuviele Mails auf dem Server", SOFT),
        ("", "User has exhausted allowed storage space", SOFT),
        ("", "account temporarily unavailable", SOFT),
        ("", "the mailbox is temporarily closed", SOFT),
        ("", "does not accept mail from external senders", SOFT),
        ("", "refuses your mail", SOFT),
        ("", "the message was rejected", SOFT),
        ("", "the message was rejected: invalid recipient", HARD),
        ("", "the message was rejected as spam for an invalid recipient", SOFT),
        ("5.1.1", "Nachricht abgelehnt", SOFT),
        ("", "mia: unknown", HARD),
        ("", "550 unknown error", None),
        ("", "diese Adresse gibt es nicht", HARD),
        ("", "551 is a deactivated mailbox", SOFT),
        ("", "unable to verify recipient", SOFT),
        ("5.0.0", "554 delivery error", None),
        ("", "", None),
    ],
)
def test_what_a_server_says_of_an_address(status, text, kind):
    """Full, late, too large, and all that is about us is soft; nobody there, or no such place, is hard."""
    assert kind_of(status, text) == kind


@given(statuses, st.text())
def test_every_answer_is_hard_soft_or_none(status, text):
    """Whatever a server says, an address is dead, alive, or it is untold."""
    assert kind_of(status, text) in (HARD, SOFT, None)


@given(st.integers(0, 999))
def test_a_policy_status_alone_kills_nobody(detail):
    """5.7.x is about us or the letter, whichever it is."""
    assert kind_of(f"5.7.{detail}", "") is SOFT
    assert standing_of(f"5.7.{detail}") is Standing.ALIVE


@pytest.mark.parametrize(
    ("texts", "status"),
    [
        (("5.0.0", "550 5.1.1 unknown"), "5.1.1"),
        (("5.1.1", "552 5.2.2 full"), "5.1.1"),
        (("5.0.0 (undefined status)", ""), "5.0.0"),
        (("host 192.0.2.5 said", "#5.1.1"), "5.1.1"),
        (("version 5.5.1960.3", "192.5.1.1"), ""),
        (("2.0.0", "4.4.1"), "4.4.1"),
        (("2.1.5",), "2.1.5"),
    ],
)
def test_the_most_telling_status(texts, status):
    """The field's own counts before those of the words, but one that says nothing does not; versions are none."""
    assert find_status(*texts) == status


@pytest.mark.parametrize(
    ("status", "text", "is_so"),
    [
        ("4.4.1", "", True),
        ("5.1.1", "450 later", False),
        ("5.0.0", "450 later", True),
        ("", "smtp; 421 busy", True),
        ("", "554 no", False),
        ("4.0.0", "", True),
        ("", "192.0.2.450 450.example", False),
    ],
)
def test_for_now_or_for_good(status, text, is_so):
    """The class of a telling status decides, else the first reply code."""
    assert is_for_now(status, text) == is_so


def test_a_reply_is_told_from_other_numbers():
    """Years, amounts and addresses are no replies of a server."""
    assert has_reply_code("said: 550 no")
    assert has_reply_code("(#5.1.1)")
    assert has_reply_code("[SMTP Error Code 550]")
    assert has_reply_code("an error (554)")
    assert not has_reply_code("call +1 (510) 655 0100 or (450) 655 0100")
    assert not has_reply_code("on 21.11.2026 at 10:14, 1500 letters, 192.0.2.1, number 99")
