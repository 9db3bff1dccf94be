"""A village's year on paper: everything the clerk writes down, and on which day."""

from __future__ import annotations

from datetime import date, timedelta

from gzdesk.domain.period import Month
from gzdesk.services.demo.activities import activity_entries
from gzdesk.services.demo.binder import binder_entries
from gzdesk.services.demo.courses import course_entries
from gzdesk.services.demo.equipment import equipment_entries
from gzdesk.services.demo.films import film_entries
from gzdesk.services.demo.helping import service_entries
from gzdesk.services.demo.library import loan_entries, stock_entries
from gzdesk.services.demo.lists import list_entries, order_entries
from gzdesk.services.demo.office import log_entries, office_entries, publicity_entries
from gzdesk.services.demo.opening import opening_entries
from gzdesk.services.demo.registers import register_entries
from gzdesk.services.demo.scene import Entry, Scene, desk_day
from gzdesk.services.demo.shows import show_entries


def village_diary(scene: Scene) -> tuple[Entry, ...]:
    """All entries in the order in which they are written down; what they refer to always stands before them."""
    activities, shows = list(activity_entries(scene)), list(show_entries(scene))
    entries = [
        *register_entries(scene),
        *list_entries(scene),
        *equipment_entries(scene),
        *film_entries(scene),
        *shows,
        *activities,
        *course_entries(scene),
        *opening_entries(scene),
        *loan_entries(scene),
        *stock_entries(scene),
        *service_entries(scene, activities),
        *order_entries(scene, [*shows, *activities]),
        *office_entries(scene),
        *publicity_entries(scene, activities),
    ]
    # The log comes last on its day: it tells what was logged before it.
    entries += log_entries(scene, entries)
    entries += binder_entries(scene, entries)
    # Registers come first on their day, for Python's sort keeps the order of equals.
    return tuple(sorted(entries, key=lambda entry: entry.on))


def closing_day(month: Month, *, late: bool) -> date:
    """The day on which the clerk closes a month: a desk day of the next month, after all of it is written down.

    In time that is the 5th to the 8th; late it is the 13th to the 16th, after the deadline of the 10th.
    """
    return desk_day(month.last_day + timedelta(days=12 if late else 4))
