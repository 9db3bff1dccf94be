"""What proves the items of the tasks, its index on paper, and the binder as a folder or a ZIP file."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from gzdesk.errors import UserError
from gzdesk.progress import Cancelled, Progress
from gzdesk.services.evidence import Noted
from gzdesk.services.evidence.binder import Chosen
from gzdesk.services.evidence.binder_files import safe_name
from tests.reports.reading import pdf_texts as pdf_pages
from tests.services.photos import photo, put, scan
from tests.services.world import Site, World

FILM = Chosen(task=16)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World.make(tmp_path)
    yield made
    made.close()


def noted(site: Site, folder: Path, name: str, content: bytes) -> Noted:
    return site.work.evidence.keep(put(folder, name, content))


def file_under(site: Site, item: str, title: str, *files: Noted, **more: object) -> str:
    values = {"task_item": item, "title": title, "date": "2019-10-05", "evidence": list(files), **more}
    return site.work.records.save(type_id="evidence", values=values).id


def held_activity(site: Site, name: str, *files: Noted, day: str = "2019-10-07") -> str:
    return site.write(
        {"name": name, "date": day, "status": "held", "evidence": list(files)}, type_id="activity"
    )


def photos(site: Site, tmp_path: Path, count: int, *, first: int = 0) -> list[Noted]:
    return [
        noted(site, tmp_path / "phone", f"IMG_{number}.jpg", photo(size=(400, 300), seed=number))
        for number in range(first, first + count)
    ]


@pytest.fixture
def filed(world: World, tmp_path: Path) -> World:
    """Gusi: a receipt and photos under 16.2, an activity with photos; gusan: one photo under 16.2."""
    site = world.gusi
    file_under(
        site,
        "16.2",
        "放映回执单",
        noted(site, tmp_path, "回执.pdf", scan(2)),
        covers="放映公示",
        original="copy",
    )
    file_under(site, "16.2", "放映照片：10/5", *photos(site, tmp_path, 3))
    held_activity(site, "重阳敬老", *photos(site, tmp_path, 2, first=10))
    file_under(world.gusan, "16.2", "放映照片", *photos(world.gusan, tmp_path, 1, first=20))
    return world


# What there is


def test_items_are_counted_with_what_is_missing(filed: World) -> None:
    counts = {count.item.item_id: count for count in filed.gusi.work.materials.counts(unit="gusi")}
    assert len(counts) == 65
    film = counts["16.2"]
    assert (film.numbered, film.unnumbered, film.missing) == (2, 0, 0)
    opera = counts["12.2"]
    assert (opera.numbered, opera.unnumbered) == (0, 1)
    assert counts["7.2"].missing == len(counts["7.2"].item.evidence)


def test_the_checklist_says_what_is_missing(world: World, tmp_path: Path) -> None:
    site = world.gusi
    item = site.work.materials.tasks.by_item["16.2"]

    def missing() -> list[str]:
        entries = site.work.materials.wanted(item, unit="gusi")
        return [entry.words for entry in entries if not entry.covered]

    assert missing() == ["放映登记/回执单(村盖章签字)", "放映照片", "放映公示"]
    file_under(site, "16.2", "10月回执单")
    assert missing() == ["放映照片", "放映公示"]
    file_under(site, "16.2", "门口海报", covers="放映公示")
    file_under(site, "16.2", "现场", *photos(site, tmp_path, 1))
    assert missing() == []


def test_the_name_of_a_scan_says_what_it_is(world: World, tmp_path: Path) -> None:
    """A receipt that lies with its screening need not be filed again; counts and checklist say the same."""
    site = world.gusi
    item = site.work.materials.tasks.by_item["16.2"]

    def missing() -> tuple[int, int]:
        counts = {count.item.item_id: count for count in site.work.materials.counts(unit="gusi")}
        wanted = site.work.materials.wanted(item, unit="gusi")
        return counts["16.2"].missing, sum(not entry.covered for entry in wanted)

    assert missing() == (3, 3)
    receipt = noted(site, tmp_path, "放映回执单_1011.pdf", scan(1))
    screening = {"date": "2019-10-11", "status": "held", "evidence": [receipt]}
    record = site.write(screening, type_id="film_screening")
    assert missing() == (2, 2)
    site.write(
        {**screening, "evidence": [receipt, *photos(site, tmp_path, 1)]},
        type_id="film_screening",
        record=record,
    )
    assert missing() == (1, 1)
    site.work.materials.give_numbers(site.work.materials.of_item("16.2", unit="gusi"))
    assert missing() == (1, 1)


def test_what_a_register_answers_is_missing_neither_here_nor_on_the_page_of_the_tasks(world: World) -> None:
    site = world.gusi
    item = site.work.materials.tasks.by_item["7.2"]
    site.write(
        {"weekday_slots": "周一至周日 08:30-12:00", "valid_from": "2019-01-01", "status": "held"},
        type_id="open_schedule",
    )
    (count,) = (one for one in site.work.materials.counts(unit="gusi") if one.item is item)
    row = site.work.tasks.one("7.2", unit="gusi")
    assert count.missing == len(row.missing) < len(item.evidence)


def test_of_many_records_the_latest_are_listed(world: World, tmp_path: Path) -> None:
    site = world.gusi
    files = photos(site, tmp_path, 1)
    for day in range(1, 9):
        held_activity(site, f"第{day}课", *files, day=f"2019-10-{day:02d}")
    rows = site.work.materials.of_item("12.2", unit="gusi", latest=3)
    assert [row.date for row in rows] == ["2019-10-06", "2019-10-07", "2019-10-08"]
    site.work.materials.give_numbers(rows[2:])
    rows = site.work.materials.of_item("12.2", unit="gusi", latest=3)
    assert [row.number or row.date for row in rows] == [
        "12-2-001",
        "2019-10-05",
        "2019-10-06",
        "2019-10-07",
    ]


def test_a_record_with_photos_gets_a_number_without_typing(filed: World) -> None:
    site = filed.gusi
    (row,) = site.work.materials.of_item("12.2", unit="gusi")
    assert (row.number, row.title, row.date, row.pages) == ("", "文化活动：重阳敬老", "2019-10-07", 1)
    assert site.work.materials.give_numbers([row]) == ("12-2-001",)
    (row,) = site.work.materials.of_item("12.2", unit="gusi")
    assert (row.number, row.made_by, len(row.files)) == ("12-2-001", "古四村", 2)
    assert site.work.materials.give_numbers([row]) == ()
    # Photos added to the activity later are proved too, and another item may list it as well.
    assert len(site.work.materials.of_item("18.2", unit="gusi")) == 1
    activity = site.values(row.proves)
    more = photos(site, filed.folder, 1, first=30)
    site.write({**activity, "evidence": [*activity["evidence"], *more]}, record=row.proves)  # type: ignore[misc]
    assert len(site.work.materials.of_item("12.2", unit="gusi")[0].files) == 3


def test_what_is_void_planned_or_deleted_is_not_in_the_binder(filed: World, tmp_path: Path) -> None:
    site = filed.gusi
    files = photos(site, tmp_path, 1)
    site.write({"name": "灯会", "date": "2019-12-07", "status": "planned", "evidence": files})
    gone = file_under(site, "1.1", "通知")
    site.work.records.delete(gone)
    void = file_under(site, "1.1", "纪要")
    site.work.records.void(void, reason="重复")
    assert len(site.work.materials.of_item("12.2", unit="gusi")) == 1
    assert site.work.materials.of_item("1.1", unit="gusi") == ()


def test_the_town_lists_by_unit(filed: World) -> None:
    for village in (filed.gusi, filed.gusan):
        filed.there_and_back(village)
    rows = filed.town.work.materials.of_item("16.2", unit=None)
    assert [(row.unit, row.number) for row in rows] == [
        ("gusi", "16-2-001"),
        ("gusi", "16-2-002"),
        ("gusan", "16-2-001"),
    ]
    assert [row.unit for row in filed.town.work.materials.of_item("16.2", unit="gusan")] == ["gusan"]
    others = filed.town.work.materials.of_item("12.2", unit=None)
    assert filed.town.work.materials.give_numbers(others) == (), "a village's records are its own to number"


# The index


def test_the_index_names_every_piece(filed: World) -> None:
    (page,) = pdf_pages(filed.gusi.work.binder.index_pdf(FILM, unit="gusi"))
    words = page.replace("\n", "").replace(" ", "")
    for expected in (
        "古四村佐证材料目录",
        "任务16开展文化精准扶贫",
        "16.1送戏下乡",
        "还没有材料",
        "16-2-001放映回执单",
        "复印件",
        "16-2-002",
        "2019-10-05",
        "共2份材料；4页",
    ):
        assert expected in words, (expected, words)


def test_a_lost_file_stands_in_the_index(filed: World) -> None:
    site = filed.gusi
    (row, *_rest) = site.work.materials.of_item("16.2", unit="gusi")
    site.store.files.path(str(row.files[0]["sha256"])).unlink()
    (page,) = pdf_pages(site.work.binder.index_pdf(Chosen(item_id="16.2"), unit="gusi"))
    assert "缺 1 个文件" in page.replace("\r\n", "").replace("个 文", "个文")


@pytest.mark.parametrize("chosen", [Chosen(task=33), Chosen(item_id="16.9")])
def test_a_task_that_is_not_there_is_refused(world: World, chosen: Chosen, tmp_path: Path) -> None:
    for action in (
        lambda: world.gusi.work.binder.index_pdf(chosen, unit="gusi"),
        lambda: world.gusi.work.binder.export(chosen, unit="gusi", out=tmp_path / "out"),
    ):
        with pytest.raises(UserError) as refused:
            action()
        assert refused.value.code == "unknown_task"


# The binder


def test_a_binder_is_a_folder_with_index_dividers_and_numbered_files(filed: World, tmp_path: Path) -> None:
    made = filed.gusi.work.binder.export(FILM, unit="gusi", out=tmp_path / "out")
    assert made.path == tmp_path / "out" / "佐证材料_古四村_任务16"
    assert (made.pieces, made.files, made.missing) == (2, 4, ())
    inner = "任务16 开展文化精准扶贫/16.2 农村电影放映"
    assert names_in(made.path) == [
        "00 封面.pdf",
        "01 目录.pdf",
        "任务16 开展文化精准扶贫/00 任务16.pdf",
        f"{inner}/16-2-001 放映回执单.pdf",
        f"{inner}/16-2-002 放映照片：10_5 (1).jpg",
        f"{inner}/16-2-002 放映照片：10_5 (2).jpg",
        f"{inner}/16-2-002 放映照片：10_5 (3).jpg",
        f"{inner}/16.2 农村电影放映.pdf",
    ]
    pages = pdf_pages((made.path / inner / "16.2 农村电影放映.pdf").read_bytes())
    assert len(pages) == 1 + 2 + 2
    assert "确保每个行政村每月放映1场以上的电影" in pages[0].replace("\n", "").replace("\r", "")
    assert "第1页　共2页" in pages[1]
    assert "16-2-001" in pages[1]
    assert "16-2-002" in pages[4]
    assert "第2页　共2页" in pages[4]
    assert filed.gusi.work.binder.export(FILM, unit="gusi", out=tmp_path / "out").path.name.endswith(" (2)")


def test_a_binder_is_a_zip_file_and_the_same_twice(filed: World, tmp_path: Path) -> None:
    made = filed.gusi.work.binder.export(unit="gusi", out=tmp_path / "a.zip")
    again = filed.gusi.work.binder.export(unit="gusi", out=tmp_path / "b.zip")
    assert made.path.read_bytes() == again.path.read_bytes()
    with zipfile.ZipFile(made.path) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
    assert all(name.startswith("佐证材料_古四村/") for name in names)
    assert not any("重阳敬老" in name for name in names), "it might prove nine items; nobody has said which"


def test_a_record_that_proves_one_item_only_needs_no_number(filed: World, tmp_path: Path) -> None:
    site = filed.gusi
    service = {
        "date": "2019-10-03",
        "status": "held",
        "content": "图书整理",
        "evidence": photos(site, tmp_path, 1),
    }
    site.write(service, type_id="volunteer_service")
    count = next(item for item in site.work.materials.counts(unit="gusi") if item.item.item_id == "19.1")
    assert (count.numbered, count.unnumbered) == (0, 1)
    made = site.work.binder.export(Chosen(item_id="19.1"), unit="gusi", out=tmp_path / "out")
    assert any(name.split("/")[-1].startswith("2019-10-03 ") for name in names_in(made.path))
    assert "志愿服务" in pdf_pages(site.work.binder.index_pdf(unit="gusi"))[0]


def test_the_towns_binder_has_a_folder_for_each_village(filed: World, tmp_path: Path) -> None:
    for village in (filed.gusi, filed.gusan):
        filed.there_and_back(village)
    made = filed.town.work.binder.export(FILM, unit=None, out=tmp_path / "out")
    folders = {Path(name).parent.name for name in names_in(made.path)}
    assert {"古四村", "古三村"} <= folders
    assert made.files == 5


def test_a_lost_file_is_named_and_the_rest_is_there(filed: World, tmp_path: Path) -> None:
    site = filed.gusi
    rows = site.work.materials.of_item("16.2", unit="gusi")
    site.store.files.path(str(rows[1].files[0]["sha256"])).write_bytes(b"?")
    made = site.work.binder.export(FILM, unit="gusi", out=tmp_path / "out")
    (sentence,) = made.missing
    assert "16-2-002" in sentence
    assert "IMG_0.jpg" in sentence
    pages = pdf_pages(next(made.path.rglob("16.2 *.pdf")).read_bytes())
    assert "文件 IMG_0.jpg 坏了。" in pages[3].replace("\n", "")


@pytest.mark.parametrize("target", ["out", "out.zip"])
def test_a_full_disk_or_a_cancel_leaves_nothing(
    filed: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    binder, out = filed.gusi.work.binder, tmp_path / "new" / target
    with pytest.raises(Cancelled):
        binder.export(FILM, unit="gusi", out=out, progress=_Impatient())
    assert not [path for path in out.parent.rglob("*") if path.is_file()]
    plain = Path.rename if target == "out" else Path.replace

    def refuse(self: Path, other: Path) -> Path:
        if str(other).startswith(str(out.parent)):
            raise OSError(28, "No space left on device")
        return plain(self, other)

    monkeypatch.setattr(Path, "rename" if target == "out" else "replace", refuse)
    with pytest.raises(UserError) as refused:
        binder.export(FILM, unit="gusi", out=out)
    assert refused.value.code == "cannot_write"
    assert not [path for path in out.parent.rglob("*") if path.is_file()]


def test_a_place_that_is_a_file_is_refused(filed: World, tmp_path: Path) -> None:
    place = put(tmp_path, "taken", b"")
    with pytest.raises(UserError) as refused:
        filed.gusi.work.binder.export(FILM, unit="gusi", out=place)
    assert refused.value.code == "cannot_write"


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("16-2-003 放映/照片?", "16-2-003 放映_照片_"),
        ("con", "_con"),
        ("COM1.txt", "_COM1.txt"),
        ("  a .. ", "a"),
        ("", "_"),
        ("a\tb\nc", "a b c"),
        ("长" * 200, "长" * 80),
    ],
)
def test_names_are_such_that_windows_takes_them(text: str, safe: str) -> None:
    assert safe_name(text) == safe
    assert len(safe_name(text, ".jpg")) <= 80


def names_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


class _Impatient(Progress):
    def __init__(self) -> None:
        self._steps = 0

    def step(self, done: int, total: int) -> None:
        self._steps += 1

    def check_cancelled(self) -> None:
        if self._steps > 1:
            raise Cancelled
