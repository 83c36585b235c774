"""Pictures of the window in named states, on the sample village.

    python tools/screenshots.py OUT [--theme dark] [--language en] [--size 1366x768] [--scale 1.5] [NAME ...]

Every state is brought about as a user would: by commands, keys and clicks. Without names all of them are drawn.
"""

import argparse
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def arguments() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    parser.add_argument("--language", choices=("zh", "en"), default="zh")
    parser.add_argument("--size", default="1366x768")
    parser.add_argument("--scale", default="1", help="device pixels to a pixel, as on finer screens")
    return parser.parse_intermixed_args()


ASKED = arguments()
os.environ["QT_SCALE_FACTOR"] = ASKED.scale
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"  # the account's own keys are not touched
os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp()

from PIL import ExifTags, Image
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QToolButton,
    QWidget,
)

from weijian import assets, bootstrap
from weijian.domain.disposal import DisposalClass
from weijian.domain.job import finish
from weijian.domain.stage import Stage
from weijian.qt import look, translation
from weijian.qt.app import make_application
from weijian.qt.dialogs.layer_properties import LayerProperties
from weijian.qt.main_window import MainWindow
from weijian.qt.map.compare_view import CompareMode
from weijian.qt.operations.household import ask_disposal, ask_to_edit_building, ask_to_split_household
from weijian.qt.operations.personal_data import protect_numbers
from weijian.qt.selection import Subject, SubjectKind
from weijian.qt.user_settings import RecentWorkspace, UserSettings
from weijian.qt.workbench import Workbench
from weijian.services.demo import run_demo
from weijian.services.household_edits import PersonEntry, add_person, edit_building, set_disposal
from weijian.services.personal_data import protect
from weijian.services.registers import RegisterKind
from weijian.storage.workspace import open_workspace

_EARLY = ("open", "align", "level")
FIRST_CASE = "2025案0001"
LEFT = Qt.MouseButton.LeftButton


class Scene:
    """The window and what a user does at it."""

    def __init__(self, application: QApplication, folder: Path) -> None:
        self.application = application
        self.folder = folder
        settings = UserSettings(folder / "home" / "weijian.ini")
        settings.officers = ("执法员甲", "执法员乙")
        settings.remember(RecentWorkspace(folder / "moved away" / "石桥村", "石桥村"))
        self.window = MainWindow(bootstrap.start(), settings, ASKED.language)
        width, height = (int(side) for side in ASKED.size.split("x"))
        self.window.resize(width, height)
        self.window.show()
        self.settle()

    @property
    def bench(self) -> Workbench | None:
        """What is on the table."""
        return self.window.workbench

    def settle(self, seconds: float = 60.0) -> None:
        """Wait until nothing moves any more."""
        end = time.monotonic() + seconds
        calm_since = None
        while time.monotonic() < end:
            self.application.processEvents()
            busy = self.window.jobs.busy or (self.bench is not None and self.bench.centre.is_loading)
            now = time.monotonic()
            calm_since = None if busy else (calm_since or now)
            if calm_since is not None and now - calm_since > 0.3:
                return
            time.sleep(0.01)

    @property
    def workspace(self) -> Path:
        """The village's folder."""
        return self.folder / "demo" / "workspace"

    def open(self) -> None:
        """Open the village."""
        self.window.open_workspace(self.workspace)
        while self.bench is None:
            self.application.processEvents()
        self.settle()

    def dialog(self) -> QDialog:
        """The dialog that is open."""
        self.settle()
        return next(d for d in reversed(self.window.findChildren(QDialog)) if d.isVisible())

    def click(self, name: str, where: QWidget | None = None, kind: type[QWidget] = QPushButton) -> None:
        """Click a widget by its name."""
        QTest.mouseClick((where or self.window).findChild(kind, name), LEFT)
        self.settle()

    def agree(self, dialog: QDialog) -> None:
        """Click the dialog's first button."""
        QTest.mouseClick(dialog.findChild(QDialogButtonBox).buttons()[0], LEFT)
        self.settle()

    def select(self, kind: SubjectKind, number: str) -> None:
        """Look at something."""
        self.bench.desk.selection.ask_for(Subject(kind, number))
        self.settle()

    def command(self, name: str) -> None:
        """Do one of the window's commands."""
        self.window.commands[name].trigger()
        self.settle()

    def key(self, key: Qt.Key) -> None:
        """Press a key on the map."""
        self.bench.centre.canvas.setFocus()
        QTest.keyClick(self.bench.centre.canvas, key)
        self.settle()


