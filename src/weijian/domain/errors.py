"""One tree of errors. Each carries data and says one sentence: what, where, what to do."""

from typing import ClassVar

from weijian.domain.language import Language, Words


class WeijianError(Exception):
    """Root of every error the program raises on purpose.

    A subclass states its sentence in both languages; the constructor's keywords fill the braces, and a keyword
    that is ``Words`` is said in the sentence's language.
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
        said = {
            name: value.said_in(language) if isinstance(value, Words) else value for name, value in self.data.items()
        }
        return template.format(**said)


def _rebuild(kind: type[WeijianError], data: dict[str, object]) -> WeijianError:
    return kind(**data)


class InputError(WeijianError, ValueError):
    """What the user gave cannot be used; exit code 2 on the command line."""

    zh = "{what}"
    en = "{what}"


class FileMissing(InputError, FileNotFoundError):
    """A named file is not there."""

    zh = "找不到文件 {path}；请检查路径是否正确、共享盘是否已连接。"
    en = "File {path} was not found; check the path and that the share is connected."


class FileUnreadable(InputError):
    """A file is there but is empty, cut off or of another kind."""

    zh = "文件 {path} 无法读取：{why}；请重新导出或换一个文件。"
    en = "File {path} cannot be read: {why}; export it again or choose another file."


class PointsElsewhere(FileUnreadable):
    """A name or a document that leads to data elsewhere, which nobody has allowed."""

    zh = (
        "{path} 指向网络或别处的数据（{target}），已拒绝；请把数据保存到本机或局域网共享后再指定，"
        "确认来源可信时可加 --allow-remote，或在设置中允许。"
    )
    en = (
        "{path} points to data elsewhere or on the network ({target}) and is refused; save them on this machine or a "
        "share, or, if you trust their source, use --allow-remote or allow it in the settings."
    )


class LayerMissing(InputError):
    """A vector file has no layer of that name, or several and none was named."""

    zh = "文件 {path} 中没有图层“{layer}”，现有图层：{layers}；请用 --layer 指定。"
    en = "File {path} has no layer '{layer}', it has: {layers}; name one with --layer."


class CrsMissing(InputError):
    """A file has no coordinate reference system."""

    zh = "文件 {path} 没有坐标系；请用 --crs 指定，例如 --crs EPSG:4549。"
    en = "File {path} has no coordinate reference system; name it with --crs, for example --crs EPSG:4549."


class CrsUnusable(InputError):
    """A coordinate reference system is unknown or not a projected one in metres."""

    zh = "坐标系 {crs} 不能用于 {path}：{why}；请改用以米为单位的投影坐标系，例如 EPSG:4549。"
    en = "Coordinate system {crs} cannot be used for {path}: {why}; use a projected one in metres such as EPSG:4549."


class CrsContradicted(InputError):
    """The declared zone and the coordinates contradict each other."""

    zh = "文件 {path} 声明的坐标系是 {declared}，坐标却像是 {found}；请核对后用 --crs 指定。"
    en = "File {path} declares {declared} but its coordinates look like {found}; name the right one with --crs."


class CrsChoiceContradicted(CrsContradicted):
    """The same, where a person named the system and not the file."""

    zh = "为文件 {path} 指定的坐标系是 {declared}，坐标却像是 {found}；请核对后用 --crs 另行指定。"
    en = (
        "File {path} was said to be in {declared} but its coordinates look like {found}; name the right one with --crs."
    )


class NoOverlap(InputError):
    """Two inputs do not cover the same ground."""

    zh = "{first} 与 {second} 的范围不重叠；请确认是同一地区、同一坐标系。"
    en = "{first} and {second} do not overlap; check that they show the same place in the right coordinate system."


class TargetUnwritable(InputError, OSError):
    """A result cannot be written where it was asked for."""

    zh = "无法写入 {path}：{why}；请换一个文件夹或腾出空间。"
    en = "Cannot write {path}: {why}; choose another folder or free some space."


class TargetExists(InputError, FileExistsError):
    """A result would overwrite something."""

    zh = "{path} 已经存在；请换一个名称或先移走它。"
    en = "{path} already exists; choose another name or move it away."


class NewerVersion(InputError):
    """A file was written by a newer program."""

    zh = "{path} 由更新的版本（{found}）创建，本程序最高支持 {supported}；请升级程序。"
    en = "{path} was made by a newer version ({found}); this program reads up to {supported}: upgrade it."


class AlignmentFailed(InputError):
    """Two surveys could not be lined up."""

    zh = "两期影像无法配准（在 {reach_m} 米内查找，{found}）：{why}；请检查坐标系或手工指定平移量。"
    en = (
        "The two surveys cannot be lined up (sought within {reach_m} m, {found}): {why}; "
        "check their coordinate systems or give a shift by hand."
    )


class EndingUnknown(InputError):
    """A result was asked for in a format it is not written in."""

    zh = "无法按 {path} 的扩展名输出；可用：{formats}。"
    en = "The ending of {path} names no format this is written in; use: {formats}."


class NotFound(InputError, LookupError):
    """Nothing in the workspace has that number."""

    zh = "工作区中没有{kind} {number}；请检查编号。"
    en = "The workspace has no {kind} {number}; check the number."


class MoveForbidden(InputError):
    """The law or the workflow does not allow this move of a case yet."""

    zh = "案件 {case_no} 不能从“{origin}”进入“{target}”：{why}（依据：{article}）。"
    en = "Case {case_no} cannot go from '{origin}' to '{target}': {why} (basis: {article})."


class StructureTooLarge(InputError):
    """A structure does not fit into the map frame at the scale asked for."""

    zh = (
        "范围 {width_m} × {height_m} 米的建筑在 {page} 纸上按 1:{scale} 放不下；"
        "请改用 1:{fitting} 或更小的比例尺，或更大的纸张。"
    )
    en = (
        "A structure of {width_m} x {height_m} m does not fit on {page} at 1:{scale}; "
        "use 1:{fitting} or smaller, or larger paper."
    )


class GlyphsMissing(InputError):
    """No installed font can draw some of the characters of a paper."""

    zh = "本机没有能显示字符 {characters} 的字体；请安装中文字体，例如思源黑体（Noto Sans CJK SC）。"
    en = "No installed font can draw the characters {characters}; install a Chinese font such as Noto Sans CJK SC."


class RasterDamaged(FileUnreadable):
    """A raster is cut off or its data cannot be decoded."""

    zh = "影像 {path} 已损坏或不完整，读取到第 {row} 行附近时出错；请重新导出或重新拷贝该文件。"
    en = "Raster {path} is damaged or cut off near row {row}; export or copy it again."


class NotARaster(FileUnreadable):
    """A file is empty, a folder or of a kind that is no raster."""

    zh = "{path} 不是可识别的影像文件，或文件为空、不完整（{size} 字节）；请重新拷贝，或选择 GeoTIFF、IMG 等栅格文件。"
    en = "{path} is no raster, or it is empty or cut off ({size} bytes); copy it again or choose a GeoTIFF, IMG or VRT."


class RasterKindWrong(FileUnreadable):
    """An image was given where a surface model is needed, or the other way round."""

    zh = "文件 {path} 有 {bands} 个 {dtype} 波段，不能作为{wanted}；请检查正射影像与 DSM 是否选反。"
    en = "File {path} has {bands} band(s) of {dtype} and cannot serve as {wanted}; are image and DSM swapped?"


class NotGeoreferenced(FileUnreadable):
    """A raster does not say where on the ground it lies."""

    zh = "影像 {path} 没有地理位置信息；请提供同名的 .tfw 文件，或从成图软件重新导出带坐标的 GeoTIFF。"
    en = "Raster {path} does not say where it lies; put its .tfw beside it or export a GeoTIFF with coordinates."


class CrsNotOfEarth(CrsUnusable):
    """A raster lies in a local frame or on another body."""

    zh = "影像 {path} 的坐标系 {crs} 不是地球上的坐标系（工程坐标或其他天体）；请用 --crs 指定，例如 --crs EPSG:4549。"
    en = "Coordinate system {crs} of {path} is not of this Earth (local frame, other body); name it with --crs EPSG:n."


class CrsNotMetric(CrsUnusable):
    """A raster is not in a projected coordinate system in metres."""

    zh = "影像 {path} 的坐标系 {crs} 不是以米为单位的投影坐标系；请先转换，例如转换到 EPSG:4549。"
    en = "Coordinate system {crs} of {path} is not projected in metres; transform it first, for example to EPSG:4549."


class NotWorkspace(InputError):
    """A folder is not a workspace of this program."""

    zh = "{path} 不是 weijian 工作区：{why}；请选择含 workspace.gpkg 的工作区文件夹，或用 weijian new 新建。"
    en = (
        "{path} is not a weijian workspace: {why}; choose the folder that holds its workspace.gpkg, "
        "or make one with weijian new."
    )


class WorkspaceBusy(InputError):
    """Another program holds the workspace's database."""

    zh = "工作区 {path} 正被另一个程序写入；请等它完成或关闭它后重试。"
    en = "Workspace {path} is being written by another program; wait until it is done or close it, then try again."


