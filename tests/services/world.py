"""A town and its villages on real ledgers and real files, as small as a test can make them."""

from __future__ import annotations

import atexit
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from types import MappingProxyType
from unittest.mock import patch

from gzdesk import bootstrap
from gzdesk.bootstrap import Workspace
from gzdesk.domain.mint import LOCAL_TIME, Mint
from gzdesk.domain.record_type import RecordTypes
from gzdesk.services import handed_down
from gzdesk.services.reference import load_record_types
from gzdesk.services.verdicts import Imported

TODAY = date(2019, 11, 8)
_record_types = cache(load_record_types)
VALUES: Mapping[str, object] = {"date": "2019-10-05", "title": "灯会", "audience": 120, "status": "held"}


def _quickly(own: Path | None = None, delivered: Mapping[str, str] = MappingProxyType({})) -> RecordTypes:
    return load_record_types(own, delivered) if delivered or (own and own.is_dir()) else _record_types()


@dataclass
class Clock:
    """A clock that goes wrong when told to."""

    moment: datetime = field(default_factory=lambda: datetime(2019, 11, 8, 9, 0, tzinfo=LOCAL_TIME))

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


class Site:
    """One PC: a unit's ledger in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = Clock()
        self.work = self._opened()

    def _opened(self) -> Workspace:
        # Reading the record types takes longer than opening a small ledger, and they are the same for all.
        with patch.object(handed_down, "load_record_types", _quickly):
            return bootstrap.open_workspace(self.folder, mint=Mint(now=self.clock))

    @property
    def unit(self) -> str:
        return self.work.me.id

    @property
    def store(self):
        return self.work.context.store

    def close(self) -> None:
        self.work.close()

    def reopen(self) -> None:
        self.work.close()
        self.work = self._opened()

    def write(
        self,
        values: Mapping[str, object] = VALUES,
        *,
        record: str | None = None,
        scope: str | None = None,
        type_id: str = "activity",
        deleted: bool = False,
    ) -> str:
        """Write a version of a record below the rules of forms; returns the record's id."""
        with self.store.writing() as work:
            made = work.revisions.append(
                record=record or self.work.mint.record_id(),
                type_id=type_id,
                type_version=1,
                scope=scope or self.unit,
                values=values,
                deleted=deleted,
            )
            work.commit()
        return made.header.record

    def sheet(self, month: str, *, closed: bool = True, nil: bool = False, record: str | None = None) -> str:
        values = {"month": month, "closed": closed, "nil": nil, "filled_by": "苏桂琴", "checked_by": "区锦堂"}
        return self.write(values, type_id="monthly_sheet", record=record)

    def export(self, folder: Path, to: str | None = None) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        (made,) = self.work.exchange.export(folder, to)
        return made.file

    def take(self, *paths: Path) -> Imported:
        (answer,) = self.work.exchange.import_files(paths)
        return answer

    def digest(self, *scopes: str) -> tuple[str, int]:
        with self.store.reading() as read:
            return read.records.digest(scopes)

    def revisions(self, *scopes: str) -> frozenset[str]:
        with self.store.reading() as read:
            return frozenset(item.id for item in read.revisions.unknown_to(scope_ids=scopes, tips=()))

    def values(self, record: str) -> Mapping[str, object]:
        with self.store.reading() as read:
            found = read.records.get(record)
            assert found is not None
            return found.values

    def copy_to(self, folder: Path) -> Path:
        """A copy of the whole data folder, as a person with a file manager makes it."""
        self.work.close()
        shutil.copytree(self.folder, folder, ignore=shutil.ignore_patterns("*.lock"))
        self.work = self._opened()
        return folder


@cache
def _template() -> Path:
    """A town with two villages that have joined, made once per run."""
    folder = Path(mkdtemp(prefix="world-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    town = bootstrap.init_town(folder / "guzhen", today=TODAY)
    for unit in ("gusi", "gusan"):
        made = town.enrolment.enrol(unit, folder)
        bootstrap.init_join(folder / unit, made.file, today=TODAY).close()
        made.file.unlink()
    town.close()
    return folder


@dataclass
class World:
    """A town, two villages and a folder that stands for sticks."""

    folder: Path
    sites: dict[str, Site]

    @classmethod
    def make(cls, folder: Path, units: Iterable[str] = ("guzhen", "gusi", "gusan")) -> World:
        for unit in units:
            shutil.copytree(_template() / unit, folder / unit, dirs_exist_ok=True)
        (folder / "stick").mkdir()
        return cls(folder=folder, sites={unit: Site(folder / unit) for unit in units})

    @property
    def town(self) -> Site:
        return self.sites["guzhen"]

    @property
    def gusi(self) -> Site:
        return self.sites["gusi"]

    @property
    def gusan(self) -> Site:
        return self.sites["gusan"]

    @property
    def stick(self) -> Path:
        return self.folder / "stick"

    def there_and_back(self, village: Site) -> tuple[Imported, Imported]:
        """The stick goes to the town and comes back with the answer."""
        up = self.town.take(village.export(self.stick))
        down = village.take(self.town.export(self.stick, village.unit))
        return up, down

    def close(self) -> None:
        for site in self.sites.values():
            site.close()
