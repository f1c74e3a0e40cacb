"""Whom does a mail system's notice name, and what does it say of each? Read from the shapes that such notices have.

Law: the shape decides, not the wording: a line that begins with an address is about it, and so is what follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mailer.core.mail_addresses import addresses_in, addresses_in_text, as_address
from mailer.core.notice_words import NOBODY
from mailer.core.received import Received

MOST_RECIPIENTS = 50
LONGEST_SUBJECT = 1_000
LONGEST_BLOCK = 20  # lines that one address may explain

_LOCAL, _HOST = r"[A-Za-z0-9_.!#$%&'*+/=?^`{|}~-]{1,128}", r"[A-Za-z0-9_.-]{1,250}"
_A = rf"(?:<[^\s<>@]{{1,128}}@[^\s<>@]{{1,250}}>|[<\"'(\[]*(?:mailto:|smtp:|rfc ?822;\s*)?{_LOCAL}@{_HOST}[>\"')\]]*)"
# A line about one address: alone, in front of a colon or a dash, or before a reason; a code and "..." as sendmail's.
_LEADING = re.compile(
    rf"^[ \t>*•·|\d.)-]{{0,12}}(?:[45]\d\d[ -](?:[45]\.\d+\.\d+ )?|smtp )?({_A})(?=$|[\s:;,.(-])", re.IGNORECASE
)
# The same behind a person's name, which is quoted, or a few words that begin with capital letters.
_BEHIND_A_NAME = re.compile(
    rf"^[ \t>*•·-]{{0,12}}(?:\"[^\"\n]{{1,80}}\"|'[^'\n]{{1,80}}'|(?:[^\W\d_a-z][\w.'-]{{0,30}},? ){{1,4}})\s{{0,3}}"
    rf"(<{_LOCAL}@{_HOST}>)(?=\s{{0,9}}(?:$|[:;(,-]))"
)
_LABELLED = re.compile(
    r"^[ \t>*•·|-]{0,8}(?:(?:final|original|failed|failing|bounced|intended|undelivered"
    r"|rejected)?[ -]?(?:e-?mail )?(?:recipients?|addresse?e?s?|rcpt|user"
    r"|mailbox)(?:[ -]?address(?:es)?)?(?:\(e?s\))?|addressed to|failed address|rcpt to|adress(?:e|at)"
    r"|empf[aä]nger(?:adresse)?|destinataires?|destinatario\(?s?\)?"
    r"|para|получател\w*|адресат\w*|адрес(?: получателя)?"
    r"|收件人(?:地址)?|收信人|收件者|宛先|送信先|受信者|수신자|받는 ?사람|odbiorca"
    r"|al[ıi]c[ıi])"
    rf"\s*[:=：]+\s*({_A})",
    re.IGNORECASE,
)
# Nothing but addresses, behind a short label or before what is said of them all.
_LIST = re.compile(rf"^[^@:：\n]{{0,60}}[:：]?[ \t]*{_A}(?:\s?[,;]\s?{_A}){{1,49}}[ .,;]*(?:$|:\s)", re.IGNORECASE)
_FIELD = re.compile(rf"^(?:final|original)-recipient\s*:\s*(?:[\w-]+\s*;)?\s*({_A})", re.IGNORECASE | re.MULTILINE)
# A line in the midst of a sentence: it goes on in small letters from a long line that ended in no mark of a heading.
_GOES_ON = re.compile(r"^[ \t>|]{0,12}[^\s<>@]{1,128}@[^\s<>@]{1,250}[,.]? [^\W\d_A-Z]")
_HELPS = re.compile(
    r"^[ \t>]{0,12}[^\s@]{1,128}@\S{1,250} (?:is|can|will|may) .{0,40}(?:contact|help|assist|administr)"
)
_BROKEN_OFF = re.compile(r"^.{40,}[\w,]\s*$")
_EXPANDED = re.compile(rf"\(expanded from:\s*({_A})\)", re.IGNORECASE)
_SMTP_STYLE = re.compile(rf"SMTP=({_LOCAL}@{_HOST})\s*;?\s*on ", re.IGNORECASE)
_TRANSCRIPT = re.compile(r"^[45]\d\d[ -]")
_SENT_TO = re.compile(rf"(?:deliver\w*(?: your| the)?(?: mail| message)? to|RCPT TO\s*:)\s*({_A})", re.IGNORECASE)
_INSIDE = re.compile(
    r"(?:\b(?:delivering your (?:mail|message) to|deliver to|RCPT TO|recipient|mailbox|user|address|for|to|an|à|a"
    r"|(?:mailbox|inbox|account|user|postfach|mailbox) (?:of|von)"
    r"|para|per|для"
    rf"|адрес\w*|пользовател\w*|получател\w*)(?:\s*:\s*|\s+)|(?:用户|收件人|宛先)[:：（(\s]{{0,3}})({_A})",
    re.IGNORECASE,
)
# A short label and an address, and nothing else on the line; not the label of somebody who writes or helps.
_LABEL = re.compile(
    r"^(?![^:]{0,40}(?:from|to\b|b?cc\b|sender|reply|von\b|absender|exp[eé]diteur|remitente|mittente|отправител|发件"
    r"|差出|contact|support|help|originat|author|owner|admin|webmaster|message-?id|references|in-reply|return-path))"
    rf"[^@:：\n]{{1,60}}[:：]\s*({_A})\s*$",
    re.IGNORECASE,
)


# What stands before the address of somebody else than the recipient, in the same sentence.
_HELP = re.compile(
    r"\b(?:contact|write|reply|respond|questions?|report\w*|help|assistance|support|forward\w*|redirect\w*|instead"
    r"|complain"
    r"|sent (?:by|from)|from|(?:please|^\W*) ?(?:e-?mail|mail|send)|subscri\w+|wenden"
    r"|kontakt\w*|schreiben|fragen|contacte\w*|[eé]crire|adresser|escrib\w+|contatt\w+|scriv\w+|обра[тщ]\w+|напиш\w+"
    r"|пишите)\b[^@]{0,60}$|(?:联系|聯繫|聯絡|문의|お問い?合わせ)[^@]{0,60}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Named:
    """One address that a notice is about, and what it says of it; `words` may be empty."""

    address: str
    words: str


def named_in(received: Received, notice: str) -> tuple[Named, ...]:
    """Return whom a notice is about: by its shape, or by a field for it."""
    ours = ours_of(received)
    found = _merged([*_by_fields(notice), *_by_lines(notice)])
    noted = tuple(a for value in received.fields.get("x-failed-recipients", ()) for a in addresses_in(value))
    for named in (
        strangers_in(found, ours),
        _noted(noted, found),
        _inside(notice, ours),
        _in_subject(received, ours),
        found,
    ):
        if named:
            return named[:MOST_RECIPIENTS]
    return ()


def ours_of(received: Received) -> set[str]:
    """Return the addresses between which the notice itself went, and who wrote the returned mail, in lower case."""
    written = (value for mail in received.returned for value in mail.fields.get("from", ()))
    to = {
        address for mail in received.returned for value in mail.fields.get("to", ()) for address in addresses_in(value)
    }
    writers = (address for value in written for address in addresses_in(value) if address not in to)
    return {address.lower() for address in (*received.delivered_to, received.sender, *writers)}


def _noted(addresses: tuple[str, ...], found: tuple[Named, ...]) -> tuple[Named, ...]:
    """Return the addresses of Exim's own field, with what the notice says of each."""
    words = {named.address.lower(): named.words for named in found}
    return tuple(Named(address, words.get(address.lower(), "")) for address in addresses)


