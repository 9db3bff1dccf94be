"""The one place that knows where the files shipped with the program are.

Read through `importlib.resources`, so that it makes no difference whether the program runs from the
source tree, an installed wheel or a frozen folder.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


def resource(*parts: str) -> Traversable:
    """Return a file or folder below `resources/`, such as `resource("i18n", "zh_CN.po")`."""
    return files("gzdesk.resources").joinpath(*parts)


def resource_path(*parts: str) -> Path:
    """Return the same as a real path, for libraries that open files by themselves (fonts, icons)."""
    return _real(resource(*parts))


def reference(*parts: str) -> Traversable:
    """Return a file or folder below `db/reference/`, such as `reference("record_types")`."""
    return files("gzdesk.db").joinpath("reference", *parts)


def migrations_path() -> Path:
    """Return the folder of the migration scripts, which Alembic opens by path."""
    return _real(files("gzdesk.db").joinpath("migrations"))


def _real(found: Traversable) -> Path:
    """Return `found` as a path; every way we ship the program keeps these as plain files."""
    if not isinstance(found, Path):
        raise TypeError(f"{found} is not a plain file: the program must not run from inside an archive")
    return found
