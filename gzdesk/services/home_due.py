"""What a village still has to do. Each rule looks at one thing and gives at most a few lines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from gzdesk.domain.deadlines import last_workday
from gzdesk.domain.period import Month
from gzdesk.domain.record import DRAFT, HELD, PLANNED
from gzdesk.i18n import gettext as _
from gzdesk.i18n import listed, ngettext, pick, weekday_words
from gzdesk.services.board_cells import deadline_of
from gzdesk.services.context import Context
from gzdesk.services.drafts import Drafts
from gzdesk.services.duty_targets import duty_items
from gzdesk.services.home_items import DueItem, Target
from gzdesk.services.home_words import day_and_weekday, day_words, month_words
from gzdesk.services.months import Months
from gzdesk.services.opening import Opening
from gzdesk.services.public_holidays import is_workday
from gzdesk.services.records import Records
from gzdesk.services.returns import Returns
from gzdesk.storage.queries import ListQuery

FILM, PERFORMANCE, NOTICE = "film_screening", "performance", "notice"
_VILLAGE = "village"
_MONTHS_LOOKED_BACK = 12
_DAYS_NAMED = 4
# Smaller is more urgent.
_KEPT, _OVERDUE, _RETURNED, _NOTICE, _SHEET, _DUTY, _OPENING, _FILM, _PERFORMANCE, _DRAFTS, _SEND = range(11)


def due_items(context: Context) -> tuple[DueItem, ...]:
    """Everything that is due today, most urgent first."""
    rules = (
        *(_kept_forms, _registers_left_out, _given_back, _notices, _months_to_close, _duties),
        *(_opening_days, _film, _performances, _drafts),
    )
    found = [item for rule in rules for item in rule(context)]
    return tuple(sorted(found, key=lambda item: item.urgency))


def to_send(context: Context, *, pending: int) -> DueItem | None:
    """What is closed and waits for the stick; `pending` entries are not proved to be with the town."""
    month = Month.of(context.mint.today()).plus(-1)
    if not pending or Months(context).state(month).status != "closed":
        return None
    late = context.mint.today() > deadline_of(month, day=context.settings().report_deadline_day)
    title = ngettext(
        "{count} entry is not with the town yet", "{count} entries are not with the town yet", pending
    )
    return DueItem(
        kind="to_send",
        urgency=_SEND,
        tone="warn" if late else "info",
        icon="stick",
        title=title.format(count=pending),
        detail=_("{month} is closed: write it to the stick and hand it in.").format(month=month_words(month)),
        button=_("To the stick"),
        action=Target(page="stick"),
    )


def open_months(context: Context) -> tuple[Month, ...]:
    """The past months with records that are not closed, oldest first; at most a year back."""
    this = Month.of(context.mint.today())
    types = [item.id for item in context.types if item.counts_by_month]
    with context.store.reading() as read:
        numbers = read.queries.months_with_records(unit=context.me.id, types=types)
    past = [Month.from_number(number) for number in numbers if number < this.number]
    if not past:
        return ()
    first = max(past[0], this.plus(-_MONTHS_LOOKED_BACK))
    states = {
        state.month: state.status
        for year in range(first.year, this.year + 1)
        for state in Months(context).states(year)
    }
    span = [first.plus(n) for n in range((this.year - first.year) * 12 + this.month - first.month)]
    return tuple(month for month in span if states[month] != "closed")


def first_missing_day(context: Context) -> date | None:
    """The first day whose visitors are not filled in, of the months that can still be written."""
    days = [day for found in _missing_days(context).values() for day in found]
    return min(days, default=None)


def workday_before(day: date) -> date:
    """The day itself when people work on it, else the last workday before it."""
    return last_workday(day, is_workday)


def _registers_left_out(context: Context) -> Iterator[DueItem]:
    """Files of the town's own registers that cannot be used: nothing of them is shown until they are put right."""
    for remark in context.types.remarks:
        yield DueItem(
            kind="register_left_out",
            urgency=_KEPT,
            tone="warn",
            icon="warning",
            title=_("A register of the town's own is left out"),
            detail=remark,
            button=_("Registers"),
            action=Target(page="registers"),
        )


def _kept_forms(context: Context) -> Iterator[DueItem]:
    """What was being typed when the program ended."""
    for form in Drafts(context).kept():
        record_type = context.types.get(form.type_id)
        if record_type is None:
            continue
        arguments: dict[str, object] = {"type_id": form.type_id}
        arguments |= {"record_id": form.record_id} if form.record_id else {"new": True}
        page = "records" if record_type.group in ("event", "daily") else "registers"
        yield DueItem(
            kind="kept_form",
            urgency=_KEPT,
            tone="warn",
            icon="edit",
            title=_("{name}: a form was not saved").format(name=record_type.label),
            detail=_("What was typed is still there. Finish it and save."),
            button=_("Go on"),
            action=Target(page=page, arguments=arguments),
        )


