"""What is being typed and not saved yet: kept on this PC within two seconds, so that a crash takes nothing.

It also remembers which fields a person has pinned. Both are local and never leave the PC.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from gzdesk.services.context import Context

_TYPED = "typed/"
_PINS = "pins/"


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedForm:
    """A form that was left with something unsaved in it. `record_id` is None for a new record."""

    type_id: str
    record_id: str | None
    kept_at: str
    content: Mapping[str, Any]


class Drafts:
    """The unsaved forms of this PC, at most one for each record and one new one for each record type."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def keep(self, *, type_id: str, record_id: str | None, content: Mapping[str, Any]) -> None:
        """Keep what a form holds, in place of what was kept of it before."""
        now = self._context.mint.timestamp()
        left = _without_kept(self._context, type_id, content)
        value = {"type": type_id, "record": record_id, "at": now, "content": left}
        with self._context.store.writing() as work:
            work.local.put(_name(type_id, record_id), value)
            work.commit()

    def drop(self, *, type_id: str, record_id: str | None) -> None:
        """Forget what was kept of a form: it was saved, or is not wanted."""
        name = _name(type_id, record_id)
        with self._context.store.reading() as read:
            if read.local.get(name) is None:
                return
        with self._context.store.writing() as work:
            work.local.drop(name)
            work.commit()

    def find(self, *, type_id: str, record_id: str | None) -> TypedForm | None:
        """What was kept of a form, or None."""
        with self._context.store.reading() as read:
            value = read.local.get(_name(type_id, record_id))
        return _typed_form(value) if value else None

    def kept(self) -> tuple[TypedForm, ...]:
        """Every unsaved form, the latest first."""
        with self._context.store.reading() as read:
            found = [_typed_form(value) for value in read.local.with_prefix(_TYPED).values()]
        return tuple(sorted(found, key=lambda form: form.kept_at, reverse=True))

    def pins(self, type_id: str) -> frozenset[str] | None:
        """The fields of a type that are brought over to the next record, or None when nobody ever chose."""
        with self._context.store.reading() as read:
            names = read.local.get(_PINS + type_id)
        return None if names is None else frozenset(names)

    def remember_pins(self, type_id: str, names: Collection[str]) -> None:
        """Remember which fields of a type are brought over."""
        with self._context.store.writing() as work:
            work.local.put(_PINS + type_id, sorted(names))
            work.commit()


def _without_kept(context: Context, type_id: str, content: Mapping[str, Any]) -> dict[str, Any]:
    """What a form holds but for items that are kept sealed: a crash takes those with it rather than show them."""
    record_type = context.types.get(type_id)
    sealed = {field.name for field in record_type.fields if field.kept} if record_type else set()
    if not sealed:
        return dict(content)
    return {
        name: {key: item for key, item in part.items() if key not in sealed}
        if isinstance(part, dict)
        else part
        for name, part in content.items()
    }


def _name(type_id: str, record_id: str | None) -> str:
    return f"{_TYPED}{type_id}/{record_id or 'new'}"


def _typed_form(value: Mapping[str, Any]) -> TypedForm:
    return TypedForm(
        type_id=value["type"], record_id=value["record"], kept_at=value["at"], content=value["content"]
    )
