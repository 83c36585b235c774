import pytest
from hypothesis import given
from hypothesis import strategies as st

from weijian.storage.key_slots import (
    data_key_of,
    key_store_slot,
    new_data_key,
    new_secret,
    passphrase_slot,
    recovery_slot,
)
from weijian.storage.sealed import SealBroken, Sealed, Sealer

KEY = bytes(range(32))


@given(st.text(max_size=40))
def test_what_is_sealed_comes_back(text: str) -> None:
    sealer = Sealer(KEY)
    sealed = sealer.seal(text, "phone")
    assert sealer.open(sealed, "phone") == text
    assert sealed != sealer.seal(text, "phone")
    assert not text or text not in sealed.token or len(text) < 3


def test_a_seal_is_of_one_key_and_one_field() -> None:
    sealed = Sealer(KEY).seal("13800001234", "phone")
    altered = Sealed(sealed.token[:-4] + ("AAAA" if sealed.token[-4:] != "AAAA" else "BBBB"))
    for sealer, token, field in (
        (Sealer(KEY), sealed, "id"),
        (Sealer(KEY[::-1]), sealed, "phone"),
        (Sealer(KEY), altered, "phone"),
        (Sealer(KEY), Sealed("9." + sealed.token[2:]), "phone"),
        (Sealer(KEY), Sealed("1.?"), "phone"),
    ):
        with pytest.raises(SealBroken):
            sealer.open(token, field)


def test_marks_are_equal_for_equal_texts_of_one_key_and_field() -> None:
    mark = Sealer(KEY).mark("1234", "tail")
    assert Sealer(KEY).mark("1234", "tail") == mark
    others = Sealer(KEY).mark("1235", "tail"), Sealer(KEY).mark("1234", "phone"), Sealer(KEY[::-1]).mark("1234", "tail")
    assert mark not in others


def test_each_slot_opens_with_its_own_secret_only() -> None:
    key, secret = new_data_key(), new_secret()
    by_recovery, recovery_key = recovery_slot(key)
    slots = (by_recovery, passphrase_slot(key, "门前一棵大樟树"), key_store_slot(key, secret))
    for slot, opens in zip(slots, (recovery_key, "门前一棵大樟树", secret), strict=True):
        assert data_key_of(slot, opens) == key
        assert data_key_of(slot, opens[:-1] + "?") is None
    assert data_key_of(by_recovery, recovery_key.lower().replace("-", " ")) == key
    assert key.hex() not in repr(slots)
