"""The 32 tasks and their 65 items as they stand: state, progress, evidence, indicators, and who owes what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gzdesk.domain.indicators.result import (
    BEHIND,
    MET,
    NONE,
    NOT_MET,
    ON_PACE,
    TO_CHECK,
    Result,
    verdict_label,
)
from gzdesk.domain.task_state import (
    FINISHED,
    STATES,
    TaskProgress,
    days_left,
    state_of_item,
    state_of_task,
)
from gzdesk.domain.tasks import ALL_MEMBERS, VILLAGES, Task, TaskItem
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.i18n import listed, ngettext, pick
from gzdesk.pinyin import search_text
from gzdesk.services.context import Context
from gzdesk.services.indicators import Indicators
from gzdesk.services.task_checklist import Checklists, Entry
from gzdesk.services.task_progress import ProgressNotes, said_by
from gzdesk.services.tasks import load_member_units, load_tasks

TONES = {
    "not_started": "neutral",
    "running": "info",
    "due_soon": "warn",
    "finished": "ok",
    "overdue": "error",
}
"""The colours of the states; the word always stands beside."""

VERDICT_TONES = {MET: "ok", ON_PACE: "info", BEHIND: "warn", NOT_MET: "error", TO_CHECK: "warn"}
"""The colours of the verdicts of indicators; all others are neutral."""


def state_label(state: str) -> str:
    """A state in one word."""
    return {
        "not_started": _("Not started"),
        "running": _("Under way"),
        "due_soon": _("Due soon"),
        "finished": _("Finished"),
        "overdue": _("Past date"),
    }[state]


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """That a unit still owes entries of a checklist. `unit_id` where it is one of the units of the ledger."""

    unit: str
    missing: tuple[str, ...]
    unit_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """An item as it stands. `said` are this unit's own words, `villages` those of villages."""

    item: TaskItem
    state: str
    days_left: int | None
    said: TaskProgress | None
    villages: tuple[TaskProgress, ...]
    entries: tuple[Entry, ...]
    owed: tuple[Owed, ...]

    @property
    def have(self) -> int:
        """How many entries of its checklist there is something for."""
        return sum(entry.covered for entry in self.entries)

    @property
    def wanted(self) -> int:
        """How many entries its checklist has."""
        return len(self.entries)

    @property
    def missing(self) -> tuple[str, ...]:
        """The entries that there is nothing for yet."""
        return tuple(entry.words for entry in self.entries if not entry.covered)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """A task with those of its items that are shown."""

    task: Task
    rows: tuple[ItemRow, ...]

    @property
    def state(self) -> str:
        """How it stands by its items."""
        return state_of_task(row.state for row in self.rows)

    @property
    def have(self) -> int:
        """How many entries of its checklists there is something for."""
        return sum(row.have for row in self.rows)

    @property
    def wanted(self) -> int:
        """How many entries its checklists have."""
        return sum(row.wanted for row in self.rows)

    @property
    def responsible(self) -> tuple[str, ...]:
        """Who is responsible for any of its items, by the one name of each."""
        return tuple(dict.fromkeys(name for row in self.rows for name in row.item.responsible_norm))

    @property
    def due_on(self) -> str:
        """The last day of its items (2019-12-31)."""
        return max((row.item.due_to or "" for row in self.rows), default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """An indicator that decides an item: its figures in words, its verdict as `code` and word, the colour of that."""

    indicator: str
    label: str
    figures: str
    code: str
    verdict: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskQuery:
    """Which items. Empty means no limit of that kind.

    `who` is a member unit, or a unit of the ledger: a village owes what 各村 owes. `due_before` includes its day.
    """

    who: str = ""
    states: tuple[str, ...] = ()
    due_before: date | None = None
    item: str = ""
    text: str = ""
    village_duty: bool = False
    missing_evidence: bool = False


EVERY_TASK = TaskQuery()


class TaskList:
    """Reads the tasks. `unit` is an id: its own evidence and words; None is the whole town."""

    def __init__(self, context: Context, indicators: Indicators | None = None) -> None:
        self._context = context
        self._indicators = indicators or Indicators(context)
        self.tasks = load_tasks()
        self.members = load_member_units()
        self.notes = ProgressNotes(context)

    def rows(
        self, query: TaskQuery = EVERY_TASK, *, unit: str | None = None, on: date | None = None
    ) -> tuple[TaskRow, ...]:
        """The tasks with the items that are asked for. Raises UserError `unknown_task` or `unknown_unit`."""
        found: dict[int, list[ItemRow]] = {}
        for row in self.items(query, unit=unit, on=on):
            found.setdefault(row.item.task_no, []).append(row)
        return tuple(
            TaskRow(task=task, rows=tuple(found[task.task_no]))
            for task in self.tasks
            if task.task_no in found
        )

    def items(
        self, query: TaskQuery = EVERY_TASK, *, unit: str | None = None, on: date | None = None
    ) -> tuple[ItemRow, ...]:
        """The items that are asked for, in order. Raises UserError `unknown_task` or `unknown_unit`."""
        today = on or self._context.mint.today()
        wanted = [item for item in self._asked_for(query) if unit in (None, self._town) or item.village_role]
        with self._context.store.reading() as read:
            lists = Checklists(self._context, read, unit=None if unit == self._town else unit, today=today)
            notes = self.notes.all(read)
            rows = [
                self._row(item, lists, notes.get(item.item_id, ()), unit or self._context.me.id, today)
                for item in wanted
            ]
        return tuple(row for row in rows if _fits(row, query))

    def one(self, item_id: str, *, unit: str | None = None) -> ItemRow:
        """One item. Raises UserError `unknown_task`."""
        (row,) = self.items(TaskQuery(item=item_id), unit=unit)
        return row

    def judged(self, item: TaskItem, *, unit: str | None = None) -> tuple[Judged, ...]:
        """The indicators that decide an item, of this year, as far as they can be worked out."""
        return tuple(self._judged(result) for result in self.results(item, unit=unit))

    def results(self, item: TaskItem, *, unit: str | None = None) -> tuple[Result, ...]:
        """The indicators that decide an item, of this year; a village's own as far as it has any."""
        known = {one.id: one for one in self._indicators.catalogue()}
        year, of_town = self._context.mint.today().year, unit in (None, self._town)
        return tuple(
            self._indicators.one(indicator, year=year, unit=None if of_town else unit)
            for indicator in item.indicator_ids
            if indicator in known and (of_town or known[indicator].by_unit)
        )

    def proposes_finished(self, item: TaskItem, *, unit: str | None = None) -> bool:
        """Whether what is measured says that a person may call an item finished: every target of it is met."""
        verdicts = [result.verdict for result in self.results(item, unit=unit) if result.verdict != NONE]
        return bool(verdicts) and all(verdict == MET for verdict in verdicts)

    def whose(self, item: TaskItem, *, cooperating: bool = False) -> str:
        """Who is responsible, in the language in use; with those who cooperate if asked for."""
        names = (*item.responsible_norm, *(item.cooperating_norm if cooperating else ()))
        return listed(self.members.label(name) for name in names)

    def unit_names(self) -> tuple[str, ...]:
        """The names by which tasks can be asked for, in the order of the table."""
        return tuple(member.name for member in self.members)

    # Inside

    @property
    def _town(self) -> str:
        return self._context.units.town.id

    def _judged(self, result: Result) -> Judged:
        indicator = self._indicators.find(result.indicator)
        value = "" if result.value is None and not result.text else self._indicators.text(result)
        goal = result.target.wording if result.target.comparison else ""
        return Judged(
            indicator=result.indicator,
            label=indicator.label,
            figures=_("{value}; target: {target}").format(value=value, target=goal) if goal else value,
            code=result.verdict,
            verdict=verdict_label(result.verdict),
            tone=VERDICT_TONES.get(result.verdict, "neutral"),
        )

    def _row(
        self,
        item: TaskItem,
        lists: Checklists,
        notes: Sequence[TaskProgress],
        unit: str,
        today: date,
    ) -> ItemRow:
        said, entries = said_by(notes, unit), lists.entries(item)
        has_work = any(entry.covered for entry in entries) or bool(notes) or lists.has_papers(item)
        state = state_of_item(
            item,
            said=said.state if said else "",
            has_work=has_work,
            today=today,
            due_soon_days=self._context.settings().due_soon_days,
        )
        return ItemRow(
            item=item,
            state=state,
            days_left=days_left(item, today=today),
            said=said,
            villages=tuple(note for note in notes if note.unit not in (unit, self._town)),
            entries=entries,
            owed=() if state == FINISHED else tuple(self._owed(item, entries)),
        )

    def _owed(self, item: TaskItem, entries: Iterable[Entry]) -> Iterator[Owed]:
        """Each unit with the entries that it owes: the villages that lack one, else whoever is responsible."""
        by_unit: dict[str, list[str]] = {}
        by_name: dict[str, list[str]] = {}
        for entry in entries:
            if entry.is_complete:
                continue
            for unit in entry.lacking:
                by_unit.setdefault(unit, []).append(entry.words)
            if not entry.lacking or not entry.covered:
                for name in item.responsible_norm:
                    if name != VILLAGES or not entry.lacking:
                        by_name.setdefault(name, []).append(entry.words)
        for name, words in by_name.items():
            yield Owed(unit=self.members.label(name), missing=tuple(words))
        for unit_id, words in by_unit.items():
            yield Owed(unit=self._unit_name(unit_id), unit_id=unit_id, missing=tuple(words))

    def _unit_name(self, unit_id: str) -> str:
        unit = self._context.me if unit_id == self._context.me.id else self._context.units.find(unit_id)
        return unit.label if unit else unit_id

    def _asked_for(self, query: TaskQuery) -> list[TaskItem]:
        items = list(self._of_number(query.item)) if query.item else list(self.tasks.items)
        names = self._names(query.who) if query.who else frozenset[str]()
        words = query.text.strip().lower()
        return [
            item
            for item in items
            if (not names or names & {*item.responsible_norm, *item.cooperating_norm})
            and (query.due_before is None or (item.due_to or "9") <= query.due_before.isoformat())
            and (not query.village_duty or item.village_role)
            and (not words or all(word in self.searched(item) for word in words.split()))
        ]

    def _of_number(self, number: str) -> tuple[TaskItem, ...]:
        task = self.tasks.task(int(number)) if number.isdecimal() else None
        item = self.tasks.item(number)
        found = task.items if task else (item,) if item else ()
        if not found:
            raise UserError(
                code="unknown_task",
                message=_("There is no task {number}.").format(number=number),
                hint=_("Tasks have the numbers 1 to 32, items such as 16.2."),
            )
        return found

    def _names(self, who: str) -> frozenset[str]:
        """The names under which somebody stands in the table: 各成员单位 is each of them, 各村 every village."""
        member = self.members.find(who)
        if member is not None:
            everybody = set() if member.name in (VILLAGES, ALL_MEMBERS) else {ALL_MEMBERS}
            return frozenset({member.name, *everybody})
        unit = self._context.unit(who)
        return frozenset({VILLAGES}) if unit.id != self._town else self._names("文化站")

    def searched(self, item: TaskItem) -> str:
        """What a search looks through: number, words and units, with initials."""
        task = self.tasks.task(item.task_no)
        units = [self.members.find(name) for name in (*item.responsible_norm, *item.cooperating_norm)]
        return search_text(
            item.item_id,
            item.short,
            item.en,
            item.text,
            task.title if task else "",
            task.en if task else "",
            *item.responsible,
            *item.cooperating,
            *(f"{unit.name} {unit.code} {unit.name_en}" for unit in units if unit),
        )


def counts_by_state(rows: Iterable[TaskRow]) -> Mapping[str, int]:
    """How many tasks stand in each state."""
    found = dict.fromkeys(STATES, 0)
    for row in rows:
        found[row.state] += 1
    return found


def when_words(due: str) -> str:
    """A day as the table says it: `2019年底` for the last of the year."""
    if not due:
        return "—"
    day = date.fromisoformat(due)
    if (day.month, day.day) == (12, 31):
        return pick(zh=f"{day.year}年底", en=f"end {day.year}")
    return due


def left_words(row: ItemRow) -> str:
    """How much time an item has left, in words; empty once it is finished."""
    if row.state == FINISHED or row.days_left is None:
        return ""
    if row.days_left < 0:
        words = ngettext("{count} day past its date", "{count} days past its date", -row.days_left)
        return words.format(count=-row.days_left)
    return ngettext("{count} day left", "{count} days left", row.days_left).format(count=row.days_left)


def due_text(item: TaskItem) -> str:
    """The column of the table as it is printed, `2018年至2019年`; in English `2018 to 2019`."""
    return pick(zh=item.due_text, en=item.due_text.replace("至", " to ").replace("年", ""))


def conflict_words(item: TaskItem) -> str:
    """What the text says where it differs from the column; the column decides."""
    if not item.deadline_conflict or item.text_deadline is None:
        return ""
    return _("the column says {column}, the text {text}; the column counts").format(
        column=due_text(item), text=when_words(item.text_deadline)
    )


def _fits(row: ItemRow, query: TaskQuery) -> bool:
    return (not query.states or row.state in query.states) and (
        not query.missing_evidence or row.have < row.wanted
    )
