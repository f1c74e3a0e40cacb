"""How does a pasted appeal become a draft? It is cleaned and read, its channels are found and their roles told.

Law: pure, and bounded by the cleaned text's size; nothing is in the draft that is not in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from mailer.core.drafting.capitals import as_name
from mailer.core.drafting.case import facts_of, outcome_of, summary_of
from mailer.core.drafting.country import country_of, read_named, regions_of
from mailer.core.drafting.dates import anchor_of, dated_of, days_in, events_of, sent_on
from mailer.core.drafting.deadlines import deadline_of
from mailer.core.drafting.demands import demands_of
from mailer.core.drafting.drafts import NOBODY, Drafted, Found, FoundDemand, FoundTarget, Role
from mailer.core.drafting.embassies import own_embassies
from mailer.core.drafting.kindness import supported_too
from mailer.core.drafting.language import language_of
from mailer.core.drafting.letters import Letter, letters_in
from mailer.core.drafting.lore import Lore
from mailer.core.drafting.nameless import nameless_targets
from mailer.core.drafting.page import Page, Sentence, read_page
from mailer.core.drafting.people import Around, people_of
from mailer.core.drafting.posts import posts_in
from mailer.core.drafting.roles import Roles, roles_of
from mailer.core.drafting.senders import sender_for_copies
from mailer.core.drafting.standards import harsh_words
from mailer.core.drafting.targets import implied_copies, targets_of
from mailer.core.drafting.text import MOST_CHARACTERS, MOST_LINES, clean, is_cut
from mailer.core.drafting.titles import title_of
from mailer.core.drafting.tokens import Token, mails_in, tokens_in
from mailer.core.drafting.wishes import WISH_CUES

MOST_MAILS = 100  # that tell a country
MOST_LINKS = 12
LEAST_WORDS = 40  # that tell a language


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the parts of a draft are made from."""

    page: Page
    lore: Lore
    today: date
    language: str
    country: Found
    title: Found
    tokens: tuple[Token, ...]
    roles: Roles
    letters: tuple[Letter, ...]
    addressed: frozenset[int]  # the starts of the sentences with a channel
    ends: int  # where the page around the appeal begins again
    sent: str  # the day of the mail that it came in

    def is_case(self, sentence: Sentence) -> bool:
        """Tell whether a sentence stands before the page's own foot."""
        return sentence.start < self.ends

    def asks(self, sentence: Sentence) -> bool:
        """Tell whether a sentence may demand something: it is of the case, and says nothing for the second time."""
        spans = (letter.translation for letter in self.letters)
        return self.is_case(sentence) and not any(start <= sentence.start < end for start, end in spans)

    def is_letter(self, sentence: Sentence) -> bool:
        """Tell whether a sentence stands in a letter that the appeal brings along."""
        return any(letter.start <= sentence.start < letter.end for letter in self.letters)

    def has_address(self, sentence: Sentence) -> bool:
        """Tell whether a channel stands in a sentence."""
        return sentence.start in self.addressed


def draft(text: str, lore: Lore, today: date) -> Drafted:
    """Return what an appeal tells, of at most 60,000 characters and 1,500 lines of it."""
    reading = _read(text, lore, today)
    targets = _targets(reading)
    outcome = outcome_of(reading.page, reading.is_case, has_targets=any(one.role is Role.TARGET for one in targets))
    drafted = _case(reading, () if outcome else targets, outcome)
    known = {one.text.lower() for one in drafted.copies_to}
    own = [one.text for one in _mails_of(reading.roles.of_token, Role.MENTIONED)]
    found = () if outcome else sender_for_copies(reading.page, text, own)
    senders = [one for one in found if one.text.lower() not in known]
    drafted = replace(drafted, copies_to=(*drafted.copies_to, *senders))
    return replace(drafted, unsure=(*drafted.unsure, *_unsure(text, drafted)))


