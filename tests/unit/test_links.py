"""Which links does one supporter's mail carry?"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.core.dated_tokens import verify_preferences
from mailer.core.links import TEST_PUBLIC_ID, Links, Places, make_links, make_signup_links, message_id
from mailer.core.signups import SERVICE
from mailer.core.supporters import PublicId
from mailer.core.tokens import KEY_BYTES, Purpose, TokenKey, verify, verify_address
from mailer.errors import LinkError
from tests.letter_parts import NOW, campaign, organisation, target
from tests.strategies import public_ids

KEY = TokenKey(3, bytes(range(KEY_BYTES)))
KEYS = {3: KEY.secret}
WHO = PublicId(b"someone!")
SIGNUP = PublicId(b"sign-up!")
PLACES = Places("https://" + "p" * 20 + ".example", "bounces@solidarity.example")  # as long as it may be
COUNTING = campaign(target("court"), target("ministry"), count_copies=True)
DESK = replace(organisation(), copies_address="copies@solidarity.example")


def links(public_id=WHO, places=PLACES, **changes):
    """Return the links of a supporter in a campaign that counts copies."""
    return make_links(replace(COUNTING, **changes), DESK, public_id, places=places, key=KEY, now=NOW)


def token_in(address: str) -> str:
    """Return the token of a plus-address."""
    return address.partition("+")[2].partition("@")[0]


@given(public_ids)
def test_every_link_leads_back_to_its_supporter_and_its_purpose_alone(public_id):
    """Leaving by page and by mail, a copy for each target, and a bounce are five different tokens of one person."""
    made = links(PublicId(public_id))
    leave = urlsplit(made.unsubscribe_url).path.removeprefix("/u/")
    by_mail = parse_qs(urlsplit(made.unsubscribe_mailto).query)["subject"][0].split()

    assert verify(leave, Purpose.UNSUBSCRIBE, "", KEYS) == public_id
    assert by_mail == ["unsubscribe", leave]
    assert verify_address(token_in(made.bounce_address), Purpose.BOUNCE, "prisoner-2026", KEYS) == public_id
    for name in ("court", "ministry"):
        copied = token_in(made.copy_addresses[name])
        assert verify_address(copied, Purpose.COPY, f"prisoner-2026/{name}", KEYS) == public_id
        with pytest.raises(LinkError):
            verify_address(copied, Purpose.UNSUBSCRIBE, "", KEYS)
    assert len({leave, token_in(made.bounce_address), *map(token_in, made.copy_addresses.values())}) == 4


def test_the_link_to_leave_fits_a_header_unfolded():
    """36 characters of public address make 75 at the most: longer ones break one-click."""
    assert len(PLACES.public_url) == 36
    assert len(links().unsubscribe_url) <= 75


@given(public_ids)
def test_the_action_page_is_of_one_supporter_in_one_campaign(public_id):
    """Its token opens no other campaign's page, and can do nothing else."""
    made = links(PublicId(public_id))
    token = made.action_url.removeprefix(f"{PLACES.public_url}/a/")

    assert verify(token, Purpose.ACTION, "prisoner-2026", KEYS) == public_id
    for purpose, campaign_id in ((Purpose.ACTION, "other-2026"), (Purpose.UNSUBSCRIBE, ""), (Purpose.CONFIRM, "")):
        with pytest.raises(LinkError):
            verify(token, purpose, campaign_id, KEYS)


def test_the_link_to_preferences_is_new_every_day_and_ends():
    """It is told by the mail's own moment, so that a repeat has the same; after 30 days it is too old."""
    token = links().preferences_url.removeprefix(f"{PLACES.public_url}/p/")
    later = make_links(COUNTING, DESK, WHO, places=PLACES, key=KEY, now=NOW + timedelta(days=1))

    assert links().preferences_url == links().preferences_url != later.preferences_url
    assert verify_preferences(token, KEYS, NOW + timedelta(days=30)) == WHO
    with pytest.raises(LinkError):
        verify_preferences(token, KEYS, NOW + timedelta(days=31))


