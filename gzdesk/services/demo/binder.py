"""The binder that the review looks at: receipts, sign-in sheets and the opening notice, each with its number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from gzdesk.services.demo.papers import has_paper
from gzdesk.services.demo.scene import Entry, Ref, Scene

# type of the record, item of the tasks, words for the paper, how many of them are filed by the clerk
_FILED = (
    ("open_schedule", "7.2", "免费开放公示", 1),
    ("film_screening", "16.2", "放映回执单（扫描件）", 3),
    ("training_session", "12.1", "培训签到表（扫描件）", 2),
)
_KEPT_AT = "村委会文化专柜"


def binder_entries(scene: Scene, entries: Sequence[Entry]) -> Iterator[Entry]:
    """A material for some of the papers that were scanned, filed on the day when the record was written."""
    for type_id, item, words, most in _FILED:
        with_paper = (each for each in _in_time(scene, entries, type_id) if has_paper(scene, each))
        for entry in islice(with_paper, most):
            yield _material(scene, entry, item=item, words=words)


def _in_time(scene: Scene, entries: Sequence[Entry], type_id: str) -> Iterable[Entry]:
    return sorted(
        (entry for entry in entries if entry.type_id == type_id and entry.on <= scene.months[-2].last_day),
        key=lambda entry: (entry.on, entry.key),
    )


def _material(scene: Scene, entry: Entry, *, item: str, words: str) -> Entry:
    day = str(entry.values.get("date") or entry.values.get("start_on") or entry.on.isoformat())
    number = str(entry.values.get("receipt_no") or entry.values.get("title") or "")
    values = {
        "task_item": item,
        "title": " ".join(part for part in (words, number) if part),
        "date": day,
        "original": "original",
        "kept_at": _KEPT_AT,
        "proves": Ref(entry.key),
    }
    return Entry(on=entry.on, key=f"evidence/{entry.key}", type_id="evidence", values=values)
