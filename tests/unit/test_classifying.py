"""What is a mail that came to us, and on what does that rest?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailer.core.bounces import Bounced, Evidence, Guess, ReturnKind
from mailer.core.classifying import LONGEST_TOLD, classify
from mailer.core.received import Part, Received

DAEMON = Received(
    sender="mailer-daemon@mx.example",
    return_path="",
    subject="Undelivered Mail Returned to Sender",
    delivered_to=("bounces+t@solidarity.example",),
    fields={"from": ("Mail Delivery System <mailer-daemon@mx.example>",)},
)
ANNA = replace(
    DAEMON,
    sender="anna@home.example",
    return_path="anna@home.example",
    subject="Free him",
    fields={"from": ("anna@home.example",)},
)
UNKNOWN = "<x@y.example>: 550 5.1.1 User unknown"


def told(text: str, mail: Received = DAEMON, **fields: str) -> Received:
    """Return a mail with this text, and these fields beside its own."""
    more = {name.replace("_", "-"): (value,) for name, value in fields.items()}
    return replace(mail, parts=(Part("text/plain", text),), fields={**mail.fields, **more})


def report(*groups: dict[str, str], text: str = "") -> Received:
    """Return a delivery report."""
    return replace(told(text), report_type="delivery-status", statuses=({"reporting-mta": "dns; mx.example"}, *groups))


def failed(address: str, status: str = "5.1.1", action: str = "failed", **more: str) -> dict[str, str]:
    """Return a group of such a report."""
    return {"final-recipient": f"rfc822; {address}", "action": action, "status": status, **more}


def test_a_report_says_whom_and_why():
    """The address that we wrote to, its status, the server's words, and the mail that came back."""
    group = failed("inside@y.example", "5.0.0")
    group |= {"original-recipient": "rfc822;x@y.example", "diagnostic-code": "smtp; 550 5.1.1 no\n such user"}
    ours = Received(message_id="<1@solidarity.example>")

    found = classify(replace(report(group), returned=(ours,)))

    assert found.kind is ReturnKind.HARD
    assert found.recipients == (Bounced("x@y.example", ReturnKind.HARD, "5.1.1", "smtp; 550 5.1.1 no such user 5.0.0"),)
    assert (found.evidence, found.message_ids) == (Evidence.REPORT, ("<1@solidarity.example>",))


@pytest.mark.parametrize("action", ["delivered", "relayed", "expanded (to a list)", "Relayed"])
def test_a_report_of_success_is_no_bounce(action):
    """Who got the mail, or may have got it, is nobody who did not."""
    found = classify(report(failed("x@y.example", "2.0.0", action), text="could not be delivered 550 user unknown"))

    assert (found.kind, found.recipients, found.evidence) == (ReturnKind.NOT_A_BOUNCE, (), Evidence.REPORT)


def test_a_delay_is_soft_whatever_its_words():
    """A mail that is still under way kills no address."""
    found = classify(report(failed("x@y.example", "4.1.1", "delayed", **{"diagnostic-code": "550 user unknown"})))

    assert [each.kind for each in found.recipients] == [ReturnKind.SOFT]


def test_recipients_of_both_kinds_are_mixed():
    """Each keeps its own kind; who got it is left out."""
    found = classify(
        report(failed("a@y.example"), failed("b@y.example", "5.2.2"), failed("c@y.example", "2.0.0", "delivered"))
    )

    assert found.kind is ReturnKind.MIXED
    assert [(each.recipient, each.kind) for each in found.recipients] == [
        ("a@y.example", ReturnKind.HARD),
        ("b@y.example", ReturnKind.SOFT),
    ]


def test_one_address_told_twice_is_soft_if_once_so():
    """Where two accounts differ, the address lives."""
    found = classify(report(failed("a@y.example"), failed("A@y.example", "5.2.2")))

    assert [each.kind for each in found.recipients] == [ReturnKind.SOFT]


