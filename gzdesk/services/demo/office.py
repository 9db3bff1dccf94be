"""The clerk's own desk: work log, meetings, safety checks, money, reports in the media, what people say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from gzdesk.domain.period import Month
from gzdesk.services.demo.registers import CLERK
from gzdesk.services.demo.scene import Chance, Entry, Ref, Scene, desk_day, is_in_festival_week, weekdays_of
from gzdesk.services.demo.words import Row

# Tuesday and Friday stand in the log; a log of every working day would only be longer.
_LOG_WEEKDAYS = (2, 5)
_QUARTERS = ((3, "2019-Q1"), (6, "2019-Q2"), (9, "2019-Q3"), (12, "2019-Q4"))


def office_entries(scene: Scene) -> Iterator[Entry]:
    """What the clerk writes down besides events; the log itself needs the other entries (`log_entries`)."""
    for month in scene.months:
        if month == scene.nil_month:
            continue
        yield from _meetings(scene, month)
        yield from _safety(scene, month)
        yield from _spending(scene, month)
        yield from _feedback(scene, month)
    yield from _surveys(scene)


def publicity_entries(scene: Scene, activities: Iterable[Entry]) -> Iterator[Entry]:
    """Now and then the town's account or a paper writes about an activity."""
    rows = scene.words.office["publicity"]
    for entry in activities:
        chance = scene.chance("publicity", entry.key)
        if entry.values["status"] != "held" or entry.reason or not chance.happens(0.1):
            continue
        row = chance.row(rows, weights=(6, 3, 1))
        day = date.fromisoformat(str(entry.values["date"])) + timedelta(days=1)
        values = {
            "date": day.isoformat(),
            "title": row["title"].format(village=scene.village.name, event=entry.values["name"]),
            "medium": row["medium"],
            "outlet": row["outlet"],
            "level": row["level"],
        }
        yield Entry(on=desk_day(day), key=f"publicity/{entry.key}", type_id="publicity", values=values)


def log_entries(scene: Scene, others: Iterable[Entry]) -> Iterator[Entry]:
    """The work log: what was logged that day writes itself into it; on a quiet day the clerk says what was done."""
    written = {
        (entry.on, str(entry.values.get("date") or entry.values.get("start_on")))
        for entry in others
        if entry.values.get("status", "held") in ("held", "cancelled") and entry.type_id not in _NOT_IN_LOGS
    }
    days = {day: on for on, day in sorted(written, reverse=True)}
    words = scene.words.office["work_log"]
    for month in scene.months:
        for day in weekdays_of(month, _LOG_WEEKDAYS):
            chance = scene.chance("work log", day)
            if not scene.is_busy(day) or is_in_festival_week(day) or chance.happens(0.1):
                continue
            values: dict[str, object] = {"date": day.isoformat(), "staff_id": Ref(CLERK)}
            if days.get(day.isoformat(), date.max) > desk_day(day):
                values["content"] = chance.pick(words["quiet"])
            if chance.happens(0.08):
                values |= {"problem": chance.pick(words["problems"]), "next": chance.pick(words["next"])}
            yield Entry(on=desk_day(day), key=f"work_log/{day}", type_id="work_log", values=values)


# Of these the log says nothing (work_log.toml, `linked`).
_NOT_IN_LOGS = frozenset(
    {"training_attendance", "library_collection_snapshot", "online_learning", "fund_use", "closure_notice"}
)


def _meetings(scene: Scene, month: Month) -> Iterator[Entry]:
    chance = scene.chance("meeting", month)
    day = month.first_day + timedelta(days=chance.between(8, 12))
    if not scene.is_busy(day):
        return
    row = scene.words.office["meeting"][month.month % 2]
    values = {
        "date": day.isoformat(),
        "title": row["title"],
        "kind": "regular",
        "chair": scene.village.head,
        "attendees": [str(person["name"]) for person in scene.village.staff],
        "agenda": row["agenda"],
        "minutes": row["minutes"],
        "status": "held",
    }
    yield Entry(on=desk_day(day), key=f"meeting/{month}", type_id="meeting", values=values)


