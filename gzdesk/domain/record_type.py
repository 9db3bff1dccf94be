"""Record types as data: what a register asks for, in which words and under which rules.

To add a field: a `[[field]]` in the type's TOML file in `db/reference/record_types/`. To add a record type: its
TOML file there and its line in `order.toml`. And a test; no code, no migration.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from gzdesk.i18n import pick

FIELD_KINDS = (
    "text",
    "note",  # text of several lines
    "integer",
    "decimal",  # kept as a decimal string
    "date",
    "partial_date",  # 2018, 2018-07 or 2018-07-05
    "month",
    "quarter",  # 2019-Q1
    "time",  # 19:30, 24 h
    "choice",
    "choices",  # several of the choices
    "yes_no",
    "reference",  # id of another record
    "references",  # ids of several, filled in by the program (the records of a day)
    "list",  # short texts
    "unit",
    "units",
    "slots",  # weekly opening times: [{weekday, from, to}]
    "attachments",
    "generated",  # written by the program, never typed (monthly_sheet)
)

TOWN = "town"
"""The scope of the types that are the town's catalogues."""

Condition = Mapping[str, tuple[object, ...]]
_NOTHING: Mapping[str, Any] = MappingProxyType({})


def holds(condition: Condition, values: Mapping[str, object]) -> bool:
    """Whether every part of the condition is true of these values. The empty condition is true."""
    return all(_matches(values.get(name), allowed) for name, allowed in condition.items())


