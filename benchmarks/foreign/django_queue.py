"""How fast does django-post_office send the same letters? Run by the Python that it is installed in.

`django_queue.py queue FOLDER TEMPLATE.json ROWS.jsonl` makes a SQLite database with the letters in its queue;
`django_queue.py send FOLDER PORT` sends them by its own command, `send_queued_mail`, with eight threads. Law: letters
are filled in from Django's templates as they are sent (`render_on_delivery`), as ours are; all else is its default.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

THREADS = 8
AT_ONCE = 500


def main(what: str, folder: Path, *rest: str) -> None:
    """Queue, or send."""
    set_up(folder, port=int(rest[0]) if what == "send" else 0)
    if what == "send":
        call_command("send_queued_mail")
    else:
        queue(*map(Path, rest))


def set_up(folder: Path, port: int) -> None:
    """Configure Django: one app, one file, one SMTP server."""
    settings.configure(
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "queue.db"}},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        EMAIL_BACKEND="post_office.EmailBackend",
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=port,
        INSTALLED_APPS=["post_office"],
        POST_OFFICE={"BATCH_SIZE": AT_ONCE, "THREADS_PER_PROCESS": THREADS},
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
        USE_TZ=True,
    )
    django.setup()


def queue(template: Path, rows: Path) -> None:
    """Put every letter into the queue."""
    from post_office.models import PRIORITY, STATUS, Email, EmailTemplate

    call_command("migrate", verbosity=0)
    letter = json.loads(template.read_text(encoding="utf-8"))
    made = EmailTemplate.objects.create(
        name="letter", subject=letter["subject"], content=letter["text"], html_content=letter["html"]
    )
    people = (json.loads(line) for line in rows.read_text(encoding="utf-8").splitlines())
    Email.objects.bulk_create(
        Email(
            from_email="Example Solidarity <campaigns@solidarity.example>",
            to=[f"{person['name']} <{person['email']}>"],
            template=made,
            context=person,
            status=STATUS.queued,
            priority=PRIORITY.medium,
        )
        for person in people
    )


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
