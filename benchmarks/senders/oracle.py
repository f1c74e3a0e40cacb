"""Did everybody get their own letter, once? Told from what the sink has kept, and only then compared with the database.

Law: nothing of the product is asked: recipients and names are those of the list that was imported, and a Message-ID
is made once more from the public id that the letter's own links carry, as the product's documentation says.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from hashlib import sha256

from benchmarks.senders.letters import Kept, bodies_of
from benchmarks.senders.office import address, country, embassy, name
from tests.acceptance.faults.judge import DOMAIN, Accepted, contradictions, judge, read_rows

_NUMBER = re.compile(r"^person(\d{7})@")
_NAMES = re.compile(r"Person \d{7}")
_EMBASSIES = re.compile(r"\w\w@embassy\.example")
_TOKENS = re.compile(r"\.example/[uap]/([\w-]{34})")


def wrongs(kept: Iterable[Kept], letters: int, database: str) -> list[str]:
    """Return in words what is wrong with letters to the first so many supporters; nothing if all is right."""
    accepted, told, owners = [], [], set()
    for letter in kept:
        message_id = str(letter.message["Message-ID"])
        accepted.append(Accepted(0, message_id, sha256(letter.content).hexdigest(), letter.recipient, 0))
        owner, found = read(letter, message_id)
        owners.add(owner)
        told += found
    finding = judge(accepted, [address(number) for number in range(letters)])
    told += finding.wrongs
    told += [f"{message_id} came {times + 1} times" for message_id, times in finding.again.items()]
    if len(owners) != letters:
        told.append(f"{letters} letters carry the tokens of {len(owners)} supporters")
    rows = read_rows(database)
    unsent = [f"delivery {row.id} is {row.state}" for row in rows if row.state != "sent"]
    return [*told, *unsent, *contradictions(accepted, finding, rows)]


def read(letter: Kept, message_id: str) -> tuple[bytes, list[str]]:
    """Return whose tokens a letter carries, and in words what of it is not its recipient's own."""
    number = _NUMBER.match(letter.recipient)
    if number is None:
        return b"", [f"{letter.recipient} is nobody's address"]
    own_name, own_embassy = name(int(number[1])), embassy(country(int(number[1])))
    bodies = bodies_of(letter.message)
    told = [f"{letter.recipient} has no {kind}" for kind in ("text/plain", "text/html") if kind not in bodies]
    for kind, body in bodies.items():
        if set(_NAMES.findall(body)) != {own_name} or set(_EMBASSIES.findall(body)) != {own_embassy}:
            told.append(f"{letter.recipient}: the {kind} names somebody else, or another embassy")
    owners = {owner_of(token) for body in bodies.values() for token in _TOKENS.findall(body)}
    if {_message_id(owner) for owner in owners} != {message_id}:
        told.append(f"{letter.recipient}: its tokens are not those of {message_id}")
    return min(owners, default=b""), told


def owner_of(token: str) -> bytes:
    """Return the public id in a token: key id (1 byte), public id (8), signature (16)."""
    return base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))[1:9]


def _message_id(owner: bytes) -> str:
    """Return the Message-ID of the alert to somebody."""
    return f"<{sha256(b'case/alert/0/' + owner).hexdigest()[:32]}@{DOMAIN}>"
