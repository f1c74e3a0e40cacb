"""Who is on the list, how did they come, and how do they leave? The commands of `mailer supporters`.

Law: a command opens what is sealed only for the address that it was given, or for an export.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mailer.cli.consent import ConsentText, read_statement
from mailer.cli.terminal import emit, emit_json, say
from mailer.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from mailer.core.enrolment import Applicant, Terms
    from mailer.flows.enrol import Filter, ImportResult
    from mailer.wiring import Installation

MOST_PROBLEMS_SHOWN = 20

app = typer.Typer(help="The people who asked to be written to.", no_args_is_help=True)

Email = Annotated[str, typer.Argument(help="The supporter's address.")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
_REMAINS_IN_FILE = "the database's log is in use and still holds the sealed row: run the command again in a moment"
_REMAINS_ON_SERVER = "the server's files hold the sealed row until it tidies up: see docs/scaling.md, Erasing"
Unconfirmed = Annotated[bool, typer.Option("--unconfirmed", help="They have not confirmed: nobody is written to yet.")]
Country = Annotated[str, typer.Option(help="Only those in this country (GB).")]
Language = Annotated[str, typer.Option(help="Only those who read this language (en).")]
Tag = Annotated[str, typer.Option(help="Only those with this tag.")]


@app.command("import")
def import_file(
    ctx: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            help="A CSV file with a header. Only the column email is required; others are the options of "
            "`mailer supporters add`: name, language, country, best_way and so on."
        ),
    ],
    consent: ConsentText,
    unconfirmed: Unconfirmed = False,
    as_json: AsJson = False,
) -> None:
    """Enter everybody in a CSV file; who left is never brought back."""
    from mailer.adapters.supporter_csv import open_csv
    from mailer.flows.enrol import import_lines

    home: Installation = ctx.obj
    with open_csv(file) as source:
        terms = _terms(home, consent, source.name, source.sha256, unconfirmed)
        with _progress_bar(source.size) as advance:
            result = import_lines(source.lines, home.supporters, terms, home.random_bytes, advance)
    _tell_import(result, as_json)
    say(f"{file.name} is not encrypted: delete it")


@app.command()
def add(  # each column is an option, and each option an argument
    ctx: typer.Context,
    *,
    email: Email,
    consent: ConsentText,
    name: Annotated[str | None, typer.Option(help="As letters are signed.")] = None,
    language: Annotated[str | None, typer.Option(help="What they read, such as en.")] = None,
    country: Annotated[str | None, typer.Option(help="Where they live, such as GB.")] = None,
    timezone: Annotated[str | None, typer.Option(help="Such as Europe/London; else the capital's.")] = None,
    city: Annotated[str | None, typer.Option(help="Shown in letters.")] = None,
    organisation: Annotated[str | None, typer.Option(help="Shown in letters.")] = None,
    tags: Annotated[str | None, typer.Option(help="With semicolons between them.")] = None,
    best_way: Annotated[str | None, typer.Option(help="email, fax, phone or post.")] = None,
    safety: Annotated[str | None, typer.Option(help="full, initials or solidarity.")] = None,
    unconfirmed: Unconfirmed = False,
    as_json: AsJson = False,
) -> None:
    """Enter one supporter, or change what is known of them."""
    from mailer.flows.enrol import add as enter

    home: Installation = ctx.obj
    terms = _terms(home, consent, "mailer supporters add", "", unconfirmed)
    step = enter(_applicant(ctx.params), home.supporters, terms, home.random_bytes)
    done = "added" if step == "add" else "updated"
    _answer({"step": done}, done, as_json)


@app.command("list")
def list_all(
    ctx: typer.Context,
    country: Country = "",
    language: Language = "",
    consent: Annotated[str, typer.Option(help="unconfirmed, confirmed or unsubscribed.")] = "",
    tag: Tag = "",
    as_json: AsJson = False,
) -> None:
    """List supporters by id; nothing that tells who they are is opened."""
    from mailer.cli.supporter_views import list_as_json, list_line

    home: Installation = ctx.obj
    found = home.supporters.list(_filter(country, language, consent, tag))
    for line in list_as_json(found) if as_json else map(list_line, found):
        emit(line)


@app.command()
def show(ctx: typer.Context, email: Email, as_json: AsJson = False) -> None:
    """Show everything that is kept of one supporter."""
    from mailer.adapters.applicants import canonical_address
    from mailer.cli.supporter_views import standing_json, standing_lines

    home: Installation = ctx.obj
    standing = home.supporters.standing(canonical_address(email))
    if standing.supporter is None:
        raise NotFoundError("no supporter has this address; `mailer supporters why EMAIL` tells whether it is barred")
    _answer(standing_json(standing), "\n".join(standing_lines(standing)), as_json)


@app.command()
def export(
    ctx: typer.Context,
    file: Annotated[Path | None, typer.Argument(help="A new file; without one, stdout.")] = None,
    country: Country = "",
    language: Language = "",
    consent: Annotated[str, typer.Option(help="unconfirmed, confirmed or unsubscribed.")] = "confirmed",
    tag: Tag = "",
) -> None:
    """Write supporters as CSV that `import` reads back without loss."""
    from mailer.adapters.supporter_csv import csv_lines, write_csv

    home: Installation = ctx.obj
    found = home.supporters.walk(_filter(country, language, consent, tag))
    if file is None:
        for line in csv_lines(found):
            sys.stdout.write(f"{line}\n")  # `emit` would take the joiners out of names
        return
    count = write_csv(file, found)
    say(f"{count} written to {file}, which is not encrypted: delete it when it has served")


@app.command()
def erase(ctx: typer.Context, email: Email, as_json: AsJson = False) -> None:
    """Delete everything about somebody, and bar their address for good."""
    from mailer.adapters.applicants import canonical_address

    home: Installation = ctx.obj
    done = home.supporters.erase(canonical_address(email), now=home.clock())
    words = "erased" if done.was_supporter else "not on the list"
    found = {"erased": done.was_supporter, "suppressed": True, "log_is_empty": done.log_is_empty}
    _answer(found, f"{words}; this address is never written to again", as_json)
    if not done.log_is_empty:
        say(_REMAINS_IN_FILE if home.database_file else _REMAINS_ON_SERVER)


@app.command()
def unsubscribe(
    ctx: typer.Context,
    email: Annotated[str, typer.Argument(metavar="EMAIL", help="Their address, or the token from a mail of theirs.")],
    as_json: AsJson = False,
) -> None:
    """Stop all mail to somebody, before the next letter; a reply with "unsubscribe TOKEN" has the token."""
    home: Installation = ctx.obj
    if not _unsubscribe(home, email):
        raise NotFoundError("no supporter has this address; `mailer supporters erase EMAIL` bars it all the same")
    _answer({"unsubscribed": True}, "unsubscribed; nothing more is sent", as_json)


def _unsubscribe(home: Installation, email_or_token: str) -> bool:
    """End consent by address or by token; tell whether there is such a supporter.

    Raises:
        LinkError: the token is not ours.
    """
    from mailer.adapters.applicants import canonical_address
    from mailer.core.tokens import Purpose, verify

    if "@" in email_or_token:
        return home.supporters.unsubscribe(canonical_address(email_or_token))
    return home.supporters.unsubscribe_by_id(verify(email_or_token, Purpose.UNSUBSCRIBE, "", home.ring.token_keys))


@app.command()
def why(ctx: typer.Context, email: Email, as_json: AsJson = False) -> None:
    """Tell what somebody agreed to, what they got, and why they get no mail."""
    from mailer.adapters.applicants import canonical_address
    from mailer.cli.supporter_views import explanation_json, explanation_lines
    from mailer.flows.explain import explain

    home: Installation = ctx.obj
    found = explain(canonical_address(email), home.supporters, home.campaigns, now=home.clock())
    _answer(explanation_json(found), "\n".join(explanation_lines(found)), as_json)


@app.command()
def acted(
    ctx: typer.Context,
    campaign: Annotated[str, typer.Argument(help="The campaign's id.")],
    email: Email,
    target: Annotated[str, typer.Option(help="To which target; without it, to the campaign's.")] = "",
    as_json: AsJson = False,
) -> None:
    """Record that somebody has written, so that they are not reminded."""
    from mailer.adapters.applicants import canonical_address
    from mailer.flows.answer import record_action

    home: Installation = ctx.obj
    record_action(
        campaign,
        canonical_address(email),
        target=target,
        store=home.supporters,
        campaigns=home.campaigns,
        now=home.clock(),
    )
    _answer({"campaign": campaign, "target": target, "recorded": True}, "recorded; no more reminders", as_json)


def _terms(home: Installation, text: str, source: str, sha256: str, unconfirmed: bool) -> Terms:
    """Return what an entry says of everybody in it."""
    from mailer.core.enrolment import Terms
    from mailer.core.supporters import Consent

    statement = read_statement(home, text, source, sha256)
    return Terms(Consent.UNCONFIRMED if unconfirmed else Consent.CONFIRMED, statement, statement.day)


def _applicant(options: Mapping[str, Any]) -> Applicant:
    """Return the applicant whom the options of `add` tell of."""
    from mailer.adapters.applicants import COLUMNS, read_applicant

    try:
        return read_applicant({column: options[column] for column in COLUMNS if options[column] is not None})
    except ValueError as error:
        raise UsageError(str(error)) from error


def _filter(country: str, language: str, consent: str, tag: str) -> Filter:
    """Return a filter of checked words."""
    from mailer.adapters.applicants import read_country, read_language
    from mailer.core.supporters import Consent
    from mailer.flows.enrol import Filter

    try:
        return Filter(read_country(country), read_language(language), Consent(consent) if consent else None, tag)
    except ValueError as error:
        raise UsageError(str(error)) from error


def _tell_import(result: ImportResult, as_json: bool) -> None:
    """Tell what an import did."""
    for problem in result.problems[:MOST_PROBLEMS_SHOWN]:
        say(f"line {problem.line}: {problem.message}")
    if (more := len(result.problems) - MOST_PROBLEMS_SHOWN) > 0:
        say(f"and {more} more lines with problems: --json lists them all")
    if left := result.unsubscribed + result.suppressed:
        say(f"{left} left alone: {result.unsubscribed} unsubscribed, {result.suppressed} suppressed")
    counts = {name: getattr(result, name) for name in ("added", "updated", "skipped", "unsubscribed", "suppressed")}
    problems = [{"line": problem.line, "message": problem.message} for problem in result.problems]
    words = f"added {result.added}, updated {result.updated}, skipped {result.skipped}"
    _answer(counts | {"problems": problems}, words, as_json)


@contextmanager
def _progress_bar(size: int) -> Generator[Callable[[int], None]]:
    """Show how far a file of `size` bytes was read, on a terminal only."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("import", total=size)
        yield lambda position: progress.update(task, completed=position)


def _answer(value: dict[str, Any], words: str, as_json: bool) -> None:
    """Answer a program or a person."""
    if as_json:
        emit_json(value)
    else:
        emit(words)
