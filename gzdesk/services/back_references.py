"""What a record says of others that point to it: a cancelled screening was made up for, an asset is lent out."""

from __future__ import annotations

from gzdesk.domain.canonical import canonical_json
from gzdesk.domain.record import HELD, PLANNED, Record, summarise
from gzdesk.domain.record_type import holds
from gzdesk.i18n import gettext as _
from gzdesk.i18n import listed
from gzdesk.services.context import Context
from gzdesk.storage.store import Reading


def back_words(context: Context, read: Reading, record: Record) -> str:
    """What points back to the record, in words such as `已补放：2019-11-05`; empty where nothing does."""
    words = []
    for record_type, field in context.types.backs:
        if record.type not in field.targets or field.to_status not in (None, record.status):
            continue
        piece = canonical_json({field.name: record.id})[1:-1]
        found = read.records.of_types([record_type.id], unit=record.unit, containing=piece)
        days = [
            summarise(record_type, other.values).day
            for other in found
            if other.status in (HELD, PLANNED)
            and other.values.get(field.name) == record.id
            and holds(field.back_when, other.values)
        ]
        if days:
            words.append(_("{what}: {days}").format(what=field.back, days=listed(days)))
    return "　".join(words)
