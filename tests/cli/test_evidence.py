"""attach and binder, on a real store."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import CommandLine
from tests.services.photos import photo, put, scan

NOVEMBER = ("--today", "2019-11-08")


def file_under(cli: CommandLine, village: Path, folder: Path, item: str) -> str:
    """A piece of evidence with a photo and a scan; returns its number."""
    given = {"task_item": item, "title": "放映照片", "date": "2019-10-05"}
    (record,) = cli.done(*NOVEMBER, "add", "evidence", "-", data=village, stdin=given)["ids"]
    files = put(folder, "IMG_1.jpg", photo(size=(300, 200))), put(folder, "回执.pdf", scan(1))
    cli.done("attach", record, *files, data=village)
    return str(cli.done("show", record, data=village)["record"]["values"]["index_no"])


def test_a_folder_stands_for_its_photos(cli: CommandLine, village: Path, tmp_path: Path) -> None:
    given = {"task_item": "农村电影放映", "title": "照片", "date": "2019-10-05"}
    (record,) = cli.done(*NOVEMBER, "add", "evidence", "-", data=village, stdin=given)["ids"]
    for number in range(3):
        put(tmp_path / "DCIM", f"IMG_{number}.jpg", photo(size=(300, 200), seed=number))
    put(tmp_path / "DCIM", "readme.txt", b"hello")
    names = [
        item["name"] for item in cli.done("attach", record, tmp_path / "DCIM", data=village)["attachments"]
    ]
    assert names == ["IMG_0.jpg", "IMG_1.jpg", "IMG_2.jpg"]


@pytest.mark.parametrize("task", ["16", "16.2", None])
def test_a_binder_is_written(cli: CommandLine, village: Path, tmp_path: Path, task: str | None) -> None:
    assert file_under(cli, village, tmp_path, "16.2") == "16-2-001"
    chosen = ("--task", task) if task else ()
    made = cli.done("binder", *chosen, "--out", tmp_path / "out.zip", data=village)
    assert {**made, "file": Path(made["file"]).name} == {
        "file": "out.zip",
        "pieces": 1,
        "files": 2,
        "missing": [],
    }
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        names = [name.split("/")[-1] for name in archive.namelist()]
    assert {"16-2-001 放映照片 (1).jpg", "16-2-001 放映照片 (2).pdf", "16.2 农村电影放映.pdf"} <= set(names)
    folder = cli.done("binder", *chosen, "--out", tmp_path / "out", data=village)["file"]
    assert Path(folder).parent == tmp_path / "out"
    assert Path(folder).is_dir()


def test_a_lost_file_is_named(cli: CommandLine, village: Path, tmp_path: Path) -> None:
    file_under(cli, village, tmp_path, "16.2")
    for file in (village / "files").rglob("*"):
        if file.is_file() and file.read_bytes().startswith(b"%PDF"):
            file.unlink()
    made = cli.done("binder", "--task", "16", "--out", tmp_path / "out", data=village)
    assert ["回执.pdf" in sentence for sentence in made["missing"]] == [True]
    shown = cli("binder", "--task", "16", "--out", tmp_path / "out", data=village, plain=True).out
    assert "1 份材料" in shown
    assert "回执.pdf" in shown
    assert "回执.pdf" in cli("check", data=village).out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--task", "33"), "unknown_task"),
        (("--task", "16.7"), "unknown_task"),
        (("--unit", "月球"), "unknown_unit"),
    ],
)
def test_what_is_not_there_is_refused(
    cli: CommandLine, village: Path, tmp_path: Path, words: tuple[str, ...], code: str
) -> None:
    assert cli.refused("binder", *words, "--out", tmp_path / "out", data=village)["code"] == code
    assert not (tmp_path / "out").exists()


def test_a_task_is_a_number(cli: CommandLine, village: Path, tmp_path: Path) -> None:
    assert cli("binder", "--task", "电影", "--out", tmp_path / "out", data=village).code == 2