def _matches(value: object, allowed: tuple[object, ...]) -> bool:
    if value is None:
        return "$empty" in allowed
    if "$filled" in allowed or ("$some" in allowed and value not in (0, "0", False)):
        return True
    # True == 1 in Python; a form's Yes must not match the number.
    return any(type(value) is type(item) and value == item for item in allowed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One value a choice can take: the code is stored, the words are shown."""

    code: str
    zh: str
    en: str
    also: tuple[str, ...] = ()  # other words people write for it; accepted, never shown

    @property
    def label(self) -> str:
        """The words in the language in use."""
        return pick(zh=self.zh, en=self.en)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One item of a register, in the order of the paper form.

    Conditions name another field and the values it must have: `{status: (held,)}`; several must all be true.
    Three words stand for any value, for none and for a number above 0: `$filled`, `$empty` and `$some`.

    Enter in a form stops at a field that is empty and neither `skip` nor `more`: what was carried over or
    filled in by a default is passed over, for a screening must take no more than 25 keys (ui.md 5).
    """

    name: str
    kind: str
    zh: str
    en: str
    unit_zh: str = ""
    unit_en: str = ""
    help_zh: str = ""
    help_en: str = ""
    also: tuple[str, ...] = ()  # other words that stand above this column in tables people bring along
    required: bool = False
    required_when: Condition = field(default_factory=lambda: _NOTHING)
    empty_when: Condition = field(default_factory=lambda: _NOTHING)
    expected_when: Condition = field(default_factory=lambda: _NOTHING)  # missing (or No) is a warning
    shown_when: Condition = field(default_factory=lambda: _NOTHING)  # else the form hides and forgets it
    # {born = field, on = field, years = 18}: asked of those who may be younger than that on the day
    required_under_age: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    refuse_outside: tuple[str, str] | None = None  # decimal strings, both ends allowed; `$year` is this year
    warn_above: str | None = None
    warn_below: str | None = None
    warn_step: str | None = None  # a warning unless a multiple of this
    not_after_today: bool = False
    not_after_today_when: Condition = field(default_factory=lambda: _NOTHING)
    not_before: str | None = None  # name of a field of the same kind that this one may equal but not precede
    after: str | None = None  # name of a field that this one must follow
    may_pass_midnight: bool = False  # with `after`: an earlier time means the next day
    at_most: str | None = None  # `titles` or, through a reference, `session_id.days`
    # {type, by = its reference to this record, where = condition}: a warning below the number of such records
    at_least_rows: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    # {before = field, days = 7, when = condition}: a warning when this date is less than so many days ahead
    warn_days_ahead: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    # {of = date field, days = 10, when_empty}: a warning when this date is more than so many days after the other;
    # with `when_empty` also while it is still open and today is
    warn_later_than: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    sum_of: tuple[str, ...] = ()  # the numbers that make up this one
    warn_words: tuple[str, ...] = ()  # words that belong in another register; `warn_words_zh` says which
    warn_words_zh: str = ""
    warn_words_en: str = ""
    differs_from: str | None = None  # may not name the same person as this field, e.g. `volunteer_id.name`
    # `id_number`, `phone` or `contact`: how the text must be built, and how it is masked (domain/masking.py)
    form: str | None = None
    max_length: int = 200
    decimals: int = 0
    step: str | None = None
    choices: tuple[Choice, ...] = ()
    to: str | None = None  # the type referred to; several are parted by a space, see `targets`
    to_status: str | None = None  # only records of that status can be referred to
    prefers: Condition = field(
        default_factory=lambda: _NOTHING
    )  # of several records to refer to, the likely ones
    back_zh: str = ""  # what the record referred to says of this one: 已补放
    back_en: str = ""
    back_when: Condition = field(default_factory=lambda: _NOTHING)  # only while this one is so
    shows: tuple[str, ...] = ()
    # A value, {zh, en} of them, or one of the words of services/defaults.py: $today, $writer, `$same:start_on`.
    default: object = None
    prefix: str = ""  # what the first number begins with (`GZ-{year}-`); later ones follow the last number
    carry: bool = False
    suggest: bool = False  # completes from what was written here before
    suggest_from: str = ""  # and from the titles of that type; `$units` from the names of the units
    skip: bool = False  # shown, but Enter passes over it
    more: bool = False  # kept under the further items of the form, and passed over by Enter
    personal: bool = False
    # `here`: sealed on this PC only, in no version of the record and in no package; asked for only where the settings
    # say so (services/kept_here.py). For what could do harm elsewhere: ID numbers.
    kept: str = ""
    needed_until: str | None = None  # a personal item has served its purpose once that field is filled in
    unique: bool = False
    unique_per: str = ""  # `year`: the same number may come again in another year
    # Of a kind that only a newer program knows: shown as text, and kept as it came while nobody changes the text.
    foreign: bool = False

    @property
    def label(self) -> str:
        """The field's words in the language in use."""
        return pick(zh=self.zh, en=self.en)

    @property
    def unit_label(self) -> str:
        """The unit of measure in the language in use, or an empty text."""
        return pick(zh=self.unit_zh, en=self.unit_en)

    @property
    def help(self) -> str:
        """One sentence on how to fill it in, or an empty text."""
        return pick(zh=self.help_zh, en=self.help_en)

    @property
    def back(self) -> str:
        """What the record referred to says of this one, or an empty text."""
        return pick(zh=self.back_zh, en=self.back_en)

    @property
    def targets(self) -> tuple[str, ...]:
        """The ids of the types that a reference may point to."""
        return tuple((self.to or "").split())

    def choice(self, text: str) -> Choice | None:
        """The choice with that code, label (either language) or other accepted word, or None."""
        for choice in self.choices:
            if text in (choice.code, choice.zh, choice.en, *choice.also):
                return choice
        return None

    def is_asked(self, values: Mapping[str, object]) -> bool:
        """Whether a form shows this field beside these values; when it does not, its value is let go."""
        if self.kind == "generated" or not holds(self.shown_when, values):
            return False
        return not (self.empty_when and holds(self.empty_when, values))


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordType:
    """A register: its fields, what places a record in a month, what it counts, what makes a duplicate."""

    id: str
    version: int
    zh: str  # the short name people say: 电影放映
    en: str
    paper: str  # the name on the paper form
    fields: tuple[Field, ...]
    title: str
    scope: str = "village"  # whose data: `village` (each unit its own) or `town` (shared catalogue)
    # `event` (a row of the monthly sheet), `opening`, `daily`, `register`, `catalogue` or `system`
    group: str = "event"
    tasks: tuple[str, ...] = ()
    month_of: str | None = None
    time: str | None = None
    place: str | None = None
    measures: Mapping[str, str] = field(default_factory=lambda: _NOTHING)  # sessions, persons -> field name
    list: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ("draft", "planned", "held", "cancelled", "void")
    duplicate: tuple[str, ...] = ()
    duplicate_within_min: int = 0
    no_overlap: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)  # {within=[fields], from=f, to=f}
    one_per: tuple[str, ...] = ()
    # {figure, of, day, from = {type, of, day, plus, minus}, explained_in}: the last figure and what came and went
    # since make up this one, or the difference is explained
    carried_forward: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    # {parts, type, field, where = {f = codes}, until = {own, theirs}}: a warning unless the parts make up the sum of
    # that field over those records
    makes_up: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    day_total: Mapping[str, Any] = field(
        default_factory=lambda: _NOTHING
    )  # {of, field, usual = "8", most = "24"}
    stays_open: bool = False  # may change after its month is closed: the monthly sheet does not count it
    keep_years: int = 0  # how long it must be kept (村级档案管理办法); 0 is for ever
    keep_from: str = ""  # the field from which that time runs; without it, the day that places the record
    purpose_zh: str = ""  # what the personal items are kept for (个人信息保护法 6, 17)
    purpose_en: str = ""
    person: str = (
        ""  # the field that names whom a record is about; it is erased as a whole (domain/person.py)
    )
    person_until: str = ""  # the field from which on the person is no longer here: then the data goes soon
    # {parent = reference, each = reference, figure = field, given = {field = "$title", "$day", "$place" or a field of
    # the parent}}: many of them are written at once for one parent, one for each person (services/person_rows.py)
    rows_of: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    symbol: str = "circle"
    sheet: Mapping[str, str] = field(default_factory=lambda: _NOTHING)  # monthly sheet column -> field name
    # Monthly sheet columns that no field fills: column -> (zh, en), the same words in every row of this type.
    sheet_words: Mapping[str, tuple[str, str]] = field(default_factory=lambda: _NOTHING)
    by_name: Mapping[str, Field] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Looked up for every record of an import: a search through the fields would cost more than the insert.
        object.__setattr__(self, "by_name", {item.name: item for item in self.fields})

    @property
    def label(self) -> str:
        """The short name in the language in use."""
        return pick(zh=self.zh, en=self.en)

    @property
    def purpose(self) -> str:
        """What its personal items are kept for, or an empty text where it has none."""
        return pick(zh=self.purpose_zh, en=self.purpose_en)

    @property
    def counts_by_month(self) -> bool:
        """Whether its records are the work of a month; a register only notes on which day something came to it."""
        return self.month_of is not None and self.group not in ("register", "catalogue")

    @property
    def closes_with_month(self) -> bool:
        """Whether its records no longer change once their month is closed, and are approved with it."""
        return not self.stays_open and self.group in ("event", "opening", "daily")

    def field(self, name: str) -> Field | None:
        """The field of that name, or None."""
        return self.by_name.get(name)

    def without_kept(self) -> RecordType:
        """The type without the items that are kept on this PC only."""
        left = tuple(item for item in self.fields if not item.kept)
        return self if len(left) == len(self.fields) else replace(self, fields=left)

    def form_fields(self) -> tuple[Field, ...]:
        """The fields that a person fills in, in the order of the paper form."""
        return tuple(item for item in self.fields if item.kind != "generated")