def _given_back(context: Context) -> Iterator[DueItem]:
    """What the town returned: each record opens at the item that it is about, a month at its sheet."""
    returns = Returns(context, Records(context))
    for item in returns.open():
        remarks = (
            _("{label}: {text}").format(label=each.label, text=each.remark) if each.label else each.remark
            for each in item.items
        )
        yield DueItem(
            kind="returned",
            urgency=_RETURNED,
            tone="error",
            icon="return",
            title=_("Returned: {words}").format(words=item.words),
            detail=listed(remarks),
            button=_("Put it right"),
            action=Target(page="returned", arguments={"record_id": item.record.id}),
        )
    for month in returns.months():
        yield DueItem(
            kind="month_returned",
            urgency=_RETURNED,
            tone="error",
            icon="return",
            title=_("The sheet of {month} was returned").format(month=month_words(month.month)),
            detail=month.remark,
            button=_("Look"),
            action=Target(page="months", arguments={"month": month.month}),
        )


def _months_to_close(context: Context) -> Iterator[DueItem]:
    today, settings = context.mint.today(), context.settings()
    for month in open_months(context):
        deadline = deadline_of(month, day=settings.report_deadline_day)
        if today < month.plus(1).first_day + timedelta(days=settings.remind_from_day - 1):
            continue
        late = (today - deadline).days
        yield DueItem(
            kind="month_open",
            urgency=_OVERDUE if late > 0 else _SHEET,
            tone="error" if late > 0 else "warn",
            icon="month",
            title=_("The sheet of {month} is not handed in yet").format(month=month_words(month)),
            detail=_late_words(late) if late > 0 else _deadline_words(deadline),
            button=_("Close it"),
            action=Target(page="months", arguments={"month": month}),
        )


def _late_words(days: int) -> str:
    return ngettext(
        "{count} day late. Close it and take it to the town station soon.",
        "{count} days late. Close it and take it to the town station soon.",
        days,
    ).format(count=days)


def _deadline_words(deadline: date) -> str:
    workday = workday_before(deadline)
    if workday == deadline:
        return _("Due on {day}").format(day=day_and_weekday(deadline))
    if workday.month == deadline.month:
        before = _("the {day}. ({weekday})").format(day=workday.day, weekday=weekday_words(workday))
    else:
        before = day_and_weekday(workday)
    return _("Due on {day}; take it to the town station by {before}").format(
        day=day_and_weekday(deadline), before=before
    )


def _duties(context: Context) -> Iterator[DueItem]:
    """What the calendar of duties reminds of (tasks.json 21.1, 7.2)."""
    yield from duty_items(context, urgency=_DUTY)


def _opening_days(context: Context) -> Iterator[DueItem]:
    missing = _missing_days(context)
    count = sum(map(len, missing.values()))
    if not count:
        return
    first = min(day for days in missing.values() for day in days)
    title = ngettext(
        "Opening days: {count} day has no figure", "Opening days: {count} days have no figure", count
    )
    words = [
        ngettext("{month}: {count} day ({days})", "{month}: {count} days ({days})", len(days)).format(
            month=month_words(month), count=len(days), days=_some_days(days)
        )
        for month, days in missing.items()
    ]
    yield DueItem(
        kind="opening_missing",
        urgency=_OPENING,
        tone="warn",
        icon="door",
        title=title.format(count=count),
        detail=pick(zh="；", en="; ").join(words),
        button=_("Fill in"),
        action=Target(page="opening", arguments={"month": Month.of(first), "day": first}),
    )


def _some_days(days: list[date]) -> str:
    words = [_("{day}.").format(day=day.day) for day in days[:_DAYS_NAMED]]
    return listed(words) + ("…" if len(days) > _DAYS_NAMED else "")


def _missing_days(context: Context) -> dict[Month, list[date]]:
    """Days without visitors in this month and the one before it, closed months left out."""
    opening, today = Opening(context), context.mint.today()
    found: dict[Month, list[date]] = {}
    for venue in opening.venues():
        if not venue.has_schedule:
            continue
        for month in (Month.of(today).plus(-1), Month.of(today)):
            grid = opening.month(month, venue)
            if not grid.is_closed:
                days = {cell.day for cell in grid.days if cell.is_missing and cell.day < today}
                found[month] = sorted(days | set(found.get(month, ())))
    return {month: days for month, days in found.items() if days}


