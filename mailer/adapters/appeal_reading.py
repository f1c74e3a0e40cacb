"""What text do the octets of an appeal hold? Plain text, a web page, a mail, or a PDF with a text layer.

Law: any octets give a text, perhaps an empty one, or `UnreadableAppealError`; nothing is fetched, and the work is
bounded.
"""

from __future__ import annotations

import codecs
import re

from mailer.adapters.appeal_html import text_of_html
from mailer.adapters.appeal_pdf import text_of_pdf
from mailer.adapters.mail_charsets import decode_text
from mailer.adapters.mail_reading import read_mail
from mailer.core.received import Received
from mailer.errors import UnreadableAppealError, UnreadableMailError

LARGEST = 1_000_000  # octets of a text or a page

_FAR_MORE = 4
_PICTURE = "this is a picture: type its words into a .txt file"
_OFFICE = "this is a file of an office program: save it there as .txt or .html, or copy its text"
_NO_TEXT = {
    b"\x89PNG": _PICTURE,
    b"\xff\xd8\xff": _PICTURE,
    b"GIF8": _PICTURE,
    b"RIFF": _PICTURE,
    b"{\\rtf": _OFFICE,
    b"PK\x03\x04": _OFFICE,  # .docx, .odt
    b"\xd0\xcf\x11\xe0": _OFFICE,  # .doc
}

_DECLARED = re.compile(rb"<meta[^>]{0,200}charset=[\"' ]{0,2}([\w-]{2,30})", re.IGNORECASE)
_FIELDS = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]{1,60}:[^\n]{0,2000}\n(?:[ \t][^\n]{0,2000}\n){0,20}){2}")
_NAMED_FIELDS = re.compile(
    rb"^(?:from|subject|message-id|received|mime-version|return-path)[ \t]*:", re.IGNORECASE | re.MULTILINE
)
_PASSED_ON = re.compile(
    r"^(?:\s*(?:fwd?|re|aw|wg|tr|rv|enc|i|vs|vb|vl|sv|doorst|odp|pd|ynt|ilt|пер|отв)\s?:)+", re.IGNORECASE
)
_CYRILLIC = re.compile(r"[а-яё]{3}", re.IGNORECASE)


def read_appeal(octets: bytes, name: str) -> str:
    """Return the text of an appeal, its kind told by the octets first and the name second.

    Raises:
        UnreadableAppealError: a PDF that is damaged, encrypted, or has no text layer; a picture, an office document.
    """
    if why := next((why for begins, why in _NO_TEXT.items() if octets.startswith(begins)), ""):
        raise UnreadableAppealError(f"{name}: {why}")
    ending = name.lower().rpartition(".")[2]
    if octets.lstrip()[:5] == b"%PDF-" or ending == "pdf":
        return text_of_pdf(octets, name)
    if ending == "eml" or (ending not in ("txt", "html", "htm") and _is_mail(octets)):
        return _from_mail(octets)
    text = decode_appeal(octets[:LARGEST])
    return text_of_html(text) if ending in ("html", "htm", "xhtml") or _is_html(text) else text


def decode_appeal(octets: bytes) -> str:
    """Return octets as text: by their byte order mark, what they declare, UTF-8, or the likeliest old set."""
    for mark, charset in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if octets.startswith(mark):
            return decode_text(octets[len(mark) :], charset)
    declared = _DECLARED.search(octets[:4000])
    if declared:
        return decode_text(octets, declared[1].decode("ascii"))
    return decode_text(octets, "utf-8") if _is_utf8(octets) else _old(octets)


def _is_utf8(octets: bytes) -> bool:
    """Tell whether octets are UTF-8, a letter that was cut off at the end aside."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(octets)
    except UnicodeDecodeError:
        return False
    return True


def _old(octets: bytes) -> str:
    """Return octets in the one of the old character sets that gives the most words: a Cyrillic one, or Latin."""
    nulls = octets[:2000].count(0)
    if nulls > len(octets[:2000]) / 4:
        return decode_text(octets, "utf-16-le" if octets[1:2] == b"\0" else "utf-16-be")
    cyrillic = {charset: octets.decode(charset, "replace") for charset in ("cp1251", "koi8-r")}
    charset = max(cyrillic, key=lambda each: _small(cyrillic[each]))
    high = sum(1 for octet in octets[:4000] if octet >= 0x80)
    if high > len(octets[:4000]) * 0.3 and _CYRILLIC.search(cyrillic[charset]):
        return decode_text(octets, charset)
    return decode_text(octets, _latin(octets))


def _small(text: str) -> int:
    """Return how many small Cyrillic letters a text has: the wrong set turns small ones into capitals."""
    return sum(1 for letter in text[:4000] if "а" <= letter <= "я")


def _latin(octets: bytes) -> str:
    """Return the Latin character set whose letters the octets have: of Central Europe, of Turkish, or of the West."""
    sample = octets[:20_000]
    central = sum(
        sample.count(bytes([octet])) for octet in (0xB3, 0xB9, 0x9C, 0x9F, 0xBF, 0xEA, 0xF8, 0xEC, 0x9A, 0x9E, 0xE8)
    )
    turkish = sum(sample.count(bytes([octet])) for octet in (0xFD, 0xFE, 0xF0, 0xDD, 0xDE))
    western = sum(
        sample.count(bytes([octet])) for octet in (0xE9, 0xE0, 0xE4, 0xF6, 0xFC, 0xF1, 0xE7, 0xE3, 0xF3, 0xE5, 0xDF)
    )
    if turkish > 3 and turkish * 2 > central:
        return "cp1254"
    return "cp1250" if central > 5 and central > western else "cp1252"


def _is_html(text: str) -> bool:
    """Tell whether a text is a web page."""
    head = text[:3000].lower()
    return (
        "<html" in head
        or "<!doctype html" in head
        or ("<body" in head)
        or len(re.findall(r"</?(?:p|div|br|a|li|h\d)\b", head)) > 3
    )


def _is_mail(octets: bytes) -> bool:
    """Tell whether octets begin with the fields of a mail."""
    head = octets[:20_000]
    return bool(_FIELDS.match(head)) and len(_NAMED_FIELDS.findall(head)) >= 2


def _from_mail(octets: bytes) -> str:
    """Return what a mail says: its subject, and its text before its page."""
    try:
        mail = read_mail(octets)
    except UnreadableMailError:
        return decode_appeal(octets[:LARGEST])
    subject = _PASSED_ON.sub("", mail.subject[:1000]).strip()
    return f"{subject}\n\n{_body(mail)}" if subject else _body(mail)


def _body(mail: Received) -> str:
    """Return what a mail says: its text, or its page or the mail that it passes on, where that says far more.

    A text beside a page may be a mere "see this in your browser", or what a mailing list puts below.
    """
    said = "\n\n".join(_texts(mail, "text/plain"))
    page = "\n\n".join(text_of_html(text) for text in _texts(mail, "text/html"))
    passed_on = "\n\n".join(f"{inner.subject}\n\n{_body(inner)}" for inner in mail.returned[:1])
    for other in (page, passed_on):
        said = other if len(other) > _FAR_MORE * len(said) else said
    return said


def _texts(mail: Received, kind: str) -> list[str]:
    """Return the parts of a kind that are no files, and not empty."""
    return [part.text for part in mail.parts if part.content_type == kind and part.text.strip() and not part.name]
