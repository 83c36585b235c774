"""What can be wrong with a whole vector file; each says one sentence in two languages."""

from weijian.domain.errors import CrsUnusable, FileUnreadable, InputError, LayerMissing


class FileEmpty(FileUnreadable):
    """A file has no bytes."""

    zh = "文件 {path} 是空的（0 字节）；请重新拷贝或导出。"
    en = "File {path} is empty (0 bytes); copy or export it again."


class FileTruncated(FileUnreadable):
    """A file is shorter than its own header says."""

    zh = "文件 {path} 不完整：文件头写明 {expected} 字节，实际只有 {found} 字节；请重新拷贝或导出。"
    en = "File {path} is cut off: its header says {expected} bytes but it has {found}; copy or export it again."


class EndMissing(FileUnreadable):
    """A file stops before what every file of its kind ends with."""

    zh = "文件 {path} 不完整：缺少结尾部分；请重新拷贝或导出。"
    en = "File {path} is cut off: its end is missing; copy or export it again."


class PartMissing(FileUnreadable):
    """A shapefile lies there without one of the files that belong to it."""

    zh = "{path} 缺少同名的 {part} 文件；请把 .shp、.shx、.dbf 一起拷贝过来。"
    en = "{path} lacks its {part} file; copy .shp, .shx and .dbf together."


class PartGiven(FileUnreadable):
    """A file that belongs to a shapefile was named in its place."""

    zh = "{path} 只是 Shapefile 的一个组成文件；请指定同名的 {whole}。"
    en = "{path} only belongs to a shapefile; name {whole} instead."


class PartsDisagree(FileUnreadable):
    """The shapes and the attribute rows of a shapefile are not equally many."""

    zh = "{path} 有 {shapes} 个图形，而 .dbf 有 {rows} 行，无法对应；请重新导出。"
    en = "{path} has {shapes} shapes but its .dbf has {rows} rows, so they cannot be paired; export it again."


class ContentUnexpected(FileUnreadable):
    """A file is not what its name says."""

    zh = "文件 {path} 的内容不是 {expected}；请核对文件或重新导出。"
    en = "The content of {path} is not {expected}; check the file or export it again."


class FormatUnknown(FileUnreadable):
    """A file of a kind that is not read."""

    zh = "不能读取 {path} 这种文件；请改用 {formats}。"
    en = "Files like {path} are not read; use {formats}."


class FolderGiven(FileUnreadable):
    """A folder where a file is needed."""

    zh = "{path} 是文件夹；请指定其中的一个文件，或名称以 .gdb 结尾的地理数据库文件夹。"
    en = "{path} is a folder; name one file in it, or the folder of a geodatabase, whose name ends in .gdb."


class ArchiveGiven(FileUnreadable):
    """A compressed archive where a file is needed."""

    zh = "{path} 是压缩包；请先解压，再指定其中的文件。"
    en = "{path} is a compressed archive; unpack it and name the file inside."


class ArchiveUnsafe(FileUnreadable):
    """A compressed archive with an entry that would be written outside the folder it is unpacked in."""

    zh = "压缩包 {path} 中的“{entry}”指向压缩包以外的位置，已拒绝；请让提供方重新打包。"
    en = "The archive {path} has an entry that points outside of it, '{entry}', and is refused; have it packed again."


class ArchiveTooLarge(FileUnreadable):
    """A compressed archive that would fill the disk."""

    zh = "压缩包 {path} 解压后超过 {limit} MB，或压缩比高得不正常，已拒绝；请自行解压核对，再指定其中的文件。"
    en = (
        "The archive {path} grows beyond {limit} MB or is packed beyond belief, and is refused; "
        "unpack and check it yourself and name the file inside."
    )


class ArchiveNested(FileUnreadable):
    """A compressed archive within a compressed archive."""

    zh = "压缩包 {path} 里还有压缩包“{entry}”；请先解压，再指定其中的文件。"
    en = "The archive {path} holds another archive, '{entry}'; unpack it and name the file inside."


class ArchiveLocked(FileUnreadable):
    """A compressed archive that asks for a password."""

    zh = "压缩包 {path} 有密码；请先解压，再指定其中的文件。"
    en = "The archive {path} asks for a password; unpack it and name the file inside."


class ArchiveBroken(FileUnreadable):
    """A compressed archive that is damaged."""

    zh = "压缩包 {path} 已损坏或不完整；请重新拷贝或重新打包。"
    en = "The archive {path} is damaged or cut off; copy or pack it again."


class ArchiveBare(FileUnreadable):
    """A compressed archive without anything that is read."""

    zh = "压缩包 {path} 中没有可读取的数据；可读取：{formats}。"
    en = "The archive {path} holds nothing that is read; these are: {formats}."