class DuplicateNumber(InputError):
    """A number that must be unique comes twice."""

    zh = "{kind} {number} 重复；请先改正编号。"
    en = "The {kind} {number} comes more than once; correct the numbers first."


class EditConflict(InputError):
    """A record was changed by somebody else since it was read for editing.

    Attributes
    ----------
    base, mine, theirs : object
        The value that was read, the one that was to be kept and the one that is kept now, None when it is gone. They
        stand beside ``data``: what a sentence or a report repeats must hold nothing personal.
    """

    zh = "{kind} {number} 在编辑期间已被他人改动，尚未保存；请对照两个版本后决定保留哪一个。"
    en = (
        "The {kind} {number} was changed by somebody else while it was edited, and nothing was saved; "
        "compare both versions and choose."
    )

    def __init__(self, *, base: object = None, mine: object = None, theirs: object = None, **data: object) -> None:
        self.base = base
        self.mine = mine
        self.theirs = theirs
        super().__init__(**data)

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), {"base": self.base, "mine": self.mine, "theirs": self.theirs, **self.data})


class DocumentFieldMissing(InputError):
    """A statutory document lacks something it must state."""

    zh = "文书“{document}”缺少必填内容：{fields}；请补全后再生成。"
    en = "Document '{document}' lacks what it must state: {fields}; complete it and try again."
