"""What the town makes as files and every village uses: registers of its own making and layouts of documents.

In the town they lie in `record_types/` and `layouts/` of the data folder. Whatever goes down the stick first takes
them along: each file becomes a record of the town's (`type_definition`, `layout_file`), so that history, exchange
and receipts come by themselves. A village uses them from the moment its stick was read.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Set
from contextlib import suppress
from pathlib import Path

from gzdesk.domain.record_type import RecordTypes
from gzdesk.errors import UserError
from gzdesk.services import system_records
from gzdesk.services.context import Context
from gzdesk.services.reference import load_common_fields, load_record_types
from gzdesk.services.town_rules import COUNTING_RULE
from gzdesk.services.units_in_force import UNIT_ENTRY
from gzdesk.storage.store import Writing

TYPE_DEFINITION, LAYOUT_FILE = "type_definition", "layout_file"
TYPES_FOLDER, LAYOUTS_FOLDER = "record_types", "layouts"
BASES = frozenset({TYPE_DEFINITION, COUNTING_RULE, UNIT_ENTRY})
"""The types whose records change what pages are made of: lists and forms are built anew for them."""

_LONGEST = 262_144  # characters of a file; the longest that came with the program has a tenth of it


def write_down(context: Context) -> None:
    """Town: write down which files there are now, where they changed, and use them here too.

    A file that is gone is withdrawn, but not when its whole folder is: then this ledger came from a copy without it.
    A file that cannot be used stays as the villages have it.
    """
    if not context.is_town:
        return
    folder, changed = context.store.folder, set[str]()
    with context.store.writing() as work:
        if (folder / TYPES_FOLDER).is_dir() and _write_down(
            context, work, TYPE_DEFINITION, folder / TYPES_FOLDER, _good_types()
        ):
            changed.add(TYPE_DEFINITION)
        if (folder / LAYOUTS_FOLDER).is_dir() and _write_down(
            context, work, LAYOUT_FILE, folder / LAYOUTS_FOLDER, _is_toml
        ):
            changed.add(LAYOUT_FILE)
        if changed:
            work.commit()
    take_effect(context, changed)


def types_in_force(context: Context) -> RecordTypes:
    """The record types as the program, the town and this PC's folder make them now."""
    delivered = _texts(context, TYPE_DEFINITION, TYPES_FOLDER)
    return load_record_types(context.store.folder / TYPES_FOLDER, delivered)


def delivered_layouts(context: Context) -> dict[str, str]:
    """The texts of the layouts that the town handed down, by their names without the ending."""
    return _texts(context, LAYOUT_FILE, LAYOUTS_FOLDER)


def take_effect(context: Context, type_ids: Set[str]) -> None:
    """Use from now on what an export or an import changed; `type_ids` are the types of its records.

    Should the disk refuse, the next start does it: what was taken in is kept all the same.
    """
    if UNIT_ENTRY in type_ids:
        context.use_units()
    if TYPE_DEFINITION in type_ids:
        with suppress(UserError):
            context.use_types(types_in_force(context))
    # Said again, for what was heard at the commit was the news under the old types and units.
    context.changes.publish(frozenset({TYPE_DEFINITION, UNIT_ENTRY} & type_ids))


def _write_down(
    context: Context, work: Writing, type_id: str, folder: Path, is_good: Callable[[str], bool]
) -> bool:
    changed, there = False, set[str]()
    for file in sorted(folder.glob("*.toml")):
        there.add(file.stem)
        text = _text_of(file)
        if text is not None and is_good(text):
            values = {"name": file.stem, "status": "held", "text": text}
            changed |= system_records.put(
                context, work, type_id=type_id, key=file.stem, scope=context.units.town.id, values=values
            )
    for record in list(work.records.of_types([type_id], unit=context.units.town.id)):
        if record.values.get("name") not in there:
            system_records.take_away(context, work, record_id=record.id)
            changed = True
    return changed


def _text_of(file: Path) -> str | None:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, ValueError):
        return None
    return text if len(text) <= _LONGEST else None


def _good_types() -> Callable[[str], bool]:
    """Whether a file can be used here; each may build on those before it, as at the start."""
    from gzdesk.services.own_types import FAULTS, added

    common = load_common_fields()
    types = [load_record_types()]

    def is_good(text: str) -> bool:
        try:
            types.append(added(types[-1], text, common=common))
        except FAULTS:
            return False
        return True

    return is_good


def _is_toml(text: str) -> bool:
    try:
        tomllib.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _texts(context: Context, type_id: str, folder: str) -> dict[str, str]:
    """In the town the folder says it all; only a ledger that came without one goes by what was written down."""
    if context.is_town and (context.store.folder / folder).is_dir():
        return {}
    with context.store.reading() as read:
        records = list(read.records.of_types([type_id], unit=context.units.town.id))
    found = ((record.values.get("name"), record.values.get("text")) for record in records)
    return {name: text for name, text in found if isinstance(name, str) and isinstance(text, str)}
