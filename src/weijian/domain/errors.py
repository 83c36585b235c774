"""One tree of errors. Each carries data and says one sentence: what, where, what to do."""

from typing import ClassVar

from weijian.domain.language import Language


class WeijianError(Exception):
    """Root of every error the program raises on purpose.

    A subclass states its sentence in both languages; the constructor's keywords fill the braces.
    ``data`` keeps them for callers that decide by them. Personal data never go in.
    """

    zh: ClassVar[str] = "出错了。"
    en: ClassVar[str] = "Something went wrong."

    def __init__(self, **data: object) -> None:
        self.data = data
        super().__init__(self.sentence("en"))

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.data)

    def sentence(self, language: Language) -> str:
        """The sentence shown to the user."""
        template = self.zh if language == "zh" else self.en
        return template.format(**self.data)


def _rebuild(kind: type[WeijianError], data: dict[str, object]) -> WeijianError:
    return kind(**data)


class InputError(WeijianError, ValueError):
    """What the user gave cannot be used; exit code 2 on the command line."""

    zh = "{what}"
    en = "{what}"


class FileMissing(InputError, FileNotFoundError):
    """A named file is not there."""

    zh = "找不到文件 {path};请检查路径是否正确、共享盘是否已连接。"
    en = "File {path} was not found; check the path and that the share is connected."


class FileUnreadable(InputError):
    """A file is there but is empty, cut off or of another kind."""

    zh = "文件 {path} 无法读取:{why};请重新导出或换一个文件。"
    en = "File {path} cannot be read: {why}; export it again or choose another file."


class LayerMissing(InputError):
    """A vector file has no layer of that name, or several and none was named."""

    zh = "文件 {path} 中没有图层“{layer}”,现有图层:{layers};请用 --layer 指定。"
    en = "File {path} has no layer '{layer}', it has: {layers}; name one with --layer."


class CrsMissing(InputError):
    """A file has no coordinate reference system."""

    zh = "文件 {path} 没有坐标系;请用 --crs 指定,例如 --crs EPSG:4549。"
    en = "File {path} has no coordinate reference system; name it with --crs, for example --crs EPSG:4549."


class CrsUnusable(InputError):
    """A coordinate reference system is unknown or not a projected one in metres."""

    zh = "坐标系 {crs} 不能用于 {path}:{why};请改用以米为单位的投影坐标系,例如 EPSG:4549。"
    en = "Coordinate system {crs} cannot be used for {path}: {why}; use a projected one in metres such as EPSG:4549."


class CrsContradicted(InputError):
    """The declared zone and the coordinates contradict each other."""

    zh = "文件 {path} 声明的坐标系是 {declared},坐标却像是 {found};请核对后用 --crs 指定。"
    en = "File {path} declares {declared} but its coordinates look like {found}; name the right one with --crs."


class NoOverlap(InputError):
    """Two inputs do not cover the same ground."""

    zh = "{first} 与 {second} 的范围不重叠;请确认是同一地区、同一坐标系。"
    en = "{first} and {second} do not overlap; check that they show the same place in the right coordinate system."


class TargetUnwritable(InputError, OSError):
    """A result cannot be written where it was asked for."""

    zh = "无法写入 {path}:{why};请换一个文件夹或腾出空间。"
    en = "Cannot write {path}: {why}; choose another folder or free some space."


class TargetExists(InputError, FileExistsError):
    """A result would overwrite something."""

    zh = "{path} 已经存在;请换一个名称或先移走它。"
    en = "{path} already exists; choose another name or move it away."


class NewerVersion(InputError):
    """A file was written by a newer program."""

    zh = "{path} 由更新的版本({found})创建,本程序最高支持 {supported};请升级程序。"
    en = "{path} was made by a newer version ({found}); this program reads up to {supported}: upgrade it."


class AlignmentFailed(InputError):
    """Two surveys could not be lined up."""

    zh = "两期影像无法配准(残差 {residual_m} 米):{why};请检查坐标系或手工指定平移量。"
    en = (
        "The two surveys cannot be lined up (residual {residual_m} m): {why}; "
        "check their coordinate systems or give a shift by hand."
    )


class NotFound(InputError, LookupError):
    """Nothing in the workspace has that number."""

    zh = "工作区中没有{kind} {number};请检查编号。"
    en = "The workspace has no {kind} {number}; check the number."


class MoveForbidden(InputError):
    """The law or the workflow does not allow this move of a case yet."""

    zh = "案件 {case_no} 不能从“{origin}”进入“{target}”:{why}(依据:{article})。"
    en = "Case {case_no} cannot go from '{origin}' to '{target}': {why} (basis: {article})."