@pytest.mark.parametrize(
    ("group", "text"),
    [
        ({"action": "failed", "status": "5.0.0"}, UNKNOWN),
        ({"final-recipient": "LOCAL;<x>", "action": "failed"}, f"  * {UNKNOWN}"),
        ({"final-recipient": "rfc822; x@y.example", "action": "failed"}, UNKNOWN),
        ({"final-recipient": "<x@y.example>", "action": "error", "status": "5.1.1 (unknown)"}, ""),
    ],
)
def test_what_a_report_leaves_out_is_in_its_text(group, text):
    """Neither a missing address nor a missing reason keeps it from being understood."""
    found = classify(report(group, text=text))

    assert [(each.recipient, each.kind, each.status) for each in found.recipients] == [
        ("x@y.example", ReturnKind.HARD, "5.1.1")
    ]
    assert found.evidence is Evidence.REPORT


def test_words_of_a_mail_system_are_evidence_of_words():
    """A text without a standard report counts for what it is."""
    found = classify(told(UNKNOWN))

    assert (found.kind, found.evidence) == (ReturnKind.HARD, Evidence.WORDS)
    assert found.recipients == (Bounced("x@y.example", ReturnKind.HARD, "5.1.1", UNKNOWN),)


def test_a_quoted_mail_gives_its_identifier():
    """The mail that came back may be quoted in the text, or noted in the report."""
    text = f"{UNKNOWN}\n\n--- Below this line is a copy of the message.\n\nMessage-ID: <2@solidarity.example>\n"
    noted = {"x-original-message-id": "<3@solidarity.example>"}

    assert classify(told(text)).message_ids == ("<2@solidarity.example>",)
    assert classify(report(noted, failed("x@y.example"))).message_ids == ("<3@solidarity.example>",)


@pytest.mark.parametrize("subject", [f"Re: {DAEMON.subject}", f"Fwd: {DAEMON.subject}", "AW: Unzustellbar", "returned"])
def test_a_person_who_writes_of_a_bounce_sent_none(subject):
    """Words of a mail system in a person's mail are a person's words, whoever quotes them."""
    assert classify(told(UNKNOWN, replace(ANNA, subject=subject))).kind is ReturnKind.NOT_A_BOUNCE


def test_a_person_under_such_a_subject_sent_none():
    """The subject of a bounce and its words still lack the reply of a server."""
    asked = told("The mail to x@y.example was undeliverable, user unknown", replace(ANNA, subject=DAEMON.subject))

    assert classify(asked).kind is ReturnKind.NOT_A_BOUNCE


def test_a_report_inside_a_mail_is_not_the_mails_own():
    """A person who attaches a report forwards it."""
    assert classify(replace(ANNA, returned=(report(failed("x@y.example")),))).kind is ReturnKind.NOT_A_BOUNCE


@pytest.mark.parametrize(
    "mail",
    [
        told(UNKNOWN, replace(DAEMON, subject="Automatic reply: Free him")),
        told(UNKNOWN, replace(DAEMON, subject="AW: Abwesenheitsnotiz: Free him")),
        told("I am away. Old mail is undeliverable.", replace(ANNA, return_path=""), auto_submitted="auto-replied"),
        told("away", ANNA, x_autoreply="yes"),
        told("Please confirm that you are a person", ANNA),
    ],
)
def test_an_answer_of_a_machine_is_no_bounce(mail):
    """Neither an empty sender nor the words of a bounce make one of it."""
    found = classify(mail)

    assert (found.kind, found.recipients) == (ReturnKind.AUTOREPLY, ())


def test_a_receipt_is_no_bounce():
    """A mail that was deleted unread was delivered."""
    receipt = replace(told(UNKNOWN), report_type="disposition-notification")

    assert classify(receipt).kind is ReturnKind.NOT_A_BOUNCE


def receipt(disposition: str, text: str, recipient: str = "rfc822; x@y.example") -> Received:
    """Return a receipt with these fields."""
    fields = f"Final-Recipient: {recipient}\nOriginal-Message-ID: <1@solidarity.example>\nDisposition: {disposition}\n"
    parts = (Part("text/plain", text), Part("message/disposition-notification", fields))
    return replace(DAEMON, report_type="disposition-notification", parts=parts)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Your mail was automatically rejected: Quota exceeded", ReturnKind.SOFT),
        ("Your mail was rejected: I read no mail", ReturnKind.SOFT),
        ("Die Nachricht wurde abgelehnt: Empfänger unbekannt", ReturnKind.HARD),
        ("Your message to x@y.example was automatically rejected: no such user", ReturnKind.HARD),
    ],
)
def test_a_filter_refuses_by_a_receipt(text, kind):
    """It says so in words, which is no evidence of a report; the mail is known by its number."""
    found = classify(receipt("automatic-action/MDN-sent-automatically; deleted", text))

    assert (found.kind, [each.recipient for each in found.recipients]) == (kind, ["x@y.example"])
    assert (found.evidence, found.message_ids) == (Evidence.WORDS, ("<1@solidarity.example>",))


