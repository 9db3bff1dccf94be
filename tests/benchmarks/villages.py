"""Ledgers and bodies of a lived-in size for measuring."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gzdesk.bootstrap import Workspace, init_village
from gzdesk.domain.mint import Mint
from gzdesk.domain.revision import make_revision
from gzdesk.storage.authoring import Received

_CATEGORIES = ("reading", "lecture", "festival", "chorus", "science")
_PLACES = ("文化广场", "文化服务中心二楼", "农家书屋", "苏氏大宗祠")


def body(number: int) -> dict[str, object]:
    """An activity as a clerk writes it, some 300 bytes; its day moves through ten years."""
    year, month, day = 2010 + number // 12 % 10, number % 12 + 1, number // 7 % 28 + 1
    return {
        "name": f"书法公益班（第{number}课）",
        "category": _CATEGORIES[number % len(_CATEGORIES)],
        "date": f"{year}-{month:02d}-{day:02d}",
        "start_time": f"{9 + number % 11:02d}:30",
        "sessions": 1,
        "place": _PLACES[number % len(_PLACES)],
        "organiser": "曹一村综合性文化服务中心",
        "participants": 12 + number % 180,
        "leader": "苏惠芳",
        "summary": "学员练习隶书横画与波磔，老师逐一指点，课后把作品贴在二楼走廊。",
        "status": "held",
    }


def village(folder: Path) -> Workspace:
    """A new village ledger."""
    return init_village(folder, name="曹一村", writer_name="苏惠芳")


def written_elsewhere(count: int, *, scope: str = "caoyi") -> Iterator[Received]:
    """That many revisions of as many records, as another PC of the village would have written them."""
    mint, prev = Mint(), None
    writer = mint.writer_id()
    for seq in range(1, count + 1):
        values = body(seq)
        made = make_revision(
            values=values,
            salt=mint.salt(),
            actor="苏惠芳",
            deleted=False,
            generation=1,
            parents=(),
            prev=prev,
            record=mint.record_id(),
            recorded_at=mint.timestamp(),
            scope=scope,
            seq=seq,
            type="activity",
            type_version=1,
            writer=writer,
        )
        prev = made.id
        yield Received(made.id, made.header, made.header_text, made.salt, made.body_text, values)


def fill(workspace: Workspace, count: int) -> None:
    """Put that many activities into a ledger."""
    with workspace.context.store.writing() as work:
        work.revisions.receive(written_elsewhere(count), package=None)
        work.commit()