def shown(scene: Scene, mode: CompareMode) -> None:
    """One of the ways to compare."""
    scene.bench.centre.set_mode(mode)
    scene.settle()


def start(scene: Scene) -> None:
    """The start page."""


def village(scene: Scene) -> None:
    """The village as it opens."""
    scene.open()


def swipe(scene: Scene) -> None:
    """Two dates, one left and one right of the handle."""
    scene.open()
    shown(scene, CompareMode.SWIPE)


def linked(scene: Scene) -> None:
    """Two maps that move together."""
    scene.open()
    shown(scene, CompareMode.LINKED)
    canvas = scene.bench.centre.canvas
    canvas.zoom_by(3.0)
    QTest.mouseMove(canvas, QPoint(canvas.width() // 2, canvas.height() // 2))
    scene.settle()


def blink(scene: Scene) -> None:
    """The earlier date, after the space bar."""
    scene.open()
    scene.key(Qt.Key.Key_Space)


def finding(scene: Scene) -> None:
    """A finding under review."""
    scene.open()
    for _ in range(4):
        scene.key(Qt.Key.Key_N)


def dismiss(scene: Scene) -> None:
    """Why a finding is none."""
    finding(scene)
    scene.key(Qt.Key.Key_X)
    scene.dialog()


def outline(scene: Scene) -> None:
    """An outline while it is edited."""
    finding(scene)
    scene.key(Qt.Key.Key_E)


def dossier(scene: Scene) -> None:
    """A household's dossier."""
    scene.open()
    scene.bench.show_panel("dossier")
    scene.select(SubjectKind.HOUSEHOLD, first_household(scene))


def people(scene: Scene) -> None:
    """A dossier with persons, a disposal class and a history."""
    _, building = peopled(scene)
    sets, on = scene.bench.desk.program.disposals, scene.bench.desk.program.today
    set_disposal(scene.workspace, building, DisposalClass.CORRECT, "超出许可部分可拆除改正", on=on, sets=sets)
    dossier(scene)
    scene.settle()


def people_history(scene: Scene) -> None:
    """The end of such a dossier."""
    people(scene)
    bar = scene.bench.dossier.findChild(QScrollArea, "scroll").verticalScrollBar()
    bar.setValue(bar.maximum())


def people_edit(scene: Scene) -> None:
    """Editing a building."""
    _, building = peopled(scene)
    dossier(scene)
    scene.settle()
    ask_to_edit_building(scene.bench.desk, scene.bench.dossier, building)
    scene.settle()


def people_split(scene: Scene) -> None:
    """Splitting a household."""
    peopled(scene)
    dossier(scene)
    scene.settle()
    ask_to_split_household(scene.bench.desk, scene.bench.dossier, scene.bench.dossier.page.dossier)


def disposal(scene: Scene) -> None:
    """Deciding what becomes of a building."""
    peopled(scene)
    dossier(scene)
    scene.settle()
    ask_disposal(scene.bench.desk, scene.bench.dossier, scene.bench.dossier.page.dossier.buildings[0])


def recovery(scene: Scene) -> None:
    """The recovery key."""
    scene.open()
    protect_numbers(scene.bench.desk, scene.bench.dossier)
    scene.settle()


def peopled(scene: Scene) -> tuple[str, str]:
    """Make up persons for the household of the first case; its number and that of a building."""
    scene.open()
    household = first_household(scene)
    protect(scene.workspace)
    for entry in (
        PersonEntry("示例甲", "户主", "11010519491231002X", "13800001234"),
        PersonEntry("示例乙", "妻", None, "13900005678"),
        PersonEntry("示例丙", "子"),
    ):
        add_person(scene.workspace, household, entry)
    with open_workspace(scene.workspace) as workspace, workspace.read() as work:
        building = work.buildings.of_household(household)[0].building_no
        base = work.buildings.get(building)
    edit_building(
        scene.workspace, base, replace(base, storeys=(base.storeys or 1) + 1), today=scene.bench.desk.program.today
    )
    return household, building


def first_household(scene: Scene) -> str:
    """The household of the first case about a building of the archive."""
    items = scene.bench.review._model.rows.items
    return next(i.finding.household_no for i in items if i.case_no is not None and i.finding.building_no is not None)


def search(scene: Scene) -> None:
    """Households found while typing."""
    scene.open()
    scene.bench.show_panel("dossier")
    field = scene.bench.dossier.findChild(QLineEdit, "search")
    field.setFocus()
    QTest.keyClicks(field, "0012")
    time.sleep(0.3)
    scene.settle()


def case(scene: Scene) -> None:
    """A case with its course and next steps."""
    scene.open()
    scene.bench.show_panel("case")
    scene.select(SubjectKind.CASE, FIRST_CASE)


def move(scene: Scene) -> None:
    """A case before its decision."""
    case(scene)
    scene.click(f"move-{Stage.DECISION}", scene.bench.case)
    scene.dialog()


def demolition(scene: Scene) -> None:
    """A demolition half done."""
    move(scene)
    dialog = scene.dialog()
    dialog._form.document_edit.setText("样违拆决字〔2025〕7号")
    dialog._form.reason_edit.setPlainText("作出责令限期拆除决定")
    dialog._form.date_edit.setDate(QDate(2025, 11, 2))
    scene.agree(dialog)
    scene.bench.case.verbs["observe"].trigger()
    dialog = scene.dialog()
    dialog._form.left_spin.setValue(scene.bench.case.view.progress.ordered_m2 * 0.4)
    scene.agree(dialog)
    scene.bench.case._form.tabs.setCurrentWidget(scene.bench.case._form.demolition_tab)
    scene.settle()


def order_map(scene: Scene) -> None:
    """The order map before it is saved."""
    case(scene)
    scene.bench.case.verbs["order-map"].trigger()
    scene.dialog()


def identify(scene: Scene) -> None:
    """What lies under the pointer."""
    finding(scene)
    canvas = scene.bench.centre.canvas
    QTest.mouseClick(canvas, LEFT, pos=QPoint(canvas.width() // 2, canvas.height() // 2))
    scene.settle()


def measure(scene: Scene) -> None:
    """An area being measured."""
    finding(scene)
    scene.command("measure-area")
    canvas = scene.bench.centre.canvas
    for x, y in ((0.3, 0.3), (0.65, 0.28), (0.7, 0.6), (0.35, 0.7)):
        QTest.mouseClick(canvas, LEFT, pos=QPoint(int(canvas.width() * x), int(canvas.height() * y)))
    scene.settle()


def tables(scene: Scene) -> None:
    """The table of findings."""
    scene.open()
    scene.bench.tables._form.tabs.setCurrentIndex(2)
    scene.settle()


def checks(scene: Scene) -> None:
    """What is wrong with the archive, and where."""
    scene.open()
    tables = scene.bench.tables
    tables.turn_to(RegisterKind.CHECKS)
    tables.checks.run.click()
    scene.settle()
    table = tables.checks.table
    QTest.mouseClick(table.viewport(), LEFT, pos=table.visualRect(table.model().index(0, 3)).center())
    scene.settle()


def take_photos(scene: Scene) -> None:
    """A folder of photographs is imported, one of them broken and one without position."""
    scene.open()
    folder = scene.folder / "照片"
    shutil.copytree(assets.sample_data("photos"), folder)
    (folder / "IMG_20251030_150000.jpg").write_bytes(next(folder.glob("*.jpg")).read_bytes()[:9000])
    (folder / "IMG_20251030_151212.heic").write_bytes(b"\0\0\0\x18ftypheic")
    QImage(640, 480, QImage.Format.Format_RGB32).save(str(folder / "微信图片.jpg"))
    with Image.open(assets.sample_data("photos", "IMG_20251030_141851.jpg")) as sample:
        exif = sample.getexif()
        exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSImgDirection] = 350.0
        sample.save(folder / "DJI_20251030_0007.jpg", exif=exif)
    scene.bench.import_photos(folder)
    scene.click("take", scene.dialog())
    scene.settle()


def photos(scene: Scene) -> None:
    """A photograph on the map."""
    take_photos(scene)
    scene.dialog().close()
    tables = scene.bench.tables
    tables.turn_to(RegisterKind.PHOTOS)
    scene.settle()
    table = tables.photos.table
    table.scrollTo(table.model().index(1, 1))
    QTest.mouseClick(table.viewport(), LEFT, pos=table.visualRect(table.model().index(1, 1)).center())
    scene.settle()
    canvas = scene.bench.centre.canvas
    source = scene.bench.layers.stack.get("photos").source
    at = canvas.frame.to_screen(*source.points.at[source.points.hashes.index(tables.photos.chosen)]).toPoint()
    QTest.mouseClick(canvas, LEFT, pos=at)
    scene.settle()


def properties(scene: Scene) -> None:
    """What there is to know of a survey."""
    scene.open()
    key = next(layer.key for layer in scene.bench.layers.stack.layers if layer.key.endswith("ortho"))
    product = scene.bench.layers.product(key)
    LayerProperties(scene.bench.desk, product.survey.name, product, scene.window).open()
    scene.dialog()


def new(scene: Scene) -> None:
    """A new workspace."""
    scene.command("new")
    QTest.keyClicks(scene.dialog().findChild(QLineEdit, "longitude"), "120.1")
    scene.settle()


def import_(scene: Scene) -> None:
    """An archive table before it is imported."""
    scene.open()
    scene.bench.import_archive((assets.sample_data("archive", "房屋.shp"),))
    scene.dialog()


def mapping(scene: Scene) -> None:
    """Which column is which."""
    import_(scene)
    for _ in range(2):
        scene.click("next", scene.dialog())


def words(scene: Scene) -> None:
    """What the words of the file mean."""
    mapping(scene)
    scene.click("next", scene.dialog())


def taken_aside(scene: Scene, *parts: str) -> Path:
    """A copy of the sample's buildings, without what is left out."""
    folder = scene.folder / "来件"
    folder.mkdir()
    for part in parts:
        shutil.copy(assets.sample_data("archive", f"房屋{part}"), folder / f"房屋{part}")
    return folder / "房屋.shp"


def import_place(scene: Scene) -> None:
    """A file without a coordinate system is placed before it is taken."""
    scene.open()
    scene.bench.import_archive((taken_aside(scene, ".shp", ".shx", ".dbf"),))
    scene.click("next", scene.dialog())
    scene.settle()


def import_stated(scene: Scene) -> None:
    """A file that states its coordinate system."""
    import_(scene)
    scene.click("next", scene.dialog())
    scene.settle()


def import_zone(scene: Scene) -> None:
    """A coordinate system that the coordinates contradict."""
    import_place(scene)
    dialog = scene.dialog()
    QTest.keyClicks(dialog.findChild(QLineEdit, "code"), "EPSG:4528")
    scene.settle()


def import_refused(scene: Scene) -> None:
    """A file that is cut off."""
    scene.open()
    file = taken_aside(scene, ".shp", ".shx", ".dbf", ".prj")
    file.write_bytes(file.read_bytes()[:-500])
    scene.bench.import_archive((file,))
    scene.dialog()


def import_faults(scene: Scene) -> None:
    """Rows that cannot be taken, and notes."""
    scene.open()
    lines = ["房屋编号,户号,层数,结构,宗地面积（亩）,建成年份,WKT"]
    for n, (number, storeys) in enumerate((("F9001", "2"), ("3.30127E+18", "3"), ("F9003", "三层半"), ("F9001", "1"))):
        east = 500_100 + 20 * n
        ring = f"{east} 3340000, {east + 10} 3340000, {east + 10} 3340010, {east} 3340010, {east} 3340000"
        lines.append(f'{number},H1,{storeys},砖混,0.3,1998,"POLYGON (({ring}))"')
    file = scene.folder / "房屋.csv"
    file.write_text("\n".join(lines), encoding="gbk")
    scene.bench.import_archive((file,))
    dialog = scene.dialog()
    scene.click("next", dialog)
    QTest.keyClicks(dialog.findChild(QLineEdit, "code"), "EPSG:4549")
    scene.settle()
    while dialog.findChild(QWidget, "pages").currentIndex() < 4:
        scene.click("next", dialog)
        scene.settle()


def import_done(scene: Scene) -> None:
    """An import that was made, and can be taken back."""
    check(scene)
    scene.click("next", scene.dialog())
    scene.settle()


def imports(scene: Scene) -> None:
    """What was imported, to be taken back."""
    scene.open()
    scene.command("imports")
    scene.dialog()


def check(scene: Scene) -> None:
    """Rows that cannot be imported."""
    words(scene)
    scene.click("next", scene.dialog())


def survey(scene: Scene) -> None:
    """Two flights before they are added."""
    scene.open()
    scene.bench.add_survey(tuple(sorted(assets.sample_data("surveys").glob("*.tif"))))
    scene.dialog()


def detect(scene: Scene) -> None:
    """How to detect."""
    scene.open()
    scene.command("detect")
    scene.dialog()


def detect_more(scene: Scene) -> None:
    """How to detect, with a placing by hand and a cluster."""
    detect(scene)
    dialog = scene.dialog()
    scene.click("more", dialog, QToolButton)
    QTest.keyClick(dialog.findChild(QCheckBox, "by_hand"), Qt.Key.Key_Space)
    for name, value in (("east", 1.2), ("north", -0.5)):
        dialog.findChild(QDoubleSpinBox, name).setValue(value)


def job(scene: Scene) -> None:
    """A detection under way."""
    detect(scene)
    scene.agree(scene.dialog())
    running = scene.window.jobs.running[-1]
    while not running.has_ended and (running.progress is None or running.progress.stage in _EARLY):
        scene.application.processEvents()
    scene.window.raise_jobs()
    for _ in range(20):
        scene.application.processEvents()


def settings(scene: Scene) -> None:
    """The settings."""
    scene.open()
    scene.command("settings")
    scene.dialog()


def shortcuts(scene: Scene) -> None:
    """Keys and mouse."""
    scene.open()
    scene.command("shortcuts")
    scene.dialog()


def about(scene: Scene) -> None:
    """About the program."""
    scene.command("about")
    scene.dialog()


STATES: dict[str, Callable[[Scene], None]] = {
    each.__name__.strip("_").replace("_", "-"): each
    for each in (
        start, new, village, swipe, linked, blink, finding, dismiss, outline, identify, measure, dossier, people,
        people_history, people_edit, people_split, disposal, recovery, search, case,
        move, demolition, order_map, tables, checks, take_photos, photos, properties, import_, mapping, words, check,
        import_place, import_stated, import_zone, import_refused, import_faults, import_done, imports,
        survey, detect, detect_more, job, settings, shortcuts, about,
    )
}  # fmt: skip


def take(application: QApplication, name: str, demo: Path, out: Path) -> None:
    """Bring a state about in a fresh window and keep its picture."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(demo, Path(folder) / "demo")
        scene = Scene(application, Path(folder))
        STATES[name](scene)
        picture = scene.window.grab()
        for dialog in scene.window.findChildren(QDialog):
            if dialog.isVisible():
                over(picture, dialog, scene.window)
        picture.save(str(out / f"{name}.png"))
        scene.window._messages.ask = lambda *_args, **_kinds: True
        scene.window.close()
        scene.window.deleteLater()
        application.processEvents()
    print(out / f"{name}.png")


def over(picture: QPixmap, dialog: QDialog, window: QWidget) -> None:
    """Draw a dialog over the picture of its window, where it would stand."""
    painter = QPainter(picture)
    painter.fillRect(window.rect(), QColor(0, 0, 0, 70))
    place = window.rect().center() - dialog.rect().center()
    painter.drawPixmap(QPoint(max(place.x(), 0), max(place.y(), 0)), dialog.grab())
    painter.end()


def main() -> None:
    """Draw what was asked for."""
    ASKED.out.mkdir(parents=True, exist_ok=True)
    application = make_application()
    translation.install(application, ASKED.language)
    look.dress(application, ASKED.theme, ASKED.language)
    with tempfile.TemporaryDirectory() as folder:
        program = bootstrap.start()
        finish(run_demo(Path(folder) / "demo", program.legality, program.orders))
        draw = partial(take, application, demo=Path(folder) / "demo", out=ASKED.out)
        for name in ASKED.names or STATES:
            draw(name)


if __name__ == "__main__":
    main()
