"""Whom does a notice name, and whom only its explanations?"""

from __future__ import annotations

import pytest

from mailer.core.named_recipients import named_in
from mailer.core.notices import notice_of, sent_to
from mailer.core.presumed_recipients import presumed_in
from mailer.core.received import Part, Received

OURS = "bounces+t@solidarity.example"
MAIL = Received(delivered_to=(OURS,), sender="mailer-daemon@mx.example")
COPY = "\n----- Original message -----\nReceived: from a by b for <zoe@gone.example>; Sat\nTo: Zoe <{}>\nSubject: x\n"


def named(notice: str, mail: Received = MAIL) -> list[str]:
    """Return the addresses that a notice names."""
    return [each.address for each in named_in(mail, notice)]


def quoting(notice: str, to: str) -> Received:
    """Return a notice with a copy of the returned mail in its text."""
    return Received(delivered_to=(OURS,), parts=(Part("text/plain", notice + COPY.format(to)),))


@pytest.mark.parametrize(
    "line",
    [
        '"X. Ample" <x@y.example>: unknown',
        "Xavier Ample <x@y.example>",
        "  'X' <x@y.example> (mailbox full)",
        "x@y.example: 550 no",
        "Your mail for x@y.example came back",
        "mailbox of x@y.example is full",
    ],
)
def test_shapes_of_a_recipient(line):
    """Alone, behind a name, or as the object of a sentence."""
    assert named(f"It failed.\n\n{line}\n") == ["x@y.example"]


def test_a_list_in_a_line_names_all():
    """Behind a label or alone; a sentence with several is no list."""
    assert named("Undeliverable to: a@y.example, b@y.example") == ["a@y.example", "b@y.example"]
    assert named("a@y.example; <b@y.example>: unknown") == ["a@y.example", "b@y.example"]
    assert named("a@y.example, b@y.example and others") == ["a@y.example"]


def test_a_line_in_the_midst_of_a_sentence_is_about_nobody():
    """An example in an explanation begins a line by chance."""
    prose = (
        "If no such address is found, try the most explicit form, because\nx@y.example fails where x.a@y.example works."
    )

    assert named(prose) == []
    assert named("The mail to this address could not be delivered, because:\nx@y.example fails") == ["x@y.example"]


@pytest.mark.parametrize(
    "sentence",
    [
        "For help write to help@y.example.",
        "Please contact the people at desk@y.example.",
        "Bitte wenden Sie sich an hilfe@y.example.",
        "Questions? Mail to ask@y.example.",
        "请联系 help@y.example",
    ],
)
def test_who_helps_is_not_who_failed(sentence):
    """Wherever the sentence stands, if another names the recipient."""
    told = "Your mail to x@y.example came back."

    assert named(f"{sentence}\n{told}") == named(f"{told}\n{sentence}") == ["x@y.example"]
    assert named(sentence) == []


def test_a_subject_names_if_nothing_else_does():
    """What the notice itself names counts before; our own address there is nobody."""
    mail = Received(delivered_to=(OURS,), subject="Mail delivery to s@y.example failed")

    assert named("No such user.", mail) == ["s@y.example"]
    assert named("<x@y.example>: no such user", mail) == ["x@y.example"]
    assert named("No such user.", Received(delivered_to=(OURS,), subject=f"Undeliverable: {OURS}")) == []


def test_who_wrote_the_returned_mail_did_not_fail():
    """Only as its own recipient."""
    returned = Received(fields={"from": ("us@solidarity.example",), "to": ("x@y.example",)})
    mail = Received(delivered_to=(OURS,), returned=(returned,))
    to_self = Received(fields={"from": ("us@solidarity.example",), "to": ("us@solidarity.example",)})

    assert named("us@solidarity.example\nx@y.example", mail) == ["x@y.example"]
    assert named("us@solidarity.example", Received(returned=(to_self,))) == ["us@solidarity.example"]


def test_a_copy_tells_whom_half_an_address_means():
    """To, or for whom a server took the mail, where the notice calls it by its first half."""
    assert [a.address for a in presumed_in(quoting("zoe is unknown", "zoe@y.example"), "zoe is unknown")] == [
        "zoe@y.example"
    ]
    moved = quoting("zoe is unknown", "friends@lists.example")
    assert [a.address for a in presumed_in(moved, "zoe is unknown")] == ["zoe@gone.example"]
    assert [a.address for a in presumed_in(moved, "nobody there")] == ["friends@lists.example"]


def test_the_to_of_a_notice_is_whom_it_is_about():
    """Where others are named who can help; two of them are nobody."""
    notice = "Undeliverable.\n  To: x@y.example\nAsk one@h.example or two@h.example"

    assert [a.address for a in presumed_in(MAIL, notice)] == ["x@y.example"]
    assert presumed_in(MAIL, f"{notice}\nTo: z@y.example") == ()


def test_to_whom_a_returned_mail_went():
    """By the mail that is attached, or quoted."""
    assert sent_to(quoting("unknown", "z@y.example")) == (("z@y.example",), ("zoe@gone.example",))
    assert sent_to(MAIL) == ((), ())


@pytest.mark.parametrize(
    ("texts", "notice"),
    [
        (("Please do not answer.", "x@y.example: unknown"), "x@y.example: unknown"),
        (("It could not be delivered.", "x@y.example"), "It could not be delivered."),
        (("Hello", "again"), "Hello"),
        (("Undeliverable.", "Final-Recipient: rfc822; x@y"), "Undeliverable.\nFinal-Recipient: rfc822; x@y"),
        (("", " "), ""),
    ],
)
def test_the_first_text_that_tells_something_is_the_notice(texts, notice):
    """A greeting or a footer in a part of its own hides nothing."""
    assert notice_of(Received(parts=tuple(Part("text/plain", text) for text in texts))) == notice


def test_a_report_without_fields_is_a_text():
    """Some servers write prose where the fields belong."""
    prose = Part("message/delivery-status", "x@y.example is unknown")

    assert notice_of(Received(parts=(prose,))) == prose.text
    assert notice_of(Received(parts=(prose,), statuses=({"action": "failed"},))) == ""
