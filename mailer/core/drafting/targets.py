"""Who is behind the addresses? Channels that belong to one office are one target, with the name that the text gives.

Law: a name stands in the text, before its channels; where there is none, the target says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from mailer.core.drafting.cells import is_cell
from mailer.core.drafting.drafts import Found, FoundTarget, Role
from mailer.core.drafting.names import name_above, name_within
from mailer.core.drafting.nominative import nominative
from mailer.core.drafting.page import Page
from mailer.core.drafting.roles import UNTOLD
from mailer.core.drafting.tokens import Token
from mailer.core.drafting.webforms import is_form
from mailer.core.freemail import is_freemail

_SOCIETY = re.compile(r"\.(?:org|ngo|ong)(?:\.[a-z]{2,7})?$")
OWN_MAILBOX = "a mailbox of those who ask: a copy?"
LONGEST_LABEL = 40  # characters between an address and its number
NO_NAME = "no name in the text"


@dataclass(slots=True)
class _Group:
    """The channels that belong together so far."""

    name: str
    role: Role
    tokens: list[tuple[Token, str]] = field(default_factory=list)


def targets_of(page: Page, tokens: Sequence[Token], roles: Mapping[Token, tuple[Role, str]]) -> tuple[FoundTarget, ...]:
    """Return those who are to be written to, or to get a copy or solidarity, in the order of the text."""
    groups: list[_Group] = []
    before: Token | None = None
    for token in tokens:
        role, doubt = roles[token]
        if role is not Role.MENTIONED and (token.kind != "page" or is_form(page, token, is_told=doubt != UNTOLD)):
            _place(page, groups, token, (role, doubt), before)
        before = token
    return tuple(_target(page, group) for group in _merged(groups))


def _place(page: Page, groups: list[_Group], token: Token, found: tuple[Role, str], before: Token | None) -> None:
    """Put a channel to the target whose name stands before it, or to the one before."""
    role, doubt = found
    name = name_within(page, token, before.end if before else 0)
    if not name and token.kind != "page" and _begins_line(page, token):
        name = name_above(page, token, before.end if before else 0)
    last = groups[-1] if groups else None
    goes_on = last is not None and last.role is role and (not name or name == last.name)
    if last is None or not goes_on or (not name and _is_apart(page, last, token)):
        groups.append(_Group(name, role))
    groups[-1].tokens.append((token, doubt))


def _begins_line(page: Page, token: Token) -> bool:
    """Tell whether only a label stands before a channel on its line."""
    start = page.text.rfind("\n", 0, token.start) + 1
    return token.start - start <= 45


def _is_apart(page: Page, group: _Group, token: Token) -> bool:
    """Tell whether a channel without a name is that of somebody else than the one before it: another sentence."""
    end = group.tokens[-1][0].end
    return page.text.count("\n", end, token.start) > 6 or len(page.text[end : token.start]) > 300


def _merged(groups: Iterable[_Group]) -> list[_Group]:
    """Return the groups, those of one name and role as one."""
    found: dict[tuple[str, Role, int], _Group] = {}
    for index, group in enumerate(groups):
        key = (group.name, group.role, -1 if group.name else index)
        found.setdefault(key, _Group(group.name, group.role)).tokens.extend(group.tokens)
    return list(found.values())


def _target(page: Page, group: _Group) -> FoundTarget:
    """Return a target of its channels."""
    name = Found(nominative(group.name)) if group.name else Found(_stand_in(group), NO_NAME)
    return FoundTarget(
        name=name,
        role=group.role,
        emails=tuple(_founds(group, "email")),
        faxes=tuple(_founds(group, "fax")),
        phones=tuple(_founds(group, "phone")),
        post=tuple(_founds(group, "post")),
        webs=tuple(_founds(group, "page")),
        web_hint=_hint(page, group),
    )


def _stand_in(group: _Group) -> str:
    """Return what stands for a name that the text does not give: the first channel itself."""
    return group.tokens[0][0].told.replace("\n", ", ")[:80]


def _founds(group: _Group, kind: str) -> Iterator[Found]:
    """Yield the channels of one kind, none twice."""
    seen: set[str] = set()
    for token, doubt in group.tokens:
        if token.kind == kind and token.value.lower() not in seen:
            seen.add(token.value.lower())
            yield Found(token.value, token.doubt or doubt, token.told if kind in ("fax", "phone", "page") else "")


def _hint(page: Page, group: _Group) -> str:
    """Return the instruction that stands in brackets after a form's address."""
    for token, _ in group.tokens:
        match = (
            re.compile(r"\s{0,3}[(\[]([^()\[\]]{4,200})[)\]]").match(page.text, token.end)
            if token.kind == "page"
            else None
        )
        if match:
            return match[1].strip()
    return ""


def implied_copies(page: Page, roles: Mapping[Token, tuple[Role, str]]) -> dict[Token, tuple[Role, str]]:
    """Return the roles, where a list of offices ends with a mailbox of those who ask: that one gets a copy.

    Such a mailbox is at a provider for everybody, and named after an organisation whose short name the text gives; or
    it is the only one of an organisation in a row of three or more, all others of which have one domain.
    """
    short = {word.text for word in page.words if len(word.text) >= 4 and page.text[word.start : word.end].isupper()}
    found = dict(roles)
    for token, (role, _) in roles.items():
        local = re.split(r"[._+-]", token.value.lower().partition("@")[0]) if token.kind == "email" else []
        if role is Role.TARGET and local and is_freemail(token.value.lower()) and short & set(local):
            found[token] = (Role.COPY, OWN_MAILBOX)
    for row in _rows(page, [token for token, (role, _) in roles.items() if role is Role.TARGET]):
        *others, last = [token.value.lower().partition("@")[2] for token in row]
        if len(others) > 1 and len(set(others)) == 1 and last not in others and _is_own(last):
            found[row[-1]] = (Role.COPY, OWN_MAILBOX)
    targets = [token for token, (role, _) in found.items() if role is Role.TARGET]
    numbered = {one for one, after in pairwise(targets) if _is_number_of(page, one, after)}
    cells = [token for token in targets if token not in numbered and is_cell(page, token)]
    return found | dict.fromkeys(cells, (Role.SOLIDARITY, "post for prisoners?"))


def _is_own(domain: str) -> bool:
    """Tell whether a domain is that of an organisation, or of a provider for everybody: no office is there."""
    return bool(_SOCIETY.search(domain)) or is_freemail(f"x@{domain}")


def _is_number_of(page: Page, token: Token, after: Token) -> bool:
    """Tell whether a number or mail address follows a postal one in its line or the next: no prisoner has one."""
    between = page.text[token.end : after.start]
    return after.kind in ("phone", "fax", "email") and between.count("\n") < 2 and len(between) < LONGEST_LABEL


def _rows(page: Page, tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield the mail addresses that only commas or spaces part, row by row."""
    row: list[Token] = []
    for token in tokens:
        if token.kind != "email":
            continue
        if row and page.text[row[-1].end : token.start].strip(" ,;\n<>"):
            yield row
            row = []
        row.append(token)
    if row:
        yield row
