"""Which column of a table is which field: by the words above it, then by what its values look like."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from gzdesk.domain.record_type import Field, RecordType
from gzdesk.services.imports.model import UNIT_COLUMN
from gzdesk.services.reference import load_table_words
from gzdesk.workbooks.reading.lines import is_sequence
from gzdesk.workbooks.reading.words import squashed, without_brackets

_OWN, _ALSO, _OF_TYPE, _OF_ANY = 100.0, 96.0, 92.0, 86.0
_PART, _LOWER_LINE, _NO_BRACKETS = 45.0, 6.0, 2.0
_ENOUGH = 50.0
_FITS, _FITS_NOT = 4.0, 60.0
# What is added or linked by the program, not written in a cell.
_NOT_FROM_TABLES = frozenset({"attachments", "generated", "references"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A column as the guessing sees it. `words` is its title line by line, when it stands on two.

    `fits` says for a field which share of the column's values it can take.
    """

    index: int
    title: str
    hidden: bool
    fits: Mapping[str, float]
    words: tuple[str, ...] = ()


def same_heading(one: str, other: str) -> bool:
    """Whether two headings differ in blanks, marks and width alone."""
    return squashed(one) == squashed(other) != ""


def importable(record_type: RecordType) -> tuple[Field, ...]:
    """The fields that a column of a table can fill."""
    return tuple(field for field in record_type.form_fields() if field.kind not in _NOT_FROM_TABLES)


@cache
def _table_words() -> tuple[Mapping[str, Mapping[str, Sequence[str]]], tuple[str, ...]]:
    data = dict(load_table_words())
    unit = tuple(data.pop("unit"))
    return data, unit


class Headings:
    """The words of one register."""

    def __init__(self, record_type: RecordType) -> None:
        self._fields = importable(record_type)
        # Of two fields that go by one word the first on the form is the first in the table too.
        self._order = {field.name: -at for at, field in enumerate(self._fields)}
        words, unit = _table_words()
        own, general = words.get(record_type.id, {}), words.get("any", {})
        self._scores: dict[str, dict[str, float]] = {}
        for field in self._fields:
            self._learn(field.name, _OWN, (field.zh, field.en, field.name))
            self._learn(field.name, _ALSO, field.also)
            self._learn(field.name, _OF_TYPE, own.get(field.name, ()))
            self._learn(field.name, _OF_ANY, general.get(field.name, ()))
        self._learn(UNIT_COLUMN, _OF_ANY - 10, unit)

    def is_heading(self, text: str) -> bool:
        """Whether a text is a word for one of the fields, or one that merely numbers the rows."""
        return is_sequence(text) or any(
            squashed(form) in self._scores for form in (text, without_brackets(text))
        )

    def guess(self, columns: Iterable[Seen]) -> dict[int, str]:
        """The field that each column most likely is; each field once, and only where the words or values tell."""
        pairs = [
            (
                score - (3 if column.hidden else 0),
                -column.index,
                self._order.get(name, -len(self._order)),
                name,
            )
            for column in columns
            if not is_sequence(column.title)
            for name, score in self._column_scores(column).items()
            if score >= _ENOUGH
        ]
        mapping: dict[int, str] = {}
        for _score, index, _order, name in sorted(pairs, reverse=True):
            if -index not in mapping and name not in mapping.values():
                mapping[-index] = name
        return dict(sorted(mapping.items()))

    def _column_scores(self, column: Seen) -> dict[str, float]:
        scores: dict[str, float] = {}
        for form, less in _forms(column):
            for name, score in self._scores.get(form, {}).items():
                scores[name] = max(scores.get(name, 0), score - less)
        if not scores and squashed(column.title):
            scores = self._by_part(squashed(without_brackets(column.title)))
        return {name: score + self._by_values(name, column) for name, score in scores.items()}

    def _by_part(self, title: str) -> dict[str, float]:
        scores: dict[str, float] = {}
        for word, names in self._scores.items():
            short, long = sorted((word, title), key=len)
            if len(short) >= 2 and short in long:
                share = 30 * len(short) / len(long)
                for name, score in names.items():
                    scores[name] = max(scores.get(name, 0), _PART + share - (_OWN - score) / 4)
        return scores

    def _by_values(self, name: str, column: Seen) -> float:
        share = column.fits.get(name)
        if share is None:
            return 0
        return _FITS if share >= 0.7 else -_FITS_NOT * (0.7 - share) if share < 0.5 else 0

    def _learn(self, name: str, score: float, words: Iterable[str]) -> None:
        for place, word in enumerate(words):
            known = self._scores.setdefault(squashed(word), {})
            known[name] = max(known.get(name, 0), score - 0.2 * place if score < _OWN else score)


def _forms(column: Seen) -> list[tuple[str, float]]:
    """The heading as written and in plainer forms, each with what it counts less."""
    forms = [(squashed(column.title), 0.0), (squashed(without_brackets(column.title)), _NO_BRACKETS)]
    if len(column.words) > 1:
        own, group = column.words[-1], column.words[0]
        forms += [
            (squashed(own), _LOWER_LINE),
            (squashed(without_brackets(own)), _LOWER_LINE + _NO_BRACKETS),
            (squashed(group), 2 * _LOWER_LINE),
        ]
    return forms
