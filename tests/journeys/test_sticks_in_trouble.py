"""Sticks that are full, pulled out or write-protected, files that are broken: a sentence each, nothing lost."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gzdesk.desktop.sticks import FIXED_STICK
from gzdesk.exchange import delivery, disk
from tests.journeys.pc import Clerk, Pc
from tests.journeys.places import CAOYI, NEIGHBOURS, OCTOBER, TOWN, digest, export_of, ledger, pc_of


@pytest.fixture
def clerk(tmp_path: Path, stick: Path) -> Iterator[Clerk]:
    """The clerk of 曹一村, October closed, on the page of the stick."""
    with with_october_closed(tmp_path).on() as seated:
        seated.press("Ctrl+6")
        yield seated


def with_october_closed(folder: Path) -> Pc:
    pc = pc_of(CAOYI, folder)
    with ledger(pc.folder) as workspace:
        workspace.months.close(OCTOBER, filled_by="苏惠芳", checked_by="李冬梅")
    return pc


def packages(stick: Path) -> list[str]:
    return sorted(file.name for file in stick.rglob("*") if file.is_file())


def assert_the_next_export_works(clerk: Clerk, stick: Path, tmp_path: Path) -> None:
    """Enter tries again; the failed try took no number, and the town gets everything."""
    clerk.press("Return")
    clerk.expect("可以拔出U盘了")
    assert packages(stick) == ["曹一村_2019-10_第001包.gzp"]
    town = pc_of(TOWN, tmp_path).folder
    with ledger(town) as station:
        (answer,) = station.exchange.import_files([stick])
        assert answer.verdict == "applied"
        assert station.maintenance.digest(CAOYI) == clerk.ledger.maintenance.digest(CAOYI)


# Sticks


def failing_write(monkeypatch: pytest.MonkeyPatch, stick: Path, code: int) -> Callable[[], None]:
    """Let every write to the stick fail after some bytes; returns how to put it right."""
    original = disk.open_file

    def open_file(path: Path, mode: str) -> object:
        if "w" in mode and path.parent == stick:
            file = original(path, mode)
            file.write(b"half a file")
            file.close()
            raise OSError(code, os.strerror(code))
        return original(path, mode)

    monkeypatch.setattr(disk, "open_file", open_file)
    return lambda: monkeypatch.setattr(disk, "open_file", original)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (errno.ENOSPC, "U盘满了，文件没有写成。"),
        (errno.EIO, "文件还没写完，U盘就读写不了了。"),
        (errno.EROFS, "写不进去，可能开了写保护。"),
    ],
    ids=["full", "bad contact", "write-protected"],
)
def test_a_stick_that_cannot_be_written(
    clerk: Clerk, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, sentence: str
) -> None:
    put_right = failing_write(monkeypatch, stick, code)
    clerk.press("Ctrl+U")
    clerk.expect(sentence)
    assert not clerk.sees("可以拔出U盘了")
    assert packages(stick) == []
    assert not clerk.sees("等文化站签收"), "nothing was handed over"
    put_right()
    assert_the_next_export_works(clerk, stick, tmp_path)


def test_a_stick_that_is_pulled_out_while_it_is_written(
    clerk: Clerk, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = delivery._copied

    def pulled_out(item: delivery.Item) -> Iterator[int]:
        yield from original(item)
        shutil.rmtree(stick)

    monkeypatch.setattr(delivery, "_copied", pulled_out)
    clerk.press("Ctrl+U")
    clerk.expect("文件还没写完，U盘就读写不了了。")
    monkeypatch.setattr(delivery, "_copied", original)
    stick.mkdir()
    assert_the_next_export_works(clerk, stick, tmp_path)


def test_a_stick_that_gives_back_other_bytes(
    clerk: Clerk, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = delivery._copied

    def worn_out(item: delivery.Item) -> Iterator[int]:
        yield from original(item)
        content = bytearray(item.part.read_bytes())
        content[len(content) // 2] ^= 1
        item.part.write_bytes(content)

    monkeypatch.setattr(delivery, "_copied", worn_out)
    clerk.press("Ctrl+U")
    clerk.expect("从U盘读回来的和写进去的不一样。")
    assert not clerk.sees("可以拔出U盘了")
    monkeypatch.setattr(delivery, "_copied", original)
    assert_the_next_export_works(clerk, stick, tmp_path)


def test_a_stick_without_room_says_how_much_is_needed(
    clerk: Clerk, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(disk, "free_bytes", lambda _folder: 1000)
        clerk.press("Ctrl+U")
        clerk.expect("U盘只剩 0.0 MB，要 0.1 MB。", "请换一个U盘再按一次。")
    assert_the_next_export_works(clerk, stick, tmp_path)


def test_no_stick_at_all(tmp_path: Path, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FIXED_STICK, str(tmp_path / "not plugged in"))
    with pc_of(CAOYI, tmp_path).on() as clerk:
        clerk.press("Ctrl+6")
        clerk.expect("还没有插U盘")
        clerk.answer(lambda dialog: dialog.reject())
        clerk.press("Ctrl+U")
        clerk.expect("还没有插U盘")
        assert packages(tmp_path / "stick") == []


@pytest.fixture
def small_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A real medium of 96 KB that is really full; only where this process may mount one."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=96k", "none", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("this process may not mount a medium")
    monkeypatch.setenv(FIXED_STICK, str(folder))
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="needs to mount a medium")
def test_a_medium_that_is_really_full_then_really_read_only(
    tmp_path: Path, stick: Path, small_disk: Path
) -> None:
    filler = small_disk / "照片.jpg"
    filler.write_bytes(b"x" * 90_000)
    with with_october_closed(tmp_path).on() as clerk:
        clerk.press("Ctrl+6", "Ctrl+U")
        clerk.expect("U盘只剩 0.0 MB")
        filler.unlink()
        subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
        clerk.press("Return")
        clerk.expect("写不进去，可能开了写保护。")
        subprocess.run(["mount", "-o", "remount,rw", small_disk], check=True)
        assert_the_next_export_works(clerk, small_disk, tmp_path)


# Files


def test_broken_and_foreign_files_are_refused_and_the_others_taken_in(tmp_path: Path, stick: Path) -> None:
    good = export_of("gusi", tmp_path, stick)
    cut = export_of("gusan", tmp_path, stick)
    cut.write_bytes(cut.read_bytes()[:-700])
    flipped = export_of("guer", tmp_path, stick)
    content = bytearray(flipped.read_bytes())
    content[len(content) // 2] ^= 0x10
    flipped.write_bytes(content)
    (stick / "曹三村_2019-10_第001包.gzp").write_bytes(b"a film that somebody has renamed" * 100)
    before = {file.name: file.read_bytes() for file in stick.iterdir()}
    town = pc_of(TOWN, tmp_path)
    with town.on() as clerk:
        clerk.press("F5")
        clerk.expect("4 个文件・能收 1 个，不能收 3 个")
        clerk.expect("这个文件没写完，不能收。请交文件的单位重新导出一次。")
        clerk.press("Ctrl+Return")
        clerk.expect("4 个文件・收 1 个，退 3 个")
        assert {file.name: file.read_bytes() for file in stick.iterdir()} == before, "the stick is only read"
        clerk.press("Return")
        clerk.expect("写好 1 份回执")
        received = {unit: clerk.ledger.board.cell(unit, OCTOBER).state for unit in NEIGHBOURS[:3]}
        assert received == {"gusi": "waiting", "gusan": "not_due", "guer": "not_due"}
        assert clerk.ledger.maintenance.check().ok
    assert digest(town.folder, "gusi") == digest(tmp_path / "gusi", "gusi")
    assert good.exists()


def test_a_package_of_another_town_is_refused(tmp_path: Path, stick: Path) -> None:
    neighbouring = tmp_path / "another town"
    neighbouring.mkdir()
    with Pc(neighbouring / "station").on() as clerk:
        clerk.press("Down", "Down", "Tab")
        clerk.type("fzr", "Ctrl+Return")
        clerk.ledger.enrolment.enrol("gusi", neighbouring / "加入.gzj")
    shutil.copy(neighbouring / "加入.gzj", stick)
    with Pc(neighbouring / "gusi").on() as clerk:
        clerk.press("Tab", "Tab")
        clerk.type("lyq", "Ctrl+Return", "Ctrl+6", "Ctrl+U")
        clerk.expect("可以拔出U盘了")
    with pc_of(TOWN, tmp_path).on() as clerk:
        clerk.press("F5")
        clerk.expect("能收 0 个，不能收 1 个")
        clerk.press("Ctrl+Return")
        assert not clerk.ledger.exchange.last_imports()


def test_stopping_while_files_are_taken_in_leaves_nothing_half(
    tmp_path: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for unit in NEIGHBOURS[:2]:
        export_of(unit, tmp_path, stick)
    with pc_of(TOWN, tmp_path).on() as clerk:
        clerk.press("F5")
        before = clerk.ledger.maintenance.digest()
        esc_was_pressed = threading.Event()
        original = clerk.ledger.exchange.import_files

        def waiting(paths: object, *, progress: object) -> object:
            esc_was_pressed.wait(10)
            return original(paths, progress=progress)

        monkeypatch.setattr(clerk.ledger.exchange, "import_files", waiting)
        clerk.press_and_do_not_wait("Ctrl+Return")
        clerk.press_and_do_not_wait("Esc")
        esc_was_pressed.set()
        clerk.rest()
        clerk.expect("已经停下，前面收好的都在。")
        assert clerk.ledger.maintenance.digest() == before
        assert clerk.ledger.maintenance.check().ok
        monkeypatch.setattr(clerk.ledger.exchange, "import_files", original)
        clerk.press("F5", "Ctrl+Return")
        clerk.expect("2 个文件・收 2 个，退 0 个")


def test_what_cant_come_any_more_is_written_off_with_a_reason(tmp_path: Path, stick: Path) -> None:
    town, village = pc_of(TOWN, tmp_path), with_october_closed(tmp_path)
    hand_in(village, town, stick)
    before = tmp_path / "town before"
    shutil.copytree(town.folder, before)
    correct_october(village)
    hand_in(village, town, stick)
    with ledger(town.folder) as station:
        station.exchange.export(stick)
    with ledger(village.folder) as workspace:
        workspace.exchange.import_files([stick])
    correct_october(village)
    shutil.rmtree(town.folder)  # the station's PC broke; what it is rebuilt from is older than that stick
    shutil.copytree(before, town.folder)
    assert hand_in(village, town, stick) == "parked"

    with town.on() as clerk:
        clerk.expect("缺包", "补不回来了")
        clerk.answer(lambda _dialog: clerk.type("镇里电脑坏了，没有备份", "Return", "Return"))
        clerk.click("write_off")
        clerk.expect("已核销：曹一村的月报可以审核了。")
        assert not clerk.sees("补不回来了")


def correct_october(village: Pc) -> None:
    with ledger(village.folder) as workspace:
        workspace.months.reopen(OCTOBER, reason="补一条")
        workspace.months.close(OCTOBER, filled_by="苏惠芳", checked_by="李冬梅")


def hand_in(village: Pc, town: Pc, stick: Path) -> str:
    """The village writes a file, the town takes in what is newest; returns what came of it."""
    with ledger(village.folder) as workspace:
        (made,) = workspace.exchange.export(stick)
    with ledger(town.folder) as station:
        (answer,) = station.exchange.import_files([made.file])
    return answer.verdict
