"""What a package holds, read from the bodies that go into it: months, attachments, and plain words for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import msgspec

from gzdesk.domain.period import Month
from gzdesk.domain.record_type import RecordType, RecordTypes
from gzdesk.domain.revision import Header, Revision
from gzdesk.i18n import gettext as _
from gzdesk.i18n import listed, ngettext, pick

MONTHLY_SHEET = "monthly_sheet"

_body = msgspec.json.Decoder(dict[str, Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentRow:
    """One line of the list: `活动登记 | 电影放映 1、演出 1 | 2 项`."""

    label: str
    detail: str
    count: str


@dataclass(slots=True)
class Tally:
    """Counts what goes through, revision by revision."""

    types: RecordTypes
    months: set[str] = field(default_factory=set)
    closed: dict[str, set[str]] = field(default_factory=dict)
    records: dict[str, set[str]] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    deleted: set[str] = field(default_factory=set)

    def add(self, header: Header, values: Mapping[str, Any]) -> None:
        """Count a revision."""
        self.records.setdefault(header.type, set()).add(header.record)
        if header.deleted:
            self.deleted.add(header.record)
        elif header.generation > 1:
            self.changed.add(header.record)
        record_type = self.types.get(header.type)
        month = month_text(record_type, values)
        if month is None:
            return
        self.months.add(month)
        if header.type == MONTHLY_SHEET and values.get("closed") is True:
            self.closed.setdefault(header.scope, set()).add(month)

    @property
    def sorted_months(self) -> tuple[str, ...]:
        """The months in order, `2019-10`."""
        return tuple(sorted(self.months))

    def name_month(self, otherwise: Month) -> str:
        """The month that names the file: the latest closed one, else the latest, else the given one."""
        closed = set().union(*self.closed.values())
        return max(closed or self.months, default=str(otherwise))

    def rows(self, *, attachments: int) -> tuple[ContentRow, ...]:
        """The contents in plain words, in the order of the registers."""
        rows = [*self._sheet_rows(), *self._group_rows()]
        if attachments:
            rows.append(
                ContentRow(
                    label=_("Photos and scans"),
                    detail=_("as evidence of the records"),
                    count=ngettext("{count} file", "{count} files", attachments).format(count=attachments),
                )
            )
        if self.changed or self.deleted:
            rows.append(self._change_row())
        return tuple(rows)

    def _sheet_rows(self) -> Iterator[ContentRow]:
        sheets = self.records.get(MONTHLY_SHEET, set())
        if not sheets:
            return
        closed = sorted(set().union(*self.closed.values()))
        detail = _("{months}, closed").format(months=listed(closed)) if closed else _("not closed yet")
        count = ngettext("{count} sheet", "{count} sheets", len(sheets)).format(count=len(sheets))
        yield ContentRow(label=_("Monthly sheets"), detail=detail, count=count)

    def _group_rows(self) -> Iterator[ContentRow]:
        unknown = sum(len(found) for name, found in self.records.items() if self.types.get(name) is None)
        for group, label in _groups():
            found = [
                (item.label, len(self.records[item.id]))
                for item in self.types.in_groups(group)
                if item.id in self.records and item.id != MONTHLY_SHEET
            ]
            if found:
                total = sum(count for _name, count in found)
                detail = listed(f"{name} {count}" for name, count in found)
                yield ContentRow(label=label, detail=detail, count=_items(total))
        if unknown:
            yield ContentRow(label=_("Other"), detail=_("of a newer program"), count=_items(unknown))

    def _change_row(self) -> ContentRow:
        words = []
        if self.changed:
            words.append(_("{count} changed").format(count=len(self.changed)))
        if self.deleted:
            words.append(_("{count} deleted").format(count=len(self.deleted)))
        total = len(self.changed | self.deleted)
        return ContentRow(label=_("Changes"), detail=listed(words), count=_items(total))


def in_one_line(rows: Sequence[ContentRow]) -> str:
    """What goes to a unit, in one line: `影片目录 3、服务菜单 1；登记簿定义 1`; nothing new is only the receipt."""
    counted = (any(map(str.isdigit, row.detail)) for row in rows)
    words = [
        row.detail if has_counts else f"{row.label} {row.count}"
        for row, has_counts in zip(rows, counted, strict=True)
    ]
    return pick(zh="；", en="; ").join(words) or _("only the receipt")


def body_of(revision: Revision) -> dict[str, Any]:
    """The parsed body; an erased one is empty."""
    return {} if revision.body_text is None else _body.decode(revision.body_text)


def month_text(record_type: RecordType | None, values: Mapping[str, Any]) -> str | None:
    """The month a body belongs to, `2019-10`, or None."""
    if record_type is None or record_type.month_of is None or not record_type.counts_by_month:
        return None
    text = values.get(record_type.month_of)
    if not isinstance(text, str) or len(text) not in (7, 10):
        return None
    return _checked_month(text[:7])


@lru_cache(maxsize=512)
def _checked_month(text: str) -> str | None:
    # Asked for every record of a package, of which there are many, and of few months.
    try:
        return str(Month.parse(text))
    except ValueError:
        return None


def may_name_attachments(body_text: str | None) -> bool:
    """Whether a look into the body is worth while: most bodies name no attachment."""
    return body_text is not None and '"sha256"' in body_text


def attachments_of(values: Mapping[str, Any]) -> Iterator[str]:
    """The SHA-256 of every attachment that a body names, whatever the field is called."""
    for value in values.values():
        if not isinstance(value, list):
            continue
        for item in value:
            sha256 = item.get("sha256") if isinstance(item, dict) else None
            if isinstance(sha256, str) and len(sha256) == 64 and not set(sha256) - _HEX_DIGITS:
                yield sha256


_HEX_DIGITS = frozenset("0123456789abcdef")


def _groups() -> tuple[tuple[str, str], ...]:
    return (
        ("event", _("Activities")),
        ("opening", _("Opening")),
        ("daily", _("Daily registers")),
        ("register", _("Registers")),
        ("catalogue", _("Catalogues")),
        ("system", _("Reviews, rules, definitions")),
    )


def _items(count: int) -> str:
    return ngettext("{count} item", "{count} items", count).format(count=count)
