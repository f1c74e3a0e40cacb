"""Do seals, hashes and the key file keep what they promise?"""

from __future__ import annotations

import os
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.adapters.store.keycheck import verify_ring
from mailer.adapters.vault import KeyRing, Vault, permission_warning
from mailer.core.supporters import PublicId
from mailer.errors import ConfigurationError, OutputError, StoreError, TryAgainError
from tests.databases import make_engine

RING = KeyRing.generate(os.urandom)
VAULT = Vault(RING, os.urandom)
ONE, OTHER = PublicId(b"11111111"), PublicId(b"22222222")


@given(st.binary(max_size=300))
def test_what_was_sealed_opens_in_its_place_only(plaintext):
    """Another row, table, key or a changed byte does not open."""
    key_id, sealed = VAULT.seal("supporters", ONE, plaintext)

    assert VAULT.open("supporters", ONE, key_id, sealed) == plaintext
    changed = bytes([sealed[0] ^ 1]) + sealed[1:]
    for table, public_id, blob in (
        ("others", ONE, sealed),
        ("supporters", OTHER, sealed),
        ("supporters", ONE, changed),
    ):
        with pytest.raises(StoreError, match="does not open"):
            VAULT.open(table, public_id, key_id, blob)
    with pytest.raises(StoreError, match="does not open"):
        VAULT.open("supporters", ONE, key_id, b"short")


@given(st.lists(st.binary(max_size=60), max_size=4))
def test_rows_open_together_as_they_do_alone(plaintexts):
    """In their order, of several keys; one that does not open, or whose key is missing, stops all."""
    rotated = Vault(KeyRing(RING.address_key, {**RING.data_keys, 2: b"n" * 32}, RING.token_keys), os.urandom)
    sealed = [vault.seal("supporters", ONE, plain) for plain in plaintexts for vault in (VAULT, rotated)]
    rows = [(ONE, *each) for each in sealed]

    assert rotated.open_all("supporters", rows) == [plain for plain in plaintexts for _ in range(2)]
    with pytest.raises(StoreError, match="does not open"):
        rotated.open_all("supporters", [*rows, (OTHER, *rotated.seal("supporters", ONE, b""))])
    with pytest.raises(TryAgainError, match="data key 3"):
        rotated.open_all("supporters", [*rows, (ONE, 3, b"x" * 40)])


def test_an_unknown_key_stops_the_work_and_fails_no_row():
    """A machine with an older ring tries again later (75): the row is good, the ring is not."""
    with pytest.raises(TryAgainError, match="data key 2"):
        VAULT.open("supporters", ONE, 2, b"x" * 40)


def test_a_rotated_ring_seals_with_its_last_key_and_opens_with_all():
    """Rows of the old key stay readable while they are sealed anew."""
    key_id, sealed = VAULT.seal("supporters", ONE, b"person")
    rotated = Vault(KeyRing(RING.address_key, {**RING.data_keys, 2: b"n" * 32}, RING.token_keys), os.urandom)

    assert rotated.seal("supporters", ONE, b"person")[0] == 2
    assert rotated.open("supporters", ONE, key_id, sealed) == b"person"


def test_no_nonce_is_used_twice():
    """Every seal takes twelve fresh bytes from the random source."""
    numbers = count()
    vault = Vault(RING, lambda n: next(numbers).to_bytes(n, "big"))

    sealed = {vault.seal("supporters", ONE, b"same")[1][:12] for _ in range(50)}

    assert len(sealed) == 50


@pytest.mark.parametrize("spelling", ["Anna@Union.Example", " anna@union.example ", "ANNA@UNION.EXAMPLE"])
def test_spellings_of_one_mailbox_have_one_hash(spelling):
    """An address is found, and barred, however it is written."""
    assert VAULT.hash_address(spelling) == VAULT.hash_address("anna@union.example")
    assert VAULT.hash_address("a@straße.example") == VAULT.hash_address("a@xn--strae-oqa.example")


