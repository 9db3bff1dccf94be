"""Which version of a record is shown, and whether two sides changed it: a pure function of its revisions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """What the choice needs of a revision."""

    id: str
    parents: tuple[str, ...]
    generation: int
    deleted: bool
    erased: bool = False  # its contents were taken out (domain/erasure.py)
    content: str | None = None  # its canonical body


def heads(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """The revisions that are nobody's parent, the shown one first; an erased one only when there is no other.

    Shown is the greatest by (not deleted, generation, id): no clock decides, so every PC shows the same.
    """
    known = list(nodes)
    superseded = {parent for node in known for parent in node.parents}
    left = [node for node in known if node.id not in superseded]
    # What was written elsewhere while a person was erased has nothing left to settle with.
    left = [node for node in left if not node.erased] or left
    return tuple(sorted(left, key=lambda node: (not node.deleted, node.generation, node.id), reverse=True))


def count_different(nodes: Iterable[Node]) -> int:
    """How many of these heads say something else than the others; above 1, two sides changed the record.

    Two programs that settle the same versions write two heads that say the same. Nobody need choose between
    those, and they must not be merged again: two town PCs would answer each other for ever. Deleted is deleted,
    whatever the body was.
    """
    return len({(node.deleted, None if node.deleted else node.content) for node in nodes})
