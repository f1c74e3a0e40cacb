"""What are the folders of a mailbox called, and how much is read at once?"""

from __future__ import annotations

from typing import Final

from mailer.core.incoming import Place

FOLDERS: Final = {Place.PROCESSED: "Processed", Place.QUARANTINE: "Quarantine", Place.ANSWERS: "Answers"}
PAGE: Final = 100  # mails: what was decided of so many is moved at once
BEGINNING: Final = 64 * 1024  # octets that are fetched of a mail which is too large
STOP_SECONDS: Final = 0.5  # how long a stop may go unnoticed while nothing comes
