"""A record that was changed on two sides, without carrying a stick."""

from __future__ import annotations

from gzdesk.bootstrap import Workspace
from gzdesk.domain.revision import make_revision
from gzdesk.storage.authoring import Received
from gzdesk.storage.wire import values_from_text


def changed_elsewhere(
    workspace: Workspace,
    record: str,
    *,
    actor: str = "袁丽珍",
    deleted: bool = False,
    base: str = "",
    **changes: object,
) -> str:
    """Store what another PC wrote on top of the base, else of the first version; returns its revision.

    Whoever calls this changes the record here as well, before or after, from the same version.
    """
    with workspace.context.store.writing() as work:
        versions = work.revisions.history(record)
        first = next((one for one in versions if one.id == base), versions[0])
        values = {**values_from_text(first.body_text), **changes}
        made = make_revision(
            values=values,
            salt="0" * 32,
            actor=actor,
            deleted=deleted,
            generation=first.header.generation + 1,
            parents=(first.id,),
            prev=None,
            record=record,
            recorded_at="2019-11-08T15:20:00+08:00",
            scope=first.header.scope,
            seq=1,
            type=first.header.type,
            type_version=first.header.type_version,
            writer=record.replace("-", "")[:32],
        )
        received = Received(made.id, made.header, made.header_text, made.salt, made.body_text, values)
        work.revisions.receive([received], package=None)
        work.commit()
    return made.id


def changed_here(workspace: Workspace, record: str, **changes: object) -> None:
    """Write a version of a village's record in the town, below the rules of forms."""
    with workspace.context.store.writing() as work:
        (*_older, last) = work.revisions.history(record)
        work.revisions.append(
            record=record,
            type_id=last.header.type,
            type_version=last.header.type_version,
            scope=last.header.scope,
            values={**values_from_text(last.body_text), **changes},
        )
        work.commit()
