"""Whatever fails while a stick is written or read: a sentence, nothing half done, and the next try succeeds."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gzdesk.errors import UserError
from gzdesk.exchange import delivery, disk
from gzdesk.progress import Cancelled, Progress
from tests.services.interrupting import Died, Interruption, interrupted
from tests.services.world import Site, World

_MOST_CALLS = 400


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World.make(tmp_path)
    yield made
    made.close()


def _packages(folder: Path) -> list[Path]:
    return sorted(item for item in folder.iterdir() if item.suffix == ".gzp")


def _opens_clean(site: Site) -> None:
    with site.store.reading() as read:
        assert read.check_file() == ()
        assert read.view_differences() == ()


def _with_photo(site: Site, content: bytes) -> None:
    with site.store.writing() as work:
        sha256 = work.files.put(content)
    photo = {"sha256": sha256, "name": "现场.jpg", "size_bytes": len(content)}
    site.write({"date": "2019-10-05", "title": "灯会", "evidence": [photo]})


def test_any_call_of_an_export_may_fail(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    _with_photo(world.gusi, b"photo")
    for number in range(1, _MOST_CALLS):
        before = world.gusi.work.exchange.sent_packages()
        stick = world.stick / str(number)
        stick.mkdir()
        with interrupted(world.gusi.store, monkeypatch, Interruption(number, deadly=False)) as interruption:
            error = _error_of(lambda folder=stick: world.gusi.export(folder))
        if not interruption.happened:
            break
        if error is None:
            continue  # a call that only tidies up
        assert error.message
        assert error.hint, error.code
        assert len(world.gusi.work.exchange.sent_packages()) - len(before) in (0, 1)
        again = world.gusi.export(stick)
        if number % 10 == 0:
            assert world.town.take(again).verdict in ("applied", "already")
        assert not [item for item in stick.iterdir() if item.suffix == disk.PART_SUFFIX]
    else:
        pytest.fail("the export never came to its end")
    assert number > 30
    _opens_clean(world.gusi)


def test_any_call_of_an_import_may_fail(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(1, _MOST_CALLS):
        _with_photo(world.gusi, f"photo {number}".encode())
        file = world.gusi.export(world.stick)
        before = world.town.revisions("gusi")
        with interrupted(world.town.store, monkeypatch, Interruption(number, deadly=False)) as interruption:
            error = _error_of(lambda path=file: _accepted(world.town, path))
        if not interruption.happened:
            break
        if error is not None:
            assert error.message
            assert error.hint, error.code
            assert world.town.revisions("gusi") in (before, world.gusi.revisions("gusi"))
        world.town.take(file)
        assert world.town.revisions("gusi") == world.gusi.revisions("gusi")
        if number % 10 == 0:  # keeps the packages small
            world.gusi.take(world.town.export(world.stick, "gusi"))
    else:
        pytest.fail("the import never came to its end")
    assert number > 30
    _opens_clean(world.town)
    assert not list((world.town.folder / "inbox").iterdir())


def test_an_export_may_die_at_any_call(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    _with_photo(world.gusi, b"photo")
    for number in range(1, _MOST_CALLS):
        if not _dies(world.gusi, monkeypatch, number, lambda: world.gusi.export(world.stick)):
            break
        for file in _packages(world.stick):
            assert world.town.take(file).verdict in ("applied", "already"), "what has its name is whole"
            file.unlink()
        assert world.town.take(world.gusi.export(world.stick)).verdict in ("applied", "already")
        for file in _packages(world.stick):
            file.unlink()
    else:
        pytest.fail("the export never came to its end")
    assert number > 30
    assert world.town.revisions("gusi") == world.gusi.revisions("gusi")


def test_an_import_may_die_at_any_call(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(1, _MOST_CALLS):
        _with_photo(world.gusi, f"photo {number}".encode())
        file = world.gusi.export(world.stick)
        before = world.town.revisions("gusi")
        died = _dies(world.town, monkeypatch, number, lambda path=file: world.town.take(path))
        if not died:
            break
        assert world.town.revisions("gusi") in (before, world.gusi.revisions("gusi"))
        assert world.town.take(file).verdict in ("applied", "already")
        assert world.town.revisions("gusi") == world.gusi.revisions("gusi")
        if number % 10 == 0:
            world.gusi.take(world.town.export(world.stick, "gusi"))
    else:
        pytest.fail("the import never came to its end")
    assert number > 30
    _opens_clean(world.town)


def _dies(site: Site, monkeypatch: pytest.MonkeyPatch, number: int, job: Callable[[], object]) -> bool:
    """Whether the job died at that call; the PC is started again."""
    try:
        with interrupted(site.store, monkeypatch, Interruption(number, deadly=True)):
            job()
    except Died:
        site.reopen()
        _opens_clean(site)
        return True
    return False


def _error_of(job: Callable[[], object]) -> UserError | None:
    try:
        job()
    except UserError as error:
        return error
    return None


def _accepted(site: Site, path: Path) -> None:
    answer = site.take(path)
    if answer.verdict == "rejected":
        raise UserError(code=answer.code, message=answer.reason, hint=answer.hint)


# The stick


class _Stick:
    """A stick that fails in a way of its own while it is being written."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, code: int, *, at_bytes: int = 0) -> None:
        original = disk.open_file
        stick = self

        class Failing:
            def __init__(self, file: object) -> None:
                self._file = file
                self._left = at_bytes

            def __enter__(self) -> Failing:
                return self

            def __exit__(self, *_: object) -> None:
                self._file.close()

            def write(self, data: bytes) -> int:
                self._left -= len(data)
                if self._left < 0:
                    raise OSError(code, os.strerror(code))
                return self._file.write(data)

            def __getattr__(self, name: str) -> object:
                return getattr(self._file, name)

        def open_file(path: Path, mode: str) -> object:
            file = original(path, mode)
            return Failing(file) if stick.failing and mode == "wb" else file

        self.failing = True
        monkeypatch.setattr(disk, "open_file", open_file)


