"""From results to the heat map, the trend and the line under them. No Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from gzdesk.desktop.indicator_view import (
    ABSENT,
    BLANK,
    CHECK,
    COLUMNS,
    LATE,
    LINE,
    MISSED,
    RUNNING,
    RUNNING_MARK,
    VERDICT_TONES,
    HeatCell,
    HeatRow,
    HeatView,
    Trend,
    cell_text,
    look_of,
    number_text,
)
from gzdesk.domain.figures import grouped
from gzdesk.domain.indicators.result import (
    BEHIND,
    MONTHLY,
    NOT_MET,
    STATE,
    TO_CHECK,
    Indicator,
    Part,
    Result,
    excluded_label,
    verdict_label,
)
from gzdesk.domain.indicators.words import value_text
from gzdesk.domain.period import Month
from gzdesk.i18n import gettext as _
from gzdesk.i18n import listed, ngettext, pick

if TYPE_CHECKING:
    from gzdesk.services.indicators import HeatMap

Text = Callable[[Result], str]
Key = tuple[str, str]
_LONGEST_CELL = 7
# A total is plain unless its year needs to be looked at.
_LOUD = {NOT_MET: MISSED, BEHIND: LATE, TO_CHECK: CHECK}
_PERCENT_KINDS = ("percent", "permille")
_NO_UNIT_KINDS = ("percent", "permille", "boolean", "grade")


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """What is behind a cell: its name in words, its value, and the records."""

    title: str
    value: str
    chip: str
    tone: str
    sentences: tuple[str, ...]
    counted: tuple[str, ...]
    excluded: tuple[tuple[str, str], ...]
    unit: str = ""
    month: Month | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heat:
    """A map to paint and what is behind each of its cells."""

    view: HeatView
    behind: Mapping[Key, Behind]


def month_head(month: Month) -> str:
    """`10月` over a column; in English `10`."""
    return pick(zh=f"{month.month}月", en=str(month.month))


def year_words(year: int) -> str:
    """`2019年`; in English `2019`."""
    return pick(zh=f"{year}年", en=str(year))


def period_words(result: Result) -> str:
    """The month or the year of a result in words."""
    if result.period.is_month:
        month = result.period.first
        return pick(zh=f"{month.month}月", en=f"{month.month}/{month.year}")
    return year_words(result.period.year)


def amount_words(indicator: Indicator, text: str) -> str:
    """A value with its unit of measure: `0 场`; a percentage has its sign already."""
    unit = (
        ""
        if indicator.value_type in _NO_UNIT_KINDS or not text or not text[0].isdigit()
        else indicator.unit_label
    )
    # Of what is measured twice, `场;人次`, the figure is the first; the other stands in a sentence.
    return grouped(f"{text} {unit.split(';')[0]}" if unit else text)


def behind_result(indicator: Indicator, result: Result, *, name: str, text: str) -> Behind:
    """What is behind a value: its sentences say why it is so and what does not count (counting_rules G13)."""
    amount = text if result.rollup else amount_words(indicator, text)
    chip = verdict_label(result.verdict)
    if result.verdict == NOT_MET and result.period.is_month:
        chip = _("Not met this month")
    return Behind(
        title="・".join(part for part in (name, period_words(result), amount) if part),
        value=text,
        chip=chip,
        tone=VERDICT_TONES.get(result.verdict, "neutral"),
        sentences=_sentences(result),
        counted=result.counted,
        excluded=tuple((item.record, item.code) for item in result.excluded),
        unit=result.unit,
        month=result.period.first if result.period.is_month else None,
    )


def unit_heat(heat: HeatMap, *, today: date, text: Text) -> Heat:
    """Units by months with the year at the right; what is a state has the year alone."""
    indicator = heat.indicator
    by_month = indicator.runs != STATE
    behind: dict[Key, Behind] = {}
    most = max(
        (
            cell.value
            for row in heat.rows
            for cell in row.cells
            if cell is not None and cell.value is not None
        ),
        default=Fraction(0),
    )

    def known(result: Result, name: str) -> Key:
        key = (result.unit, result.period.label)
        behind[key] = behind_result(indicator, result, name=name, text=text(result))
        return key

    rows = []
    for row in heat.rows:
        year_key = known(row.year, row.unit.label)
        if not by_month:
            cells: tuple[HeatCell, ...] = (_year_cell(row.year, year_key, text),)
            total = HeatCell(key=(row.unit.id, "verdict"), text=behind[year_key].chip, look="")
            behind[total.key] = behind[year_key]
        else:
            cells = tuple(
                _empty_cell(row.unit.id, month, today)
                if cell is None
                else _month_cell(
                    indicator, cell, known(cell, row.unit.label), today=today, text=text, most=most
                )
                for month, cell in zip(heat.months, row.cells, strict=True)
            )
            shown = _total_text(indicator, row.cells, row.year, text)
            look = _LOUD.get(row.year.verdict, "")
            total = HeatCell(key=year_key, text=shown, look=look, words=behind[year_key].chip)
        rows.append(HeatRow(label=row.unit.label, cells=cells, total=total))
    months = tuple(month_head(month) for month in heat.months)
    this = Month.of(today)
    view = HeatView(
        corner=_("Unit"),
        columns=months if by_month else (year_words(heat.year),),
        rows=tuple(rows),
        total=_("In all") if by_month else _("Verdict"),
        current=this.month - 1 if by_month and this.year == heat.year else None,
    )
    return Heat(view=view, behind=behind)


def part_heat(indicator: Indicator, result: Result, parts: tuple[Part, ...]) -> Heat:
    """Persons, venues or institutions with their value and verdict, the worst first."""
    behind: dict[Key, Behind] = {}
    rows = []
    for part in parts:
        key = ("part", part.key)
        text = part_text(indicator, part)
        behind[key] = Behind(
            title="・".join(
                item
                for item in (part.label, year_words(result.period.year), amount_words(indicator, text))
                if item
            ),
            value=text,
            chip=verdict_label(part.verdict),
            tone=VERDICT_TONES.get(part.verdict, "neutral"),
            sentences=tuple(word for word in (part.note,) if word),
            counted=part.counted,
            excluded=(),
            unit=result.unit,
        )
        look = look_of(part.value, part.verdict, asked=result.target.value, most=Fraction(0))
        cell = HeatCell(key=key, text=text, look=look, words=behind[key].title)
        total = HeatCell(key=("verdict", part.key), text=behind[key].chip, look="")
        behind[total.key] = behind[key]
        rows.append(HeatRow(label=part.label, cells=(cell,), total=total))
    view = HeatView(
        corner=_("Name"), columns=(year_words(result.period.year),), rows=tuple(rows), total=_("Verdict")
    )
    return Heat(view=view, behind=behind)


def other_parts(result: Result, units: frozenset[str]) -> tuple[Part, ...]:
    """The parts of a result that are no units and no months: persons, venues, institutions."""
    return tuple(part for part in result.parts if part.key not in units and not _is_month(part.key))


def part_text(indicator: Indicator, part: Part) -> str:
    """The value of a part, as its numerator and denominator where it is a share of something larger."""
    if part.value is None:
        return cell_text(None)
    if indicator.value_type in _PERCENT_KINDS and part.value in (0, 1) and part.denominator in (None, 1):
        return _("yes") if part.value else _("no")
    if part.numerator is not None and part.denominator not in (None, Fraction(1)):
        assert part.denominator is not None
        return f"{number_text(part.numerator)} / {number_text(part.denominator)}"
    return cell_text(part.value)


def target_words(result: Result) -> str:
    """The target in short; a dash where there is none."""
    return result.target.wording if result.target.value is not None else ""


def scope_words(indicator: Indicator, view: HeatView, *, is_town: bool) -> str:
    """The items of the tasks that it decides, and whom it is about (picture i)."""
    items = _("Task {items}").format(items=listed(indicator.task_items)) if indicator.task_items else ""
    units = ""
    if is_town and view.rows:
        count = len(view.rows)
        units = (
            ngettext(
                "{count} village, without the community", "{count} villages, without the community", count
            )
            if indicator.unit_kinds == ("village",)
            else ngettext("{count} unit", "{count} units", count)
        ).format(count=count)
    return "・".join(part for part in (items, units) if part)


def trend_of(
    indicator: Indicator,
    values: tuple[tuple[Month, Fraction | None], ...],
    *,
    today: date,
) -> Trend:
    """The months of a year as columns, or as a line where they are not added up (shares and states)."""
    adds_up = indicator.runs != STATE and indicator.value_type == "count"
    months = [month for month, _value in values]
    this = Month.of(today)
    return Trend(
        values=tuple(value for _month, value in values),
        labels=tuple(month_head(month) for month in months),
        texts=tuple("" if value is None else value_text(indicator, value) for _month, value in values),
        kind=COLUMNS if adds_up else LINE,
        current=months.index(this) if this in months else None,
    )


def sums_of(heat: HeatMap) -> tuple[tuple[Month, Fraction | None], ...]:
    """What the units come to together month by month, None for a month that has not begun."""
    found = []
    for at, month in enumerate(heat.months):
        values = [value for row in heat.rows if (cell := row.cells[at]) and (value := cell.value) is not None]
        found.append((month, sum(values, Fraction(0)) if values else None))
    return tuple(found)


def _month_cell(
    indicator: Indicator, result: Result, key: Key, *, today: date, text: Text, most: Fraction
) -> HeatCell:
    words = "・".join(
        part for part in (period_words(result), text(result), verdict_label(result.verdict)) if part
    )
    if not result.value and not result.period.is_closed(today) and not result.rollup:
        return HeatCell(key=key, text=RUNNING_MARK, look=RUNNING, words=words)
    asked = result.target.value if indicator.runs == MONTHLY else None
    if indicator.value_type in _PERCENT_KINDS:
        most = Fraction(0)
    look = look_of(result.value, result.verdict, asked=asked, most=most)
    return HeatCell(key=key, text=_short_text(indicator, result, text), look=look, words=words)


def _year_cell(result: Result, key: Key, text: Text) -> HeatCell:
    look = look_of(result.value, result.verdict, asked=None, most=Fraction(0))
    shown = text(result) if result.value is not None or result.text else cell_text(None)
    return HeatCell(key=key, text=shown, look=look, words=verdict_label(result.verdict))


def _empty_cell(unit: str, month: Month, today: date) -> HeatCell:
    look = BLANK if month.first_day > today else ABSENT
    words = "" if look == BLANK else _("The unit did not exist then.")
    return HeatCell(key=(unit, str(month)), look=look, words=words)


def _short_text(indicator: Indicator, result: Result, text: Text) -> str:
    if result.value is None:
        return cell_text(None)
    if indicator.value_type == "count" and not result.rollup:
        return cell_text(result.value)
    shown = text(result).replace(" ", "")
    return shown if len(shown) <= _LONGEST_CELL else cell_text(result.value)


def _total_text(indicator: Indicator, cells: tuple[Result | None, ...], year: Result, text: Text) -> str:
    """The sum of the months where they may be added (sessions, person-times), else the value of the year."""
    if indicator.value_type == "count" and year.rollup:
        values = [cell.value for cell in cells if cell is not None and cell.value is not None]
        return cell_text(sum(values, Fraction(0)))
    if year.value is None:
        return cell_text(None)
    if indicator.value_type == "count":
        return cell_text(year.value)
    return text(year)


def _sentences(result: Result) -> tuple[str, ...]:
    said = [result.reason, *result.notes]
    if result.counted and result.with_evidence < len(result.counted):
        words = ngettext(
            "{count} record counts; {proved} with all its evidence.",
            "{count} records count; {proved} with all their evidence.",
            len(result.counted),
        )
        said.append(words.format(count=len(result.counted), proved=result.with_evidence))
    if result.excluded:
        codes = Counter(item.code for item in result.excluded)
        reasons = listed(
            _("{reason} {count}").format(reason=excluded_label(code), count=count)
            for code, count in sorted(codes.items())
        )
        said.append(_("Not counted: {reasons}.").format(reasons=reasons))
    return tuple(_ended(word) for word in said if word)


def _ended(words: str) -> str:
    end = pick(zh="。", en=".")
    return words if words.endswith((end, "…")) else words + end


def _is_month(key: str) -> bool:
    try:
        Month.parse(key)
    except ValueError:
        return False
    return True
