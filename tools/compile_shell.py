"""Compile the forms and translations of the shell: ``python tools/compile_shell.py``.

``ui/NAME.ui`` becomes ``src/weijian/qt/forms/NAME.py``; all of ``resources/translations/zh_CN/*.ts`` become
``resources/translations/weijian_zh_CN.qm``. What is up to date is left alone. The build of the package and ``run.py``
call this, so that a checkout never runs with forms of yesterday.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
UI = ROOT / "ui"
FORMS = ROOT / "src" / "weijian" / "qt" / "forms"
TRANSLATIONS = ROOT / "resources" / "translations"


def qt_tool(name: str, *arguments: object) -> None:
    """Run one of the tools that come with PySide6 (uic, lrelease, lupdate)."""
    start = f"from PySide6.scripts.pyside_tool import {name}; {name}()"
    command = [sys.executable, "-c", start, *map(str, arguments)]
    finished = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if finished.returncode:
        sys.exit(f"{name} failed:\n{finished.stdout}{finished.stderr}")


def older(target: Path, *sources: Path) -> bool:
    """Whether a compiled file is missing or older than one of its sources."""
    return not target.exists() or any(source.stat().st_mtime > target.stat().st_mtime for source in sources)


def compile_forms() -> None:
    """Compile every form that has changed, and take away what is left of forms that are gone."""
    FORMS.mkdir(exist_ok=True)
    wanted = {FORMS / "__init__.py"}
    (FORMS / "__init__.py").touch()
    for form in sorted(UI.glob("*.ui")):
        target = FORMS / f"{form.stem}.py"
        wanted.add(target)
        if older(target, form):
            aside = target.with_suffix(".part")
            qt_tool("uic", "-g", "python", form, "-o", aside)
            aside.replace(target)
    for left in set(FORMS.glob("*.py")) - wanted:
        left.unlink()


def compile_translations() -> None:
    """Compile all translations of a language into one file."""
    for folder in sorted(path for path in TRANSLATIONS.iterdir() if path.is_dir()):
        sources = sorted(folder.glob("*.ts"))
        target = TRANSLATIONS / f"weijian_{folder.name}.qm"
        if sources and older(target, *sources):
            aside = target.with_suffix(".part")
            qt_tool("lrelease", "-silent", *sources, "-qm", aside)
            aside.replace(target)


def main() -> None:
    """Compile what is out of date."""
    compile_forms()
    compile_translations()


if __name__ == "__main__":
    main()
