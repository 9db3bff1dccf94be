"""Revisions as lines of `revisions.ndjson`: a JSON array of header, salt and body, texts as their author made them.

Writing joins the stored texts. Reading parses a line once, writes it again canonically and compares: equal
bytes mean that what was received is canonical and that the hashes are over the bytes as received. This costs
less than taking the texts apart first, and no second canonical form can slip in.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, NoReturn, TypeVar

import msgspec

from gzdesk.domain.revision import Header, Revision, header_fault
from gzdesk.exchange.limits import LINE_BYTES
from gzdesk.exchange.refusal import Refused, broken, too_large

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_SALT = re.compile(r"[0-9a-f]{32}")
_LARGEST_INTEGER = 2**53 - 1
_LARGEST_COUNT = 2**31 - 1

Made = TypeVar("Made")
Maker = Callable[[str, Header, str, str | None, str | None, dict[str, Any]], Made]
"""Takes id, header, header text, salt, body text and the parsed body; an erased body is None, None and {}."""


def line_of(revision: Revision) -> str:
    """The line of a revision."""
    if revision.body_text is None or revision.salt is None:
        return f"[{revision.header_text},null,null]\n"
    return f'[{revision.header_text},"{revision.salt}",{revision.body_text}]\n'


def read_lines(chunks: Iterable[bytes], *, scopes: Collection[str], make: Maker[Made]) -> Iterator[Made]:
    """Check every line and hand on what `make` makes of it.

    Raises `Refused` at the first line that is not a canonical, rightly hashed revision of one of the scopes.
    """
    check = _LineReader(scopes)
    for line in _split(chunks):
        yield make(*check.read(line))


def _split(chunks: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for chunk in chunks:
        lines = (rest + chunk).split(b"\n")
        rest = lines.pop()
        if len(rest) > LINE_BYTES:
            raise too_large("a line without end")
        yield from lines
    if rest:
        raise broken("the last line has no end")


class _LineReader:
    """Reads lines of one package, remembering what the line before proved."""

    def __init__(self, scopes: Collection[str]) -> None:
        self._scopes = frozenset(scopes)
        self._seen: set[tuple[str, str, str]] = set()
        self._last: tuple[str, str, int, str] = ("", "", 0, "")
        parts = tuple[Header, str | None, dict[str, Any] | None]
        self._decode = msgspec.json.Decoder(parts, float_hook=_refuse_float).decode
        self._encode = msgspec.json.Encoder(order="sorted").encode

    def read(self, line: bytes) -> tuple[str, Header, str, str | None, str | None, dict[str, Any]]:
        """Check one line; gives what `Maker` takes."""
        try:
            header, salt, values = self._decode(line)
            head = self._encode(header)
            body = self._encode(values)
        except Refused:
            raise
        except (msgspec.MsgspecError, ValueError, RecursionError, OverflowError) as error:
            raise broken(f"line: {error}") from error
        if values is None or salt is None:
            expected = b"[" + head + b",null,null]"
        else:
            expected = b'[%b,"%b",%b]' % (head, salt.encode(), body)
        if line != expected:
            raise broken("line: not canonical")
        revision_id = hashlib.sha256(head).hexdigest()
        self._check(revision_id, header, salt=salt, body=body, values=values)
        if values is None:
            return revision_id, header, head.decode(), None, None, {}
        return revision_id, header, head.decode(), salt, body.decode(), values

    def _check(
        self,
        revision_id: str,
        header: Header,
        *,
        salt: str | None,
        body: bytes,
        values: dict[str, Any] | None,
    ) -> None:
        if header.scope not in self._scopes:
            raise broken(f"line: scope {header.scope!r}")
        if not self._is_usual(header, erased=values is None):
            fault = header_fault(header)
            if fault is not None:
                raise broken(f"line: {fault}")
            self._seen.add((header.writer, header.scope, header.type))
        self._last = (header.writer, header.scope, header.seq, revision_id)
        if values is None or salt is None:
            return
        if _SALT.fullmatch(salt) is None or not _is_canonical(values):
            raise broken("line: salt or body has the wrong form")
        if hashlib.sha256(bytes.fromhex(salt) + body).hexdigest() != header.body_hash:
            raise broken("line: the body is not the one that was written")

    def _is_usual(self, header: Header, *, erased: bool) -> bool:
        """Whether the line before proves most of what `header_fault`, thrice as slow, would check.

        True for the first version of a record that goes on the chain of the line before: its `prev` is that
        line's id, and `body_hash` is compared with one computed from the body.
        """
        writer, scope, seq, revision_id = self._last
        return (
            header.prev == revision_id
            and header.seq == seq + 1 <= _LARGEST_COUNT
            and header.writer == writer
            and header.scope == scope
            and not header.parents
            and header.generation == 1
            and not erased
            and (writer, scope, header.type) in self._seen
            and 0 <= header.type_version <= _LARGEST_COUNT
            and len(header.actor) <= 40
            and len(header.recorded_at) <= 40
            and _UUID.fullmatch(header.record) is not None
        )


def _is_canonical(body: dict[str, Any]) -> bool:
    """Whether keys are ASCII and integers narrow; comparing the bytes has settled all the rest."""
    return "".join(body).isascii() and _are_canonical(body.values())


def _are_canonical(values: Iterable[Any]) -> bool:
    for value in values:
        kind = type(value)
        if kind is str:  # most are
            continue
        if kind is int:
            if abs(value) > _LARGEST_INTEGER:
                return False
        elif kind is dict:
            if not _is_canonical(value):
                return False
        elif kind is list and not _are_canonical(value):
            return False
    return True


def _refuse_float(text: str) -> NoReturn:
    raise broken(f"line: {text[:40]} has no canonical form")