def _read(text: str, lore: Lore, today: date) -> _Reading:
    """Return the first reading: words, channels and their roles."""
    page = read_page(clean(text))
    mails = [token.value for token in islice(mails_in(page.text), MOST_MAILS)]
    language = language_of(word.text for word in page.words[:5000])
    title = title_of(page, lore)
    named = read_named(page, lore, title.text)
    country = country_of(named, mails, language)
    tokens = tokens_in(page, lore, regions_of(country.text, language, mails, named.codes[:12]))
    page = page.without((token.start, token.end) for token in tokens)
    posts = posts_in(page, tokens, lore)
    tokens = tuple(sorted((*tokens, *posts), key=lambda token: (token.start, token.kind)))
    letters = letters_in(page, tokens)
    language = _language_around(page, letters) or language
    roles = roles_of(page, [token for token in tokens if not _is_within(token, letters)])
    roles = replace(roles, of_token=implied_copies(page, roles.of_token))
    told, guessed = _called(page, lore, roles)
    country = country_of(named, mails, language, told, [code for code in guessed if code != country.text])
    addressed = frozenset(start for token in tokens for start in _sentences_of(page, token))
    return _Reading(
        page,
        lore,
        today,
        language,
        country,
        title,
        tokens,
        roles,
        letters,
        addressed,
        _foot(page, roles),
        sent_on(text, lore),
    )


def _called(page: Page, lore: Lore, roles: Roles) -> tuple[list[str], list[str]]:
    """Return where targets, but no embassies, are called: countries of numbers with a country's code, or without."""
    told: list[str] = []
    guessed: list[str] = []
    for token, (role, _) in roles.of_token.items():
        if role is Role.TARGET and token.kind in ("fax", "phone"):
            at = page.sentence_at(token.start)
            near = (page.sentence_above(at), at)
            code = "" if any(page.has(each, "embassy") for each in near) else lore.called(token.value)
            if code:
                spells = token.value[1:] in re.sub(r"\D", "", token.told)
                (told if spells else guessed).append(code)
    return told, guessed


def _sentences_of(page: Page, token: Token) -> Iterator[int]:
    """Yield where the sentences begin that a channel stands in: an address has several."""
    at = page.sentence_at(token.start)
    yield at.start
    while token.kind == "post" and (following := page.sentence_at(at.end + 2)).start < token.end:
        if following.start <= at.start:
            return
        yield following.start
        at = following


def _language_around(page: Page, letters: Sequence[Letter]) -> str:
    """Return the language of what stands around the letters, if that is enough to tell."""
    spans = [(letter.start, letter.end) for letter in letters]
    words = [word.text for word in page.words[:5000] if not any(start <= word.start < end for start, end in spans)]
    language = language_of(words) if spans and len(words) >= LEAST_WORDS else ""
    return language if language in WISH_CUES["demand"] else ""


def _is_within(token: Token, letters: Sequence[Letter]) -> bool:
    """Tell whether a channel stands in a letter's own text."""
    return any(letter.start <= token.start < letter.end for letter in letters)


def _foot(page: Page, roles: Roles) -> int:
    """Return where the page around the appeal begins again: at its first word after the last channel that counts."""
    last = max((token.start for token, (role, _) in roles.of_token.items() if role is not Role.MENTIONED), default=0)
    for index, sentence in enumerate(page.sentences):
        if sentence.start > last and index > 8 and page.has(sentence, "footer"):
            return sentence.start
    return len(page.text)


def _targets(reading: _Reading) -> tuple[FoundTarget, ...]:
    """Return all targets: with channels, everybody's own embassy, and those who are only named."""
    page, roles = reading.page, reading.roles
    with_channels = targets_of(page, tuple(roles.of_token), roles.of_token)
    own = tuple(own_embassies(page, reading.lore, reading.country.text, roles.of_sentence, reading.tokens))
    named = tuple(nameless_targets(page, roles, reading.tokens, reading.is_case))
    found = (*with_channels, *own, *named)
    return tuple(replace(one, name=replace(one.name, text=as_name(one.name.text))) for one in found)


