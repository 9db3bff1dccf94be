"""What a few letters in a field may become: records to refer to, and words written here before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gzdesk.domain.erasure import is_erased
from gzdesk.domain.film import film_age, film_age_label
from gzdesk.domain.record import Record
from gzdesk.domain.record_type import Field, RecordType
from gzdesk.i18n import gettext as _
from gzdesk.pinyin import search_text
from gzdesk.services.context import Context
from gzdesk.services.references import shown_text
from gzdesk.storage.queries import ListQuery
from gzdesk.storage.store import Reading

# Words older than this many records are no longer suggested; it keeps the search under a blink.
_SUGGEST_FROM_RECORDS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """One thing that a text may become. `badge` is a code such as `new`, `badge_text` its words."""

    value: str
    text: str
    details: tuple[str, ...] = ()
    badge: str = ""
    badge_text: str = ""


class Completions:
    """Finds completions; remembers the words of a field until a record of its type changes."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._words: dict[tuple[str, str], list[tuple[str, str]]] = {}
        context.changes.subscribe(self._forget)

    def find(self, *, type_id: str, field: str, text: str, on: str, limit: int) -> tuple[Completion, ...]:
        """The best fits first; an empty text gives the most recent."""
        record_type = self._context.record_type(type_id)
        wanted = record_type.field(field)
        if wanted is None:
            return ()
        if wanted.kind == "reference":
            return self._records(wanted, text, on, limit)
        return self._suggestions(record_type, wanted, text, limit) if wanted.suggest else ()

    def _records(self, field: Field, text: str, on: str, limit: int) -> tuple[Completion, ...]:
        statuses = (field.to_status,) if field.to_status else ("held", "planned", "cancelled")
        query = ListQuery(types=field.targets, text=text, statuses=statuses, limit=200, descending=True)
        with self._context.store.reading() as read:
            rows = read.queries.rows(query)
            found = read.records.many([row.id for row in rows])
            rows = tuple(row for row in rows if not is_erased(found[row.id].values))
            day = on or self._context.mint.today().isoformat()
            best = sorted(rows, key=lambda row: (_rank(row.title, text), _newest_first(found[row.id], day)))
            return tuple(self._completion(read, found[row.id], row.title, field, on) for row in best[:limit])

    def _completion(self, read: Reading, record: Record, title: str, field: Field, on: str) -> Completion:
        target = self._context.record_type(record.type)
        badge = self._film_badge(record, on) if record.type == "film" else ""
        return Completion(
            value=record.id,
            text=title,
            details=self._details(read, record, target, field),
            badge=badge,
            badge_text=film_age_label(badge) if badge else "",
        )

    def _film_badge(self, film: Record, on: str) -> str:
        settings = self._context.settings()
        day = date.fromisoformat(on) if on else self._context.mint.today()
        return film_age(
            film.values, day, years=settings.new_film_years, inclusive=settings.new_film_inclusive
        )

    def _details(self, read: Reading, record: Record, target: RecordType, field: Field) -> tuple[str, ...]:
        details = []
        for name in field.shows:
            shown = target.field(name)
            text = shown_text(shown, record.values.get(name), self._context, {}) if shown else ""
            if text and name == "release_date":
                text = _("released {day}").format(day=text)
            if text:
                details.append(f"{text} {shown.unit_label}".strip() if shown else text)
        return tuple(details)

    def _suggestions(
        self, record_type: RecordType, field: Field, text: str, limit: int
    ) -> tuple[Completion, ...]:
        wanted = text.strip().lower()
        words = self._known_words(record_type, field)
        fitting = [word for word, search in words if wanted in search and word != text]
        return tuple(
            Completion(value=word, text=word)
            for word in sorted(fitting, key=lambda w: _rank(w, text))[:limit]
        )

    def _known_words(self, record_type: RecordType, field: Field) -> list[tuple[str, str]]:
        key = (record_type.id, field.name)
        if key not in self._words:
            self._words[key] = [(word, search_text(word)) for word in self._recent_words(record_type, field)]
        return self._words[key]

    def _recent_words(self, record_type: RecordType, field: Field) -> list[str]:
        query = ListQuery(
            types=(record_type.id,),
            unit=self._context.scope_of(record_type),
            descending=True,
            limit=_SUGGEST_FROM_RECORDS,
        )
        with self._context.store.reading() as read:
            rows = read.queries.rows(query)
            found = read.records.many([row.id for row in rows])
        words: dict[str, None] = {}
        for row in rows:
            value = found[row.id].values.get(field.name)
            for word in value if isinstance(value, list) else [value]:
                if isinstance(word, str):
                    words.setdefault(word)
        return list(dict.fromkeys([*words, *self._words_elsewhere(field)]))

    def _words_elsewhere(self, field: Field) -> list[str]:
        """The names that the field takes its words from: the menu, the teams, the units."""
        if field.suggest_from == "$units":
            return [unit.name for unit in self._context.units]
        if not field.suggest_from:
            return []
        query = ListQuery(types=(field.suggest_from,), statuses=("held",), limit=_SUGGEST_FROM_RECORDS)
        with self._context.store.reading() as read:
            return [row.title for row in read.queries.rows(query) if row.title]

    def _forget(self, type_ids: frozenset[str]) -> None:
        self._words = {
            (type_id, name): words
            for (type_id, name), words in self._words.items()
            if type_id not in type_ids and self._source_of(type_id, name) not in type_ids
        }

    def _source_of(self, type_id: str, name: str) -> str:
        field = self._context.record_type(type_id).field(name)
        return field.suggest_from if field else ""


def _rank(title: str, text: str) -> int:
    """The whole before beginnings, beginnings before middles; among equals the order (most recent first) stays."""
    wanted = text.strip().lower()
    if not wanted:
        return 0
    lines = search_text(title).split("\n")
    if any(line == wanted for line in lines):
        return 0
    return 1 if any(line.startswith(wanted) for line in lines) else 2


def _newest_first(record: Record, day: str) -> tuple[bool, int]:
    """Films out on that day before later ones, the newest first; what has no release date keeps its order."""
    released = str(record.values.get("release_date", ""))
    return (released > day, -int(released.replace("-", "").ljust(8, "0")))
