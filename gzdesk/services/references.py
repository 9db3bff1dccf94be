"""References between records: the words that stand for one, and finding the one that words mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gzdesk.domain.fields import FieldProblem, to_text
from gzdesk.domain.masking import hides_numbers, masked
from gzdesk.domain.record_type import Field, RecordType
from gzdesk.i18n import gettext as _
from gzdesk.services.context import Context
from gzdesk.storage.queries import ListQuery
from gzdesk.storage.store import Reading


def reference_titles(
    read: Reading, record_type: RecordType, bodies: Iterable[Mapping[str, object]]
) -> Mapping[str, str]:
    """The titles of all records that these bodies refer to, by id."""
    names = [field.name for field in record_type.fields if field.kind == "reference"]
    ids = {str(body[name]) for body in bodies for name in names if name in body}
    ordered = sorted(ids)
    titles: dict[str, str] = {}
    for start in range(0, len(ordered), 900):
        titles.update(read.records.titles(ordered[start : start + 900]))
    return titles


def shown_text(
    field: Field, value: object, context: Context, titles: Mapping[str, str], *, whole: bool = False
) -> str:
    """What lists, prints, exports and histories show for a value: the one place where such texts are made.

    Numbers of persons are masked (`domain.masking`), unless `whole`: only the record's own form shows them.
    """
    if value is None:
        return ""
    if field.kind == "reference":
        return titles.get(str(value)) or _("(not here)")
    text = to_text(field, value, context.units)
    if whole or not hides_numbers(field):
        return text
    return masked(field, text, phones=context.settings().mask_phones)


def resolve_reference(read: Reading, field: Field, text: str) -> str:
    """The id of the record that a text means: its id or its unique title.

    Raises FieldProblem when nothing or more than one thing fits.
    """
    direct = read.records.get(text) if len(text) == 36 else None
    if direct is not None and not direct.deleted and direct.type in field.targets:
        return direct.id
    found = [row for row in read.queries.rows(_query(field.targets, text)) if row.title == text]
    if len(found) == 1:
        return found[0].id
    if found:
        raise FieldProblem(
            _("“{text}” stands there more than once. Choose one from the list.").format(text=text)
        )
    raise FieldProblem(
        _("“{text}” is not on the list yet. Choose one from the list, or add it.").format(text=text)
    )


def only_record(read: Reading, field: Field, *, unit: str) -> str | None:
    """The one record that can be meant when there is just one (a village with a single venue), else None."""
    rows = read.queries.rows(ListQuery(types=field.targets, unit=unit, statuses=("held",), limit=2))
    return rows[0].id if len(rows) == 1 else None


def _query(targets: tuple[str, ...], text: str) -> ListQuery:
    return ListQuery(types=targets, text=text, limit=200)
