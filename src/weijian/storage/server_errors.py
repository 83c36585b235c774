"""What can go wrong with an archive on a server, each in one sentence."""

from weijian.domain.errors import InputError


class AddressUnusable(InputError):
    """What was given is no address of a PostgreSQL database."""

    zh = "数据库地址 {address} 不能用；请写成 postgresql://用户@主机:端口/数据库，密码不写在地址里也可以。"
    en = "The database address {address} cannot be used; write postgresql://user@host:port/database."


class ServerUnreachable(InputError):
    """No server answers, or it refuses before it knows who is there."""

    zh = "无法连接数据库 {place}：{why}；请检查服务器地址、网络，并确认服务器已启动。"
    en = "The database {place} cannot be reached: {why}; check address and network, and that the server is running."


class PasswordRefused(InputError):
    """The server asks for a password and has none, or not the right one."""

    zh = "数据库 {place} 需要密码，或密码不正确；请在程序中重新输入，或设置 PGPASSWORD、pgpass 后重试。"
    en = "The database {place} wants a password, or another one; enter it in the program or set PGPASSWORD or pgpass."


class DatabaseMissing(InputError):
    """The server has no database of that name."""

    zh = "服务器上没有数据库 {place}；请检查名称，或请管理员建立。"
    en = "The server has no database {place}; check the name or have an administrator make it."


class PostgisMissing(InputError):
    """The database lacks its spatial extension, and this user may not install it."""

    zh = "数据库 {place} 没有安装 PostGIS 扩展；请管理员执行 CREATE EXTENSION postgis 后重试。"
    en = "The database {place} has no PostGIS; have an administrator run CREATE EXTENSION postgis, then try again."


class NoRights(InputError):
    """The server does not let this user do it."""

    zh = "数据库 {place} 拒绝了操作，用户没有权限：{why}；请管理员授权。"
    en = "The database {place} refuses, the user has no right to it: {why}; have an administrator grant it."


class ArchiveThere(InputError):
    """A new archive would be made where one, or something else, already is."""

    zh = "数据库 {place} 中已有内容；请用 --schema 换一个名称，要使用其中已有的档案请用 weijian connect。"
    en = "There is something in {place} already; give another --schema, or use an archive in it with weijian connect."


class ArchiveMissing(InputError):
    """A schema holds no archive of this program."""

    zh = "数据库 {place} 中没有 weijian 档案；请检查模式名称（schema），或用 weijian new 新建。"
    en = "The database {place} holds no archive of weijian; check the schema's name, or make one with weijian new."


class ArchiveOlder(InputError):
    """An archive that many share is of an older program; the first to come does not decide for all."""

    zh = (
        "数据库 {place} 中的档案是旧版（{found}，现为 {needed}）；各机都更新程序后，由一人运行"
        " weijian migrate --workspace {path} 升级（先自动备份，之后旧版程序打不开它）。"
    )
    en = (
        "The archive in {place} is of an older version ({found}, now {needed}); when all machines have this program, "
        "let one of them run weijian migrate --workspace {path}: it backs up first, and older programs are out then."
    )


class ConnectionLost(InputError):
    """The connection broke in the middle of something."""

    zh = "与数据库 {place} 的连接中断，正在进行的操作没有保存；请恢复连接后重做。"
    en = "The connection to {place} was lost, and what was under way was not saved; do it again when it is back."


class ServerRefuses(InputError):
    """The server cannot do it, for a reason of its own."""

    zh = "数据库 {place} 未能完成操作：{why}；没有保存任何改动，请联系管理员。"
    en = "The database {place} could not do it: {why}; nothing was saved, ask its administrator."
