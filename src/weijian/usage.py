"""What was typed wrong, in one sentence of the user's language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import typer

from weijian.domain.errors import InputError


class UsageWrong(InputError):
    """A command line that cannot be understood."""

    zh = "命令用法有误；用法见 {command} --help。"
    en = "The command cannot be understood; see {command} --help."


class OptionUnknown(UsageWrong):
    """An option that the command does not have."""

    zh = "{command} 没有选项 {name}；用法见 {command} --help。"
    en = "{command} has no option {name}; see {command} --help."


class OptionUnfit(UsageWrong):
    """An option without its value, or with one that it does not take."""

    zh = "选项 {name} 缺少取值，或多写了取值；用法见 {command} --help。"
    en = "Option {name} lacks its value, or has one that it does not take; see {command} --help."


class ValueMissing(UsageWrong):
    """An option or argument that must be there."""

    zh = "缺少 {name}；用法见 {command} --help。"
    en = "{name} is missing; see {command} --help."


class ValueUnfit(UsageWrong):
    """A value that an option or argument does not take."""

    zh = "{name} 的取值“{value}”不能用；可用的取值见 {command} --help。"
    en = "{name} does not take the value '{value}'; {command} --help tells what it takes."


class CommandUnknown(UsageWrong):
    """A command that is not there, or none."""

    zh = "没有这个命令；{command} 之后可用：{commands}。"
    en = "There is no such command; {command} is followed by one of: {commands}."


class TooMuch(UsageWrong):
    """More arguments than the command takes."""

    zh = "命令后面多了内容；路径含空格时请加引号，用法见 {command} --help。"
    en = "There is more than the command takes; put paths with spaces in quotes, see {command} --help."


class NameUndecodable(UsageWrong):
    """A file name in an encoding that this system does not use, as unpacked archives bring them."""

    zh = "文件名“{name}”的文字编码与本机不符；请先把文件改名。"
    en = "The file name '{name}' is in another encoding than this system's; rename the file first."


class SystemRefuses(InputError):
    """The operating system refuses something that no room foresaw."""

    zh = "系统拒绝了操作：{what}；请检查磁盘空间、权限和路径后重试。"
    en = "The system refuses: {what}; check disk space, permissions and paths, then try again."

    @classmethod
    def of(cls, error: OSError) -> SystemRefuses:
        """What the system said, and about which file."""
        said = error.strerror or type(error).__name__
        return cls(what=said if error.filename is None else f"{error.filename}: {said}")


def require_readable(arguments: Sequence[str]) -> None:
    """Refuse names that no library can open.

    Raises
    ------
    NameUndecodable
    """
    for argument in arguments:
        if any("\ud800" <= character <= "\udfff" for character in argument):
            raise NameUndecodable(name=argument.encode("utf-8", "replace").decode("utf-8"))


def usage_error(error: typer.TyperException) -> UsageWrong:
    """The sentence for what Typer refused; Typer keeps the classes of its errors to itself, so their data tell."""
    context: Any = getattr(error, "ctx", None)
    command = "weijian" if context is None else context.command_path
    option = getattr(error, "option_name", None)
    if isinstance(error, typer.BadParameter):
        if not error.message:
            return ValueMissing(name=_name(error), command=command)
        return ValueUnfit(name=_name(error), value=_value(error), command=command)
    if option is not None:
        return (OptionUnknown if hasattr(error, "possibilities") else OptionUnfit)(name=option, command=command)
    commands = getattr(context and context.command, "commands", None)
    if commands is not None:
        return CommandUnknown(command=command, commands=", ".join(commands))
    return UsageWrong(command=command) if context is None else TooMuch(command=command)


def _name(error: typer.BadParameter) -> str:
    """How the user writes the parameter: ``--workers``, or ``WORKSPACE`` for an argument."""
    parameter: Any = error.param
    return max(parameter.opts, key=len) if parameter.opts[0].startswith("-") else str(parameter.name).upper()


def _value(error: typer.BadParameter) -> str:
    """What was given; Typer's reader tells it as ``input``."""
    told: Any = error.__cause__
    return str(told.errors()[0]["input"]) if hasattr(told, "errors") else str(error.message)
