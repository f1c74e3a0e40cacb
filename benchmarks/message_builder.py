"""How fast are messages built, compared with the standard library?

Run `python benchmarks/message_builder.py`.
Both build the same mail in turn, so that a busy machine slows both; the medians are compared.
"""

from __future__ import annotations

from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from statistics import median
from time import perf_counter

from mailer.core.addresses import Mailbox
from mailer.core.message import Message, build

ROUNDS = 200
DATE = datetime(2026, 12, 2, 6, 0, tzinfo=UTC)
LANGUAGES = {
    "English": ("Release the organiser", "I ask you to release the organiser of the strike at once.", "Jane Doe"),
    "German": ("Freiheit für den Streikführer", "Ich fordere die sofortige Freilassung für alle.", "Jörg Müller"),
    "Russian": ("Свободу организатору из Алматы", "Требую немедленно освободить организатора.", "Жанна Пример"),
}


def ours(subject: str, text: str, html: str, name: str) -> bytes:
    """Build with mailer.core.message."""
    message = Message(
        sender=Mailbox("campaigns@solidarity.example", "Example Solidarity"),
        recipient=Mailbox("supporter@people.example", name),
        subject=subject,
        text=text,
        html=html,
        date=DATE,
        message_id="<1.alert@solidarity.example>",
        boundary_seed="1",
        list_unsubscribe=("https://solidarity.example/u/AbCdEf",),
        one_click=True,
    )
    return build(message)


def standard(subject: str, text: str, html: str, name: str) -> bytes:
    """Build with email.message."""
    message = EmailMessage(policy=SMTP)
    message["Date"] = DATE
    message["From"] = Address("Example Solidarity", "campaigns", "solidarity.example")
    message["To"] = Address(name, "supporter", "people.example")
    message["Message-ID"] = "<1.alert@solidarity.example>"
    message["Subject"] = subject
    message["List-Unsubscribe"] = "<https://solidarity.example/u/AbCdEf>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(text)
    message.add_alternative(html, subtype="html")
    return message.as_bytes()


def main() -> None:
    """Print milliseconds and the median ratio for each language."""
    for language, (subject, sentence, name) in LANGUAGES.items():
        text = f"{sentence}\n" * 60
        html = f"<p>{sentence}</p>\n" * 200
        ratios, times = [], []
        for _ in range(ROUNDS):
            start = perf_counter()
            ours(subject, text, html, name)
            middle = perf_counter()
            standard(subject, text, html, name)
            end = perf_counter()
            times.append(middle - start)
            ratios.append((end - middle) / (middle - start))
        print(f"{language:8} {median(times) * 1000:6.3f} ms a message, {median(ratios):5.1f} times as fast")


if __name__ == "__main__":
    main()
