"""Where do the countries, months and telephone numbers of appeals come from? From Babel and phonenumbers.

Law: core is handed plain values; a number that no plan knows is kept as it is written, and says so.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

import phonenumbers
from babel import Locale
from babel.languages import get_official_languages
from phonenumbers import PhoneNumberFormat, PhoneNumberMatcher

from mailer.adapters.drafting_towns import towns_with_countries
from mailer.core.countries import countries
from mailer.core.drafting.lore import Lore, Number

LANGUAGES = ("en", "ru", "de", "fr", "es", "it", "pt", "nl", "pl", "cs", "nb", "tr", "fil")
_TRIES = 20  # of the matcher on one spelling
_LEAST_FULL = 10  # digits of a number with its country code
_MOST_DIGITS = 15  # ITU-T E.164
_AMERICAN = re.compile(r"(?:1[ .-])?(?:\(\d{3}\) ?|\d{3}[.-])\d{3}[.-]\d{4}")  # so do few others group a number
_CODED = re.compile(
    r"\(?(\d{1,3})\)?[-–/. (]{1,3}(?=\d{1,5}\)?[-–/. ]{0,3}\d{2,4}[-. ]?\d{2})"
)  # in front of the area's code
# Peoples and short names whose beginning is not their country's.
_PEOPLES = """
    rdc CD, drc CD, рф RU, рк KZ, рб BY, eeuu US, rsa ZA,
    us US, usa US, american US, uk GB, british GB, england GB, scottish GB, dutch NL, french FR, spanish ES, greek
    GR, polish PL, swedish SE, danish DK, swiss CH, turkish TR, turkey TR, chinese CN, kazakh KZ, uzbek UZ, tajik
    TJ, kyrgyz KG, filipino PH, saudi SA, emirati AE, uae AE, thai TH, irish IE, welsh GB, scotland GB, norwegian
    NO, icelandic IS, finnish FI, czech CZ, slovak SK, lebanese LB, burmese MM, burma MM, iraqi IQ, omani OM, yemeni
    YE, russisch RU, russie RU, russe RU, росси RU, русск RU, казах KZ, турецк TR, турци TR, белорус BY, українськ
    UA, украин UA, польш PL, польск PL, немецк DE, германи DE, british GB, английск GB, deutschland DE, german DE,
    türk TR, kazachstan KZ, kazak KZ, rus RU, ruské RU, turcj TR, tureck TR, turqu TR, turc TR, turco TR, turca TR,
    ruso RU, rusa RU, russo RU, russa RU, rosyjsk RU, rosj RU, rosji RU, białoru BY, běloru BY, ehipto EG, israeli
    IL, israel IL, palestin PS, turks TR, hong HK, korean KR, peruan PE, peruvian PE, chilean CL, canad CA, brasil
    BR, brazil BR, méxic MX, mexic MX, iranisch IR, egipt EG, égypt EG, tyrki TR, russland RU, zealand NZ, zelandi
    NZ, belarus BY, weißruss BY, colombia CO, colombian CO, kolumbi CO, indonesi ID, indonez ID, indian IN, nigerian
    NG, kenyan KE
"""
_NO_STEMS = frozenset(
    {"islan", "island", "servi", "colon", "port", "marin", "domin", "polit", "roman", "liber", "libér", "libéri"}
)
_MINOR_TEXT = """
    IM JE GG AQ BV HM TF UM IO GS AX SJ BL MF PM WF CC CX NF NU PN TK SH AC CP DG EA IC TA
