"""Whose is a postal address? The line above it that says who is written to, where it has too many plain words itself.

Law: only the line right above tells; one that calls to write, labels or ends a sentence is nobody's name.
"""

from __future__ import annotations

import re

from mailer.core.drafting.page import Page, Sentence

LONGEST_ADDRESSEE = 110  # characters of a line that says who is written to
LONGEST_NAME = 8  # words of an office before a colon
MOST_BEFORE = 4  # words among which an office's name begins: "S.E. le Gouverneur"
LEAST_OTHERS = 2  # parts behind the office: its building and its town
LONGEST_LABEL = 25  # characters of an "Address:" before the first line of one

TITLE = re.compile(r"(?:Dr|Mr|Mrs|Ms|Prof|Hon|Rt|Sra?|Herrn?|Frau|M|Mme|Sen|Rev|Ing|H\.E|His|Her|Sig)\b\.? ")
_INITIAL = re.compile(r"\b[^\W\d_a-zß-ÿа-я]\.$")  # "Министру Примерову А. Б."
FIRM = re.compile(
    r"\b(?:S\.?A\.?(?:S|R\.?L)?|GmbH|AG|Ltd|Limited|Inc|plc|LLC|Corp|B\.?V|N\.?V|S\.?p\.?A|S\.?r\.?l|Lda|Ltda|SARL|"
    r"Sp\. z o\. ?o|s\. ?r\. ?o|a\. ?s|A\.?Ş|ASA?|AB)\.?$",
    re.IGNORECASE,
)
# What a place is called that has no street: "Camp Example", "Bread House", "Col. Ejemplo".
_BUILDING = re.compile(
    r"\b(?:Camp|Fort|Barracks|Hall|Courthouse|Capitol|Complex|Headquarters|House|Buildings?|Tower|Towers|Mansion|"
    r"Palace|Secretariat|Bhawan|Bhavan|Sadan|Edif[íi]cio|Pal[áa]cio|Palais|Rathaus|Präsidium|Schloss|Kaserne|Cuartel|"
    r"Torre|Casa|Residencia|Residência|Airport|Aeropuerto|Caserma|Hôtel|Maison|Immeuble|Bâtiment|Cité|Tour|Quartier|Colonia|Col\.|Barrio|Bo\.|Barangay|Brgy|Bairro|"
    r"Bloco|Esplanada|Zona|Zone|Plot|Km|Centre|Center|Centro|Municipio|Paço|Palazzo|Stadhuis|Gemeentehuis|Paleis|"
    r"Pałac|Ratusz|Gmach|Palác|Radnice|Budova|Rådhuset|Slottet|Sarayı|Binası|Konağı|Cezaevi|Дом|Дворец|Здание|Кремль|"
    r"Gedung|Kantor|Menara|Istana|Wisma|Prison|Jail|Colony|Penitentiary|Correctional)(?!\w)"
)
_WAY = re.compile(
    r"(?:place|rue|avenue|boulevard|quai|cours|route|allée|calle|avenida|plaza|paseo|via|viale|piazza|piazzale|corso|"
    r"largo|rua|praça|ul\.|ulica|al\.|plac|pl\.|náměstí|ulice|ул\.|улица|пл\.|площадь|пр\.|проспект|jalan|jl\.)"
    r" ?[^\W\d_a-zß-ÿа-я]"
)
_NOT_ABOVE = ("send", "signed", "closing", "demand", "copy", "fax", "phone", "mail", "web", "dear")


def names_office(page: Page, start: int, end: int) -> bool:
    """Tell whether a part of the text names an office."""
    return bool(page.marks_between(page.word_at(start), page.word_at(end), "office", "embassy"))


def begins_with_office(page: Page, start: int, most: int = 1) -> bool:
    """Tell whether a line has the name of an office among its `most` first words: "Embassy of", "President of"."""
    first = page.word_at(start)
    return bool(page.marks_between(first, first + most, "office", "embassy"))


