"""Does everybody on a long list get exactly their own letter? A thousand in every run, ten thousand in `make soak`."""

from __future__ import annotations

import re
from email import message_from_bytes, policy

import pytest

from tests.acceptance.cases import COUNTRIES, STATES, address, campaign_file, people, today
from tests.smtp_steps import Caught

NAME = re.compile(r"Person (\d{5})")
EMBASSY = re.compile(r"\b([a-z]{2})@embassy\.example")


@pytest.mark.parametrize("count", [1_000, pytest.param(10_000, marks=[pytest.mark.soak, pytest.mark.timeout(900)])])
def test_everybody_gets_their_own_letter(office, smtp_server, count):
    """Imported, launched, run until idle: distinct messages, one right recipient, own name, own embassy each."""
    office.settings["PUBLIC_URL"] = "https://act.solidarity.example"
    office.begin(campaign_file(today()), people(count))
    assert office.json("launch", "case", "--yes")["audience"] == count
    office.run("run", "--until-idle")

    assert sorted(smtp_server.recipients) == [address(number) for number in range(count)]
    assert len({message.message_id for message in smtp_server.messages}) == count
    assert len({message.content for message in smtp_server.messages}) == count
    assert [number for number in map(whose, smtp_server.messages) if number is None] == []
    assert office.mailing("alert")["counts"] == dict.fromkeys(STATES, 0) | {"sent": count}


def whose(message: Caught) -> int | None:
    """Return the number of the supporter whose letter this is throughout, or None if anything in it is another's."""
    mail = message_from_bytes(message.content, policy=policy.default)
    words = "".join(part.get_content() for part in mail.walk() if part.get_content_maintype() == "text")
    (number,) = {int(found) for found in NAME.findall(f"{words} {mail['To']}")}
    country = list(COUNTRIES)[number % len(COUNTRIES)]
    right = (
        message.recipients == (address(number),),
        [one.addr_spec for one in mail["To"].addresses] == [address(number)],
        set(EMBASSY.findall(words)) == {country.lower()},
        mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click",
    )
    return number if all(right) else None
