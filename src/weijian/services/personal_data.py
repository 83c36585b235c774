"""Numbers of persons: protecting a workspace, unlocking it, and showing numbers to those who may see them."""

from dataclasses import dataclass, field
from pathlib import Path

from weijian.domain.change_set import ChangeSet, Done
from weijian.domain.errors import InputError
from weijian.domain.person import masked_number
from weijian.services.actor import current_actor
from weijian.storage.key_places import key_place
from weijian.storage.repositories.persons import KeptPerson
from weijian.storage.unit_of_work import UnitOfWork
from weijian.storage.workspace import open_workspace

ALLOWED = "may_see_numbers"
"""Setting: the accounts that may see numbers in clear, with commas between them; everybody with the key when empty."""


class NumbersNotAllowed(InputError):
    """This account may not see numbers of persons in clear."""

    zh = "账号 {account} 无权查看完整的证件号码和电话；请由获授权的人员查看（设置 may_see_numbers）。"
    en = "Account {account} may not see numbers of persons in clear; ask one that may (setting may_see_numbers)."


@dataclass(frozen=True)
class Protection:
    """How the numbers of a workspace are kept."""

    is_protected: bool
    is_locked: bool


@dataclass(frozen=True)
class ShownPerson:
    """A person as screens and papers show them; numbers are masked unless they were asked for in clear.

    ``locked`` says that there are numbers which this account cannot open.
    """

    person_no: str
    name: str = field(repr=False)
    relation: str | None
    id_number: str | None = field(repr=False)
    phone: str | None = field(repr=False)
    locked: bool = False


def protection(folder: Path) -> Protection:
    """How the numbers of a workspace are kept."""
    with open_workspace(folder) as workspace, workspace.read() as work:
        return Protection(work.vault.is_protected, work.vault.is_locked)


def protect(folder: Path, passphrase: str | None = None) -> Done[str]:
    """Make the key to the numbers and answer the recovery key, which is shown to the user once and kept nowhere.

    Raises
    ------
    AlreadyProtected, PassphraseTooShort
    """
    with open_workspace(folder) as workspace, workspace.transaction(current_actor(), "protect-numbers") as work:
        return Done(work.vault.protect(passphrase), work.changes)


def unlock(folder: Path, secret: str) -> Done[bool]:
    """Unlock with the passphrase or the recovery key; whether this account will need neither next time.

    Raises
    ------
    NotProtected, WrongSecret
    """
    with open_workspace(folder) as workspace, workspace.transaction(current_actor(), "unlock-numbers") as work:
        work.vault.unlock(secret)
        return Done(key_place() is not None, work.changes)


def lock(folder: Path) -> Done[None]:
    """Take from this account what opens the numbers."""
    with open_workspace(folder) as workspace, workspace.transaction(current_actor(), "lock-numbers") as work:
        work.vault.forget()
        return Done(None, work.changes)


def set_passphrase(folder: Path, passphrase: str) -> Done[None]:
    """Let a passphrase unlock the numbers, instead of a former one.

    Raises
    ------
    NotProtected, NumbersLocked, PassphraseTooShort
    """
    with open_workspace(folder) as workspace, workspace.transaction(current_actor(), "set-passphrase") as work:
        work.vault.set_passphrase(passphrase)
        return Done(None, work.changes)


def renew_recovery_key(folder: Path) -> Done[str]:
    """Another recovery key, for when the first was lost or seen by others; the former one opens nothing any more.

    Raises
    ------
    NotProtected, NumbersLocked
    """
    with open_workspace(folder) as workspace, workspace.transaction(current_actor(), "renew-recovery-key") as work:
        return Done(work.vault.renew_recovery_key(), work.changes)


def show_numbers(folder: Path, household_no: str) -> Done[tuple[ShownPerson, ...]]:
    """The persons of a household with their numbers in clear; that they were shown, and to whom, goes to the audit.

    Raises
    ------
    NotFound, NumbersNotAllowed, NumbersLocked
    """
    actor = current_actor()
    with open_workspace(folder) as workspace, workspace.transaction(actor, "show-numbers") as work:
        require_allowed(work, actor)
        work.households.get(household_no)
        work.persons.note_shown(household_no)
        shown = tuple(in_clear(work, kept) for kept in work.persons.of_household(household_no))
        return Done(shown, ChangeSet())


def require_allowed(work: UnitOfWork, account: str) -> None:
    """Refuse an account that may not see numbers in clear.

    Raises
    ------
    NumbersNotAllowed
    """
    allowed = [name.strip() for name in str(work.settings.get(ALLOWED) or "").replace("，", ",").split(",")]
    if any(allowed) and account not in allowed:
        raise NumbersNotAllowed(account=account)


def masked(work: UnitOfWork, kept: KeptPerson) -> ShownPerson:
    """A person with numbers masked; locked where this account cannot open them."""
    has_numbers = kept.id_number is not None or kept.phone is not None
    if has_numbers and work.vault.is_locked:
        return ShownPerson(kept.person_no, kept.name, kept.relation, None, None, locked=True)
    person = in_clear(work, kept)
    return ShownPerson(
        person.person_no,
        person.name,
        person.relation,
        person.id_number and masked_number(person.id_number),
        person.phone and masked_number(person.phone),
    )


def in_clear(work: UnitOfWork, kept: KeptPerson) -> ShownPerson:
    """A person with numbers in clear.

    Raises
    ------
    NumbersLocked
    """
    person = work.persons.opened(kept)
    return ShownPerson(kept.person_no, person.name, person.relation, person.id_number, person.phone)
