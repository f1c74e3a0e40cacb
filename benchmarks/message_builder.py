"""How fast are messages made: from a skeleton, by the builder, and with the standard library?

Run `python benchmarks/message_builder.py`.
All three make the same mail in turn, so that a busy machine slows all; CPU time is measured and the medians are told.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from functools import partial
from statistics import median
from time import process_time
from urllib.parse import quote

from mailer.core.addresses import Mailbox
from mailer.core.message import Message, build
from mailer.core.message_skeletons import MessageSkeleton
from mailer.core.slots import Pieces

ROUNDS = 100
SKELETON_LETTERS = 10  # a round: one letter is too short for the clock of CPU time
DATE = datetime(2026, 12, 2, 6, 0, tzinfo=UTC)
LANGUAGES = {
    "English": ("Release the organiser", "I ask you to release the organiser of the strike at once.", "Jane Doe"),
    "German": ("Freiheit für den Streikführer", "Ich fordere die sofortige Freilassung für alle.", "Jörg Müller"),
    "Russian": ("Свободу организатору из Алматы", "Требую немедленно освободить организатора.", "Жанна Пример"),
}
SIZES = {"short": (15, 25, 0), "long": (40, 150, 6)}  # lines of text, of HTML, and links that hold a whole letter


@dataclass(frozen=True)
class Letter:
    """A letter in pieces, and what one supporter puts in: name, city, link, and the name as links have it."""

    subject: str
    text: Pieces
    html: Pieces
    values: tuple[str, ...]

    def filled(self, pieces: Pieces) -> str:
        """Return a text as one supporter gets it."""
        return "".join(piece if isinstance(piece, str) else self.values[piece] for piece in pieces)


def letter(language: str, size: str) -> Letter:
    """Return a letter whose every fourth line has a name and a city."""
    subject, sentence, name = LANGUAGES[language]
    lines, rows, links = SIZES[size]
    text: list[str | int] = []
    for line in range(lines):
        text += [f"{sentence}\n", *(("Dear ", 0, " of ", 1, ",\n") if line % 4 == 0 else ())]
    html: list[str | int] = []
    for row in range(rows):
        paragraph = f'<p style="margin:0 0 14px">{sentence}</p>\n'
        html += [paragraph, *(("<p>", 0, "<br>", 1, "</p>\n") if row % 4 == 0 else ())]
    for _ in range(links):
        body = quote(f"{sentence}\n" * 40)[:1400]
        html += [f'<a href="mailto:office@embassy.example?subject=Letter&amp;body={body}', 3, '">Write</a>\n']
    values = (name, "Berlin", "https://solidarity.example/a/AbCdEf", quote(name))
    return Letter(subject, (*text, "Done: ", 2, "\n"), tuple(html), values)


def prototype(one: Letter) -> Message:
    """Return the message that all mails are like."""
    return Message(
        sender=Mailbox("campaigns@solidarity.example", "Example Solidarity"),
        recipient=Mailbox("supporter@people.example", one.values[0]),
        subject=one.subject,
        text="-",
        html="-",
        date=DATE,
        message_id="<1.alert@solidarity.example>",
        boundary_seed="1",
        list_unsubscribe=("https://solidarity.example/u/AbCdEf",),
        one_click=True,
    )


def ours(one: Letter, message: Message) -> bytes:
    """Build with mailer.core.message."""
    return build(replace(message, text=one.filled(one.text), html=one.filled(one.html)))


def standard(one: Letter) -> bytes:
    """Build with email.message."""
    message = EmailMessage(policy=SMTP)
    message["Date"] = DATE
    message["From"] = Address("Example Solidarity", "campaigns", "solidarity.example")
    message["To"] = Address(one.values[0], "supporter", "people.example")
    message["Message-ID"] = "<1.alert@solidarity.example>"
    message["Subject"] = one.subject
    message["List-Unsubscribe"] = "<https://solidarity.example/u/AbCdEf>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(one.filled(one.text))
    message.add_alternative(one.filled(one.html), subtype="html")
    return message.as_bytes()


def microseconds(make: Callable[[], bytes], letters: int) -> float:
    """Return what one letter takes, in microseconds of CPU."""
    start = process_time()
    for _ in range(letters):
        make()
    return (process_time() - start) / letters * 1e6


def main() -> None:
    """Print microseconds of each way, and how many times as fast as the standard library ours are."""
    print("letter              octets   skeleton    builder  EmailMessage   skeleton/builder as fast as EmailMessage")
    for language in LANGUAGES:
        for size in SIZES:
            one = letter(language, size)
            message = prototype(one)
            skeleton = MessageSkeleton.of(message, one.text, one.html)
            fill = partial(skeleton.fill, message.own, one.values)
            if fill() != ours(one, message):
                raise SystemExit("the skeleton's letter is not the builder's")
            times = [
                (
                    microseconds(fill, SKELETON_LETTERS),
                    microseconds(partial(ours, one, message), 2),
                    microseconds(partial(standard, one), 1),
                )
                for _ in range(ROUNDS)
            ]
            filled, built, made = (median(column) for column in zip(*times, strict=True))
            told = f"{filled:8.0f} us {built:7.0f} us {made:10.0f} us {made / filled:10.0f} / {made / built:.0f} times"
            print(f"{language:8} {size:5} {len(fill()):12,} {told}")


if __name__ == "__main__":
    main()
