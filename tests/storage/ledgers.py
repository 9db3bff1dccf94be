"""Small ledgers for tests: real files, a fixed day, made-up villages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from random import Random

from gzdesk.domain.mint import Mint
from gzdesk.domain.record import Summary, summarise
from gzdesk.domain.record_type import record_type_from_data
from gzdesk.storage.authoring import Received
from gzdesk.storage.store import Store
from gzdesk.storage.wire import values_from_text

TODAY = date(2019, 11, 6)

EVENT = record_type_from_data(
    {
        "id": "event",
        "version": 1,
        "zh": "活动",
        "en": "Event",
        "paper": "活动登记表",
        "title": "name",
        "month_of": "date",
        "time": "start_time",
        "place": "place",
        "measures": {"persons": "audience", "sessions": "sessions"},
        "list": ["date", "name"],
        "field": [
            {"name": "date", "kind": "date", "zh": "日期", "en": "Date"},
            {"name": "start_time", "kind": "time", "zh": "时间", "en": "Time"},
            {"name": "name", "kind": "text", "zh": "名称", "en": "Name"},
            {"name": "place", "kind": "text", "zh": "地点", "en": "Place"},
            {"name": "audience", "kind": "integer", "zh": "人次", "en": "Audience"},
            {"name": "sessions", "kind": "decimal", "zh": "场次", "en": "Sessions", "decimals": 1},
        ],
    }
)
SHOWING = record_type_from_data(
    {
        "id": "showing",
        "version": 1,
        "zh": "放映",
        "en": "Showing",
        "paper": "放映表",
        "title": "film",
        "month_of": "date",
        "list": ["date", "film"],
        "field": [
            {"name": "date", "kind": "date", "zh": "日期", "en": "Date"},
            {"name": "film", "kind": "reference", "to": "event", "zh": "影片", "en": "Film"},
        ],
    }
)
TYPES = {item.id: item for item in (EVENT, SHOWING)}


def summary(type_id: str, values: Mapping[str, object]) -> Summary:
    """What the view keeps of a body of these types."""
    return summarise(TYPES.get(type_id), values)


def mint(seed: int = 1) -> Mint:
    """A mint whose ids can be made again."""
    return Mint(today=TODAY, random_bytes=Random(seed).randbytes)


def open_ledger(folder: Path, *, seed: int = 1, create: bool = True) -> Store:
    """A ledger of one writer."""
    store = Store.open(folder, mint=mint(seed), summarise=summary, create=create)
    store.writer = mint(seed + 1000).writer_id()
    store.actor = "苏惠芳"
    return store


def write(
    store: Store,
    values: Mapping[str, object],
    *,
    record: str | None = None,
    type_id: str = "event",
    scope: str = "caoyi",
    deleted: bool = False,
) -> str:
    """Write one version of a record in a transaction of its own; returns the record id."""
    record = record or store.mint.record_id()
    with store.writing() as work:
        work.revisions.append(
            record=record, type_id=type_id, type_version=1, scope=scope, values=values, deleted=deleted
        )
        work.commit()
    return record


def everything(store: Store, *, scope: str = "caoyi") -> list[Received]:
    """All revisions of a scope, as another PC would receive them."""
    with store.reading() as read:
        found = list(read.revisions.unknown_to(scope_ids=[scope], tips=()))
    return [
        Received(
            item.id,
            item.header,
            item.header_text,
            item.salt,
            item.body_text,
            values_from_text(item.body_text),
        )
        for item in found
    ]


def receive(store: Store, items: list[Received]) -> None:
    """Take in revisions in a transaction of their own."""
    with store.writing() as work:
        work.revisions.receive(items, package=None)
        work.commit()


def whole_view(store: Store) -> list[tuple[object, ...]]:
    """Every row of the record view, without the keys that differ from file to file."""
    columns = (
        "id, heads, deleted, month, day, time, title, title_ref, place, persons, sessions, status, search"
    )
    with store.reading() as read:
        rows = read.connection.exec_driver_sql(f"SELECT {columns} FROM records ORDER BY id").all()
    return [tuple(row) for row in rows]
