"""What came to the campaign's mailbox? `mailer inbox`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli.files import Json
from mailer.cli.terminal import emit, emit_json, say
from mailer.errors import UnreadableMailError, UsageError

if TYPE_CHECKING:
    from mailer.core.bounces import Bounced, Classified

app = typer.Typer(help="The campaign's mailbox: what came back, and what waits for a person.", no_args_is_help=True)


@app.command()
def classify(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Messages as they were received, one a file.")],
    as_json: Json = False,
) -> None:
    """Tell what messages are: returned for good or for now, complaints, automatic replies, or no bounces."""
    classified = [(file, _classified(file)) for file in files]
    if as_json:
        return emit_json([_as_json(file, found) for file, found in classified])
    for file, found in classified:
        _print(file, found)
    return None


def _classified(file: Path) -> Classified:
    """Return what a file holds; what is no mail at all is no bounce either.

    Raises:
        UsageError: the file cannot be read.
    """
    from mailer.adapters.classifying import classify_mail
    from mailer.adapters.mail_reading import read_mail
    from mailer.core.bounces import Classified, ReturnKind
    from mailer.core.received import LARGEST_MAIL

    try:
        with file.open("rb") as opened:
            return classify_mail(read_mail(opened.read(LARGEST_MAIL + 1)))
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}") from error
    except UnreadableMailError as error:
        say(f"{file}: {error}")
        return Classified(ReturnKind.NOT_A_BOUNCE)


def _as_json(file: Path, classified: Classified) -> dict[str, object]:
    """Return one message for programs."""
    recipients = [
        {"recipient": each.recipient, "kind": each.kind, "status": each.status, "reason": each.reason}
        for each in classified.recipients
    ]
    return {
        "file": str(file),
        "kind": classified.kind,
        "recipients": recipients,
        "evidence": classified.evidence,
        "message_ids": list(classified.message_ids),
    }


def _print(file: Path, classified: Classified) -> None:
    """Print one message for people."""
    from mailer.core.bounces import ReturnKind

    is_bounce = classified.kind is not ReturnKind.NOT_A_BOUNCE
    emit(f"{file}: {classified.kind}{f', by {classified.evidence}' if is_bounce else ''}")
    for each in classified.recipients:
        words = " ".join(filter(None, (f"{each.recipient}: {each.kind}", each.status, _reason(each))))
        emit(f"  {words}")


def _reason(bounced: Bounced) -> str:
    """Return a reason without the status, which stands before it."""
    if not bounced.status:
        return bounced.reason
    return re.sub(rf"(?:^|[\s-]){re.escape(bounced.status)}(?=\s|$)", "", bounced.reason).strip()