@pytest.mark.parametrize(
    ("number", "code", "words"),
    [
        (errno.ENOSPC, "stick_full", "U盘满了，文件没有写成。"),
        (errno.EIO, "stick_gone", "文件还没写完，U盘就读写不了了。"),
        (errno.ENODEV, "stick_gone", "文件还没写完，U盘就读写不了了。"),
        (errno.EROFS, "stick_read_only", None),
        (errno.EACCES, "stick_read_only", None),
    ],
)
@pytest.mark.parametrize("at_bytes", [0, 500])
def test_a_stick_that_fails_is_a_sentence(
    world: World, monkeypatch: pytest.MonkeyPatch, number: int, code: str, words: str | None, at_bytes: int
) -> None:
    world.gusi.write()
    stick = _Stick(monkeypatch, number, at_bytes=at_bytes)
    with pytest.raises(UserError) as caught:
        world.gusi.export(world.stick)
    assert caught.value.code == code
    assert words is None or caught.value.message == words
    assert list(world.stick.iterdir()) == []
    assert world.gusi.work.exchange.sent_packages() == ()
    stick.failing = False
    file = world.gusi.export(world.stick)
    assert file.name.endswith("第001包.gzp"), "a failed try takes no number"
    assert world.town.take(file).verdict == "applied"


def test_a_stick_without_room_says_how_much_is_needed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.gusi.write()
    monkeypatch.setattr(disk, "free_bytes", lambda _folder: 1000)
    with pytest.raises(UserError) as caught:
        world.gusi.export(world.stick)
    assert (caught.value.code, caught.value.message) == ("stick_full", "U盘只剩 0.0 MB，要 0.1 MB。")
    assert caught.value.hint == "请换一个U盘再按一次。"


