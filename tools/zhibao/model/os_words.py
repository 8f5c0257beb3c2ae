"""Why the machine refused a file, in words for whoever has only this message to go by."""

from __future__ import annotations

import errno

_WORDS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EEXIST: "已经有了",
    errno.EISDIR: "这是一个文件夹",
    errno.ENOTDIR: "上级不是文件夹",
    errno.ENOTEMPTY: "文件夹不是空的",
    errno.ENAMETOOLONG: "名字太长",
    errno.ENOSPC: "磁盘满了",
    errno.EROFS: "磁盘只能读，不能写",
    errno.EBUSY: "正被别的程序占用",
}


def plainly(error: OSError) -> str:
    """The reason of a failure in Chinese, in the system's own words where there are none of ours."""
    return _WORDS.get(error.errno or 0) or error.strerror or type(error).__name__
