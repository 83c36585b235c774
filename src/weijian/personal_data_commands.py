"""The commands that protect and unlock the numbers of persons of a workspace."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from weijian import terminal
from weijian.command_options import Workspace, help_text, text


def add_personal_data_commands(app: typer.Typer) -> None:
    """Add the commands to the program's."""
    app.command(
        help=help_text(
            "为工作区设置个人信息保护（证件号码、电话加密保存），并显示恢复密钥；也用于更换口令或恢复密钥。",
            "Protect numbers of persons in a workspace and show the recovery key; also renews passphrase or key.",
            "weijian protect --workspace out/village",
            "weijian protect --workspace out/village --passphrase",
        )
    )(protect)
    app.command(
        help=help_text(
            "用口令或恢复密钥解锁证件号码和电话（在提示后输入，或从标准输入读一行）。",
            "Unlock numbers of persons with the passphrase or recovery key, typed when asked or read from input.",
            "weijian unlock --workspace out/village",
        )
    )(unlock)
    app.command(
        help=help_text(
            "从本账号移除打开证件号码和电话的密钥。",
            "Take from this account the key to the numbers of persons.",
            "weijian lock --workspace out/village",
        )
    )(lock)


def show_recovery_key(key: str) -> None:
    """Show a recovery key once."""
    terminal.say(
        text(
            f"恢复密钥：{key}\n请抄写并妥善保管：它不会再次显示，换机或丢失密钥后用它解锁证件号码和电话。",
            f"recovery key: {key}\nWrite it down and keep it safe: it is not shown again, and it unlocks the numbers "
            "of persons on another machine or when the key is lost.",
        )
    )


def protect(
    workspace: Workspace,
    passphrase: Annotated[
        bool, typer.Option("--passphrase", help=text("另设口令（在提示后输入）", "also set a passphrase"))
    ] = False,
    new_recovery_key: Annotated[
        bool, typer.Option("--new-recovery-key", help=text("更换恢复密钥", "renew the recovery key"))
    ] = False,
) -> None:
    """Protect a workspace, or renew what unlocks it."""
    from weijian.services import personal_data

    secret = _secret(text("口令：", "passphrase: ")) if passphrase else None
    if not personal_data.protection(workspace).is_protected:
        show_recovery_key(personal_data.protect(workspace, secret).value)
        return
    if secret is not None:
        personal_data.set_passphrase(workspace, secret)
        terminal.say(text("口令已设置。", "passphrase set."))
    if new_recovery_key:
        show_recovery_key(personal_data.renew_recovery_key(workspace).value)
    if secret is None and not new_recovery_key:
        terminal.say(text("工作区已设置个人信息保护。", "the workspace is protected."))


def unlock(workspace: Workspace) -> None:
    """Unlock."""
    from weijian.services import personal_data

    secret = _secret(text("口令或恢复密钥：", "passphrase or recovery key: "))
    if personal_data.unlock(workspace, secret).value:
        terminal.say(text("已解锁，本账号以后不必再输入。", "unlocked; this account need not type it again."))
    else:
        terminal.say(
            text(
                "输入正确，但本账号没有可存放密钥的地方；请用环境变量 WEIJIAN_PASSPHRASE 提供。",
                "It is right, but this account has no place for keys: give it as WEIJIAN_PASSPHRASE.",
            )
        )


def lock(workspace: Workspace) -> None:
    """Lock."""
    from weijian.services import personal_data

    personal_data.lock(workspace)
    terminal.say(text("已锁定。", "locked."))


def _secret(prompt: str) -> str:
    """Typed without being shown; a line of the input where nobody sits at it."""
    if sys.stdin.isatty():
        from getpass import getpass

        return getpass(prompt)
    return sys.stdin.readline().rstrip("\r\n")