_CONDITIONS = (
    "required_when",
    "empty_when",
    "expected_when",
    "shown_when",
    "not_after_today_when",
    "prefers",
    "back_when",
)


def field_from_data(data: Mapping[str, Any]) -> Field:
    """Build a field from its TOML table. Raises ValueError on an unknown key or kind."""
    values = dict(data)
    if values.get("kind") not in FIELD_KINDS:
        raise ValueError(f"field {values.get('name')}: no such kind {values.get('kind')!r}")
    for key in _CONDITIONS:
        if key in values:
            values[key] = {name: tuple(allowed) for name, allowed in values[key].items()}
    for key in ("refuse_outside", "warn_above", "warn_below", "step", "warn_step"):
        if key in values:
            raw = values[key]
            values[key] = tuple(str(end) for end in raw) if isinstance(raw, list) else str(raw)
    values["choices"] = tuple(_choice(row) for row in values.pop("choices", ()))
    for key in ("shows", "warn_words", "sum_of", "also"):
        values[key] = tuple(values.get(key, ()))
    built: Field = _build(Field, values)
    return built


def record_type_from_data(data: Mapping[str, Any], *, common: Iterable[Field] = ()) -> RecordType:
    """Build a record type from its parsed TOML file; `common` fields that it does not define are put last.

    Raises ValueError on an unknown key, a repeated field or a reference to a field that is not there.
    """
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}
    words = data.get("sheet_words", {})
    values["sheet_words"] = {column: tuple(zh_en) for column, zh_en in words.items()}
    own = tuple(field_from_data(row) for row in data.get("field", ()))
    values.pop("field", None)
    names = [item.name for item in own]
    if len(set(names)) != len(names):
        raise ValueError(f"record type {data.get('id')}: a field stands twice")
    values["fields"] = own + tuple(item for item in common if item.name not in names)
    built: RecordType = _build(RecordType, values)
    _check_names(built)
    return built