"""
_MINOR = frozenset(_MINOR_TEXT.split())


@cache
def lore() -> Lore:
    """Return the knowledge that core needs, made once."""
    names, stems = _countries()
    towns, bent = towns_with_countries()
    return Lore(read_numbers, _months(), names, stems, towns, bent, country_called)


def country_called(number: str) -> str:
    """Return in which country a number as `+4420...` rings: the largest of those that share its code."""
    parsed = _parsed(number, None) if number.startswith("+") else None
    if parsed is None or not parsed.country_code:
        return ""
    code = phonenumbers.region_code_for_country_code(parsed.country_code)
    return code if code.isalpha() and code != "ZZ" else ""


def _months() -> dict[str, int]:
    """Return the names of months, whole and short, in the forms that dates and headings use."""
    found: dict[str, int] = {}
    for language in LANGUAGES:
        months = Locale(language).months
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[form][width].items():
                    key = name.lower().rstrip(".")
                    if len(key) > 2 and not key.isdigit():
                        found.setdefault(key, number)
    return found | {"sept": 9}


def _countries() -> tuple[dict[str, str], dict[str, str]]:
    """Return the names of countries, and the stems of their single-word names."""
    names: dict[str, str] = {}
    held: dict[str, set[str]] = defaultdict(set)
    known = set(countries()) - _MINOR
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if code in known and name != "Island":  # of Iceland in German, and of any island in English
                lowered = name.lower().replace("’", "'")
                names.setdefault(" ".join(re.findall(r"[^\W_]+", lowered)), code)
                if lowered.isalpha() and len(lowered) > 4:
                    held[_stem(lowered)].add(code)
    stems = {stem: codes.pop() for stem, codes in held.items() if len(codes) == 1 and stem not in _NO_STEMS}
    for entry in _PEOPLES.split(","):
        stem, code = entry.split()
        (names if len(stem) < 4 else stems)[stem] = code
    return names, stems


def _stem(name: str) -> str:
    """Return what stays of a name when it is bent: the longer it is, the more of its end may change."""
    return name[:-2] if len(name) > 6 else name[:-1] if len(name) == 6 or not name.isascii() else name


def read_numbers(told: str, regions: Sequence[str]) -> tuple[Number, ...]:
    """Return the numbers that a spelling holds, in their order; each with a doubt where it could not be understood."""
    return tuple(_read(piece, regions) for piece in _pieces(told, regions))


def _pieces(told: str, regions: Sequence[str]) -> Iterator[str]:
    """Yield the spellings of single numbers."""
    rows = [row for row in re.split(r" {2,}| / |(?<=\d) (?=\+)|(?<=\d)/(?=\+?\d{6})", told) if _digits(row)]
    again = [row for row in re.split(r"(?<=\d) (?=00|011)", told) if _digits(row)]
    rows = again if len(rows) == 1 and all(len(_digits(row)) > 9 for row in again) else rows
    if len(rows) > 1 and all(len(_digits(row)) >= 6 for row in rows):
        for row in rows:
            yield from _pieces(row, regions)
        return
    if len(_digits(told)) <= _MOST_DIGITS - 2:
        yield told
        return
    yield from _matched(told, regions) or _halves(told) or [told]


def _matched(told: str, regions: Sequence[str]) -> list[str]:
    """Return what the matcher of phonenumbers sees, if it is two numbers or more and nothing is left over."""
    for region in [region for region in regions if region] or ["ZZ"]:
        found = [match.raw_string for match in PhoneNumberMatcher(_plain(told), region, max_tries=_TRIES)]
        if len(found) > 1 and len(_digits("".join(found))) == len(_digits(_plain(told))):
            return found
    return []


def _halves(told: str) -> list[str]:
    """Return two numbers that only a space parts: they are about as long and begin alike."""
    cuts = [match.start() for match in re.finditer(r" ", told)]
    for cut in sorted(cuts, key=lambda cut: abs(cut - len(told) / 2)):
        left, right = _digits(told[:cut]), _digits(told[cut:])
        if abs(len(left) - len(right)) <= 1 and left[:2] == right[:2]:
            return [told[:cut].strip(), told[cut:].strip()]
    return []


def _digits(text: str) -> str:
    """Return the digits of a spelling."""
    return re.sub(r"\D", "", text)


def _plain(told: str) -> str:
    """Return a spelling with one plus for every international prefix."""
    text = re.sub(r"^[( ]*\+{1,3}[ -]?\(?", "+", told.strip())
    text = re.sub(r"^\(?(?:00|011)(?=[ \d()-]{9,})[ -]?\(?", "+", text) if not text.startswith("+") else text
    return text.replace("(0)", "") if text.startswith("+") else text


def _read(told: str, regions: Sequence[str]) -> Number:
    """Return one number; the country code is assumed where several of the regions have such a number."""
    told = told.strip(" -–/.")
    plain = _plain(re.sub(r"\s*/\s*\d{1,4}$", "", told))
    if plain.startswith("+"):
        number = _parsed(plain, None)
        if number is not None and phonenumbers.is_valid_number(number):
            return Number(_written(number), told)
        if "+" in told or not _valid(told, [region for region in regions if region]):
            return Number("+" + _digits(plain), told, "not a number of a plan in use: changed since?")
        plain = told  # no international prefix after all: 011 is Delhi, too
    return _without_code(plain, told, regions)


def _without_code(plain: str, told: str, regions: Sequence[str]) -> Number:
    """Return a number as those regions read it whose code it lacks, or the plus before that."""
    at = list(regions).index("") if "" in regions else len(regions)
    valid = _valid(plain, regions[:at]) or _valid(plain.replace("(0-", "("), regions[:at])
    if not valid and (coded := _coded(plain, regions[:at])):
        return replace(coded, told=told)
    valid = valid or _valid(plain, regions[at + 1 :])
    if _AMERICAN.fullmatch(plain.strip()) and not _valid(plain, regions[: min(at, 1)]):
        valid = _valid(plain, ["US"]) or valid
    if valid:
        is_only = len({_written(number) for number in valid}) == 1
        is_sure = is_only and not _may_be_readers_own(valid[0], plain, regions[at + 1 :])
        return Number(_written(valid[0]), told, "" if is_sure else f"country code +{valid[0].country_code} is assumed")
    number = _parsed("+" + _digits(plain), None) if len(_digits(plain)) >= _LEAST_FULL else None
    if number is not None and phonenumbers.is_valid_number(number):
        is_named = phonenumbers.region_code_for_number(number) in regions[:at]
        doubt = "" if is_named else f"the plus before the country code {number.country_code} is assumed"
        return Number(_written(number), told, doubt)
    return Number(told, told, "no country code, and no number of a country that the text names")


def _coded(plain: str, named: Sequence[str]) -> Number | None:
    """Return a number that begins with the code of a country which the text names, without a plus: "92-21-9990101"."""
    match = _CODED.match(plain)
    code = int(match[1]) if match else 0
    if not match or code == 1 or all(phonenumbers.country_code_for_region(region) != code for region in named):
        return None
    return _read("+" + plain.lstrip("( "), ())


def _may_be_readers_own(number: phonenumbers.PhoneNumber, plain: str, readers: Sequence[str]) -> bool:
    """Tell whether an appeal's readers have such a number at home, and its region does not speak their language."""
    region = phonenumbers.region_code_for_number(number) or ""
    own = [_written(other) for other in _valid(plain, [code for code in readers if code])]
    spoken = {language for code in readers for language in get_official_languages(code)}
    return bool(own) and _written(number) not in own and spoken.isdisjoint(get_official_languages(region))


def _valid(plain: str, regions: Sequence[str]) -> list[phonenumbers.PhoneNumber]:
    """Return the number as those regions read it that have such a number."""
    numbers = (_parsed(plain, region) for region in regions)
    return [number for number in numbers if number is not None and phonenumbers.is_valid_number(number)]


def _parsed(text: str, region: str | None) -> phonenumbers.PhoneNumber | None:
    """Return a number as phonenumbers reads it, or nothing."""
    try:
        return phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None


def _written(number: phonenumbers.PhoneNumber) -> str:
    """Return a number as +4420..."""
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)
