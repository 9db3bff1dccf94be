"""The 32 tasks of the programme and their 65 items: what must be proved, by whom, until when, with which papers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from gzdesk.i18n import pick

TOWN, VILLAGE = "town", "village"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskItem:
    """One item of a task. `text` is the town's exact wording, `short` and `en` what lists show.

    `kind` is M (measured), E (proved by papers) or R (reported); `kept_by` says who keeps the binder. Dates are
    2019-12-31, None where the table names none; `text_deadline` is one that the wording itself names, which may
    differ from `due_to` (`deadline_conflict`).
    """

    item_id: str
    task_no: int
    item_no: int
    short: str
    en: str
    text: str
    responsible: tuple[str, ...]
    cooperating: tuple[str, ...]
    responsible_norm: tuple[str, ...]
    cooperating_norm: tuple[str, ...]
    due_text: str
    kind: str
    kinds: tuple[str, ...]
    indicator_ids: tuple[str, ...]
    record_types: tuple[str, ...]
    evidence: tuple[str, ...]
    kept_by: str
    deadline_conflict: bool
    seed_row: int
    due_from: str | None = None
    due_to: str | None = None
    text_deadline: str | None = None
    recurrence: str | None = None
    village_role: str | None = None
    note: str = ""

    @property
    def label(self) -> str:
        """The short words in the language in use."""
        return pick(zh=self.short, en=self.en)

    @property
    def number_prefix(self) -> str:
        """What the numbers of its papers begin with: 16-2-."""
        return f"{self.task_no}-{self.item_no}-"

    def is_kept_by(self, unit_kind: str) -> bool:
        """Whether a unit of that kind (town, village, community) keeps papers for it."""
        return self.kept_by != TOWN or unit_kind == TOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A task with its items, in order."""

    task_no: int
    title: str
    en: str
    items: tuple[TaskItem, ...]

    @property
    def label(self) -> str:
        """The title in the language in use."""
        return pick(zh=self.title, en=self.en)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tasks:
    """All tasks."""

    all: tuple[Task, ...]
    by_item: Mapping[str, TaskItem] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_item", {item.item_id: item for item in self.items})

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Tasks:
        """Build from the parsed `db/reference/tasks.toml`. Raises ValueError on an unknown or a missing key."""
        return cls(all=tuple(_task(row) for row in data["task"]))

    def __iter__(self) -> Iterator[Task]:
        return iter(self.all)

    @property
    def items(self) -> tuple[TaskItem, ...]:
        """Every item of every task, in order."""
        return tuple(item for task in self.all for item in task.items)

    def task(self, number: int) -> Task | None:
        """The task of that number, or None."""
        return next((task for task in self.all if task.task_no == number), None)

    def item(self, item_id: str) -> TaskItem | None:
        """The item of that id (`16.2`), or None: a newer program may know other items."""
        return self.by_item.get(item_id)


def _task(row: Mapping[str, Any]) -> Task:
    items = tuple(_item(int(row["task_no"]), item) for item in row["item"])
    return Task(task_no=row["task_no"], title=row["title"], en=row["en"], items=items)


_NAMES = frozenset(item.name for item in fields(TaskItem))


def _item(task_no: int, row: Mapping[str, Any]) -> TaskItem:
    unknown = set(row) - _NAMES
    if unknown:
        raise ValueError(f"task item {row.get('item_id')}: nothing is known of {sorted(unknown)}")
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in row.items()
    }
    try:
        return TaskItem(task_no=task_no, **values)
    except TypeError as error:
        raise ValueError(f"task item {row.get('item_id')}: {error}") from error


# Who


ALL_MEMBERS, VILLAGES = "各成员单位", "各村"
"""The names that stand for every member unit, and for every village with the community."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberUnit:
    """A unit of the programme's leading group, by its one name."""

    name: str
    code: str
    name_en: str

    @property
    def label(self) -> str:
        """The name in the language in use, without what explains it in brackets."""
        return pick(zh=self.name, en=self.name_en.partition(" (")[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberUnits:
    """All member units."""

    all: tuple[MemberUnit, ...]

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> MemberUnits:
        """Build from the parsed `db/reference/member_units.toml`."""
        return cls(all=tuple(MemberUnit(**row) for row in data["unit"]))

    def __iter__(self) -> Iterator[MemberUnit]:
        return iter(self.all)

    def find(self, key: str) -> MemberUnit | None:
        """The unit of that name, code or English name, or None."""
        return next((unit for unit in self.all if key in (unit.name, unit.code, unit.name_en)), None)

    def label(self, name: str) -> str:
        """A name in the language in use."""
        found = self.find(name)
        return found.label if found else name


# What registers answer by themselves


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistEntry:
    """An entry of a checklist that a register answers; `db/reference/task_checklist.toml` explains each key."""

    item: str
    words: str
    type: str
    per: str
    zh: str
    en: str
    needs: str = ""
    duty: str = ""
    of: str = ""

    @property
    def counted(self) -> str:
        """What is counted, in the language in use."""
        return pick(zh=self.zh, en=self.en)


def checklist_from_data(data: Mapping[str, Any]) -> Mapping[tuple[str, str], ChecklistEntry]:
    """The entries of the parsed `db/reference/task_checklist.toml`, by item and words."""
    return {(row["item"], row["words"]): ChecklistEntry(**row) for row in data["entry"]}
