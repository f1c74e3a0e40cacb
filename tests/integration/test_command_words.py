"""The words that mails tell are commands in every language, and nothing else that we write is one."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from io import BytesIO

import pytest
from babel.messages.pofile import read_po

from mailer.adapters.command_words import load_command_words
from mailer.adapters.rendering import MailRenderer
from mailer.adapters.templates import Templates
from mailer.adapters.wording import catalogue_name
from mailer.core.campaigns import MailingKind
from mailer.core.links import Places
from mailer.core.mail_commands import SPELLINGS, Command, Words, command_of, spelled
from mailer.core.mailview import Rendered
from mailer.core.supporters import PublicId
from mailer.flows.compose import Order, Tools, compose
from mailer.flows.skeletons import Skeletons
from tests.every_mail import ALERT_AT, KEY, every_mail, languages, spoken
from tests.samples import NOW, mailing_of, supporter

SAME_AS_A_BUTTON = {"I have sent it": Command.SENT, "Not this case": Command.NOT_THIS_CASE}
WITHOUT_PAGES = Places("", "bounces@solidarity.example", replies=True)
every_language = pytest.mark.parametrize("language", languages())


@cache
def words() -> Words:
    """Return the words of all languages."""
    return load_command_words(Templates())


def spellings(language: str) -> dict[Command, list[str]]:
    """Return what each command is called in a language, the word that mails tell first."""
    catalogue = gettext.GNUTranslations(BytesIO(spoken().wordings[language].catalogue))
    return {
        command: [each.strip() for each in catalogue.gettext(text).split("|")] for command, text in SPELLINGS.items()
    }


def texts() -> Iterator[tuple[str, str]]:
    """Yield every text of the catalogues with its English one."""
    for language in languages()[1:]:
        source = BytesIO(Templates().read(catalogue_name(language)).encode())
        for message in read_po(source, locale=language):
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            forms = message.string if isinstance(message.string, tuple) else (message.string,)
            yield from ((ids[0], form) for form in (*ids, *forms) if form and ids[0])


def without_pages(kind: MailingKind, language: str, places: Places = WITHOUT_PAGES) -> Rendered:
    """Return the words of a mail of an installation without pages."""
    order = Order(spoken(), supporter(language), mailing_of(kind), NOW, alert_at=ALERT_AT)
    composed = compose(order, Tools(_renderer(), places, KEY))
    assert composed is not None
    return composed.rendered


@cache
def _renderer() -> MailRenderer:
    return MailRenderer(spoken())


@every_language
def test_every_spelling_of_every_language_is_its_command(language: str) -> None:
    """In small letters and in capitals, as a subject and as a line; no language takes another's word away."""
    for command, spelled_so in spellings(language).items():
        assert all(spelled_so), command
        for word in spelled_so:
            for written in (word, word.upper(), f"  {word.capitalize()}!"):
                assert command_of(f"Re: {written}", "", words()) is command
                assert command_of("Re: [News] x", written, words()) is command


def test_english_is_understood_in_every_catalogue_and_words_are_told_apart() -> None:
    """The English texts are those of the templates: `test_wording` holds the catalogues to them."""
    ids = {message.id for message in read_po(BytesIO(Templates().read(catalogue_name("de")).encode()))}

    assert set(SPELLINGS.values()) <= ids
    groups = (group for language in languages() for group in spellings(language).values())
    assert len(words()) == len({spelled(word) for group in groups for word in group})


def test_no_other_text_of_ours_is_a_command() -> None:
    """But what two buttons say, whose commands do the same."""
    read = {(key, command_of(text, text, words())) for key, text in texts() if key not in SPELLINGS.values()}

    assert {(key, command) for key, command in read if command is not None} == set(SAME_AS_A_BUTTON.items())


def test_no_subject_and_no_first_line_of_our_mails_is_a_command() -> None:
    """A program that quotes without a sign, or answers by itself, orders nothing."""
    for name, mail in every_mail().items():
        subject, line = mail.rendered.subject, next(filter(None, mail.rendered.text.split("\n")))

        assert command_of(f"Re: {subject}", line, words()) is None, name


@every_language
def test_without_pages_mails_tell_the_words(language: str) -> None:
    """What to answer to leave, to rest, to tell of a letter and to be spared a case; all in the reader's language."""
    told = {command: spelled_so[0] for command, spelled_so in spellings(language).items()}
    alert = without_pages(MailingKind.ALERT, language)
    for part in (alert.text, alert.html):
        for command, word in told.items():
            assert re.search(rf"[“„«\"]\s?{re.escape(word)}\s?[”“»\"]", part), (command, word)
    reminder = without_pages(MailingKind.REMINDER, language)

    assert reminder.text.count(told[Command.SENT]) >= 2
    assert reminder.html.count(told[Command.SENT]) >= 2


@pytest.mark.parametrize("kind", [MailingKind.UPDATE, MailingKind.CLOSING])
def test_mails_that_ask_for_no_letter_tell_only_how_to_leave_and_rest(kind: MailingKind) -> None:
    """There is nothing to tell of any more."""
    mail = without_pages(kind, "en")

    for part in (mail.text, mail.html):
        assert "“stop” to leave the list, or “pause” to get no mail for four weeks" in part
        assert ("“sent”" in part) == (kind is MailingKind.UPDATE)


@pytest.mark.parametrize("places", [Places("", replies=False), Places("https://pages.example", replies=True)])
def test_no_mail_promises_what_nobody_reads_and_pages_need_no_words(places: Places) -> None:
    """Without a mailbox a person reads the answers; where there are pages, they do all of it."""
    for kind in (MailingKind.ALERT, MailingKind.REMINDER):
        mail = without_pages(kind, "en", places)

        assert "single word" not in mail.text + mail.html
    without = without_pages(MailingKind.REMINDER, "en", places).text
    assert ("tell us by answering this mail" in without) == (not places.public_url)


@pytest.mark.parametrize("kind", [MailingKind.ALERT, MailingKind.REMINDER, MailingKind.CLOSING])
def test_the_words_are_the_same_for_a_whole_cohort(kind: MailingKind) -> None:
    """So that its mails are filled by one skeleton, to the bytes that are composed one by one."""
    told: list[str] = []
    skeletons, tools = Skeletons(told.append), Tools(_renderer(), WITHOUT_PAGES, KEY)
    for number in range(4):
        reader = replace(supporter("ru"), public_id=PublicId(bytes([number]) * 8))
        order = Order(spoken(), reader, mailing_of(kind), NOW, alert_at=ALERT_AT)
        composed = compose(order, tools)

        assert composed is not None
        assert skeletons.envelope(order, tools) == composed.envelope
    assert told == []
