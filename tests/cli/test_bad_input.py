"""Everything that can be wrong with files and folders: one sentence with what to do, exit 1, nothing changed."""

from __future__ import annotations

import errno
import json
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from gzdesk import bootstrap
from gzdesk.exchange import delivery
from tests.cli.conftest import CommandLine, ScreeningMaker


@dataclass(frozen=True, slots=True)
class Place:
    town: Path
    village: Path
    package: Path


@pytest.fixture
def place(cli: CommandLine, tmp_path: Path, screening: ScreeningMaker) -> Place:
    """A town, a village that joined it, and the village's package, not taken in yet."""
    town, village, stick = tmp_path / "town", tmp_path / "village", tmp_path / "stick"
    stick.mkdir()
    cli.done("init", "--town", data=town)
    cli.done("enrol", "古四村", "--out", tmp_path / "gusi.gzj", data=town)
    cli.done("init", "--join", tmp_path / "gusi.gzj", data=village)
    cli.done("--today", "2019-11-05", "add", "film_screening", "-", data=village, stdin=screening())
    (package,) = cli.done("export", "--out", stick, data=village)["packages"]
    return Place(town, village, Path(package["file"]))


def fingerprint(cli: CommandLine, folder: Path) -> object:
    return cli.done("state-digest", data=folder), cli.done("status", data=folder)


