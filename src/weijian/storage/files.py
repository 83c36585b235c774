"""Troubles of the file system, in sentences."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from weijian.domain.errors import TargetUnwritable, WeijianError
from weijian.domain.system_reasons import reason


@contextmanager
def writing_to(path: Path) -> Iterator[None]:
    """Turn what the system says while ``path`` is written into `TargetUnwritable`."""
    try:
        yield
    except WeijianError:
        raise
    except OSError as error:
        raise TargetUnwritable(path=path, why=reason(error)) from error
