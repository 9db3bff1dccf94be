"""Photos and scans of the records of a village: taken in, kept once, shown, and named when something is wrong."""

from __future__ import annotations

import io
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy.exc import OperationalError

from gzdesk.errors import UserError
from gzdesk.progress import Cancelled, Progress
from gzdesk.services.evidence import DAMAGED, HERE, MISSING, Evidence, noted_files
from gzdesk.storage.local import LocalWriter
from tests.services.photos import corners, photo, put, scan
from tests.services.world import Site, World


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    world = World.make(tmp_path, units=("gusi",))
    yield world.gusi
    world.close()


@pytest.fixture
def evidence(site: Site) -> Evidence:
    return site.work.evidence


def kept_files(site: Site) -> list[Path]:
    return [path for path in (site.folder / "files").rglob("*") if path.is_file()]


def test_a_photo_is_shrunk_and_its_original_stays(site: Site, evidence: Evidence, tmp_path: Path) -> None:
    source = put(tmp_path / "phone", "IMG_1.jpg", photo(orientation=6))
    before = source.read_bytes()
    noted = evidence.keep(source)
    assert source.read_bytes() == before
    assert (noted["name"], noted["taken_at"]) == ("IMG_1.jpg", "2019-10-05T19:31:02")
    content = site.store.files.read(str(noted["sha256"]))
    assert content is not None
    assert len(content) == noted["size_bytes"]
    assert Image.open(io.BytesIO(content)).size == (1600, 1200)
    assert corners(content) == ("red", "green")