def words_by_address(notice: str) -> dict[str, str]:
    """Return what a notice says of each address that its lines are about, by the address in lower case."""
    return {named.address.lower(): named.words for named in _merged(list(_by_lines(notice)))}


def _by_fields(notice: str) -> Iterator[Named]:
    """Yield the recipients of a report that was written into the text."""
    for match in _FIELD.finditer(notice):
        if address := _bare(match[1]):
            yield Named(address, "")


def _by_lines(notice: str) -> Iterator[Named]:
    """Yield every address that a line begins with or has a label for, with the lines that follow it."""
    lines = notice.splitlines()
    starts = [
        (place, address)
        for place, line in enumerate(lines)
        if not (place and _GOES_ON.match(line) and _BROKEN_OFF.match(lines[place - 1])) and not _HELPS.match(line)
        for address in _addresses_of(line)
    ]
    for index, (place, address) in enumerate(starts):
        end = next((later for later, _ in starts[index + 1 :] if later > place), len(lines))
        words = _block(lines[place : min(end, place + LONGEST_BLOCK)])
        yield Named(address, _refusal(lines, place) if _TRANSCRIPT.match(lines[place]) else words)


def _refusal(lines: list[str], place: int) -> str:
    """Return what a transcript says of an address: its line, and the server's reply if that is the line before."""
    before = lines[place - 1].strip() if place else ""
    return f"{before} {lines[place]}" if before.startswith("<<<") else lines[place]