@given(st.text(max_size=60))
def test_hashes_are_keyed_and_never_fail(text):
    """No text breaks them, and another ring's hash of the same text tells nothing."""
    other = Vault(KeyRing.generate(os.urandom), os.urandom)

    assert len(VAULT.hash_address(text)) == 32
    assert len(VAULT.hash_tag(text)) == len(VAULT.hash_network(text)) == 16
    assert VAULT.hash_address(text) != other.hash_address(text)
    assert VAULT.hash_tag(text) != other.hash_tag(text)
    assert VAULT.hash_network(text) not in (other.hash_network(text), VAULT.hash_tag(text))


def test_a_ring_is_read_as_it_was_made(tmp_path):
    """The file is private, and nothing shows the keys."""
    path = tmp_path / "config" / "mailer" / "keys.json"
    made = KeyRing.create(path, os.urandom)

    assert KeyRing.load(path) == made
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert permission_warning(path) == ""
    assert made.address_key.hex() not in repr(made)
    assert repr(made) == "KeyRing()"


def test_a_ring_is_never_overwritten(tmp_path):
    """Making one where one is would lose everybody: refused (73), the file stays."""
    path = tmp_path / "keys.json"
    KeyRing.create(path, os.urandom)
    before = path.read_bytes()

    with pytest.raises(OutputError, match="exists and is not overwritten"):
        KeyRing.create(path, os.urandom)
    assert path.read_bytes() == before


def test_a_ring_that_cannot_be_written_is_told(tmp_path):
    """The path and the system's reason are in the message."""
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be made"):
        KeyRing.create(tmp_path / "file" / "keys.json", os.urandom)


def test_a_missing_ring_is_told_with_the_next_command(tmp_path):
    """Exit 78, and the two things that can be done."""
    with pytest.raises(ConfigurationError, match="`mailer init` makes one; for a database that is in use, restore"):
        KeyRing.load(tmp_path / "keys.json")


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[1]", b"\xff", b'{"version":1,"address":"AA==","data":[],"tokens":[]}']
)
def test_a_damaged_ring_is_told_without_its_content(tmp_path, content):
    """A cut or empty file is a configuration error, and no key is shown."""
    path = tmp_path / "keys.json"
    path.write_bytes(content)

    with pytest.raises(ConfigurationError, match="is damaged: restore it"):
        KeyRing.load(path)
    with pytest.raises(ConfigurationError, match="cannot be read"):
        KeyRing.load(tmp_path)


def test_a_ring_that_others_can_read_is_warned_of(tmp_path):
    """The warning tells the mode and the command that mends it."""
    path = tmp_path / "keys.json"
    KeyRing.create(path, os.urandom)
    path.chmod(0o644)

    assert "mode 0644): chmod 600" in permission_warning(path)


@pytest.mark.parametrize(
    "parts",
    [
        (b"short", {1: b"k" * 32}, {1: b"k" * 32}),
        (b"k" * 32, {}, {1: b"k" * 32}),
        (b"k" * 32, {256: b"k" * 32}, {1: b"k" * 32}),
    ],
)
def test_a_ring_refuses_nonsense(parts):
    """Keys have 32 bytes and ids of one byte, and none is missing."""
    with pytest.raises(ValueError, match="key"):
        KeyRing(*parts)


def test_a_database_knows_its_ring(tmp_path):
    """The first ring is remembered, the same one passes, another is refused (78) and changes nothing."""
    engine = make_engine(tmp_path)
    verify_ring(engine, RING)
    verify_ring(engine, RING)

    for _ in range(2):
        with pytest.raises(ConfigurationError, match=r"does not belong to this database .*: nothing was read or sent"):
            verify_ring(engine, KeyRing.generate(os.urandom))
    verify_ring(engine, RING)


@pytest.mark.parametrize("part", ["data_keys", "token_keys"])
def test_a_changed_key_is_refused_before_anything_is_read(tmp_path, part) -> None:
    """With another secret under a known id every row would look damaged, or every link would be dead."""
    engine = make_engine(tmp_path)
    verify_ring(engine, RING)

    with pytest.raises(ConfigurationError, match="does not belong to this database"):
        verify_ring(engine, replace(RING, **{part: {1: bytes(32)}}))


def test_a_new_key_beside_the_old_ones_is_welcome(tmp_path) -> None:
    """Keys rotate; the old ones still open what they sealed."""
    engine = make_engine(tmp_path)
    verify_ring(engine, RING)

    verify_ring(engine, replace(RING, data_keys={**RING.data_keys, 2: bytes(32)}))