def has_building(page: Page, start: int, end: int) -> bool:
    """Tell whether a part of the text has a word for a street or a building, with a number or without."""
    is_street = page.marks_between(page.word_at(start), page.word_at(end), "street")
    return bool(is_street or _BUILDING.search(page.text, start, end))


def names_house(page: Page, start: int, end: int) -> bool:
    """Tell whether an office or a firm is named, then its building and town: commas alone part them."""
    first, *others = re.split(r",\s+", page.text[start:end])
    at = start + len(first)
    others = others[1:] if others and TITLE.match(others[0]) else others
    is_named = all(part[:1].isupper() or part[:1].isdigit() or _WAY.match(part) for part in others) and not any(
        map(TITLE.match, others)
    )
    is_other = names_office(page, at, end) and not _BUILDING.search(others[0])  # "Chief of Police, Police Headquarters"
    if len(others) < LEAST_OTHERS or not is_named or is_other or not has_building(page, at, end):
        return False
    return begins_with_office(page, start, MOST_BEFORE) or bool(FIRM.search(first))


def office_before(page: Page, start: int) -> tuple[int, int] | None:
    """Return the office that only a colon parts from the address behind it: "The embassy in Rome: Sample Street 1"."""
    line = page.sentence_at(start)
    told = page.text[line.start : start].rstrip()
    is_own_line = line.is_first and line.is_last  # whose office is the target's name
    is_named = told.endswith(":") and not is_own_line
    return _office_to(page, line.start, line.start + len(told) - 1) if is_named else None


def office_above(page: Page, start: int) -> tuple[int, int] | None:
    """Return the office whose numbers stand behind its name, in the line right above its address."""
    first = page.sentence_at(start)
    above = page.sentence_above(first)
    colon = page.text.find(":", above.start, above.end)
    is_next = above.is_first and page.text.count("\n", above.end, first.start) == 1 and start == first.start
    behind = page.word_at(colon)
    is_label = colon > 0 and bool(page.marks_between(behind, behind + 1, "fax", "phone", "mail"))
    return _office_to(page, above.start, colon) if is_next and is_label else None


def _office_to(page: Page, start: int, end: int) -> tuple[int, int] | None:
    """Return a stretch that only names an office."""
    first, past = page.word_at(start), page.word_at(end)
    is_name = 0 < past - first <= LONGEST_NAME and not re.search(r"[\d:;.@]", page.text[start:end])
    is_name = is_name and not page.marks_between(first, past, *_NOT_ABOVE, "message", "post", "deed")
    is_office = bool(page.marks_between(first, past, "office", "embassy")) and past - first >= LEAST_OTHERS
    return (start, end) if is_name and is_office else None


def addressee_above(page: Page, start: int, end: int, *, is_spaced: bool) -> Sentence | None:
    """Return the line right above the first line of an address, if it says who is written to."""
    first = page.sentence_at(start)
    above = page.sentence_above(first)
    told = page.told(above)
    gap = page.text.count("\n", above.end, first.start)
    is_next = 0 < gap <= (2 if is_spaced else 1)
    is_line = (
        above.is_first
        and above.is_last
        and len(told) <= LONGEST_ADDRESSEE
        and (told[-1] not in ".:!?)" or _INITIAL.search(told) or FIRM.search(told))
    )
    is_office = names_office(page, start, end) and not (TITLE.match(told) or FIRM.search(told))
    if not (is_next and is_line and _begins_line(page, first, start)) or is_office:
        return None
    is_free = not page.has(above, *_NOT_ABOVE) and "@" not in told
    return (
        above if is_free and (TITLE.match(told) or FIRM.search(told) or page.has(above, "office", "embassy")) else None
    )


def _begins_line(page: Page, line: Sentence, start: int) -> bool:
    """Tell whether an address begins its line, or only the word "address" stands before it there."""
    label = page.text[line.start : start].strip()
    is_label = bool(page.marks_between(line.words[0], page.word_at(start), "post"))
    return not label or (is_label and label.endswith(":") and len(label) <= LONGEST_LABEL)
