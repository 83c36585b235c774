"""The commands on cases."""

from __future__ import annotations

from typing import Annotated

import typer

from weijian import terminal
from weijian.command_options import OnDay, Workspace, day_of, help_text, text
from weijian.domain.stage import STAGE_NAMES, Stage


def add_case_commands(app: typer.Typer) -> None:
    """Add the commands to the program's."""
    app.command(
        "open-case",
        help=help_text(
            "对图斑立线索并开案。",
            "Open a case on a finding.",
            "weijian open-case --workspace out/demo/workspace --finding T20251028-1-0005 "
            "--lead-officer 甲 --second-officer 乙",
        ),
    )(open_case)
    app.command(
        "move-case",
        help=help_text(
            "把案件推进到下一环节；法律尚不允许的，说明依据后拒绝。",
            "Move a case to its next stage; what the law does not allow yet is refused with the article.",
            "weijian move-case --workspace out/demo/workspace --case 1 --to decision "
            "--officer 甲 --officer 乙 --document 样违拆决字〔2025〕1号 --reason 作出决定",
        ),
    )(move_case)


def open_case(
    workspace: Workspace,
    finding: Annotated[str, typer.Option(help=text("图斑编号", "finding number"))],
    lead_officer: Annotated[str, typer.Option(help=text("主办人", "lead officer"))],
    second_officer: Annotated[str, typer.Option(help=text("协办人", "second officer"))],
    on: OnDay = None,
) -> None:
    """Open a case."""
    from weijian import bootstrap
    from weijian.services import cases

    day = day_of(on) or bootstrap.start().today
    case = cases.open_case(workspace, finding, (lead_officer, second_officer), day).value
    terminal.say(case.case_no)


def move_case(
    workspace: Workspace,
    case: Annotated[str, typer.Option(help=text("案号", "case number"))],
    to: Annotated[Stage, typer.Option(help=text("目标环节", "next stage"))],
    officer: Annotated[list[str], typer.Option(help=text("办案人员，可重复", "officer; repeat for each"))],
    reason: Annotated[str, typer.Option(help=text("理由", "reason"))],
    document: Annotated[str | None, typer.Option(help=text("文书编号", "document number"))] = None,
    on: OnDay = None,
) -> None:
    """Move a case."""
    from weijian import bootstrap
    from weijian.services import cases

    day = day_of(on) or bootstrap.start().today
    event = cases.move_case(workspace, case, to, on=day, officers=officer, reason=reason, document_no=document).value
    terminal.say(f"{event.case_no}: {STAGE_NAMES[event.origin]} → {STAGE_NAMES[event.target]}")
