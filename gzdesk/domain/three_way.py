"""Putting together what two sides changed in one record, item by item: a pure function of its revisions (sync.md).

Two versions are compared with the last one that both stand on. What one side left as it was there, the other side
may change; an item that both changed, and not to the same, is for a person. A record's photos and scans count one
by one: two sides may add to them without knowing of each other.

Where two versions stand on several last common ones (two sides settled the same versions each for itself), these
are put together first, by the same rules; what they leave open is open above them too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gzdesk.domain.canonical import canonical_json
from gzdesk.domain.erasure import MARKS, MENTION_MARK, is_erased, texts_of
from gzdesk.domain.merge import Node, heads

PROGRAM = "gzdesk"
"""The author of what the program put together itself; shown in words."""

DELETED, ITEMS, UNSEEN, ERASED = "deleted", "items", "unseen", "erased"

_Item = tuple[str, str]  # the name of an item, and of a photo or scan in it the SHA-256
_UNKNOWN = "?"  # no canonical text: what was there is erased, or open itself
_NOTHING = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version(Node):
    """A revision with what it says; `values` of an erased one say nothing."""

    values: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """What came of the heads of a record. With a reason it is left to a person; `values` are then a proposal.

    Reasons: `items` (`open` names those that both sides changed), `deleted` (one side deleted what another
    changed), `unseen` (a version between them is not here yet), `erased` (a person was erased on one side).
    """

    heads: tuple[str, ...]  # the shown one first
    values: Mapping[str, object]
    deleted: bool
    changed_by: Mapping[str, tuple[str, ...]]  # of each item in which the heads differ, those that changed it
    open: tuple[str, ...]
    reason: str

    @property
    def differing(self) -> tuple[str, ...]:
        """The items in which the heads differ."""
        return tuple(self.changed_by)

    @property
    def is_ready(self) -> bool:
        """Whether nobody need be asked."""
        return not self.reason


def merge_heads(versions: Iterable[Version]) -> Merge:
    """Put the heads of a record together. `versions` are all of its revisions that are here."""
    known = {version.id: version for version in versions}
    leading = [known[node.id] for node in heads(known.values())]
    return _Merging(known, leading).result()


class _Merging:
    def __init__(self, known: Mapping[str, Version], leading: Sequence[Version]) -> None:
        self._known = known
        self._heads = leading
        self._ancestors: dict[str, frozenset[str]] = {}
        self._bases: dict[frozenset[str], frozenset[str]] = {}
        self._settled: dict[tuple[frozenset[str], _Item], str] = {}
        self._by_piece = {name for name in self._names(known.values()) if self._has_pieces(name)}
        self._texts = {version.id: self._flat(version) for version in known.values()}

    def result(self) -> Merge:
        items = sorted({item for head in self._heads for item in self._texts[head.id]})
        ids = frozenset(head.id for head in self._heads)
        differing = [
            item for item in items if len({self._texts[head].get(item, _NOTHING) for head in ids}) > 1
        ]
        chosen = {item: self._settle(ids, item) for item in differing}
        still_open = {item for item, text in chosen.items() if text == _UNKNOWN}
        return Merge(
            heads=tuple(head.id for head in self._heads),
            values=self._body(differing, chosen),
            deleted=all(head.deleted for head in self._heads),
            changed_by={
                name: tuple(head.id for head in self._heads if self._changed(head.id, ids, differing, name))
                for name in sorted({name for name, _piece in differing})
            },
            open=tuple(sorted({name for name, _piece in still_open})),
            reason=self._reason(bool(still_open)),
        )

    def _reason(self, some_open: bool) -> str:
        gone = {head.deleted for head in self._heads}
        if gone == {True}:
            return ""
        if len(gone) == 2:
            return DELETED
        if any(parent not in self._known for version in self._known.values() for parent in version.parents):
            return UNSEEN
        if not self._equally_erased():
            return ERASED
        return ITEMS if some_open else ""

    def _equally_erased(self) -> bool:
        """Else one side could still name a person whom the other took out, under the mark of a clean version."""
        if all(is_erased(head.values) for head in self._heads):
            return True
        marked = {texts_of(head.values.get(MENTION_MARK)) for head in self._heads}
        return len(marked) == 1 and not any(is_erased(head.values) for head in self._heads)

    # One item

    def _settle(self, ids: frozenset[str], item: _Item) -> str:
        """The text of an item in what comes of these versions; unknown when two of them stand against each other."""
        key = (ids, item)
        if key not in self._settled:
            self._settled[key] = self._settle_anew(ids, item)
        return self._settled[key]

    def _settle_anew(self, ids: frozenset[str], item: _Item) -> str:
        texts = {each: self._text(each, item) for each in ids}
        if _UNKNOWN in texts.values():
            return _UNKNOWN
        standing = {
            text
            for each, text in texts.items()
            if not any(
                other != text and self._base(each, rival, item) == text for rival, other in texts.items()
            )
        }
        return standing.pop() if len(standing) == 1 else _UNKNOWN

    def _changed(self, head: str, ids: frozenset[str], differing: Iterable[_Item], name: str) -> bool:
        """Whether a head says in that item something else than what it and one of the others began with."""
        return any(
            self._base(head, rival, item) != self._text(head, item) != self._text(rival, item)
            for rival in ids - {head}
            for item in differing
            if item[0] == name
        )

    def _base(self, one: str, other: str, item: _Item) -> str:
        """What an item was where two versions parted; nothing when they have no beginning in common."""
        bases = self._common(one, other)
        return self._settle(bases, item) if bases else _NOTHING

    def _text(self, version: str, item: _Item) -> str:
        if self._known[version].erased:
            return _UNKNOWN
        return self._texts[version].get(item, _NOTHING)

    # Descent

    def _common(self, one: str, other: str) -> frozenset[str]:
        """The last versions that both stand on."""
        pair = frozenset((one, other))
        if pair not in self._bases:
            both = self._above(one) & self._above(other)
            inner = frozenset[str]().union(*(self._above(each) - {each} for each in both))
            self._bases[pair] = both - inner
        return self._bases[pair]

    def _above(self, version: str) -> frozenset[str]:
        """A version and all that it stands on, as far as that is here."""
        waiting = [version]
        while waiting:
            each = waiting[-1]
            parents = [parent for parent in self._known[each].parents if parent in self._known]
            missing = [parent for parent in parents if parent not in self._ancestors]
            if missing:
                waiting += missing
                continue
            waiting.pop()
            self._ancestors[each] = frozenset({each}).union(*(self._ancestors[parent] for parent in parents))
        return self._ancestors[version]

    # Bodies and items

    @staticmethod
    def _names(versions: Iterable[Version]) -> set[str]:
        return {name for version in versions for name in version.values} - set(MARKS)

    def _has_pieces(self, name: str) -> bool:
        values = [version.values[name] for version in self._known.values() if name in version.values]
        return all(isinstance(value, list) and all(map(_is_piece, value)) for value in values)

    def _flat(self, version: Version) -> dict[_Item, str]:
        texts: dict[_Item, str] = {}
        for name in self._names([version]):
            value = version.values[name]
            if name in self._by_piece and isinstance(value, list):
                texts.update({(name, piece["sha256"]): _as_text(piece) for piece in value})
            elif value is not None:
                texts[name, ""] = _as_text(value)
        return texts

    def _body(self, differing: Iterable[_Item], chosen: Mapping[_Item, str]) -> dict[str, object]:
        """What the shown version says, with what was chosen; an open item stays as it is there."""
        first = self._texts[self._heads[0].id]
        texts = {
            item: first.get(item, _NOTHING) if text == _UNKNOWN else text for item, text in chosen.items()
        }
        names = {name for name, _piece in differing}
        body = {
            name: value
            for name, value in self._heads[0].values.items()
            if name not in names and name not in MARKS
        }
        for name in sorted(names):
            value = self._pieces(name, texts) if name in self._by_piece else self._value(name, texts)
            if value not in (None, []):
                body[name] = value
        return body

    def _value(self, name: str, texts: Mapping[_Item, str]) -> object:
        said = (head for head in self._heads if self._texts[head.id].get((name, "")) == texts[name, ""])
        return next((head.values[name] for head in said), None)

    def _pieces(self, name: str, texts: Mapping[_Item, str]) -> list[object]:
        """Photos and scans in the order of the shown version, those of the others after them."""
        found: dict[_Item, object] = {}
        for head in self._heads:
            value = head.values.get(name)
            for piece in value if isinstance(value, list) else ():
                item = (name, str(piece["sha256"]))
                if texts.get(item, _as_text(piece)) == _as_text(piece):
                    found.setdefault(item, piece)
        return list(found.values())


def _is_piece(value: object) -> bool:
    return isinstance(value, Mapping) and isinstance(value.get("sha256"), str)


def _as_text(value: object) -> str:
    return canonical_json({"": value})
