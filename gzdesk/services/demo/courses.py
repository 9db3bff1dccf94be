"""Public classes of several lessons, and training of the village's own staff (tasks.json 12.1, 25.2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gzdesk.services.demo.scene import Entry, Ref, Scene, desk_day, is_in_festival_week, weekly
from gzdesk.services.demo.words import Row


def course_entries(scene: Scene) -> Iterator[Entry]:
    """All lessons and trainings of the year."""
    for name in scene.village.courses:
        course = scene.words.courses[name]
        for n, term in enumerate(course["terms"]):
            yield from _term(scene, course, term, key=f"training_session/{name}/{n}")
    for n, row in enumerate(scene.words.staff_training):
        if scene.is_busy(date.fromisoformat(row["on"])):
            yield from _staff_training(scene, row, key=f"training_session/staff/{n}")


def _term(scene: Scene, course: Row, term: Row, *, key: str) -> Iterator[Entry]:
    teacher = scene.chance("teacher", key).pick(scene.words.people["teachers"])
    lesson = 0
    for day in weekly(date.fromisoformat(term["from"]), term["lessons"]):
        if not scene.is_busy(day) or is_in_festival_week(day):
            continue
        lesson += 1
        yield _lesson(scene, course, day, lesson=lesson, teacher=teacher, key=f"{key}/{lesson}")


def _lesson(scene: Scene, course: Row, day: date, *, lesson: int, teacher: str, key: str) -> Entry:
    chance = scene.chance("lesson", key)
    persons = round(course["persons"] * scene.village.size**0.4)
    values = {
        "title": f"{course['title']}（第{lesson}课）",
        "kind": "arts",
        "level": "village",
        "organiser": scene.village.committee,
        "teacher": teacher,
        "start_on": day.isoformat(),
        "end_on": day.isoformat(),
        "start_time": course["start"],
        "class_hours": course["class_hours"],
        "place": scene.village.place("square") if course["place"] == "文化广场" else course["place"],
        # The first lesson is full, then some stay away.
        "attendance_total": max(6, persons - chance.between(0, 4) - min(lesson, 5)),
        "status": "held",
    }
    return Entry(on=desk_day(day), key=key, type_id="training_session", values=values)


def _staff_training(scene: Scene, row: Row, *, key: str) -> Iterator[Entry]:
    chance = scene.chance("staff training", key)
    teacher, others = chance.pick(scene.words.people["teachers"]), chance.between(4, 9)
    present = [n for n, _person in enumerate(scene.village.staff) if n == 0 or chance.happens(0.8)]
    values = {
        "title": row["title"],
        "kind": "centralised",
        "level": "village",
        "organiser": scene.village.centre,
        "teacher": f"镇文化站 {teacher}",
        "start_on": row["on"],
        "end_on": row["on"],
        "start_time": "09:00",
        "days": row["days"],
        "place": scene.village.place("centre"),
        "attendance_total": len(present) + others,
        "status": "held",
    }
    written = desk_day(date.fromisoformat(row["on"]))
    yield Entry(on=written, key=key, type_id="training_session", values=values)
    for n in present:
        attended = {
            "session_id": Ref(key),
            "staff_id": Ref(f"staff/{n}"),
            "days": row["days"],
            "signed": True,
        }
        yield Entry(on=written, key=f"{key}/{n}", type_id="training_attendance", values=attended)
