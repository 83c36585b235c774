"""The command line: every command is a thin call of one use case.

Heavy rooms are imported inside the commands, so that ``weijian --help`` answers at once.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from weijian import __version__, terminal
from weijian.archive_commands import SCHEMA, Database, Evidence, Schema, add_archive_commands, login_of
from weijian.case_commands import add_case_commands
from weijian.check_commands import add_check_commands
from weijian.command_options import LANGUAGE, Out, Workspace, help_text, text
from weijian.domain.errors import InputError
from weijian.evidence_commands import add_evidence_commands
from weijian.export_commands import export_app, report_app
from weijian.import_commands import add_import_commands
from weijian.personal_data_commands import add_personal_data_commands, show_recovery_key
from weijian.surroundings import forget_other_software, has_screen, keep_to_own_threads
from weijian.survey_commands import add_survey_commands
from weijian.usage import SystemRefuses, require_readable, usage_error
from weijian.window import load_window

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

INTERRUPTED = 130
"""What Typer makes of Ctrl-C, as shells do."""


app = typer.Typer(
    name="weijian",
    help=text(
        "违法建设治理桌面 GIS：两期航测与一户一档，找出变化、比对许可、立案、出图。",
        "Desktop GIS for planning enforcement.",
    ),
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
app.add_typer(export_app, name="export")
app.add_typer(report_app, name="report")
add_archive_commands(app)
add_import_commands(app)
add_evidence_commands(app)
add_check_commands(app)
add_survey_commands(app)
add_case_commands(app)
add_personal_data_commands(app)


def _version(wanted: bool) -> None:
    if wanted:
        terminal.say(f"weijian {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001
        bool, typer.Option("--version", callback=_version, is_eager=True, help=text("显示版本", "show the version"))
    ] = False,
) -> None:
    """Options of the program itself; without a command the window opens; without a screen, help is shown."""
    if context.invoked_subcommand is not None:
        return
    if not has_screen(os.environ):
        terminal.say(context.get_help())
        return
    load_window()
    from weijian.qt.app import run_shell

    raise typer.Exit(run_shell())


@app.command(
    help=help_text(
        "用样例村庄走完主要流程：建工作区、检测、立案、出图、出文书、网页地图、周报，然后打开窗口。",
        "Run the main job on the sample village, from the workspace to the papers; then open it in the window.",
        "weijian demo --headless --out out/demo",
        "weijian demo --out out/demo",
    )
)
def demo(
    out: Out = Path("weijian-demo"),
    headless: Annotated[bool, typer.Option("--headless", help=text("不打开窗口", "open no window"))] = False,
) -> None:
    from weijian import bootstrap
    from weijian.services.demo import run_demo

    shows = not headless and has_screen(os.environ)
    application = _application() if shows else None  # the one that also paints the papers
    program = bootstrap.start()
    summary = terminal.watch(run_demo(out, program.legality, program.orders), LANGUAGE)
    terminal.show_findings(summary.findings, LANGUAGE)
    terminal.show_stages(summary.stages, LANGUAGE)
    for path in summary.files:
        terminal.say(str(path))
    if application is not None:
        from weijian.qt.app import run_shell

        raise typer.Exit(run_shell(out / "workspace"))
    if not headless:
        terminal.say(text("这台机器没有屏幕，未打开窗口。", "This machine has no screen, so no window was opened."))


def _application() -> QApplication:
    load_window()
    from weijian.qt.app import make_application

    return make_application()


@app.command(
    help=help_text(
        "新建工作区；加 --database 则数据表建在服务器上，供全局共用。",
        "Make a workspace, with --database one whose tables are on a server for a whole bureau.",
        "weijian new out/village --crs EPSG:4549 --name 样例村",
    )
)
def new(
    workspace: Annotated[Path, typer.Argument(help=text("要新建的文件夹", "folder to make"))],
    crs: Annotated[
        str, typer.Option(help=text("投影坐标系（米），如 EPSG:4549", "projected CRS in metres, e.g. EPSG:4549"))
    ],
    name: Annotated[str, typer.Option(help=text("名称", "name"))],
    bureau: Annotated[str | None, typer.Option(help=text("执法机关名称", "name of the bureau"))] = None,
    database: Database = None,
    schema: Schema = SCHEMA,
    evidence: Evidence = None,
) -> None:
    from weijian.services.personal_data import protect as protect_numbers
    from weijian.services.workspaces import new_workspace

    login = login_of(database, schema, evidence)
    new_workspace(workspace, name=name, crs=crs, bureau=bureau, login=login)
    terminal.say(text(f"已建立工作区 {workspace}", f"workspace {workspace} made"))
    show_recovery_key(protect_numbers(workspace).value)


@app.command(
    help=help_text(
        "查看或设置工作区的机关名称、复议机关、法院等。",
        "Show or set the workspace's bureau, review body, court and the like.",
        "weijian settings --workspace out/village",
        "weijian settings --workspace out/village court=样例区人民法院 review_body=样例区人民政府",
    )
)
def settings(
    workspace: Workspace,
    entries: Annotated[list[str] | None, typer.Argument(help=text("名称=值", "name=value"))] = None,
) -> None:
    from weijian.services.settings import change_settings

    for name, value in change_settings(workspace, entries or []).value.items():
        terminal.say(f"{name}={value}")


def main() -> None:
    """Run the command line; what the user can mend is one line and exit code 2."""
    forget_other_software(os.environ)
    keep_to_own_threads(os.environ)
    terminal.use_utf8()
    terminal.keep_warnings_to_the_log()
    try:
        require_readable(sys.argv[1:])
        code = app(prog_name="weijian", standalone_mode=False)
        terminal.finish_output()
    except InputError as error:
        terminal.complain(error.sentence(LANGUAGE))
        code = 2
    except typer.TyperException as error:
        terminal.complain(usage_error(error).sentence(LANGUAGE))
        code = 2
    except (BrokenPipeError, SystemExit) as stop:  # as with ``| head``: the reader has what it wanted
        if isinstance(stop, SystemExit) and not isinstance(stop.__context__, BrokenPipeError):
            raise
        terminal.stop_output()
        code = 0
    except OSError as error:
        terminal.complain(SystemRefuses.of(error).sentence(LANGUAGE))
        terminal.stop_output()
        code = 2
    if code == INTERRUPTED:
        terminal.complain(text("已取消。", "cancelled."))
        terminal.leave(code)
    sys.exit(code)