def _safety(scene: Scene, month: Month) -> Iterator[Entry]:
    chance, words = scene.chance("safety", month), scene.words.office["safety"]
    day = month.first_day + timedelta(days=chance.between(3, 9))
    if not scene.is_busy(day):
        return
    values: dict[str, object] = {
        "kind": "evaluation" if month.month == 12 else "check",
        "date": day.isoformat(),
        "place": words["places"][month.month % len(words["places"])],
        "items": list(words["items"]),
        "result": "no_hazard",
        "checker": scene.village.clerk,
    }
    if chance.happens(0.15):
        fixed = (day + timedelta(days=chance.between(0, 5))).isoformat()
        values |= {"result": "hazard", "hazards": chance.pick(words["hazards"]), "fixed_on": fixed}
    yield Entry(
        on=desk_day(day + timedelta(days=6)), key=f"safety/{month}", type_id="safety_check", values=values
    )


def _spending(scene: Scene, month: Month) -> Iterator[Entry]:
    chance = scene.chance("spending", month)
    for n in range(chance.between(0, 2)):
        row = chance.row(scene.words.office["fund"])
        day = month.first_day + timedelta(days=chance.between(0, 27))
        if not scene.is_busy(day):
            continue
        values = {
            "entry": "spent",
            "date": day.isoformat(),
            "source": row["source"],
            "budget_line": row["budget_line"],
            "amount": f"{chance.between(*row['amount'])}.{chance.pick(('00', '50'))}",
            "purpose": chance.pick(row["purposes"]),
            "voucher_no": f"记-{month.month:02d}{n + 1:02d}",
        }
        yield Entry(on=desk_day(day), key=f"fund_use/{month}/{n}", type_id="fund_use", values=_money(values))


def _money(values: dict[str, object]) -> dict[str, object]:
    """The amount as a ledger keeps it, without zeros at its end."""
    text = str(values["amount"])
    return {**values, "amount": text.rstrip("0").rstrip(".")}


def _feedback(scene: Scene, month: Month) -> Iterator[Entry]:
    chance, rows = scene.chance("feedback", month), scene.words.office["feedback"]
    for n in range(chance.between(0, 2)):
        row = chance.row(rows)
        day = month.first_day + timedelta(days=chance.between(0, 25))
        if not scene.is_busy(day):
            continue
        values = {
            "date": day.isoformat(),
            "channel": chance.pick(("book", "book", "phone", "in_person", "wechat")),
            "topic": row["topic"],
            "content": row["content"],
        }
        key = f"feedback/{month}/{n}"
        yield Entry(on=desk_day(day), key=key, type_id="feedback", values=values)
        yield from _answer(scene, chance, row, values, day, key=key)


def _answer(
    scene: Scene, chance: Chance, row: Row, values: dict[str, object], day: date, *, key: str
) -> Iterator[Entry]:
    """Most of what people say is settled within three weeks; the record of a closed month is then finished."""
    settled = day + timedelta(days=chance.between(4, 21))
    if settled <= scene.last_day and chance.happens(0.9):
        answer = {
            **values,
            "handled_by": scene.village.clerk,
            "reply": row["reply"],
            "closed_on": settled.isoformat(),
        }
        yield Entry(on=desk_day(settled), key=key, type_id="feedback", values=answer)


def _surveys(scene: Scene) -> Iterator[Entry]:
    for last_month, period in _QUARTERS:
        month = Month(scene.first.year, last_month)
        if month > scene.months[-2]:
            return
        chance = scene.chance("survey", period)
        for about in chance.some(scene.words.office["survey"]["objects"], 3):
            forms = chance.between(12, 40)
            not_sure, bad, worse = chance.between(0, 3), chance.between(0, 2), chance.between(0, 1)
            best = (forms - not_sure - bad - worse) // 2
            good = (forms - not_sure - bad - worse - best) // 2
            counts = {"n5": best, "n4": good, "n2": bad, "n1": worse, "n0": not_sure}
            values = {**counts, "n3": forms - sum(counts.values()), "period": period, "object": about}
            yield Entry(
                on=desk_day(month.last_day + timedelta(days=2)),
                key=f"survey/{period}/{about}",
                type_id="satisfaction_survey",
                values={**values, "forms": forms},
            )