def test_the_same_original_is_kept_once_under_either_name(
    site: Site, evidence: Evidence, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = evidence.keep(put(tmp_path / "a", "IMG_1.jpg", photo()))
    # Recognised by the original itself: it need not be unpacked again, whatever a newer program makes of it.
    monkeypatch.setattr("gzdesk.services.evidence.make_fit", _never)
    again = evidence.keep(put(tmp_path / "b", "门口.jpg", photo()))
    assert again == {**first, "name": "门口.jpg"}
    assert len(kept_files(site)) == 1


def test_an_original_whose_file_was_lost_is_taken_in_again(
    site: Site, evidence: Evidence, tmp_path: Path
) -> None:
    source = put(tmp_path / "a", "IMG_1.jpg", photo())
    noted = evidence.keep(source)
    for damage in (lambda path: path.unlink(), lambda path: path.write_bytes(b"?")):
        damage(site.store.files.path(str(noted["sha256"])))
        assert evidence.keep(source) == noted
        assert evidence.state(str(noted["sha256"])) == HERE


def test_a_scan_is_kept_whole_with_its_pages(site: Site, evidence: Evidence, tmp_path: Path) -> None:
    noted = evidence.keep(put(tmp_path, "回执.pdf", scan(3)))
    assert noted["pages"] == 3
    assert site.store.files.read(str(noted["sha256"])) == scan(3)
    assert evidence.page_count(noted) == 3
    shown = evidence.picture(noted, long_side_px=300, page=1)
    assert max(shown.width, shown.height) in (300, 301)


def test_a_folder_of_a_phone_is_taken_in_and_the_bad_ones_are_named(
    evidence: Evidence, tmp_path: Path
) -> None:
    folder = tmp_path / "DCIM" / "100"
    for number in range(6):
        put(folder, f"IMG_{number}.jpg", photo(size=(300, 200), seed=number % 5))
    put(folder, "broken.jpg", photo(size=(300, 200))[:900])
    put(folder, "empty.png", b"")
    put(folder, "notes.txt", b"hello")
    watch = _Watch()
    taken = evidence.keep_all([folder.parent, tmp_path / "gone.jpg"], progress=watch)
    assert [noted["name"] for noted in taken.kept] == [f"IMG_{number}.jpg" for number in range(5)]
    assert [(item.name, bool(item.message)) for item in taken.refused] == [
        ("broken.jpg", True),
        ("empty.png", True),
        ("gone.jpg", True),
    ]
    assert watch.steps[-1] == (9, 9)


def test_a_cancelled_batch_leaves_nothing_new_behind(site: Site, evidence: Evidence, tmp_path: Path) -> None:
    earlier = evidence.keep(put(tmp_path, "IMG_0.jpg", photo(size=(300, 200))))
    for number in range(6):
        put(tmp_path / "phone", f"IMG_{number}.jpg", photo(size=(300, 200), seed=number))
    with pytest.raises(Cancelled):
        evidence.keep_all([tmp_path / "phone"], progress=_Watch(stop_after=3))
    assert [path.name for path in kept_files(site)] == [earlier["sha256"]]
    assert len(evidence.keep_all([tmp_path / "phone"]).kept) == 6


def test_files_are_attached_all_or_none_and_once(site: Site, evidence: Evidence, tmp_path: Path) -> None:
    record = site.write()
    good, other = put(tmp_path, "a.jpg", photo(size=(300, 200))), put(tmp_path, "b.pdf", scan())
    bad = put(tmp_path, "c.jpg", b"no photo")
    with pytest.raises(UserError) as refused:
        evidence.attach(record, [good, bad])
    assert refused.value.code == "not_evidence"
    assert kept_files(site) == []
    site.write(_complete(), record=record)
    evidence.attach(record, [good])
    evidence.attach(record, [good, other])
    assert [noted["name"] for noted in noted_files(site.values(record))] == ["a.jpg", "b.pdf"]


def test_a_missing_and_a_damaged_file_are_named(site: Site, evidence: Evidence, tmp_path: Path) -> None:
    noted = evidence.keep(put(tmp_path, "门口.jpg", photo(size=(300, 200))))
    path = site.store.files.path(str(noted["sha256"]))
    path.write_bytes(path.read_bytes()[:-1])
    assert evidence.state(str(noted["sha256"])) == DAMAGED
    assert _refusal(lambda: evidence.content(noted)) == ("file_damaged", "文件 门口.jpg 坏了。")
    path.unlink()
    assert evidence.state(str(noted["sha256"])) == MISSING
    assert _refusal(lambda: evidence.picture(noted, long_side_px=100))[0] == "file_missing"
    assert evidence.thumbnails.get(str(noted["sha256"])) is None
    site.write({"date": "2019-10-05", "name": "灯会", "evidence": [noted]})
    (problem,) = site.work.maintenance.check().problems
    assert "门口.jpg" in problem
    assert "灯会" in problem


def test_what_an_older_program_kept_unchecked_stays_readable(site: Site, evidence: Evidence) -> None:
    content = b"\xff\xd8\xff\xe0" + b"photo" * 40
    noted = {"name": "old.jpg", "sha256": site.store.files.put(content), "size_bytes": len(content)}
    assert evidence.content(noted) == content
    assert evidence.thumbnails.get(noted["sha256"]) is None
    assert _refusal(lambda: evidence.picture(noted, long_side_px=100))[0] == "damaged_picture"
    assert evidence.page_count({**noted, "name": "old.pdf"}) == 1
    large = photo(size=(3000, 2000), orientation=8)
    old = {"name": "large.jpg", "sha256": site.store.files.put(large), "size_bytes": len(large)}
    shown = evidence.picture(old, long_side_px=300)
    assert (shown.width, shown.height) == (300, 200)


# Small pictures


def test_small_pictures_are_made_again_when_they_are_gone(
    site: Site, evidence: Evidence, tmp_path: Path
) -> None:
    noted = evidence.keep(put(tmp_path, "a.jpg", photo(size=(900, 600))))
    sha256 = str(noted["sha256"])
    small = evidence.thumbnails.get(sha256)
    assert small is not None
    assert (small.width, small.height) == (256, 171)
    (cached,) = [path for path in (site.folder / "thumbnails").rglob("*") if path.is_file()]
    for damage in (lambda: cached.write_bytes(b"?"), lambda: cached.unlink()):
        damage()
        assert evidence.thumbnails.get(sha256) == small
        assert cached.exists()


def test_a_scan_shows_its_first_page(evidence: Evidence, tmp_path: Path) -> None:
    noted = evidence.keep(put(tmp_path, "a.pdf", scan(2)))
    small = evidence.thumbnails.get(str(noted["sha256"]))
    assert small is not None
    assert small.height == 256


# Turning and copying


def test_a_turned_photo_is_a_new_file(site: Site, evidence: Evidence, tmp_path: Path) -> None:
    noted = evidence.keep(put(tmp_path, "a.jpg", photo(size=(300, 200))))
    turned = evidence.turned(noted, 1)
    assert turned["sha256"] != noted["sha256"]
    assert (turned["name"], turned["taken_at"]) == (noted["name"], noted["taken_at"])
    assert evidence.picture(turned, long_side_px=300).height == 300
    assert evidence.state(str(noted["sha256"])) == HERE


def test_a_copy_is_written_whole(evidence: Evidence, tmp_path: Path) -> None:
    noted = evidence.keep(put(tmp_path, "a.pdf", scan()))
    evidence.save_copy(noted, tmp_path / "copy.pdf")
    assert (tmp_path / "copy.pdf").read_bytes() == scan()
    assert _refusal(lambda: evidence.save_copy(noted, tmp_path / "no" / "copy.pdf"))[0] == "cannot_write"


# A disk that is full


@pytest.mark.parametrize("call", ["fsync", "replace", "open", "mkdir"])
def test_a_full_disk_is_said_and_nothing_half_is_left(
    site: Site, evidence: Evidence, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    record = site.write(_complete())
    source = put(tmp_path, "a.jpg", photo(size=(300, 200)))
    with monkeypatch.context() as patch:
        _fill_the_disk(patch, call, site.folder / "files")
        assert _refusal(lambda: evidence.attach(record, [source]))[0] == "no_room"
    assert kept_files(site) == []
    assert not noted_files(site.values(record))
    assert len(evidence.attach(record, [source])) == 1


def test_a_ledger_that_cannot_be_written_keeps_no_file(
    site: Site, evidence: Evidence, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> None:
        fault = sqlite3.OperationalError("database or disk is full")
        fault.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise OperationalError("INSERT", {}, fault)

    source = put(tmp_path, "a.jpg", photo(size=(300, 200)))
    with monkeypatch.context() as patch:
        patch.setattr(LocalWriter, "put", refuse)
        taken = evidence.keep_all([source])
    assert (taken.kept, [item.name for item in taken.refused]) == ((), ["a.jpg"])
    assert kept_files(site) == []
    assert len(evidence.keep_all([source]).kept) == 1


def test_a_full_disk_does_not_keep_anybody_from_seeing_a_photo(
    site: Site, evidence: Evidence, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted = evidence.keep(put(tmp_path, "a.jpg", photo(size=(300, 200))))
    with monkeypatch.context() as patch:
        _fill_the_disk(patch, "write_bytes", site.folder / "thumbnails")
        assert evidence.thumbnails.get(str(noted["sha256"])) is not None
    assert not [path for path in (site.folder / "thumbnails").rglob("*") if path.is_file()]


def _fill_the_disk(patch: pytest.MonkeyPatch, call: str, folder: Path) -> None:
    def refuse(*_arguments: Any, **_options: Any) -> None:
        raise OSError(28, "No space left on device")

    if call == "fsync":
        patch.setattr(os, "fsync", refuse)
        return
    plain = getattr(Path, call)

    def guarded(self: Path, *arguments: Any, **options: Any) -> Any:
        writes = call != "open" or "w" in str(arguments[:1])
        if self.is_relative_to(folder) and writes:
            refuse()
        return plain(self, *arguments, **options)

    patch.setattr(Path, call, guarded)


def _complete() -> dict[str, object]:
    return {
        "name": "灯会",
        "category": "festival",
        "date": "2019-10-05",
        "start_time": "19:30",
        "sessions": 1,
        "place": "广场",
        "organiser": "村委会",
        "participants": 64,
        "leader": "苏惠芳",
        "status": "held",
    }


def _refusal(action: Any) -> tuple[str, str]:
    with pytest.raises(UserError) as refused:
        action()
    return refused.value.code, refused.value.message


def _never(*_arguments: object, **_options: object) -> None:
    pytest.fail("unpacked again")


class _Watch(Progress):
    def __init__(self, *, stop_after: int = 10_000) -> None:
        self.steps: list[tuple[int, int]] = []
        self._stop_after = stop_after

    def step(self, done: int, total: int) -> None:
        self.steps.append((done, total))

    def check_cancelled(self) -> None:
        if len(self.steps) >= self._stop_after:
            raise Cancelled
