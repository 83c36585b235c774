"""Sealing numbers of persons: authenticated encryption, and keyed marks by which a sealed number is found.

A sealed text is AES-256-GCM with a fresh nonce, bound to the field it belongs to. A mark is a keyed hash
(HMAC-SHA-256): the same number always has the same mark, and without the key nobody can try numbers out. Both keys are
derived from one data key (HKDF), which `weijian.storage.vault` keeps.
"""

import base64
import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from weijian.domain.errors import InputError

KEY_BYTES = 32
_NONCE_BYTES = 12
_MARK_BYTES = 16
_FORM = "1."
"""How the text is sealed; another form will have another number."""


class SealBroken(InputError):
    """A sealed number was altered, or belongs to another key."""

    zh = "有一个加密保存的号码无法解开：数据被改动过，或不是用本工作区的密钥加密的；请从备份恢复该户。"
    en = "A sealed number cannot be opened: it was altered or sealed with another key; restore it from a backup."


@dataclass(frozen=True)
class Sealed:
    """A number of a person as it is kept: text that says nothing without the key."""

    token: str


class Sealer:
    """Seals and opens with one data key.

    Parameters
    ----------
    data_key : bytes
        32 random bytes.
    """

    def __init__(self, data_key: bytes) -> None:
        self._cipher = AESGCM(derived(data_key, b"weijian seal"))
        self._marking = derived(data_key, b"weijian mark")

    def seal(self, text: str, field: str) -> Sealed:
        """Seal a text; the same text never looks the same twice."""
        nonce = os.urandom(_NONCE_BYTES)
        body = nonce + self._cipher.encrypt(nonce, text.encode(), field.encode())
        return Sealed(_FORM + base64.b64encode(body).decode())

    def open(self, sealed: Sealed, field: str) -> str:
        """The text that was sealed for ``field``.

        Raises
        ------
        SealBroken
        """
        form, body = sealed.token[: len(_FORM)], sealed.token[len(_FORM) :]
        try:
            raw = base64.b64decode(body, validate=True)
            if form != _FORM or len(raw) < _NONCE_BYTES:
                raise SealBroken
            return self._cipher.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], field.encode()).decode()
        except (InvalidTag, ValueError) as fault:
            raise SealBroken from fault

    def mark(self, text: str, field: str) -> str:
        """The mark of a text in ``field``: equal texts have equal marks."""
        hashed = hmac.HMAC(self._marking, hashes.SHA256())
        hashed.update(field.encode() + b"\0" + text.encode())
        return hashed.finalize()[:_MARK_BYTES].hex()


def derived(key: bytes, purpose: bytes, salt: bytes | None = None) -> bytes:
    """A key for one purpose from a strong key (HKDF-SHA-256, RFC 5869)."""
    return HKDF(hashes.SHA256(), KEY_BYTES, salt, purpose).derive(key)
