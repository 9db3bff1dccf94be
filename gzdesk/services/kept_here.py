"""Items that are kept on this PC only (`kept = "here"`): sealed beside the ledger, in no version and in no package.

They are sealed with a key of their own whose secret half lies in a file beside the ledger, `sealed.key`: a ledger
file that somebody copies or hands on opens nothing. A backup of the whole data folder keeps both. Lists show only
the first and the last character, which are kept readable for that.
"""

from __future__ import annotations

import base64
import io
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from gzdesk.domain.masking import STAR, masked
from gzdesk.domain.record_type import Field, RecordType
from gzdesk.domain.rules import Problem
from gzdesk.errors import UserError
from gzdesk.exchange.refusal import Refused as Unreadable
from gzdesk.i18n import gettext as _
from gzdesk.services.context import Context
from gzdesk.storage.local import LocalReader
from gzdesk.storage.store import Reading, Writing

KEY_FILE = "sealed.key"
_PREFIX = "kept/"
_PUBLIC = "kept_key"
_MOST_BYTES = 10_000


def kept_fields(record_type: RecordType | None) -> tuple[Field, ...]:
    """The items of a type that are kept on this PC only."""
    return tuple(field for field in record_type.fields if field.kept) if record_type else ()


def shown(read: Reading, record_type: RecordType | None, record_id: str) -> dict[str, str]:
    """What may be shown of a record's sealed items, by field."""
    fields = kept_fields(record_type)
    if not fields:
        return {}
    kept = _kept(read.local, record_id)
    return {field.name: kept[field.name]["shown"] for field in fields if field.name in kept}


def parted(
    record_type: RecordType, values: Mapping[str, object]
) -> tuple[dict[str, object], dict[str, object]]:
    """The values that go into the record, and those that are kept on this PC only."""
    names = {field.name for field in kept_fields(record_type)}
    plain = {name: value for name, value in values.items() if name not in names}
    return plain, {name: value for name, value in values.items() if name in names}


def problems(fields: Iterable[Field], given: Mapping[str, object], now: Mapping[str, str]) -> list[Problem]:
    """A text that is hidden like a kept one, but is not the one that is kept here, means nothing."""
    return [
        Problem(
            field=field.name,
            code="id_number",
            message=_("This is not a valid ID number. Please check all 18 characters."),
            blocks=True,
        )
        for field in fields
        if STAR in str(given.get(field.name) or "") and given[field.name] != now.get(field.name)
    ]


def keep(
    context: Context,
    work: Writing,
    record_type: RecordType,
    record_id: str,
    given: Mapping[str, object],
) -> None:
    """Seal what was given anew, let go what was emptied; what is given as it is shown stays.

    Raises UserError when the key file can't be written.
    """
    kept = _kept(work.local, record_id)
    for field in kept_fields(record_type):
        text = str(given.get(field.name) or "").upper()
        if field.name not in given or text == kept.get(field.name, {}).get("shown", "").upper() != "":
            continue
        kept.pop(field.name, None)
        if text:
            kept[field.name] = {"shown": masked(field, text), "sealed": _sealed(context, work, text)}
    if kept:
        work.local.put(_PREFIX + record_id, kept)
    else:
        work.local.drop(_PREFIX + record_id)


def reveal(context: Context, record_id: str, field_name: str) -> str:
    """The whole text of a sealed item. Raises UserError when there is none or its key file is gone."""
    with context.store.reading() as read:
        kept = _kept(read.local, record_id).get(field_name)
    if kept is None:
        return ""
    from gzdesk.exchange.sealing import unseal

    plain = io.BytesIO()
    try:
        secret = (context.store.folder / KEY_FILE).read_text(encoding="ascii").strip()
        unseal(io.BytesIO(base64.b64decode(kept["sealed"])), plain, secrets=[secret], at_most=_MOST_BYTES)
    except (OSError, ValueError, Unreadable) as error:
        raise UserError(
            code="sealed_key_missing",
            message=_("The number can't be opened: its key file {name} is not the right one.").format(
                name=KEY_FILE
            ),
            hint=_("Put the file back from a backup, or write the number anew."),
        ) from error
    return plain.getvalue().decode("utf-8")


def drop(work: Writing, record_ids: Iterable[str]) -> int:
    """Let go of the sealed items of these records; returns of how many records there were any."""
    count = 0
    for record_id in record_ids:
        if work.local.get(_PREFIX + record_id) is not None:
            work.local.drop(_PREFIX + record_id)
            count += 1
    return count


def records_with_any(read: Reading) -> tuple[str, ...]:
    """The records that have sealed items here."""
    return tuple(name.removeprefix(_PREFIX) for name in read.local.with_prefix(_PREFIX))


def _kept(local: LocalReader, record_id: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = local.get(_PREFIX + record_id, {})
    return found


def _sealed(context: Context, work: Writing, text: str) -> str:
    from gzdesk.exchange.sealing import seal

    sealed = io.BytesIO()
    seal(io.BytesIO(text.encode("utf-8")), sealed, recipients=[_public_key(context, work)])
    return base64.b64encode(sealed.getvalue()).decode("ascii")


def _public_key(context: Context, work: Writing) -> str:
    """The public half; a first number makes the keys. With the key file gone a new pair begins."""
    path = context.store.folder / KEY_FILE
    known = work.local.get(_PUBLIC)
    if known is not None and path.exists():
        return str(known)
    from gzdesk.exchange.sealing import new_sealing_key, public_sealing_key

    secret = new_sealing_key()
    try:
        _write_secret(path, secret)
    except OSError as error:
        raise UserError(
            code="sealed_key_unwritable",
            message=_("The key file {name} can't be written. Nothing was saved.").format(name=KEY_FILE),
            hint=_("Check that the data folder may be written, then try again."),
        ) from error
    public = public_sealing_key(secret)
    work.local.put(_PUBLIC, public)
    return public


def _write_secret(path: Path, secret: str) -> None:
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secret + "\n")
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
