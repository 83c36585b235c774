"""What the build of the package does beside copying: the shell's forms and translations are compiled."""

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileShell(BuildHookInterface[Any]):
    """Compile ``ui/*.ui`` and ``resources/translations`` before files are collected."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Run the compiler of the checkout."""
        script = Path(self.root) / "tools" / "compile_shell.py"
        runpy.run_path(str(script), run_name="__main__")
