"""Why the operating system refuses a file, in words."""

import errno
import os

from weijian.domain.language import Words

_REASONS = {
    errno.ENOSPC: Words("磁盘已满", "the disk is full"),
    errno.EDQUOT: Words("磁盘配额已满", "the disk quota is used up"),
    errno.EACCES: Words("没有权限", "there is no permission"),
    errno.EPERM: Words("没有权限", "there is no permission"),
    errno.EROFS: Words("磁盘是只读的", "the disk is read-only"),
    errno.ENOTDIR: Words("路径中有一段不是文件夹", "a part of the path is not a folder"),
    errno.EEXIST: Words("同名的文件已经存在", "a file of that name is there"),
    errno.EISDIR: Words("它是一个文件夹", "it is a folder"),
    errno.ENOENT: Words("文件夹不存在", "the folder does not exist"),
    errno.EIO: Words("磁盘读写出错", "the disk reports an error"),
    errno.ENAMETOOLONG: Words("名称过长", "the name is too long"),
}


def reason(error: OSError) -> Words:
    """Why the system refused; an error that only quotes the system, as `shutil.Error` does, is read."""
    if error.errno is None:
        for code, words in _REASONS.items():
            if os.strerror(code) in str(error):
                return words
    system = error.strerror or type(error).__name__
    return _REASONS.get(error.errno or 0, Words(system, system))