def test_a_stick_that_gives_back_other_bytes_is_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    original = delivery._copied

    def bad(item: delivery.Item) -> Iterator[int]:
        yield from original(item)
        content = bytearray(item.part.read_bytes())
        content[len(content) // 2] ^= 1
        item.part.write_bytes(content)

    monkeypatch.setattr(delivery, "_copied", bad)
    with pytest.raises(UserError) as caught:
        world.gusi.export(world.stick)
    assert (caught.value.code, caught.value.message) == ("stick_bad", "从U盘读回来的和写进去的不一样。")
    assert list(world.stick.iterdir()) == []


def test_a_stick_that_vanishes_while_it_is_written(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    original = delivery._copied

    def vanishing(item: delivery.Item) -> Iterator[int]:
        yield from original(item)
        item.part.unlink()
        world.stick.rmdir()

    with monkeypatch.context() as patch:
        patch.setattr(delivery, "_copied", vanishing)
        with pytest.raises(UserError) as caught:
            world.gusi.export(world.stick)
    assert caught.value.code == "stick_gone"
    world.stick.mkdir()
    assert world.town.take(world.gusi.export(world.stick)).verdict == "applied"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_a_sentence(world: World) -> None:
    world.stick.chmod(0o500)
    try:
        with pytest.raises(UserError) as caught:
            world.gusi.export(world.stick)
    finally:
        world.stick.chmod(0o700)
    assert caught.value.code == "stick_read_only"


def test_this_pc_s_own_full_disk_is_a_sentence(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.gusi.write()
    file = world.gusi.export(world.stick)
    monkeypatch.setattr(disk, "free_bytes", lambda _folder: 1000)
    with pytest.raises(UserError) as caught:
        world.town.take(file)
    assert (caught.value.code, caught.value.message) == ("disk_full", "磁盘满了，这次没有保存。")
    assert world.town.revisions("gusi") == frozenset()


# Cancelling


class _Impatient(Progress):
    """Cancels at the nth chance."""

    def __init__(self, chances: int) -> None:
        self._chances = chances

    def check_cancelled(self) -> None:
        self._chances -= 1
        if self._chances < 0:
            raise Cancelled


def test_a_cancelled_export_leaves_nothing(world: World) -> None:
    _with_photo(world.gusi, b"photo")
    chances = 0
    while True:
        try:
            world.gusi.work.exchange.export(world.stick, progress=_Impatient(chances))
        except Cancelled:
            assert list(world.stick.iterdir()) == []
            assert world.gusi.work.exchange.sent_packages() == ()
            chances += 1
        else:
            break
    assert chances >= 3


def test_a_cancelled_import_keeps_whole_files_only(world: World) -> None:
    for village in (world.gusi, world.gusan):
        _with_photo(village, village.unit.encode())
        village.export(world.stick)
    with pytest.raises(Cancelled):
        world.town.work.exchange.import_files([world.stick], progress=_Impatient(1))
    assert world.town.revisions("gusi", "gusan") == frozenset()
    (first,) = world.town.work.exchange.import_files([world.stick], progress=_Impatient(4))
    assert first.sender is not None
    assert first.sender.id == "gusan"
    assert world.town.revisions("gusi") == frozenset()
    assert [item.verdict for item in world.town.work.exchange.import_files([world.stick])] == [
        "already",
        "applied",
    ]


# Bad files


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "package_truncated"),
        (b"\0" * 4096, "package_truncated"),
        (b"not a package at all, but long enough to be one", "package_unknown_kind"),
    ],
)
def test_a_bad_file_is_an_answer_and_changes_nothing(world: World, content: bytes, code: str) -> None:
    file = world.stick / "古四村_2019-10_第001包.gzp"
    file.write_bytes(content)
    answer = world.town.take(file)
    assert (answer.verdict, answer.code) == ("rejected", code)
    assert answer.reason
    assert answer.hint
    assert file.read_bytes() == content, "the original is never changed"
    assert world.town.work.exchange.last_imports() == ()


def test_a_file_that_was_cut_off_says_whose_it_is(world: World) -> None:
    world.gusi.write()
    file = world.gusi.export(world.stick)
    content = file.read_bytes()
    file.write_bytes(content[:-1000])
    answer = world.town.take(file)
    assert answer.sender is not None
    assert (answer.verdict, answer.sender.id, answer.number) == ("rejected", "gusi", 1)
    assert answer.reason == "这个文件没写完，不能收。"
    file.write_bytes(content)
    assert world.town.take(file).verdict == "applied"


def test_a_missing_file_is_an_answer(world: World) -> None:
    assert world.town.take(world.stick / "gone.gzp").code == "package_unreadable"


def test_one_bad_file_does_not_keep_the_others_out(world: World) -> None:
    for village in (world.gusi, world.gusan):
        village.write()
    bad = world.gusi.export(world.stick)
    bad.write_bytes(bad.read_bytes()[:-5])
    world.gusan.export(world.stick)
    answers = world.town.work.exchange.import_files([world.stick])
    assert sorted(item.verdict for item in answers) == ["applied", "rejected"]