def _film(context: Context) -> Iterator[DueItem]:
    """One screening in each administrative village each month (tasks.json 16.2)."""
    today, wanted = context.mint.today(), context.settings().screenings_per_month
    month = Month.of(today)
    done = _held(context, ListQuery(types=(FILM,), unit=context.me.id, month=month))
    if context.me.kind != _VILLAGE or done >= wanted:
        return
    left = ngettext("{count} day left this month", "{count} days left this month", _left(today))
    last = _last_screening(context, today)
    yield DueItem(
        kind="film_missing",
        urgency=_FILM,
        tone="info",
        icon="film",
        title=_("No film logged for {month} yet").format(month=month_words(month)),
        detail=pick(zh="；", en="; ").join(part for part in (left.format(count=_left(today)), last) if part),
        button=_("Log it"),
        action=Target(page="records", arguments={"type_id": FILM, "new": True}),
        done=done,
        wanted=wanted,
    )


def _left(today: date) -> int:
    return (Month.of(today).last_day - today).days


def _last_screening(context: Context, today: date) -> str:
    query = ListQuery(
        types=(FILM,),
        unit=context.me.id,
        statuses=(HELD,),
        last_day=today.isoformat(),
        descending=True,
        limit=1,
    )
    for row in Records(context).page(query).rows:
        return _("last shown on {day}: {title}").format(
            day=day_words(date.fromisoformat(row.day)), title=row.title
        )
    return ""


def _performances(context: Context) -> Iterator[DueItem]:
    """Five performances in each administrative village each year (tasks.json 12.1)."""
    today, wanted = context.mint.today(), context.settings().performances_per_year
    done = _held(context, ListQuery(types=(PERFORMANCE,), unit=context.me.id, year=today.year))
    if context.me.kind != _VILLAGE or done >= wanted:
        return
    plan = _next_planned(context, today)
    target: dict[str, object] = {"type_id": PERFORMANCE}
    target |= {"record_id": plan[0]} if plan else {"new": True}
    title = ngettext(
        "{count} performance to go this year", "{count} performances to go this year", wanted - done
    )
    yield DueItem(
        kind="performances_missing",
        urgency=_PERFORMANCE,
        tone="info",
        icon="stage",
        title=title.format(count=wanted - done),
        detail=plan[1] if plan else _("None is planned. Plan the next one."),
        button=_("See the plan") if plan else _("Plan it"),
        action=Target(page="records", arguments=target),
        done=done,
        wanted=wanted,
    )


def _next_planned(context: Context, today: date) -> tuple[str, str] | None:
    query = ListQuery(
        types=(PERFORMANCE,),
        unit=context.me.id,
        statuses=(PLANNED,),
        first_day=today.isoformat(),
        last_day=f"{today.year}-12-31",
        limit=1,
    )
    for row in Records(context).page(query).rows:
        day = day_words(date.fromisoformat(row.day))
        return row.id, _("planned for {day}: {title}").format(day=day, title=row.title)
    return None


def _notices(context: Context) -> Iterator[DueItem]:
    """What the town has written to this village, until its last day."""
    today = context.mint.today().isoformat()
    with context.store.reading() as read:
        notices = list(read.records.of_types([NOTICE], unit=context.units.town.id, status=HELD))
    for record in sorted(notices, key=lambda item: str(item.values.get("until", ""))):
        values = record.values
        units = values.get("for_units")
        if isinstance(units, list) and units and context.me.id not in units:
            continue
        if not (str(values.get("on", "")) <= today <= str(values.get("until", ""))):
            continue
        yield DueItem(
            kind="notice",
            urgency=_NOTICE,
            tone="info",
            icon="town",
            title=str(values.get("title", "")),
            detail=_("{town}, until {day}").format(town=context.units.town.label, day=values["until"]),
            button=_("Read"),
            action=Target(page="registers", arguments={"type_id": NOTICE, "record_id": record.id}),
        )


def _drafts(context: Context) -> Iterator[DueItem]:
    query = ListQuery(
        types=tuple(item.id for item in context.types.in_groups("event", "daily")),
        unit=context.me.id,
        statuses=(DRAFT,),
        limit=1,
        descending=True,
    )
    page = Records(context).page(query)
    for row in page.rows:
        title = ngettext("{count} draft to finish", "{count} drafts to finish", page.total)
        day = day_words(date.fromisoformat(row.day)) if row.day else ""
        yield DueItem(
            kind="drafts",
            urgency=_DRAFTS,
            tone="warn",
            icon="edit",
            title=title.format(count=page.total),
            detail=f"{day} {row.title}".strip(),
            button=_("Finish"),
            action=Target(page="records", arguments={"type_id": row.type, "record_id": row.id}),
        )


def _held(context: Context, query: ListQuery) -> int:
    """Whole sessions that took place: a programme of two sessions counts twice (G2)."""
    return Records(context).totals(query).sessions_hundredths // 100
