"""Troubles of the file system, in sentences."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from weijian.domain.errors import TargetUnwritable, WeijianError
from weijian.domain.language import Words

_REASONS = {
    errno.ENOSPC: Words("磁盘已满", "the disk is full"),
    errno.EDQUOT: Words("磁盘配额已满", "the disk quota is used up"),
    errno.EACCES: Words("没有权限", "there is no permission"),
    errno.EPERM: Words("没有权限", "there is no permission"),
    errno.EROFS: Words("磁盘是只读的", "the disk is read-only"),
    errno.ENOTDIR: Words("路径中有一段不是文件夹", "a part of the path is not a folder"),
    errno.ENOENT: Words("文件夹不存在", "the folder does not exist"),
    errno.EIO: Words("磁盘读写出错", "the disk reports an error"),
    errno.ENAMETOOLONG: Words("名称过长", "the name is too long"),
}


def reason(error: OSError) -> Words:
    """Why the system refused."""
    system = error.strerror or type(error).__name__
    return _REASONS.get(error.errno or 0, Words(system, system))


@contextmanager
def writing_to(path: Path) -> Iterator[None]:
    """Turn what the system says while ``path`` is written into `TargetUnwritable`."""
    try:
        yield
    except WeijianError:
        raise
    except OSError as error:
        raise TargetUnwritable(path=path, why=reason(error)) from error