def _addresses_of(line: str) -> list[str]:
    """Return the addresses that a line is about."""
    if "@" not in line:
        return []
    if _LIST.match(line):
        return addresses_in_text(line)
    shapes = (_LEADING, _BEHIND_A_NAME, _LABELLED, _LABEL, _EXPANDED, _SMTP_STYLE)
    found = (_bare(match[1]) for shape in shapes if (match := shape.search(line)))
    return list(dict.fromkeys(filter(None, found)))


def _block(lines: list[str]) -> str:
    """Return the lines that explain an address: its own and those up to an empty one, or else the first ones after."""
    words = [lines[0]]
    for line in lines[1:]:
        if not line.strip() and any(each.strip() for each in words[1:]):
            break
        words.append(line)
    return " ".join(" ".join(words).split())


def _merged(named: list[Named]) -> tuple[Named, ...]:
    """Return each address once, with all that is said of it."""
    words: dict[str, Named] = {}
    for each in named:
        key = each.address.lower()
        before = words[key].words if key in words else ""
        words[key] = Named(words[key].address if key in words else each.address, f"{before} {each.words}".strip())
    return tuple(words.values())


def strangers_in(named: tuple[Named, ...], ours: set[str]) -> tuple[Named, ...]:
    """Return those that are neither ours nor a mail system's own."""
    return tuple(each for each in named if each.address.lower() not in ours and not NOBODY.match(each.address.lower()))


def _inside(notice: str, ours: set[str]) -> tuple[Named, ...]:
    """Return the address that a sentence names as the recipient."""
    told = (match for match in _INSIDE.finditer(notice) if not is_about_help(notice, match.start(1)))
    inside = filter(None, (_bare(match[1]) for match in told))
    sent = filter(None, (_bare(match[1]) for match in _SENT_TO.finditer(notice)))
    found = [address for address in inside if address.lower() not in ours and not NOBODY.match(address)] or list(sent)
    return tuple(Named(address, "") for address in found[:1])


def _in_subject(received: Received, ours: set[str]) -> tuple[Named, ...]:
    """Return the address that the subject names."""
    subject = received.subject[:LONGEST_SUBJECT]
    return strangers_in(tuple(Named(address, subject) for address in addresses_in_text(subject)[:1]), ours)


def is_about_help(notice: str, place: int) -> bool:
    """Tell whether a sentence leads up to the address of somebody who can help, or who writes."""
    return _HELP.search(notice[max(0, place - 80) : place].rpartition(". ")[2]) is not None


def _bare(text: str) -> str:
    """Return the address of a piece of a line, without what stands around it."""
    text = text.strip("<>\"'()[]").removeprefix("mailto:")
    for prefix in ("smtp:", "smtp=", "rfc822;", "rfc 822;"):
        text = text[len(prefix) :].strip() if text.lower().startswith(prefix) else text
    return as_address(text.rstrip(".,;:"))