@pytest.mark.parametrize(
    ("disposition", "text"),
    [
        ("manual-action/MDN-sent-manually; deleted", "I rejected it"),
        ("automatic-action/MDN-sent-automatically; deleted", "deleted unread"),
        ("automatic-action/MDN-sent-automatically; displayed", "not rejected"),
    ],
)
def test_what_a_person_deletes_arrived(disposition, text):
    """Only a machine refuses, only what it deleted, and only if it says so."""
    assert classify(receipt(disposition, text)).kind is ReturnKind.NOT_A_BOUNCE


def test_a_refusal_may_name_nobody():
    """Its number may tell whose it is."""
    found = classify(receipt("automatic-action/MDN-sent-automatically; deleted", "rejected: quota exceeded", "unknown"))

    assert (found.kind, found.recipients) == (ReturnKind.SOFT, ())


def test_a_report_that_names_half_an_address_is_completed():
    """By the mail that came back with it."""
    group = {"final-recipient": "local; zoe", "action": "failed", "status": "5.1.1"}
    to = Received(fields={"to": ("zoe@y.example",)})

    found = classify(replace(report(group, text="zoe is unknown"), returned=(to,)))

    assert [(each.recipient, each.kind) for each in found.recipients] == [("zoe@y.example", ReturnKind.HARD)]


@pytest.mark.parametrize(
    ("mail", "kind"),
    [
        (told("I am out of the office", replace(ANNA, return_path="")), ReturnKind.AUTOREPLY),
        (told("Ich bin im Urlaub", ANNA, precedence="bulk"), ReturnKind.AUTOREPLY),
        (told("I am on vacation", ANNA, x_auto_response_suppress="All"), ReturnKind.AUTOREPLY),
        (told("x", replace(ANNA, subject="Free him (Out of office)")), ReturnKind.AUTOREPLY),
        (told("x", replace(ANNA, subject="Abwesend: Free him")), ReturnKind.AUTOREPLY),
        (told("I am out of the office, but shall write", ANNA), ReturnKind.NOT_A_BOUNCE),
        (told("We are on vacation", ANNA, precedence="bulk", list_unsubscribe="<x>"), ReturnKind.NOT_A_BOUNCE),
    ],
)
def test_who_is_away_by_a_program(mail, kind):
    """A person who says it, and a newsletter, are none; what a machine's field or subject says is one."""
    assert classify(mail).kind is kind


def test_a_success_in_words_is_no_bounce():
    """A mail system also tells what went well."""
    happy = replace(told("Your message was successfully delivered to x@y.example"), subject="Delivery report")

    assert classify(happy).kind is ReturnKind.NOT_A_BOUNCE


@pytest.mark.parametrize(
    ("feedback", "kind", "recipients"),
    [
        ({"feedback-type": "abuse", "original-rcpt-to": "<x@y.example>"}, ReturnKind.COMPLAINT, ["x@y.example"]),
        ({"feedback-type": "fraud"}, ReturnKind.COMPLAINT, ["z@y.example"]),
        ({"feedback-type": "abuse", "original-rcpt-to": "redacted@y.example"}, ReturnKind.COMPLAINT, ["z@y.example"]),
        ({"feedback-type": "not-spam", "original-rcpt-to": "<x@y.example>"}, ReturnKind.NOT_A_BOUNCE, []),
        ({"feedback-type": "auth-failure"}, ReturnKind.NOT_A_BOUNCE, []),
    ],
)
def test_complaints(feedback, kind, recipients):
    """Only a recipient's own counts; an address that was taken out is looked for in the mail that came with it."""
    mail = replace(
        DAEMON, feedback=feedback, returned=(Received(fields={"to": ("z@y.example",)}, message_id="<1@a.example>"),)
    )
    found = classify(mail)

    assert (found.kind, [each.recipient for each in found.recipients]) == (kind, recipients)
    assert found.message_ids == (("<1@a.example>",) if recipients else ())