def cut(package: Path) -> None:
    package.write_bytes(package.read_bytes()[: package.stat().st_size * 2 // 3])


def flip(package: Path) -> None:
    with zipfile.ZipFile(package) as file:
        payload = file.getinfo("payload.age")
    content = bytearray(package.read_bytes())
    content[payload.header_offset + payload.file_size // 2] ^= 1
    package.write_bytes(content)


def replace_by_text(package: Path) -> None:
    package.write_text("这不是上报文件", encoding="utf-8")


def empty(package: Path) -> None:
    package.write_bytes(b"")


def make_newer(package: Path) -> None:
    rewrite(package, lambda manifest: {**manifest, "version": manifest["version"] + 1})


def forge(package: Path) -> None:
    rewrite(package, lambda manifest: {**manifest, "number": manifest["number"] + 1})


def rewrite(package: Path, change: Callable[[dict[str, int]], dict[str, int]]) -> None:
    with zipfile.ZipFile(package) as old:
        members = {info.filename: old.read(info) for info in old.infolist()}
    manifest = change(json.loads(members["manifest.json"]))
    members["manifest.json"] = json.dumps(
        manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode("utf-8")
    with zipfile.ZipFile(package, "w", zipfile.ZIP_STORED) as new:
        for name, content in members.items():
            new.writestr(name, content)


def bomb(package: Path) -> None:
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("manifest.json", b" " * 50_000_000)


@pytest.mark.parametrize("spoil", [cut, flip, replace_by_text, empty, make_newer, forge, bomb])
def test_a_spoiled_package_is_refused_and_changes_nothing(
    cli: CommandLine, place: Place, spoil: Callable[[Path], None]
) -> None:
    spoil(place.package)
    before, content = fingerprint(cli, place.town), place.package.read_bytes()
    outcome = cli("import", place.package, data=place.town)
    assert outcome.code == 1
    assert outcome.error["message"]
    assert outcome.error["hint"]
    (package,) = outcome.data["packages"]
    assert package["verdict"] == "rejected"
    assert package["reason"] == outcome.error["message"]
    assert place.package.read_bytes() == content
    assert fingerprint(cli, place.town) == before
    inspected = cli("inspect", place.package, data=place.town)
    assert inspected.code == 1 or inspected.data["trusted"] is False


def test_the_good_ones_are_taken_in_beside_a_bad_one(cli: CommandLine, place: Place) -> None:
    bad = place.package.with_name("坏的.gzp")
    shutil.copy(place.package, bad)
    cut(bad)
    outcome = cli("import", bad, place.package, data=place.town)
    assert outcome.code == 1
    assert outcome.error["code"] == "some_rejected"
    assert sorted(package["verdict"] for package in outcome.data["packages"]) == ["applied", "rejected"]


def test_a_package_of_another_town_is_refused(cli: CommandLine, place: Place, tmp_path: Path) -> None:
    other = tmp_path / "other town"
    cli.done("init", "--town", "--name", "小榄镇", data=other)
    before = fingerprint(cli, other)
    assert cli.refused("import", place.package, data=other)["code"] == "package_foreign"
    assert fingerprint(cli, other) == before


def test_a_package_for_somebody_else_is_refused(cli: CommandLine, place: Place) -> None:
    assert cli.refused("import", place.package, data=place.village)["code"] == "package_not_for_us"


def test_an_oversized_package_is_refused_before_it_is_read(
    cli: CommandLine, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    with place.package.open("r+b") as file:
        file.truncate(3 << 30)
    assert cli("import", place.package, data=place.town).code == 1


def test_a_missing_file_is_refused(cli: CommandLine, place: Place) -> None:
    assert cli.refused("import", place.package.with_name("nowhere.gzp"), data=place.town)["hint"]
    assert cli.refused("inspect", place.package.with_name("nowhere.gzp"), data=place.town)["hint"]


def test_a_join_file_that_is_none_makes_no_store(cli: CommandLine, place: Place, tmp_path: Path) -> None:
    for content in (b"", b"text", place.package.read_bytes()):
        file = tmp_path / "join.gzj"
        file.write_bytes(content)
        assert cli.refused("init", "--join", file, data=tmp_path / "new")["hint"]
        assert not list((tmp_path / "new").glob("*.db*"))


def test_a_second_store_in_one_folder_is_refused(cli: CommandLine, place: Place) -> None:
    before = fingerprint(cli, place.town)
    assert cli.refused("init", "--town", data=place.town)["code"] == "store_exists"
    assert cli.refused("init", "--village", "古四村", data=place.town)["code"] == "store_exists"
    assert fingerprint(cli, place.town) == before


def test_no_store_at_all_is_refused(cli: CommandLine, tmp_path: Path) -> None:
    for words in (("status",), ("list", "film"), ("check",), ("export", "--out", tmp_path)):
        assert cli.refused(*words, data=tmp_path / "nowhere")["hint"]
    assert not (tmp_path / "nowhere").exists()


def test_a_store_in_use_is_refused(cli: CommandLine, place: Place) -> None:
    workspace = bootstrap.open_workspace(place.town)
    try:
        assert cli.refused("status", data=place.town)["hint"]
    finally:
        workspace.close()
    assert cli.done("status", data=place.town)


def store_file(folder: Path) -> Path:
    (found,) = [path for path in folder.iterdir() if path.is_file() and path.read_bytes()[:6] == b"SQLite"]
    return found


def test_a_damaged_store_is_refused_and_left_alone(cli: CommandLine, place: Place) -> None:
    file = store_file(place.town)
    content = bytearray(file.read_bytes())
    content[100:2000] = b"\xff" * 1900
    file.write_bytes(content)
    error = cli.refused("status", data=place.town)
    assert error["hint"]
    assert file.read_bytes() == bytes(content)


def test_a_newer_store_is_refused_and_left_alone(cli: CommandLine, place: Place) -> None:
    file = store_file(place.town)
    connection = sqlite3.connect(file)
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    connection.execute(f"PRAGMA user_version = {version + 1}")
    connection.commit()
    connection.close()
    content = file.read_bytes()
    assert cli.refused("list", "film", data=place.town)["hint"]
    assert file.read_bytes() == content


def test_something_else_in_place_of_the_store_is_refused(cli: CommandLine, place: Place) -> None:
    file = store_file(place.town)
    file.write_text("这不是台账", encoding="utf-8")
    assert cli.refused("list", "film", data=place.town)["hint"]


@pytest.fixture
def read_only(place: Place) -> Iterator[Path]:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    place.town.chmod(0o500)
    yield place.town
    place.town.chmod(0o700)


def test_a_read_only_folder_is_refused(cli: CommandLine, read_only: Path) -> None:
    assert cli.refused("status", data=read_only)["hint"]


@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EIO, errno.EROFS])
def test_a_stick_in_trouble_is_refused_and_the_next_try_succeeds(
    cli: CommandLine, place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: int
) -> None:
    stick = tmp_path / "another stick"
    stick.mkdir()
    before = fingerprint(cli, place.village)
    with monkeypatch.context() as patch:
        patch.setattr(delivery.disk, "sync", _failing(fault))
        error = cli.refused("export", "--out", stick, data=place.village)
    assert error["message"]
    assert error["hint"]
    assert list(stick.glob("*.gzp")) == []
    assert fingerprint(cli, place.village) == before
    assert cli.done("export", "--out", stick, data=place.village)["packages"]


def _failing(fault: int) -> Callable[[object], None]:
    def sync(_file: object) -> None:
        raise OSError(fault, os.strerror(fault))

    return sync


def test_a_stick_that_is_not_there_is_refused(cli: CommandLine, place: Place, tmp_path: Path) -> None:
    before = fingerprint(cli, place.village)
    error = cli.refused("export", "--out", tmp_path / "no" / "such" / "stick", data=place.village)
    assert error["hint"]
    assert fingerprint(cli, place.village) == before
    again = cli.done("export", "--out", tmp_path, data=place.village)["packages"]
    assert again[0]["revisions"] >= 1


def test_documents_that_cannot_be_made_are_refused(cli: CommandLine, place: Place, tmp_path: Path) -> None:
    def refused(*words: object) -> str:
        return str(cli.refused("report", *words, data=place.village)["code"])

    out = tmp_path / "sheet.pdf"
    assert refused("dance", "--month", "2019-10", "--out", out) == "unknown_report"
    assert refused("monthly_sheet", "--out", out) == "month_needed"
    assert refused("monthly_sheet", "--year", "2019", "--out", out) == "month_needed"
    assert refused("monthly_sheet", "--month", "2019-10", "--out", tmp_path / "sheet.doc") == "unknown_format"
    assert (
        refused("monthly_sheet", "--month", "2019-10", "--out", tmp_path / "no" / "sheet.pdf")
        == "cannot_write"
    )
    assert refused("monthly_sheet", "--month", "2019-10", "--unit", "石岐", "--out", out) == "unknown_unit"
    assert not out.exists()


def test_who_may_not_enrol(cli: CommandLine, place: Place, tmp_path: Path) -> None:
    assert (
        cli.refused("enrol", "石岐", "--out", tmp_path / "x.gzj", data=place.town)["code"] == "unknown_unit"
    )
    assert cli.refused("enrol", "古镇镇", "--out", tmp_path / "x.gzj", data=place.town)["hint"]
    assert cli.refused("enrol", "古三村", "--out", tmp_path / "x.gzj", data=place.village)["hint"]
    assert not (tmp_path / "x.gzj").exists()


def test_a_village_without_a_town_has_nobody_to_report_to(
    cli: CommandLine, village: Path, tmp_path: Path
) -> None:
    assert cli.refused("export", "--out", tmp_path, data=village)["hint"]