@given(public_ids)
def test_the_link_to_confirm_is_of_the_sign_up_and_no_supporters(signup):
    """Nothing but the sign-up's own random bytes opens it; what comes back tells whose mail it was."""
    made = make_signup_links(PublicId(signup), WHO, places=PLACES, key=KEY)
    token = made.confirm_url.removeprefix(f"{PLACES.public_url}/confirm/")

    assert verify(token, Purpose.CONFIRM, "", KEYS) == signup
    assert verify_address(token_in(made.bounce_address), Purpose.BOUNCE, SERVICE, KEYS) == WHO
    assert made == Links(confirm_url=made.confirm_url, bounce_address=made.bounce_address)


def test_the_way_out_by_mail_goes_to_a_person():
    """Answers and leaving go to the address that somebody reads."""
    assert links().unsubscribe_mailto.startswith("mailto:office@solidarity.example?subject=unsubscribe%20")
    odd = replace(DESK, reply_to="a&b?c@solidarity.example")
    assert make_links(COUNTING, odd, WHO, places=PLACES, key=KEY, now=NOW).unsubscribe_mailto.startswith(
        "mailto:a%26b%3Fc@"
    )


def test_without_pages_there_is_only_the_way_by_mail():
    """And without a bounce mailbox no address of our own."""
    made = links(places=Places())

    assert (made.unsubscribe_url, made.action_url, made.preferences_url) == ("", "", "")
    assert made.unsubscribe_mailto
    assert made.bounce_address == ""
    assert make_signup_links(SIGNUP, WHO, places=Places(), key=KEY) == Links()


@pytest.mark.parametrize(("count", "address"), [(False, "copies@solidarity.example"), (True, "")])
def test_copies_are_counted_only_where_they_are_asked_for(count, address):
    """A campaign that does not count them, or an organisation without a mailbox for it, adds no address."""
    desk = replace(DESK, copies_address=address)
    made = make_links(replace(COUNTING, count_copies=count), desk, WHO, places=PLACES, key=KEY, now=NOW)

    assert made.copy_addresses == {}


def test_a_mailbox_without_plus_addresses_gets_all_copies_at_its_own():
    """They are told apart by whom they come from."""
    made = make_links(COUNTING, replace(DESK, plus_addresses=False), WHO, places=PLACES, key=KEY, now=NOW)

    assert set(made.copy_addresses.values()) == {DESK.copies_address}
    assert set(made.copy_addresses) == {each.id for each in COUNTING.targets}
    assert "+" in made.bounce_address


def test_addresses_with_tokens_survive_a_change_of_case():
    """Lower-case base32 in a plus-address of the mailbox."""
    made = links()

    for address in (made.bounce_address, *made.copy_addresses.values()):
        assert re.fullmatch(r"(bounces|copies)\+[a-z2-7]{40}@solidarity\.example", address)
        assert len(address.partition("@")[0]) <= 64
        assert verify_address(token_in(made.bounce_address).upper(), Purpose.BOUNCE, "prisoner-2026", KEYS) == WHO


parts = st.tuples(
    st.sampled_from(("case", "case-2")), st.sampled_from(("alert", "closing")), st.integers(0, 3), public_ids
)


@given(parts, parts)
def test_a_message_id_names_one_mail_to_one_person(one, other):
    """It is the same for every try, and no two mails share it."""
    first, second = message_id(*one, "solidarity.example"), message_id(*other, "solidarity.example")

    assert (first == second) == (one == other)
    assert re.fullmatch(r"<[0-9a-f]{32}@solidarity\.example>", first)


def test_a_test_mail_belongs_to_nobody():
    """Its public id is one that chance never gives."""
    assert bytes(8) == TEST_PUBLIC_ID
