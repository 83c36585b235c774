"""Keep the shell's translations complete.

    python tools/translations.py update             take new texts of src/weijian/qt and ui into the .ts files
    python tools/translations.py missing [ROOM]     list what has no translation yet, as JSON {text: ""}
    python tools/translations.py fill ROOM FILE     take translations from such a JSON file ({text: translation})
    python tools/translations.py check              exit code 1 when a text has no translation, or a translation no text

Texts are written in English in code and forms; ``resources/translations/zh_CN/ROOM.ts`` has their Simplified Chinese.
A room is a folder of ``src/weijian/qt`` (``map``, ``panels`` ...); modules beside the folders are the room ``window``.
"""

import argparse
import json
import shutil
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

from compile_shell import ROOT, TRANSLATIONS, UI, qt_tool

QT = ROOT / "src" / "weijian" / "qt"
ROOMS = ("window", "map", "panels", "dialogs", "models", "operations")
CHINESE = TRANSLATIONS / "zh_CN"


def sources_of(room: str) -> list[Path]:
    """Modules and forms whose texts belong to a room; a form belongs to the room whose module uses it."""
    folder = QT if room == "window" else QT / room
    modules = sorted(path for path in folder.glob("*.py") if path.name != "__init__.py")
    code = "\n".join(path.read_text(encoding="utf-8") for path in modules)
    return modules + [form for form in sorted(UI.glob("*.ui")) if f"forms.{form.stem} " in code]


def update(room: str, target: Path) -> None:
    """Bring a room's .ts file up to what its sources say; texts that are gone are dropped."""
    sources = sources_of(room)
    if sources:
        languages = ("-source-language", "en", "-target-language", "zh_CN")
        qt_tool("lupdate", *sources, "-ts", target, *languages, "-locations", "none", "-no-obsolete", "-silent")


def open_texts(path: Path) -> list[str]:
    """Texts of a .ts file that have no finished translation."""
    texts = []
    for message in ET.parse(path).iter("message"):  # noqa: S314 - our own file
        translation = message.find("translation")
        if translation is None or translation.get("type") == "unfinished" or not (translation.text or "").strip():
            texts.append(message.findtext("source") or "")
    return texts


def fill(path: Path, words: dict[str, str]) -> int:
    """Write translations into a .ts file; answers how many messages got one."""
    tree = ET.parse(path)  # noqa: S314 - our own file
    filled = 0
    for message in tree.iter("message"):
        translation = message.find("translation")
        translated = words.get(message.findtext("source") or "")
        if translation is not None and translated:
            translation.text = translated
            translation.attrib.pop("type", None)
            filled += 1
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    path.write_text(head + ET.tostring(tree.getroot(), encoding="unicode") + "\n", encoding="utf-8")
    return filled


def texts(path: Path) -> set[tuple[str, str]]:
    """Every (context, text) of a .ts file."""
    if not path.exists():
        return set()
    contexts = ET.parse(path).iter("context")  # noqa: S314 - our own file
    return {(c.findtext("name") or "", m.findtext("source") or "") for c in contexts for m in c.iter("message")}


def check() -> list[str]:
    """Everything that is wrong: texts without translation, and .ts files that do not fit their sources."""
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        for room in ROOMS:
            kept, fresh = CHINESE / f"{room}.ts", Path(folder) / f"{room}.ts"
            if kept.exists():
                shutil.copy(kept, fresh)
            update(room, fresh)
            if not fresh.exists():
                continue
            faults += [f"{room}: no text any more for {c}: {t!r}" for c, t in sorted(texts(kept) - texts(fresh))]
            faults += [f"{room}: not translated: {text!r}" for text in open_texts(fresh)]
    return faults


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("verb", choices=("update", "missing", "fill", "check"))
    parser.add_argument("room", nargs="?", choices=ROOMS)
    parser.add_argument("file", nargs="?", type=Path)
    arguments = parser.parse_args()
    rooms = [arguments.room] if arguments.room else ROOMS
    if arguments.verb == "update":
        for room in rooms:
            update(room, CHINESE / f"{room}.ts")
    elif arguments.verb == "missing":
        found = {
            t: "" for room in rooms if (CHINESE / f"{room}.ts").exists() for t in open_texts(CHINESE / f"{room}.ts")
        }
        print(json.dumps(found, ensure_ascii=False, indent=1))
    elif arguments.verb == "fill":
        if not (arguments.room and arguments.file):
            parser.error("fill needs ROOM and FILE")
        words = json.loads(arguments.file.read_text(encoding="utf-8"))
        print(f"{fill(CHINESE / f'{arguments.room}.ts', words)} messages translated")
    else:
        faults = check()
        print("\n".join(faults) or "translations are complete")
        sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
