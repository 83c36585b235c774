"""The commands for archives on a server, for moving them, and for backups."""

from __future__ import annotations

import sys
from dataclasses import replace
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from weijian import terminal
from weijian.command_options import LANGUAGE, Workspace, help_text, text
from weijian.domain.errors import InputError

if TYPE_CHECKING:
    from weijian.services.archives import Login

DATABASE = "postgresql://user@host:port/database"
SCHEMA = "weijian"

Database = Annotated[
    str | None,
    typer.Option(metavar=DATABASE, help=text("多人共用的档案所在的数据库", "database for an archive that many share")),
]
Schema = Annotated[str, typer.Option(help=text("数据库中的模式名", "schema in the database"))]
Evidence = Annotated[
    Path | None, typer.Option(help=text("证据文件的共享文件夹，默认在工作区内", "shared folder for evidence"))
]


def add_archive_commands(app: typer.Typer) -> None:
    """Add the commands to the program's."""
    app.command(
        help=help_text(
            "把整个档案（全部数据表、审计链、设置、证据）复制到新工作区，可在文件与服务器之间迁移；逐表核对条数与哈希。",
            "Copy a whole archive to a new workspace, between file and server; counts and hashes are compared.",
            "weijian copy out/demo/workspace out/bureau --database postgresql://officer@db.local/archive",
            "weijian copy out/bureau out/single",
        )
    )(copy)
    app.command(
        help=help_text(
            "建立工作区文件夹，连接服务器上已有的共享档案。",
            "Make a workspace folder for an archive that is on a server already.",
            "weijian connect out/second --database postgresql://officer@db.local/archive",
        )
    )(connect)
    app.command(
        help=help_text(
            "备份工作区（数据库与证据，附哈希清单），默认放在工作区的 backups 文件夹。",
            "Back up a workspace, database and evidence with a list of hashes; by default into its backups folder.",
            "weijian backup --workspace out/demo/workspace --out out/backup",
        )
    )(backup)
    app.command(
        help=help_text(
            "把备份恢复成一个新工作区；清单中任何文件不符则不恢复。",
            "Restore a backup as a new workspace; nothing is restored when a file is not as listed.",
            "weijian restore out/backup out/restored",
        )
    )(restore)
    app.command(
        help=help_text(
            "把旧版本的工作区或共享档案升级到本程序的版本（先备份）。",
            "Bring a workspace or shared archive of an older version forward, after a backup.",
            "weijian migrate --workspace out/demo/workspace",
        )
    )(migrate)


def login_of(database: str | None, schema: str, evidence: Path | None) -> Login | None:
    """Where an archive is on a server; asks for the password at the terminal when the server wants one."""
    if database is None:
        return None
    from weijian.services import archives

    login = archives.login_at(database, schema=schema, evidence=evidence)
    try:
        archives.try_server(login)
    except InputError as error:
        if not archives.wants_password(error) or login.password is not None or not sys.stdin.isatty():
            raise
        login = replace(login, password=getpass(text("数据库密码：", "password of the database: ")))
        archives.try_server(login)
    if not archives.keep_login(login):
        terminal.complain(
            text(
                "本机没有系统密钥库，密码未保存；以后请设置 PGPASSWORD 或 pgpass 文件。",
                "This system has no key store, so the password was not kept; set PGPASSWORD or a pgpass file later.",
            )
        )
    return login


def connect(
    workspace: Annotated[Path, typer.Argument(help=text("要新建的文件夹", "folder to make"))],
    database: Annotated[str, typer.Option(metavar=DATABASE, help=text("数据库", "database"))],
    schema: Schema = SCHEMA,
    evidence: Evidence = None,
) -> None:
    """Connect."""
    from weijian.services.archives import connect_archive

    login = login_of(database, schema, evidence)
    assert login is not None  # noqa: S101 - a database was named
    name = connect_archive(workspace, login)
    terminal.say(text(f"已连接档案“{name}”：{workspace}", f"archive {name} connected: {workspace}"))


def copy(
    source: Annotated[Path, typer.Argument(help=text("原工作区", "workspace to copy"))],
    target: Annotated[Path, typer.Argument(help=text("新工作区", "workspace to make"))],
    database: Database = None,
    schema: Schema = SCHEMA,
    evidence: Evidence = None,
) -> None:
    """Copy."""
    from weijian.services.archives import copy_archive

    report = terminal.watch(copy_archive(source, target, login_of(database, schema, evidence)), LANGUAGE)
    _tell_of_lacking(report.lacking)
    for name, content in report.tables.items():
        terminal.say(f"{name}\t{content.rows}\t{content.sha256}")
    rows = sum(content.rows for content in report.tables.values())
    terminal.say(
        text(
            f"已复制并核对 {len(report.tables)} 张表 {rows} 行、证据 {report.evidence} 件：{target}",
            f"{len(report.tables)} tables with {rows} rows and {report.evidence} files copied and compared: {target}",
        )
    )


def backup(
    workspace: Workspace,
    out: Annotated[Path | None, typer.Option("--out", "-o", help=text("备份文件夹", "folder of the backup"))] = None,
) -> None:
    """Back up."""
    from weijian.services.archives import back_up_archive

    made = terminal.watch(back_up_archive(workspace, out), LANGUAGE)
    _tell_of_lacking(made.copy.lacking)
    terminal.say(text(f"已备份 {made.files} 个文件：{made.folder}", f"{made.files} files backed up: {made.folder}"))


def restore(
    backup: Annotated[Path, typer.Argument(help=text("备份文件夹", "folder of the backup"))],
    workspace: Annotated[Path, typer.Argument(help=text("要新建的文件夹", "folder to make"))],
) -> None:
    """Restore."""
    from weijian.services.archives import restore_archive

    terminal.watch(restore_archive(backup, workspace), LANGUAGE)
    terminal.say(text(f"已恢复工作区 {workspace}", f"workspace {workspace} restored"))


def migrate(workspace: Workspace) -> None:
    """Migrate."""
    from weijian.services.archives import migrate_archive

    done = terminal.watch(migrate_archive(workspace), LANGUAGE)
    if done.before == done.now:
        terminal.say(text(f"工作区已是最新版本（{done.now}）。", f"the workspace is up to date ({done.now})."))
    else:
        terminal.say(
            text(
                f"已从 {done.before} 升级到 {done.now}，升级前的备份：{done.backup}",
                f"brought from {done.before} to {done.now}; backup of before: {done.backup}",
            )
        )


def _tell_of_lacking(hashes: tuple[str, ...]) -> None:
    for sha256 in hashes:
        terminal.complain(
            text(
                f"证据 {sha256} 在原工作区中已缺失或损坏，未复制；其余内容完整。",
                f"evidence {sha256} is missing or damaged in the source and was not copied; all else is whole.",
            )
        )
