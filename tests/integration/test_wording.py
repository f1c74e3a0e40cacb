"""The words of each language are complete, compile, and are read by the standard library alone."""

from __future__ import annotations

import gettext
import re
from io import BytesIO
from pathlib import Path

import pytest
from babel import Locale
from babel.localedata import locale_identifiers
from babel.messages.extract import extract
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po
from jinja2.ext import babel_extract

from mailer.adapters.templates import Templates
from mailer.adapters.wording import calendar_of, catalogue_name, compile_catalogue, load_wordings
from mailer.core import paper
from mailer.core.calendar import tell_day, tell_time
from mailer.errors import ConfigurationError
from tests.samples import NOW

TRANSLATED = tuple(name.split("/")[1] for name in Templates().names("locale", "*/LC_MESSAGES/mailer.po"))
_HOLE = re.compile(r"%\(\w+\)s")
_OPTIONS = {"newstyle_gettext": "true", "trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}


def msgids():
    """Return every text of the mail and page templates, and of paper, that is translated; plurals as pairs."""
    templates = Templates()
    names = (*templates.names("mail", "*.j2"), *templates.names("pages", "*.j2"))
    sources = (BytesIO(templates.read(name).encode()) for name in names)
    found = (entry[2] for file in sources for entry in babel_extract(file, ("_", "gettext", "ngettext"), (), _OPTIONS))
    return {_alone(message) for message in found} | _on_paper()


def _on_paper():
    """Return what stands on letters by post and on faxes: core/paper.py names these texts itself."""
    with Path(paper.__file__).open("rb") as file:
        return {_alone(message) for _, message, _, _ in extract("python", file, keywords={"_": None})}


def _alone(message):
    """Return a message without its plural as a string."""
    forms = (message,) if isinstance(message, str) else tuple(form for form in message if form)
    return forms[0] if len(forms) == 1 else forms


def catalogue(language):
    """Return the parsed catalogue of a language."""
    return read_po(BytesIO(Templates().read(catalogue_name(language)).encode()), locale=language)


def test_twelve_languages_are_shipped():
    """Each has its letters and demands, and all but English, which the templates speak, a catalogue."""
    kinds = {
        kind: Templates().names("locale", f"*/{kind}.yaml") for kind in ("protest", "solidarity", "phone", "demands")
    }

    assert {*TRANSLATED, "en"} == {"en", "ru", "de", "fr", "es", "it", "pt", "nl", "pl", "tr", "ar", "kk"}
    for names in kinds.values():
        assert {name.split("/")[1] for name in names} == {*TRANSLATED, "en"}


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_translated_and_none_is_stale(language):
    """A catalogue holds exactly the texts of the templates, each with all its forms."""
    entries = {message.id: message for message in catalogue(language) if message.id}

    assert {_alone(key) for key in entries} == msgids()
    assert [key for key, message in entries.items() if message.fuzzy or not all(_forms(message))] == []


def _forms(message):
    """Return the translations of a message as a tuple."""
    return message.string if isinstance(message.string, tuple) else (message.string,)


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_keep_what_is_put_into_them(language):
    """A name or a deadline that a translation forgot would be missing from the mail."""
    for message in catalogue(language):
        source = message.id[0] if isinstance(message.id, tuple) else message.id
        for form in _forms(message) if message.id else ():
            assert set(_HOLE.findall(form)) == set(_HOLE.findall(source)), form


@pytest.mark.parametrize("language", TRANSLATED)
def test_plurals_have_as_many_forms_as_the_language(language):
    """Arabic has six, Russian and Polish three, Turkish one, and the others two."""
    read = catalogue(language)

    assert read.num_plurals == get_plural(language).num_plurals
    assert {len(_forms(message)) for message in read if isinstance(message.id, tuple)} == {read.num_plurals}


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_a_mail_is_stands_in_brackets_before_its_title(language):
    """Mail programs thread by what is behind the brackets: the title, and nothing that a translation adds."""
    marked = [message for message in catalogue(language) if isinstance(message.id, str) and message.id.startswith("[")]

    assert marked
    assert [message.string for message in marked if not re.fullmatch(r"\[[^\]]+\] %\(title\)s", message.string)] == []


def test_the_standard_library_reads_what_was_compiled():
    """A sender needs no Babel: the frozen bytes are a catalogue of gettext."""
    words = gettext.GNUTranslations(BytesIO(load_wordings(Templates(), ["ru"])["ru"].catalogue))
    forms = [
        words.ngettext("The form takes %(count)s character.", "-", count) % {"count": count} for count in (1, 2, 5)
    ]

    assert words.gettext("Reminder") == "Напоминание"
    assert forms == [
        "Форма принимает не больше 1 символа.",
        "Форма принимает не больше 2 символов.",
        "Форма принимает не больше 5 символов.",
    ]


def test_a_wording_is_complete():
    """Directions, countries, languages and cities come from CLDR."""
    russian = load_wordings(Templates(), ["ru"])["ru"]

    assert (russian.direction, russian.translated) == ("ltr", True)
    assert russian.countries["KZ"] == "Казахстан"
    assert russian.languages["de"] == "немецкий"
    assert russian.cities["Europe/Berlin"] == "Берлин"
    assert russian.calendar.months[11] == "декабря"


def test_a_city_has_the_name_that_it_has_now():
    """CLDR says Alma-Ata in Dutch and Alma Ata in French; without a name the zone's own is told."""
    wordings = load_wordings(Templates(), ["fr", "nl", "pl"])

    assert wordings["pl"].cities["Asia/Almaty"] == "Ałmaty"
    assert [wordings[language].cities.get("Asia/Almaty", "Almaty") for language in ("fr", "nl")] == ["Almaty"] * 2


def test_english_is_always_there_and_needs_no_catalogue():
    """The texts in the templates are the English ones; the order of the languages is kept."""
    wordings = load_wordings(Templates(), ["ru", "de"])

    assert list(wordings) == ["ru", "de", "en"]
    assert wordings["en"].translated
    assert gettext.GNUTranslations(BytesIO(wordings["en"].catalogue)).gettext("Reminder") == "Reminder"


def test_a_language_without_catalogue_has_its_calendar():
    """Its letters can tell a day; that its sentences are missing is said."""
    hebrew = load_wordings(Templates(), ["he"])["he"]

    assert (hebrew.direction, hebrew.translated) == ("rtl", False)
    assert tell_day(NOW.date(), hebrew.calendar) == "יום שני, 30 בנובמבר"


@pytest.mark.parametrize("name", ["xx", "not a language", ""])
def test_an_unknown_language_is_refused(name):
    """The organiser is told which tag is wrong and how one looks."""
    with pytest.raises(ConfigurationError, match="is not a language that is known"):
        load_wordings(Templates(), [name])


def test_every_language_of_cldr_tells_days_and_times():
    """Whatever language an organiser adds, its patterns are understood."""
    for name in locale_identifiers():
        calendar = calendar_of(Locale.parse(name))
        assert tell_day(NOW.date(), calendar)
        assert tell_day(NOW.date(), calendar, year=True)
        assert tell_time(NOW.time(), calendar)


def test_a_broken_catalogue_is_told_by_its_file():
    """An organiser who changes words learns which file is wrong."""
    with pytest.raises(ConfigurationError, match=r"locale/ru/LC_MESSAGES/mailer\.po:3: "):
        compile_catalogue('msgid "a"\nmsgstr "b"\nnonsense\n', "ru", catalogue_name("ru"))


def test_the_same_words_give_the_same_bytes():
    """A revision changes when its words do, and not because time has passed."""
    compiled = compile_catalogue('msgid "a"\nmsgstr "b"\n', "ru", "a.po")

    assert b"POT-Creation-Date: 1970-01-01" in compiled
    assert b"PO-Revision-Date: 1970-01-01" in compiled


def test_an_organisers_catalogue_wins(tmp_path: Path):
    """A file in the organiser's own folder replaces the shipped one."""
    file = tmp_path / catalogue_name("de")
    file.parent.mkdir(parents=True)
    file.write_text('msgid "Reminder"\nmsgstr "Kleine Erinnerung"\n', encoding="utf-8")
    words = gettext.GNUTranslations(BytesIO(load_wordings(Templates(tmp_path), ["de"])["de"].catalogue))

    assert words.gettext("Reminder") == "Kleine Erinnerung"


@pytest.mark.parametrize("wrong", ["%(nmae)s, willkommen", "Willkommen zu 100 %", "%s, willkommen"])
def test_a_translation_that_cannot_be_filled_is_refused(wrong):
    """An organiser's own catalogue is told with file and line, before any mail is rendered from it."""
    source = f'#, python-format\nmsgid "Welcome, %(name)s"\nmsgstr "{wrong}"\n'

    with pytest.raises(ConfigurationError, match=r"mailer\.po:2: the translation of 'Welcome.*cannot be filled"):
        compile_catalogue(source, "de", "locale/de/LC_MESSAGES/mailer.po")