def test_a_complaint_whose_address_was_taken_out_is_still_one():
    """The mail that came back tells whose it is."""
    mail = replace(
        DAEMON, feedback={"feedback-type": "abuse"}, returned=(Received(message_id="<1@solidarity.example>"),)
    )

    assert classify(mail).recipients == ()
    assert (classify(mail).kind, classify(mail).message_ids) == (ReturnKind.COMPLAINT, ("<1@solidarity.example>",))


def test_a_library_is_asked_only_where_nobody_is_named():
    """Its guess counts before the last resort, and one that is temporary is soft; no other mail is shown to it."""
    asked = []

    def guess(received: Received) -> list[Guess]:
        asked.append(received)
        return [Guess("q@y.example", is_temporary=True), Guess("r@y.example")]

    nameless = told("Your mail could not be delivered: user unknown. Ask one@y.example or two@y.example")
    found = classify(nameless, guess)

    assert [(each.recipient, each.kind) for each in found.recipients] == [
        ("q@y.example", ReturnKind.SOFT),
        ("r@y.example", ReturnKind.HARD),
    ]
    assert [classify(mail, guess).evidence for mail in (told(UNKNOWN), report(failed("x@y.example")), ANNA)]
    assert asked == [nameless]


def test_the_last_resort_is_the_only_stranger():
    """One address that is not ours, or the one that the returned mail went to; with two, nobody is named."""
    lone = told(
        "We are sorry: this could not be delivered (user unknown), says x@y.example; bounces+t@solidarity.example"
    )
    sent = replace(told("Sorry, undeliverable."), returned=(Received(fields={"to": ("Z <z@y.example>",)}),))
    both = replace(sent, returned=(Received(fields={"to": ("z@y.example, a@y.example",)}),))

    assert [each.recipient for each in classify(lone).recipients] == ["x@y.example"]
    assert [each.recipient for each in classify(sent).recipients] == ["z@y.example"]
    assert classify(both).recipients == ()


def test_a_bounce_that_names_nobody_still_is_one():
    """Its token or the mail in it may tell whose it is."""
    found = classify(told("Your message could not be delivered: the mailbox is full."))

    assert (found.kind, found.recipients) == (ReturnKind.SOFT, ())


def test_a_reason_is_one_short_line():
    """What is shown or kept of a stranger's words is bounded."""
    found = classify(report(failed("x@y.example", **{"diagnostic-code": "no \n" * 500})))

    assert len(found.recipients[0].reason) <= LONGEST_TOLD
    assert "\n" not in found.recipients[0].reason


def test_notifications_of_a_sending_service():
    """Bounces and complaints in JSON, wrapped or bare; other JSON is nothing, however deep."""
    row = '"bouncedRecipients":[{"emailAddress":"x@y.example"}]'
    bounce = '{"notificationType":"Bounce","bounce":{"bounceType":"%s",' + row + "}}"
    complaint = '{"notificationType":"Complaint","complaint":{"complainedRecipients":[{"emailAddress":"x@y.example"}]}}'
    found = [classify(told(text, ANNA)) for text in (bounce % "Permanent", bounce % "Transient", complaint)]

    assert [each.kind for each in found] == [ReturnKind.HARD, ReturnKind.SOFT, ReturnKind.COMPLAINT]
    assert all(each.recipients[0].recipient == "x@y.example" and each.evidence is Evidence.WORDS for each in found)
    for text in ("{}", "{" * 9_000, '{"a":' * 9_000, '{"notificationType":"Bounce","bounce":[]}', '{"Message":"x"}'):
        assert classify(told(text, ANNA)).kind is ReturnKind.NOT_A_BOUNCE


def test_only_what_marks_itself_is_surely_a_machines_answer():
    """A field that programs write is as good as a report; a subject may be a person's."""
    marked = classify(told("away", ANNA, auto_submitted="auto-replied"))
    by_subject = classify(told("I am here", replace(ANNA, subject="On leave: who steps in?")))

    assert [(each.kind, each.evidence) for each in (marked, by_subject)] == [
        (ReturnKind.AUTOREPLY, Evidence.REPORT),
        (ReturnKind.AUTOREPLY, Evidence.WORDS),
    ]
