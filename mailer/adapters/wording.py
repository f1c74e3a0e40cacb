"""Which words does a language have? Its catalogue, calendar, countries and cities, frozen as plain values.

Babel is imported here and nowhere else: a sender reads what this module wrote with the standard
library's gettext alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from mailer.adapters.templates import Templates
from mailer.core.calendar import understands
from mailer.core.revisions import Calendar, Wording
from mailer.errors import ConfigurationError

SOURCE_LANGUAGE = "en"
_VALUE = re.compile(r"%\((\w+)\)")
_NAMELESS = re.compile(r"(?<!%)%(?!%|\()")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# What CLDR still says in French and Dutch of the city that it calls Almaty elsewhere.
_FORMER_NAMES = frozenset({"Alma Ata", "Alma-Ata"})


def load_wordings(templates: Templates, languages: Iterable[str]) -> Mapping[str, Wording]:
    """Return language -> words for `languages` in their order, and English always, last if not asked for.

    A language without a catalogue has `translated` False: its dates and names are right, its sentences
    are missing.

    Raises:
        ConfigurationError: CLDR knows no such language, or a catalogue cannot be read.
    """
    wanted = dict.fromkeys((*languages, SOURCE_LANGUAGE))
    return {language: _wording(language, _read(templates, language)) for language in wanted}


def catalogue_name(language: str) -> str:
    """Return the template name of the catalogue of `language`."""
    return f"locale/{language.replace('-', '_')}/LC_MESSAGES/mailer.po"


@lru_cache(maxsize=64)
def _wording(language: str, source: str) -> Wording:
    """Return the words of one language whose catalogue reads `source`; each is compiled once in a process."""
    locale = _locale(language)
    return Wording(
        language=language,
        direction=locale.text_direction,
        catalogue=compile_catalogue(source, language, catalogue_name(language)),
        calendar=calendar_of(locale),
        countries={code: name for code, name in locale.territories.items() if len(code) == 2 and code.isalpha()},
        languages={code.replace("_", "-").lower(): name for code, name in locale.languages.items() if len(code) < 4},
        cities={
            zone: known["city"]
            for zone, known in locale.time_zones.items()
            if "city" in known and known["city"] not in _FORMER_NAMES
        },
        translated=bool(source) or language == SOURCE_LANGUAGE,
    )


def _read(templates: Templates, language: str) -> str:
    """Return the source of a catalogue, empty if the language has none."""
    try:
        return templates.read(catalogue_name(language))
    except ConfigurationError:
        return ""


def _locale(language: str) -> Locale:
    """Return the locale; plain "en" is told as in London, "Wednesday 2 December", for readers everywhere.

    Raises:
        ConfigurationError: CLDR knows no such language.
    """
    try:
        return Locale.parse("en-GB" if language == SOURCE_LANGUAGE else language, sep="-")
    except (ValueError, UnknownLocaleError) as error:
        raise ConfigurationError(f"{language!r} is not a language that is known: write a tag like 'ru'") from error


def compile_catalogue(source: str, language: str, name: str) -> bytes:
    """Return `source`, the text of a .po file, as the bytes of a .mo file; fuzzy entries are left out.

    Raises:
        ConfigurationError: it is no catalogue, or holds a text that cannot be filled; the message names the file.
    """
    try:
        catalogue = read_po(BytesIO(source.encode()), locale=language.replace("-", "_"), abort_invalid=True)
    except PoFileError as error:
        raise ConfigurationError(f"{name}:{error.lineno + 1}: {error}") from error
    except (ValueError, UnknownLocaleError) as error:
        raise ConfigurationError(f"{name}: {error}") from error
    for message in catalogue:
        _check_values(message, name)
    return _binary(catalogue)


def _check_values(message: Message, name: str) -> None:
    """Do nothing if every form of a translation can be filled with the values that the English text has.

    Raises:
        ConfigurationError: it names another value, or is no format; the message names file and line.
    """
    values = dict.fromkeys(_VALUE.findall(" ".join(_forms(message.id))), 0)
    for form in _forms(message.string or "") if message.id else ():
        try:
            if _NAMELESS.search(form):
                raise ValueError("a % without a name")
            form % values
        except (KeyError, ValueError, TypeError) as error:
            told = f"the translation of {_forms(message.id)[0]!r} cannot be filled: {error!r}"
            raise ConfigurationError(f"{name}:{message.lineno}: {told}") from error


def _forms(text: str | Sequence[str]) -> tuple[str, ...]:
    """Return the forms of a text that may have several."""
    return (text,) if isinstance(text, str) else tuple(text)


def _binary(catalogue: Catalog) -> bytes:
    """Return the .mo bytes of a catalogue, the same for the same words: Babel would put in the time of day."""
    catalogue.creation_date = catalogue.revision_date = _EPOCH
    target = BytesIO()
    write_mo(target, catalogue)
    return target.getvalue()


def calendar_of(locale: Locale) -> Calendar:
    """Return how `locale` tells days and times, by its own patterns on the 24-hour clock."""
    days, months = locale.days["format"]["wide"], locale.months["format"]["wide"]
    return Calendar(
        months=tuple(months[month] for month in range(1, 13)),
        days=tuple(days[day] for day in range(7)),
        date=_pattern(locale, ("MMMMEEEEd", "MMMMEd", "MMMEd"), "EEEE, d MMMM"),
        day=_usable((locale.date_formats["long"].pattern,), "d MMMM y"),
        time=_pattern(locale, ("Hm",), "HH:mm"),
        short=_pattern(locale, ("MMMMd", "MMMd"), "d MMMM"),
        first="1er" if locale.language == "fr" else "",
    )


def _pattern(locale: Locale, skeletons: tuple[str, ...], otherwise: str) -> str:
    """Return the first of the locale's patterns for `skeletons`, with names written in full."""
    known = locale.datetime_skeletons
    return _usable(tuple(known[skeleton].pattern for skeleton in skeletons if skeleton in known), otherwise)


def _usable(patterns: tuple[str, ...], otherwise: str) -> str:
    """Return the first pattern that core understands once its short names are widened."""
    return next(filter(understands, map(_widen, patterns)), otherwise)


def _widen(pattern: str) -> str:
    """Return `pattern` with weekday and month names in full (UTS 35: widths follow the request)."""
    return _QUOTED_OR_SHORT.sub(_widen_one, pattern)


_QUOTED_OR_SHORT = re.compile(r"'[^']*'|[Ec]+|[ML]+")


def _widen_one(match: re.Match[str]) -> str:
    """Return one field in full; numbers ("M", "MM") and quoted words stay."""
    field = match[0]
    if field[0] in "Ec":
        return "EEEE"
    return "MMMM" if field[0] in "ML" and len(field) > 2 else field