def _case(reading: _Reading, targets: tuple[FoundTarget, ...], outcome: str) -> Drafted:
    """Return the draft; without targets and demands where it is over."""
    page, lore = reading.page, reading.lore
    days = days_in(page, lore)
    dated = dated_of(page, days, reading.is_case, reading.sent)
    anchor = anchor_of(page, days, dated.text, reading.today)
    title = reading.title
    around = Around(title.text, reading.language, targets, reading.is_case, reading.has_address)
    return Drafted(
        language=reading.language,
        title=_in_tone(title),
        summary=_in_tone(summary_of(page, title.text, reading.is_case)),
        country=reading.country,
        people=people_of(page, lore, around),
        facts=tuple(_in_tone(fact) for fact in facts_of(page, days, reading.is_case)),
        demands=() if outcome else _demands(reading),
        targets=targets,
        copies_to=_mails_of(reading.roles.of_token, Role.COPY),
        solidarity=_supported(reading),
        events=events_of(page, days, anchor, reading.today, reading.is_case),
        write_until=deadline_of(page, days, anchor, reading.language),
        dated=dated,
        links=_links(reading),
        donate=_donation(reading),
        letters=tuple(letter.letter for letter in reading.letters),
        outcome=outcome,
        mails=tuple(dict.fromkeys(token.value for token in reading.tokens if token.kind == "email")),
    )


def _demands(reading: _Reading) -> tuple[FoundDemand, ...]:
    """Return the demands, those with a harsh word in doubt."""
    found = demands_of(reading.page, reading.asks, reading.has_address, reading.is_letter)
    return tuple(replace(one, text=_in_tone(one.text)) for one in found)


def _in_tone(found: Found) -> Found:
    """Return a text that goes into letters, in doubt where it has a word that would harm the case."""
    harsh = harsh_words(found.text)
    return replace(found, doubt=f"tone: {', '.join(harsh)}") if harsh else found


def _mails_of(roles: Mapping[Token, tuple[Role, str]], wanted: Role) -> tuple[Found, ...]:
    """Return the addresses that have a role, none twice."""
    found = {
        token.value.lower(): Found(token.value, doubt)
        for token, (role, doubt) in roles.items()
        if role is wanted and token.kind == "email"
    }
    return tuple(found.values())


def _supported(reading: _Reading) -> tuple[Found, ...]:
    """Return the addresses for messages of support, those included that get copies, too."""
    copies = [
        token for token, (role, _) in reading.roles.of_token.items() if role is Role.COPY and token.kind == "email"
    ]
    both = dict.fromkeys(supported_too(reading.page, copies), (Role.SOLIDARITY, ""))
    return _mails_of({**reading.roles.of_token, **both}, Role.SOLIDARITY)


def _links(reading: _Reading) -> tuple[tuple[str, str], ...]:
    """Return the pages that are no forms to write on and no calls for money, each with the words before it."""
    found: dict[str, str] = {}
    for token in reading.tokens:
        sentence = reading.page.sentence_at(token.start)
        is_link = token.kind == "page" and reading.is_case(sentence) and not reading.page.has(sentence, "donate")
        if is_link and not _is_target_page(reading, token):
            title = re.split(r"[.:;|]\s|\d{4,}", reading.page.text[sentence.start : token.start].rstrip(" :,–—-(["))[
                -1
            ].strip()[:100]
            found.setdefault(token.value, title)
    return tuple((title, url) for url, title in found.items())[:MOST_LINKS]


def _is_target_page(reading: _Reading, token: Token) -> bool:
    """Tell whether a page is the form of a target."""
    groups = targets_of(reading.page, [token], {token: reading.roles.of_token.get(token, (Role.MENTIONED, ""))})
    return bool(groups)


def _donation(reading: _Reading) -> Found:
    """Return the page to give money on, or the sentence that tells an account."""
    for token in reading.tokens:
        sentence = reading.page.sentence_at(token.start)
        if token.kind == "page" and reading.page.has(sentence, "donate") and reading.is_case(sentence):
            return Found(token.value)
    return Found("")


def _unsure(text: str, drafted: Drafted) -> list[str]:
    """Return the doubts about the whole."""
    told = []
    if is_cut(text):
        told.append(f"only the first {MOST_CHARACTERS:,} characters, and {MOST_LINES:,} lines, were read")
    if drafted.outcome:
        told.append("the appeal tells that it is over: no targets; see `mailer draft --update-of`")
    elif not any(one.role is Role.TARGET for one in drafted.targets):
        told.append(NOBODY)
    if not drafted.demands and not drafted.outcome:
        told.append("no demand was found")
    return told
