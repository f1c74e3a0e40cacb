"""Which countries, languages and time zones are there? ISO 3166, CLDR and IANA, with a guess at what was meant."""

from __future__ import annotations

import difflib
import re
from functools import cache
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from pydantic import PlainValidator

from mailer.adapters.catalog.scalars import as_text, json_text, refused, shown

# ISO 3166-1 alpha-2, and XK, which the post and telephone services use for Kosovo.
_CODES = """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
    CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO
    FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE
    JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO
    MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW
    PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM
    TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW
"""
COUNTRIES = frozenset(_CODES.split())
UNKNOWN_COUNTRY = "ZZ"  # what CLDR calls an unknown region; a draft may have it until somebody knows
_OLD_WAYS = {"UK": "GB", "EL": "GR", "EN": "GB", "USA": "US", "ENGLAND": "GB", "SCOTLAND": "GB", "WALES": "GB"}
_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*")


def read_country(value: object) -> str:
    """Return an ISO 3166 alpha-2 code."""
    text = as_text(value, "GB")
    if text in COUNTRIES:
        return text
    guess = _guess_country(text)
    hint = f"did you mean {guess}?" if guess else "two capital letters of ISO 3166: GB, KZ, TR"
    raise refused(f"unknown country {shown(text)}", hint)


def read_scene(value: object) -> str:
    """Return the country that a campaign is about; a draft may leave it open."""
    return UNKNOWN_COUNTRY if value == UNKNOWN_COUNTRY else read_country(value)


def _guess_country(text: str) -> str:
    """Return the code that somebody who wrote `text` may have meant, or nothing."""
    upper = text.upper()
    if upper in COUNTRIES or upper in _OLD_WAYS:
        return _OLD_WAYS.get(upper, upper)
    names = _country_names()
    near = difflib.get_close_matches(text.lower()[:40], names, n=1, cutoff=0.8)
    return names[near[0]] if near else ""


@cache
def _country_names() -> dict[str, str]:
    """Return English names in small letters with their codes."""
    names = Locale("en").territories
    return {str(names[code]).lower(): code for code in COUNTRIES if code in names}


@cache
def country_name(code: str, language: str) -> str:
    """Return the name of a country in `language`, or "" where CLDR has none."""
    return str(Locale(language).territories.get(code, ""))


def read_language(value: object) -> str:
    """Return a language tag in small letters ("ru", "pt-br")."""
    text = as_text(value, "en").lower().replace("_", "-")
    names = _language_names()
    if _TAG.fullmatch(text) and text.partition("-")[0] in names.values():
        return text
    near = difflib.get_close_matches(text[:40], names, n=1, cutoff=0.8)
    hint = f"did you mean {names[near[0]]}?" if near else "a language tag: en, ru, de, kk (for Kazakh)"
    raise refused(f"unknown language {shown(value)}", hint)


@cache
def _language_names() -> dict[str, str]:
    """Return English names in small letters with their primary tags."""
    return {str(name).lower(): code for code, name in Locale("en").languages.items() if len(code) in (2, 3)}


def read_zone(value: object) -> str:
    """Return an IANA time zone."""
    text = as_text(value, "Europe/London")
    if _is_zone(text):
        return text
    zones = {zone.rpartition("/")[2].lower(): zone for zone in sorted(available_timezones()) if "/" in zone}
    wanted = text.rpartition("/")[2].lower().replace(" ", "_")[:40]
    near = difflib.get_close_matches(wanted, zones, n=1, cutoff=0.75)
    hint = f"did you mean {zones[near[0]]}?" if near else "Continent/City as in the IANA list: Asia/Almaty"
    raise refused(f"unknown time zone {shown(text)}", hint)


@cache
def _is_zone(text: str) -> bool:
    """Tell whether the IANA database has exactly this zone."""
    if "/" not in text and text != "UTC":
        return False
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        return False
    return text in available_timezones()


Country = Annotated[str, PlainValidator(read_country), json_text("country", pattern="^[A-Z]{2}$")]
Scene = Annotated[str, PlainValidator(read_scene), json_text("country", pattern="^[A-Z]{2}$")]
Language = Annotated[
    str,
    PlainValidator(read_language),
    json_text("language", pattern="^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$"),
]
Zone = Annotated[
    str,
    PlainValidator(read_zone),
    json_text("time zone", examples=["Europe/London"]),
]