class BlocksTooMany(FileUnreadable):
    """A drawing whose blocks, one within another, would draw more than any town has."""

    zh = "图纸 {path} 的图块层层嵌套或阵列，展开后超过 {limit} 个图元，已拒绝；请在 CASS 中分解图块、另存后再试。"
    en = (
        "The blocks of drawing {path} lie in one another or in arrays of more than {limit} entities, and are refused; "
        "explode them in CASS and save it again."
    )


class XmlUnsafe(FileUnreadable):
    """An XML document with a document type or entities."""

    zh = "文件 {path} 含有 DOCTYPE 或实体定义，可能被用来攻击本机，已拒绝；请让提供方重新导出。"
    en = "File {path} has a document type or entities, which can be used for an attack; have it exported again."


class EncodingUnknown(InputError):
    """An encoding was asked for by a name that does not exist."""

    zh = "不认识文字编码“{encoding}”；请用 auto、UTF-8、GBK、GB18030 或 Big5。"
    en = "Text encoding '{encoding}' is unknown; use auto, UTF-8, GBK, GB18030 or Big5."


class EncodingUndecided(InputError):
    """No encoding reads a file's text."""

    zh = "文件 {path} 的文字编码无法判断；请用 --encoding 指定，例如 --encoding GBK。"
    en = "The text encoding of {path} cannot be told; name it with --encoding, for example --encoding GBK."


class NotInEncoding(InputError):
    """A text cannot be written in the encoding that was asked for."""

    zh = "无法按 {encoding} 写出 {path}：字符“{character}”不在其中；请改用 UTF-8。"
    en = "{path} cannot be written as {encoding}, which lacks the character '{character}'; use UTF-8."


class NotGaussKruger(InputError):
    """Boundary-point files are in a Gauss-Kruger zone, and the CRS asked for is none."""

    zh = "界址点文件 {path} 须用高斯克吕格分带坐标，{crs} 不是；请用 --crs 指定，例如 --crs EPSG:4528。"
    en = "The boundary-point file {path} needs a Gauss-Kruger zone, which {crs} is not; name one, as --crs EPSG:4528."


class FieldMissing(InputError):
    """A table has no column for something that must be there."""

    zh = "文件 {path} 中没有“{expected}”一列，现有：{headings}；请用 --mapping 指定字段对应。"
    en = "File {path} has no column for '{expected}', it has: {headings}; name the column with --mapping."


class GeometryMissing(InputError):
    """A table has no geometry where polygons are needed."""

    zh = "文件 {path} 没有图形，而这类数据需要面图形；请换成带图形的文件。"
    en = "File {path} has no geometry where polygons are needed; choose a file with geometry."


class GeometryUnfit(InputError):
    """A table's geometry is of another type throughout."""

    zh = "文件 {path} 的图形是 {found}，而这类数据需要面图形；请换成面图层。"
    en = "The geometry of {path} is {found} where polygons are needed; choose a polygon layer."


class OutsideChina(InputError):
    """Coordinates that fall outside China are in another system than declared."""

    zh = (
        "文件 {path} 按 {crs} 换算后位于经度 {longitude}、纬度 {latitude}，不在中国范围内；"
        "请核对坐标系后用 --crs 指定。"
    )
    en = (
        "Read as {crs}, {path} lies at longitude {longitude}, latitude {latitude}, outside China; "
        "name the right system with --crs."
    )


class MappingUnusable(InputError):
    """A mapping file is not one, or speaks of things that are not there."""

    zh = "字段对应文件 {path} 有误：“{entry}”；请对照说明修改。"
    en = "Mapping file {path} is wrong at '{entry}'; correct it as the manual shows."


class CrsBroken(FileUnreadable):
    """The definition of a coordinate reference system in a file makes no sense."""

    zh = "文件 {path} 的坐标系定义（如 .prj）已损坏；请移走 .prj 或重新导出，再用 --crs 指定坐标系。"
    en = "The coordinate system stored with {path} is broken; move its .prj away or export it again, then use --crs."


class LayerUnnamed(LayerMissing):
    """A file has several layers and none was named."""

    zh = "文件 {path} 有多个图层：{layers}；请用 --layer 指定其中一个。"
    en = "File {path} has several layers: {layers}; name one with --layer."


class CrsUnknown(CrsUnusable):
    """A coordinate reference system that does not exist."""

    zh = "不认识坐标系“{crs}”；请用 EPSG 编号，例如 EPSG:4549。"
    en = "Coordinate system '{crs}' is unknown; use an EPSG code such as EPSG:4549."


class CrsNotMetric(CrsUnusable):
    """A coordinate reference system in which metres cannot be measured."""

    zh = "坐标系 {crs} 不能用来量算米和平方米；请改用 CGCS2000 三度带投影坐标系，例如 EPSG:4549。"
    en = "Coordinate system {crs} cannot measure in metres; use a CGCS2000 3-degree zone such as EPSG:4549."
