"""The key to a workspace's numbers of persons: made, found, asked for, forgotten."""

import os

from sqlalchemy import select

from weijian.domain.errors import InputError
from weijian.storage import key_slots
from weijian.storage.key_places import PASSPHRASE, KeyPlace, key_place
from weijian.storage.key_slots import KeySlot, SlotKind, data_key_of
from weijian.storage.rows import Scope, from_row, to_row
from weijian.storage.sealed import Sealer
from weijian.storage.tables import key_slots as slots


class NotProtected(InputError):
    """Numbers of persons are to be kept, and there is no key to seal them with."""

    zh = "工作区还没有用来加密证件号码和电话的密钥；请先设置个人信息保护（weijian protect），并记下恢复密钥。"
    en = "The workspace has no key to seal numbers of persons with yet; protect it first (weijian protect)."


class NumbersLocked(InputError):
    """Numbers of persons are sealed, and this account has no key."""

    zh = (
        "本机没有解开证件号码和电话的密钥；请用口令或恢复密钥解锁（“一户一档”中的“解锁号码”，或 weijian unlock）。"
        "档案的其余部分不受影响。"
    )
    en = "This account has no key to the numbers of persons; unlock them with the passphrase or recovery key."


class AlreadyProtected(InputError):
    """A workspace has its key already."""

    zh = "工作区已经设置了个人信息保护。"
    en = "The workspace is protected already."


class WrongSecret(InputError):
    """What was typed is neither the passphrase nor the recovery key."""

    zh = "口令或恢复密钥不对；请核对后重新输入。"
    en = "That is neither the passphrase nor the recovery key; check it and type it again."


class PassphraseTooShort(InputError):
    """A passphrase that could be guessed."""

    zh = "口令太短；请至少用 {least} 个字符。"
    en = "The passphrase is too short; use at least {least} characters."


LEAST_PASSPHRASE = 10


class Vault:
    """The key of one transaction; looked for when it is first needed."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._data_key: bytes | None = None

    @property
    def is_protected(self) -> bool:
        """Whether the workspace has a key at all."""
        return bool(self._slots())

    @property
    def is_locked(self) -> bool:
        """Whether numbers are sealed with a key that this account does not have."""
        return self.is_protected and self._found() is None

    @property
    def sealer(self) -> Sealer:
        """Seals and opens.

        Raises
        ------
        NotProtected, NumbersLocked
        """
        return Sealer(self._key())

    def protect(self, passphrase: str | None = None) -> str:
        """Make the key and answer the recovery key, which is kept nowhere: the user writes it down.

        Raises
        ------
        AlreadyProtected, PassphraseTooShort
        """
        if self.is_protected:
            raise AlreadyProtected
        self._data_key = key_slots.new_data_key()
        slot, recovery_key = key_slots.recovery_slot(self._data_key)
        self._add(slot)
        if passphrase is not None:
            self.set_passphrase(passphrase)
        self.remember()
        return recovery_key

    def unlock(self, secret: str) -> None:
        """Open with the passphrase or the recovery key; this account then keeps what opens it again.

        Raises
        ------
        NotProtected, WrongSecret
        """
        if not self.is_protected:
            raise NotProtected
        self._data_key = self._opened_with(secret)
        if self._data_key is None:
            raise WrongSecret
        self.remember()

    def set_passphrase(self, passphrase: str) -> None:
        """Let a passphrase open the numbers; a former one does no longer.

        Raises
        ------
        NotProtected, NumbersLocked, PassphraseTooShort
        """
        if len(passphrase) < LEAST_PASSPHRASE:
            raise PassphraseTooShort(least=LEAST_PASSPHRASE)
        key = self._key()
        self._remove(*(slot.slot_no for slot in self._slots() if slot.kind is SlotKind.PASSPHRASE))
        self._add(key_slots.passphrase_slot(key, passphrase))

    def renew_recovery_key(self) -> str:
        """Another recovery key; the former one opens nothing any more.

        Raises
        ------
        NotProtected, NumbersLocked
        """
        slot, recovery_key = key_slots.recovery_slot(self._key(), self._name())
        self._remove(slot.slot_no)
        self._add(slot)
        return recovery_key

    def remember(self) -> bool:
        """Keep in this account what opens the numbers; False where it has no place for it.

        A copy of the workspace has the same name in the key store: what is kept there then opens both.
        """
        place = key_place()
        if place is None:
            return False
        key, (number, kept) = self._key(), self._kept(place)
        if kept and any(slot.slot_no == number for slot in self._slots()):
            return True
        secret = kept or key_slots.new_secret()
        slot = key_slots.key_store_slot(key, secret, number or None)
        if not kept and not place.put(self._name(), f"{slot.slot_no} {secret}"):
            return False
        self._add(slot)
        return True

    def forget(self) -> None:
        """Take from this account what opens the numbers."""
        place = key_place()
        if place is not None:
            self._remove(self._kept(place)[0])
            place.remove(self._name())
            self._data_key = None

    def _key(self) -> bytes:
        if not self.is_protected:
            raise NotProtected
        key = self._found()
        if key is None:
            raise NumbersLocked
        return key

    def _found(self) -> bytes | None:
        if self._data_key is None:
            self._data_key = self._from_place() or self._from_environment()
        return self._data_key

    def _from_place(self) -> bytes | None:
        place = key_place()
        number, secret = ("", "") if place is None else self._kept(place)
        found = next((slot for slot in self._slots() if slot.slot_no == number), None)
        return None if found is None else data_key_of(found, secret)

    def _kept(self, place: KeyPlace) -> tuple[str, str]:
        """Number of the slot and the secret that a key store keeps; empty when it keeps none."""
        number, _, secret = (place.get(self._name()) or "").partition(" ")
        return number, secret

    def _from_environment(self) -> bytes | None:
        secret = os.environ.get(PASSPHRASE)
        return self._opened_with(secret) if secret else None

    def _opened_with(self, secret: str) -> bytes | None:
        """The key, when ``secret`` is the passphrase or the recovery key."""
        typed = (slot for slot in self._slots() if slot.kind is not SlotKind.KEY_STORE)
        return next((key for slot in typed if (key := data_key_of(slot, secret)) is not None), None)

    def _name(self) -> str:
        """By what a key store knows this workspace, also where it is copied or moved: its recovery slot."""
        return next(slot.slot_no for slot in self._slots() if slot.kind is SlotKind.RECOVERY)

    def _slots(self) -> list[KeySlot]:
        rows = self._scope.connection.execute(select(slots).order_by(slots.c.id)).mappings()
        return [from_row(KeySlot, row) for row in rows]

    def _add(self, slot: KeySlot) -> None:
        self._scope.insert(slots, [to_row(slot, slots, self._scope.srs_id)], "slot_no")

    def _remove(self, *slot_nos: str) -> None:
        if slot_nos:
            self._scope.connection.execute(slots.delete().where(slots.c.slot_no.in_(slot_nos)))
            self._scope.journal.note(slots, "removed", slot_nos)
