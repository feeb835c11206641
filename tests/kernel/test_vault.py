"""Files are kept encrypted, whole and unaltered, or the vault says which one is not."""

import os
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from zhifa.kernel import fieldcrypt, keys, vault
from zhifa.kernel.errors import NotFound
from zhifa.kernel.models import VaultObject

pytestmark = pytest.mark.django_db
B = vault.BLOCK


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> Path:
    settings.VAULT_DIR, settings.KEY_DIR = tmp_path / "vault", tmp_path / "keys"
    return tmp_path


def lies(key: str, own_folder: Path) -> Path:
    return own_folder / "vault" / key[:2] / key


@pytest.mark.parametrize("size", [0, 1, B - 1, B, B + 1, 2 * B, 2 * B + 17])
def test_a_file_of_any_size_comes_back_as_it_was(size: int) -> None:
    content = os.urandom(size)
    stored = vault.put(BytesIO(content), agency="511800-scjg", secrecy="internal")
    assert stored.size == size
    assert vault.read(stored.key) == content
    assert vault.verify(stored.key) == stored


def test_a_slow_source_is_read_to_its_end() -> None:
    class Drips(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return super().read(min(size or 7, 7))

    stored = vault.put(Drips(b"abcdefghij" * 3), agency="a", secrecy="internal")
    assert vault.read(stored.key) == b"abcdefghij" * 3


def test_nothing_readable_reaches_the_disk(own_folder: Path) -> None:
    stored = vault.put("询问笔录".encode() * 100, agency="511800-scjg", secrecy="internal")
    kept = b"".join(p.read_bytes() for p in own_folder.rglob("*") if p.is_file())
    assert "询问".encode() not in kept
    assert stored.sha256 not in str(list(own_folder.rglob("*")))
    assert {p.stat().st_mode & 0o777 for p in own_folder.rglob("*") if p.is_file()} == {0o600}


@pytest.mark.parametrize("harm", ["flip", "cut at a block", "cut", "swap blocks", "missing"])
def test_a_changed_file_is_named(harm: str, own_folder: Path) -> None:
    stored = vault.put(os.urandom(2 * B + 5), agency="a", secrecy="internal")
    path = lies(stored.key, own_folder)
    raw, first, block = path.read_bytes(), 8, B + 16
    if harm == "flip":
        path.write_bytes(raw[:100] + bytes([raw[100] ^ 1]) + raw[101:])
    elif harm == "cut at a block":
        path.write_bytes(raw[: first + 2 * block])
    elif harm == "cut":
        path.write_bytes(raw[:-1])
    elif harm == "swap blocks":
        one, two = raw[first : first + block], raw[first + block : first + 2 * block]
        path.write_bytes(raw[:first] + two + one + raw[first + 2 * block :])
    else:
        path.unlink()
    with pytest.raises(vault.Damaged, match=stored.key):
        vault.verify(stored.key)


def test_one_object_does_not_pass_for_another(own_folder: Path) -> None:
    one = vault.put(b"one", agency="a", secrecy="internal")
    two = vault.put(b"two", agency="a", secrecy="internal")
    lies(one.key, own_folder).write_bytes(lies(two.key, own_folder).read_bytes())
    with pytest.raises(vault.Damaged):
        vault.read(one.key)


def test_a_destroyed_object_is_gone_and_its_facts_stay(own_folder: Path) -> None:
    stored = vault.put(b"x", agency="a", secrecy="internal")
    vault.destroy(stored.key)
    with pytest.raises(NotFound, match="销毁"):
        vault.open(stored.key)
    assert not lies(stored.key, own_folder).exists()
    assert VaultObject.objects.get(key=stored.key).sha256 == stored.sha256


def test_a_destroyed_key_is_never_put_back() -> None:
    stored = vault.put(b"x", agency="a", secrecy="internal")
    with pytest.raises(DatabaseError), transaction.atomic():
        VaultObject.objects.filter(key=stored.key).update(wrapped_key=b"other")


@pytest.mark.parametrize("address", ["../../etc/passwd", "", "0" * 31, "0" * 32, "Z" * 32])
def test_an_address_that_is_none_finds_nothing(address: str) -> None:
    with pytest.raises(NotFound):
        vault.open(address)


def test_a_key_file_opens_only_under_its_own_name_and_master_key(
    settings: Any, own_folder: Path
) -> None:
    key = keys.vault_key("a", "internal")
    assert keys.vault_key("a", "internal") == key != keys.vault_key("a", "secret")
    files = own_folder / "keys"
    (files / "vault.b.internal.key").write_bytes((files / "vault.a.internal.key").read_bytes())
    with pytest.raises(keys.NoKey):
        keys.vault_key("b", "internal")
    settings.ZHIFA_MASTER_KEY = bytes(32)
    with pytest.raises(keys.NoKey):
        keys.vault_key("a", "internal")
    with pytest.raises(keys.NoKey):
        keys.vault_key("../a", "internal")


def test_production_does_not_make_its_own_root_key(settings: Any) -> None:
    settings.ZHIFA_MODE = "production"
    with pytest.raises(keys.NoKey):
        keys.root_key()


def test_an_identity_number_is_sealed_and_found_again() -> None:
    number, field = "51180219800101001X", "party.identity_no"
    sealed = fieldcrypt.seal_text(number, field=field)
    assert number not in sealed
    assert sealed != fieldcrypt.seal_text(number, field=field)
    assert fieldcrypt.open_text(sealed, field=field) == number
    assert fieldcrypt.blind_index(number, field=field) == fieldcrypt.blind_index(
        number, field=field
    )
    assert fieldcrypt.blind_index(number, field=field) != fieldcrypt.blind_index(
        number, field="party.phone"
    )
    for wrong in (sealed[:-4] + "AAA=", number, "zf1:%%", sealed.replace("zf1:", "zf2:")):
        with pytest.raises(fieldcrypt.CannotOpen):
            fieldcrypt.open_text(wrong, field=field)
    with pytest.raises(fieldcrypt.CannotOpen):
        fieldcrypt.open_text(sealed, field="party.phone")
