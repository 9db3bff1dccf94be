"""免费开放公示牌: what hangs at the door of a venue (公共文化体育设施条例 17), to be read from two steps away."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from gzdesk.domain.opening import Slot, open_minutes, staggered_minutes
from gzdesk.domain.reading.slots import HOLIDAY
from gzdesk.domain.unit import Unit
from gzdesk.i18n import gettext as _
from gzdesk.i18n import language, listed, weekday_words
from gzdesk.reports.document import (
    Block,
    Cell,
    Closing,
    Column,
    Document,
    Heading,
    Line,
    Margins,
    NewPage,
    Page,
    Row,
    Seal,
    Table,
)
from gzdesk.reports.layout import BUILT_IN, Layout, Layouts
from gzdesk.reports.source import Filed, HolidayHours, Venue
from gzdesk.reports.words import (
    centre_name,
    commas,
    day_text,
    day_to_fill_in,
    hours_text,
    semicolons,
    short_day_text,
    span_text,
)

_A3 = 2**0.5  # A3 is A4 enlarged by that
_SIZES = (1.25, 1.15, 1.07, 1.0, 0.93, 0.86, 0.79, 0.72)  # the largest with which a venue fits one page
_A_MONDAY = date(2019, 11, 4)
_MANY_ROOMS = 2
_STAR = "★"
_WEEK = range(1, HOLIDAY)


def document(
    unit: Unit,
    venues: Sequence[Venue],
    *,
    working_hours: Sequence[Slot],
    page: Page = "A4",
    layouts: Layouts = BUILT_IN,
) -> Document:
    """The notice of each venue on a page of its own; without a venue, an empty one to fill in by hand."""
    layout = layouts.load("opening_notice", keys=_ITEMS)
    blocks: list[Block] = []
    for venue in venues or (Venue(facility=None, name="", schedules=()),):
        blocks += [NewPage()] if blocks else []
        blocks += _fitting(unit, venue, working_hours, page, layout)
    return _on_paper(unit, layout.title(unit=unit.label), tuple(blocks), page)


def _on_paper(unit: Unit, title: str, blocks: tuple[Block, ...], page: Page) -> Document:
    scale = _A3 if page == "A3" else 1.0
    return Document(
        title=title,
        blocks=blocks,
        author=unit.label,
        page=page,
        landscape=False,
        margins=Margins(top=18 * scale, bottom=13 * scale, left=17 * scale, right=17 * scale),
        numbered=False,
        language=language(),
    )


def _fitting(
    unit: Unit, venue: Venue, working_hours: Sequence[Slot], page: Page, layout: Layout
) -> tuple[Block, ...]:
    from gzdesk.reports.flow import height_mm

    scale = _A3 if page == "A3" else 1.0
    made: tuple[Block, ...] = ()
    for size in _SIZES:
        made = _Notice(unit, venue, working_hours, layout, scale, size).blocks()
        if height_mm(_on_paper(unit, "", made, page)) < float("inf"):
            break
    return made


class _Notice:
    """One venue's page. `scale` is that of the paper, `size` makes the text larger or smaller to fill it."""

    def __init__(
        self,
        unit: Unit,
        venue: Venue,
        working_hours: Sequence[Slot],
        layout: Layout,
        scale: float,
        size: float,
    ) -> None:
        self._unit = unit
        self._venue = venue
        self._working_hours = working_hours
        self._layout = layout
        self._scale = scale
        self._size = size
        self._width_mm = 176.0 * scale

    def blocks(self) -> tuple[Block, ...]:
        """Name, title, week, items, seal."""
        centre = centre_name(kind=self._unit.kind, name=self._unit.label)
        title = self._layout.title(unit=self._unit.label, venue=self._venue.name)
        starred = any(_STAR in str(cell.value) for row in self._week().rows for cell in row.cells)
        legend = self._layout.text("staggered") if starred else ""
        posted = self._layout.text("posted", date=self._posted())
        return (
            Heading(text=_venue_name(self._venue.name, self._unit, centre), size_pt=self._pt("venue_pt")),
            Heading(text=title, size_pt=self._pt("title_pt")),
            self._week(),
            *((Line(left=legend, size_pt=11 * self._scale),) if legend else ()),
            self._items(),
            Closing(
                notes=(self._layout.text("publisher", unit=centre), posted),
                seal=Seal(date=""),
                size_pt=13 * self._scale,
            ),
        )

    def _pt(self, name: str) -> float:
        return self._layout.numbers[name] * self._scale * self._size

    # The week

    def _week(self) -> Table:
        rooms = self._venue.schedules
        days = [*_WEEK, HOLIDAY] if any(_slots(item, HOLIDAY) for item in rooms) else list(_WEEK)
        day_mm = self._day_column_mm(days)
        room_mm = (self._width_mm - day_mm) / max(1, len(rooms))
        several = len(rooms) > 1 or any(item.text("room") for item in rooms)
        titles = [item.text("room") if several else "" for item in rooms] or [""]
        columns = [Column(title=self._layout.text("weekday"), width_mm=day_mm)]
        columns += [
            Column(title=title or self._layout.text("all_rooms"), width_mm=room_mm) for title in titles
        ]
        return Table(
            columns=tuple(columns),
            rows=tuple(self._day(day) for day in days),
            size_pt=self._pt("hours_pt"),
            most_lines=4,
        )

    def _day_column_mm(self, days: Sequence[int]) -> float:
        """As wide as its longest name; 星期三 and Wednesday differ by half."""
        from gzdesk.reports.fonts import Face, width_pt
        from gzdesk.reports.placed import MM_PER_PT

        size_pt = self._pt("hours_pt")
        widest = max(width_pt(self._day_name(day), Face.SERIF_BOLD, size_pt) for day in days)
        return widest * MM_PER_PT + 6 * self._scale

    def _day_name(self, weekday: int) -> str:
        if weekday == HOLIDAY:
            return self._layout.text("holiday")
        return weekday_words(_A_MONDAY + timedelta(days=weekday - 1))

    def _day(self, weekday: int) -> Row:
        name = self._day_name(weekday)
        cells = [Cell(value=self._hours(item, weekday)) for item in self._venue.schedules] or [Cell()]
        return Row(cells=(Cell(value=name), *cells), min_height_mm=10.5 * self._scale * self._size)

    def _hours(self, schedule: Filed, weekday: int) -> str:
        slots = _slots(schedule, weekday)
        if not slots:
            return self._layout.text("closed")
        times = [f"{slot.start}–{slot.end}{self._star(slot, weekday)}" for slot in slots]
        return commas(times) if len(self._venue.schedules) < _MANY_ROOMS else "\n".join(times)

    def _star(self, slot: Slot, weekday: int) -> str:
        day = _A_MONDAY + timedelta(days=(weekday - 1) % 7)
        holiday = "holiday" if weekday == HOLIDAY else None
        outside = staggered_minutes([slot], day, holiday=holiday, working_hours=self._working_hours)
        return _STAR if outside else ""

    # Items

    def _items(self) -> Table:
        label_mm = self._layout.numbers["label_mm"] * self._scale
        columns = (
            Column(title="", width_mm=label_mm),
            Column(title="", width_mm=self._width_mm - label_mm, align="left"),
        )
        height = 10.0 * self._scale * self._size
        rows = []
        for item in self._layout.items:
            words = _ITEMS[item.key](self._venue, self._working_hours)
            if words or item.key not in _ONLY_WITH_WORDS:
                cells = (Cell(value=item.label, label=True), Cell(value=words))
                rows.append(Row(cells=cells, min_height_mm=height))
        return Table(columns=columns, rows=tuple(rows), head=False, size_pt=self._pt("item_pt"), most_lines=5)

    def _posted(self) -> str:
        days = [day for item in self._venue.schedules if (day := item.day("posted_on"))]
        return day_text(max(days)) if days else day_to_fill_in(None)


