"""Results appear whole or not at all."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from weijian.domain.errors import TargetUnwritable
from weijian.domain.system_reasons import reason


@contextmanager
def replaced(path: Path) -> Iterator[Path]:
    """A temporary name beside ``path`` that takes its place when the block ends well, and is gone when it does not.

    Raises
    ------
    TargetUnwritable
        The folder is missing, read-only or full, or the file is held open by another program.
    """
    temporary = path.with_name(f".{path.stem}-{uuid.uuid4().hex[:8]}{path.suffix}")
    try:
        temporary.touch(exist_ok=False)  # the system's own reason, before a library hides it
        temporary.unlink()
        yield temporary
        temporary.replace(path)
    except TargetUnwritable:
        raise
    except OSError as error:
        raise TargetUnwritable(path=path, why=reason(error)) from error
    finally:
        with suppress(OSError):  # where nothing could be made there is nothing to take away
            temporary.unlink(missing_ok=True)
