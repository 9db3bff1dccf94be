"""The anchor tells a ledger that was put back or cloned from one that went on."""

from __future__ import annotations

from pathlib import Path

import pytest

from gzdesk.exchange.anchor import FILE_NAME, Anchor, OwnTip, has_moved, place_of, read_anchor, write_anchor

HERE = "0123456789abcdef"
ANCHOR = Anchor(writer="w" * 32, place=HERE, tips=(OwnTip(scope="gusi", seq=5, id="e" * 64),))


def _moved(*tips: OwnTip, writer: str = "w" * 32, place: str = HERE, anchor: Anchor | None = ANCHOR) -> bool:
    return has_moved(anchor, writer=writer, place=place, own_tips=tips)


def test_it_comes_back_as_it_was_written(tmp_path: Path) -> None:
    write_anchor(tmp_path, ANCHOR)
    assert read_anchor(tmp_path) == ANCHOR
    assert [item.name for item in tmp_path.iterdir()] == [FILE_NAME]


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"{}", b'{"writer":1,"place":"x","tips":[[1]]}', b"\xff"]
)
def test_one_that_cannot_be_read_says_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    assert read_anchor(tmp_path) is None
    assert not _moved(anchor=None)


def test_a_ledger_that_went_on_has_not_moved() -> None:
    assert not _moved(OwnTip(scope="gusi", seq=5, id="e" * 64))
    assert not _moved(OwnTip(scope="gusi", seq=9, id="f" * 64), OwnTip(scope="guzhen", seq=1, id="a" * 64))


@pytest.mark.parametrize(
    "tips",
    [(), (OwnTip(scope="gusi", seq=4, id="d" * 64),), (OwnTip(scope="gusi", seq=5, id="f" * 64),)],
)
def test_a_ledger_behind_its_anchor_was_put_back(tips: tuple[OwnTip, ...]) -> None:
    assert _moved(*tips)


def test_another_place_or_another_writer_is_another_ledger() -> None:
    tip = OwnTip(scope="gusi", seq=5, id="e" * 64)
    assert _moved(tip, place="fedcba9876543210")
    assert _moved(tip, writer="x" * 32)


def test_a_place_has_a_short_name_that_tells_nobody_where_it_is(tmp_path: Path) -> None:
    assert place_of(tmp_path) == place_of(tmp_path / ".." / tmp_path.name)
    assert place_of(tmp_path) != place_of(tmp_path / "copy")
    assert len(place_of(tmp_path)) == 16