def _venue_name(name: str, unit: Unit, centre: str) -> str:
    """曹一村综合性文化服务中心: the venue's own name, with the village's before it unless it says so itself."""
    if not name:
        return centre
    return name if unit.label in name else _("{unit} {venue}").format(unit=unit.label, venue=name)


def _slots(schedule: Filed, weekday: int) -> list[Slot]:
    found = schedule.values.get("weekday_slots")
    items = found if isinstance(found, (list, tuple)) else ()
    return sorted(
        Slot(start=str(item["from"]), end=str(item["to"]))
        for item in items
        if isinstance(item, Mapping) and item.get("weekday") == weekday
    )


# What stands in the items


def _weekly(venue: Venue, working_hours: Sequence[Slot]) -> str:
    total = outside = 0
    for weekday in _WEEK:
        day = _A_MONDAY + timedelta(days=weekday - 1)
        slots = [slot for item in venue.schedules for slot in _slots(item, weekday)]
        total += open_minutes(slots)
        outside += staggered_minutes(slots, day, working_hours=working_hours)
    if not total:
        return ""
    return _("{total} hours, {outside} of them outside office hours").format(
        total=hours_text(total), outside=hours_text(outside)
    )


def _holidays(venue: Venue, _working_hours: Sequence[Slot]) -> str:
    """What was written about holidays, then the next ones with their days; those with the same hours together."""
    rules = _words(venue, "holiday_rule")
    by_hours: dict[str, list[str]] = {}
    for item in venue.holidays:
        days = _("{holiday} ({days})").format(holiday=item.name, days=span_text(item.first, item.last))
        by_hours.setdefault(_holiday_hours(item, rules), []).append(days)
    lines = [
        _("{holidays}: {hours}").format(holidays=listed(names), hours=hours)
        for hours, names in by_hours.items()
    ]
    return "\n".join(part for part in (rules, *lines) if part)


def _holiday_hours(item: HolidayHours, rules: str) -> str:
    # 春节初一至初三闭馆 says more than the weekly hours know; the two must not contradict each other at the door.
    if item.name in rules:
        return _("as above")
    return commas(f"{slot.start}–{slot.end}" for slot in item.slots) or _("closed")


def _closures(venue: Venue, _working_hours: Sequence[Slot]) -> str:
    return semicolons(map(_closure, venue.closures))


def _closure(item: Filed) -> str:
    first, last = item.day("from"), item.day("to")
    if first is None:
        return ""
    if last is None:
        words = _("from {day} until further notice").format(day=short_day_text(first))
    else:
        words = span_text(first, last)
    return _("{days} ({reason})").format(days=words, reason=item.text("reason"))


def _words(venue: Venue, name: str) -> str:
    """The texts of all rooms in that field, each once."""
    return semicolons(dict.fromkeys(item.text(name) for item in venue.schedules))


# To add an item: a line here, and its place and words in `resources/layouts/opening_notice.toml`.
_ITEMS: dict[str, Callable[[Venue, Sequence[Slot]], str]] = {
    "weekly": _weekly,
    "holidays": _holidays,
    "staggered_note": lambda venue, _hours: _words(venue, "staggered_note"),
    "services": lambda venue, _hours: _words(venue, "services"),
    "address": lambda venue, _hours: venue.facility.text("address") if venue.facility else "",
    "phone": lambda venue, _hours: _words(venue, "phone"),
    "supervision_phone": lambda venue, _hours: _words(venue, "supervision_phone"),
    "closures": _closures,
}
_ONLY_WITH_WORDS = frozenset({"weekly", "staggered_note"})  # the others are filled in by hand where unknown
