"""How long the window takes to be usable, beside the smallest Qt window: ``python benchmarks/shell_start.py``.

Each program is started anew, warm, in turns. Usable means: the sample village is open, its map is drawn at its wanted
detail, its findings are listed and no worker is busy. Seconds are counted from the start of the process.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROUNDS = 5
PROGRAMS = {
    "empty window of PySide6": """
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication([])
window = QMainWindow()
window.show()
application.processEvents()
""",
    "empty window with pyqtgraph": """
import pyqtgraph
from PySide6.QtWidgets import QApplication
application = QApplication([])
window = pyqtgraph.GraphicsView()
window.show()
application.processEvents()
""",
    "weijian, window shown": """
from weijian.window import load_window
load_window()
from weijian.qt.app import open_window
application, window = open_window()
application.processEvents()
""",
    "weijian, village usable": """
import sys
from pathlib import Path
from weijian.window import load_window
load_window()
from weijian.qt.app import open_window
application, window = open_window(Path(sys.argv[1]))
from PySide6.QtCore import QTimer
def look():
    if window.workbench is not None and not window.jobs.busy and not window.workbench.is_loading:
        application.quit()
timer = QTimer(interval=20)
timer.timeout.connect(look)
timer.start()
application.exec()
""",
}
SAY = "\nimport os, psutil, time\nprint(time.time() - psutil.Process().create_time(), flush=True)\nos._exit(0)\n"


def seconds(program: str, workspace: Path, home: Path) -> float:
    """Start one of the programs and return what it says."""
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "XDG_CONFIG_HOME": str(home)}
    command = [sys.executable, "-c", PROGRAMS[program] + SAY, workspace]
    finished = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return float(finished.stdout.split()[-1])


def main() -> None:
    """Measure in turns and print a table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        demo = [sys.executable, "-m", "weijian", "demo", "--headless", "--out", folder / "demo"]
        subprocess.run(demo, check=True, capture_output=True)
        times: dict[str, list[float]] = {program: [] for program in PROGRAMS}
        for turn in range(ROUNDS + 1):
            for program, taken in times.items():
                spent = seconds(program, folder / "demo" / "workspace", folder / "home")
                if turn:  # the first fills the caches
                    taken.append(spent)
        least = statistics.median(times["empty window of PySide6"])
        print(f"{'':32} {'median s':>9} {'worst s':>9} {'x empty':>8}")
        for program, taken in times.items():
            median = statistics.median(taken)
            print(f"{program:32} {median:9.2f} {max(taken):9.2f} {median / least:8.1f}")


if __name__ == "__main__":
    main()