def _choice(row: Any) -> Choice:
    code, zh, en, *also = row
    return Choice(code=code, zh=zh, en=en, also=tuple(also))


def _build(kind: Any, values: Mapping[str, Any]) -> Any:
    try:
        return kind(**values)
    except TypeError as error:
        raise ValueError(f"{values.get('id') or values.get('name')}: {error}") from error


def _check_names(record_type: RecordType) -> None:
    names = {item.name for item in record_type.fields}
    used = {record_type.title, *record_type.list, *record_type.duplicate, *record_type.one_per}
    used |= {record_type.person, record_type.person_until}
    used |= {item.needed_until for item in record_type.fields if item.needed_until}
    used.add(record_type.keep_from)
    used |= {record_type.rows_of.get(name, "") for name in ("parent", "each", "figure")}
    used |= set(record_type.rows_of.get("given", ()))
    used |= {name for name in (record_type.month_of, record_type.time, record_type.place) if name}
    used |= set(record_type.measures.values()) | set(record_type.sheet.values())
    missing = used - names - {""}
    if missing:
        raise ValueError(f"record type {record_type.id}: no field named {sorted(missing)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Record types that people look for in one place, as registers stand together on a shelf."""

    id: str
    zh: str
    en: str
    types: tuple[RecordType, ...]

    @property
    def label(self) -> str:
        """The words on the shelf in the language in use."""
        return pick(zh=self.zh, en=self.en)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordTypes:
    """All record types this program knows, in the order in which they are shown: shelf after shelf."""

    by_id: Mapping[str, RecordType]
    shelves: tuple[Shelf, ...] = ()
    remarks: tuple[str, ...] = ()  # sentences: files of the town's own registers that could not be used
    # The references that have a word for the other side, with their types; asked of every line of a list.
    backs: tuple[tuple[RecordType, Field], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        pairs = ((item, each) for item in self.by_id.values() for each in item.fields if each.back_zh)
        object.__setattr__(self, "backs", tuple(pairs))

    def __iter__(self) -> Iterator[RecordType]:
        return iter(self.by_id.values())

    def get(self, type_id: str) -> RecordType | None:
        """The type of that id, or None: a newer program may send types that this one does not know."""
        return self.by_id.get(type_id)

    def asking(self, *, kept_here: bool) -> RecordTypes:
        """The types as forms and lists have them; items kept on this PC only are left out unless `kept_here`."""
        if kept_here:
            return self
        by_id = {name: item.without_kept() for name, item in self.by_id.items()}
        shelves = (
            replace(shelf, types=tuple(by_id[item.id] for item in shelf.types)) for shelf in self.shelves
        )
        return replace(self, by_id=by_id, shelves=tuple(shelves))

    def in_groups(self, *groups: str) -> tuple[RecordType, ...]:
        """The types of those groups, in order."""
        return tuple(item for item in self if item.group in groups)
