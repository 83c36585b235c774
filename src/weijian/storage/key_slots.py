"""The data key of a workspace, wrapped once for every way there is to open it.

Each slot holds the same data key, encrypted (AES-256-GCM) with a key of its own: one that this account's key store
keeps, one made from a passphrase (argon2id), or the recovery key written down when the workspace was protected.
"""

import base64
import os
import re
from dataclasses import dataclass
from enum import StrEnum
from uuid import uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from weijian.storage.sealed import KEY_BYTES, derived

_SALT_BYTES = 16
_NONCE_BYTES = 12
_RECOVERY_BYTES = 20
"""160 bits: 32 letters and digits, in eight groups of four."""

ARGON2_ROUNDS, ARGON2_KIB, ARGON2_LANES = 3, 65536, 4
"""The second recommended choice of RFC 9106 (64 MiB)."""


class SlotKind(StrEnum):
    """How a slot is opened."""

    KEY_STORE = "key-store"
    PASSPHRASE = "passphrase"  # noqa: S105 - a word, no secret
    RECOVERY = "recovery"


@dataclass(frozen=True)
class KeySlot:
    """A wrapped data key. ``salt`` and ``wrapped`` are base64."""

    slot_no: str
    kind: SlotKind
    salt: str
    wrapped: str


def new_data_key() -> bytes:
    """A data key that nobody has."""
    return os.urandom(KEY_BYTES)


def recovery_slot(data_key: bytes, slot_no: str | None = None) -> tuple[KeySlot, str]:
    """A slot for a new recovery key, and that key as it is written down: ``ABCD-EFGH-...``."""
    letters = base64.b32encode(os.urandom(_RECOVERY_BYTES)).decode()
    slot = _slot(data_key, SlotKind.RECOVERY, _text_of(os.urandom(_SALT_BYTES)), letters, slot_no)
    return slot, "-".join(re.findall("....", letters))


def passphrase_slot(data_key: bytes, passphrase: str) -> KeySlot:
    """A slot for a passphrase."""
    return _slot(data_key, SlotKind.PASSPHRASE, _text_of(os.urandom(_SALT_BYTES)), passphrase)


def new_secret() -> str:
    """A random secret for a key store."""
    return _text_of(os.urandom(KEY_BYTES))


def key_store_slot(data_key: bytes, secret: str, slot_no: str | None = None) -> KeySlot:
    """A slot for a secret that a key store keeps."""
    return _slot(data_key, SlotKind.KEY_STORE, _text_of(os.urandom(_SALT_BYTES)), secret, slot_no)


def data_key_of(slot: KeySlot, secret: str) -> bytes | None:
    """The data key, when ``secret`` opens the slot. A recovery key may be typed in small letters and without dashes."""
    raw = base64.b64decode(slot.wrapped)
    try:
        return AESGCM(_wrapping_key(slot.kind, slot.salt, secret)).decrypt(
            raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], _bound_to(slot.slot_no, slot.kind)
        )
    except InvalidTag:
        return None


def _slot(data_key: bytes, kind: SlotKind, salt: str, secret: str, slot_no: str | None = None) -> KeySlot:
    number, nonce = slot_no or uuid4().hex, os.urandom(_NONCE_BYTES)
    body = AESGCM(_wrapping_key(kind, salt, secret)).encrypt(nonce, data_key, _bound_to(number, kind))
    return KeySlot(number, kind, salt, _text_of(nonce + body))


def _bound_to(slot_no: str, kind: SlotKind) -> bytes:
    return f"weijian key slot {kind} {slot_no}".encode()


def _wrapping_key(kind: SlotKind, salt: str, secret: str) -> bytes:
    salted = base64.b64decode(salt)
    if kind is SlotKind.PASSPHRASE:
        from argon2.low_level import Type, hash_secret_raw

        return hash_secret_raw(secret.encode(), salted, ARGON2_ROUNDS, ARGON2_KIB, ARGON2_LANES, KEY_BYTES, Type.ID)
    strong = re.sub(r"[\s-]", "", secret).upper() if kind is SlotKind.RECOVERY else secret
    return derived(strong.encode(), b"weijian wrap", salted)


def _text_of(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
