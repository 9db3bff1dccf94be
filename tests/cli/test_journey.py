"""The main job on the command line: a village records a month and hands it over, the town takes it in."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import CommandLine, ScreeningMaker


@dataclass(frozen=True, slots=True)
class Place:
    """The town's store, a village's store and what carries files between them."""

    town: Path
    village: Path
    stick: Path


@pytest.fixture
def place(cli: CommandLine, tmp_path: Path) -> Place:
    """A town and 古四村, joined by a real join file."""
    place = Place(tmp_path / "town", tmp_path / "gusi", tmp_path / "stick")
    place.stick.mkdir()
    join(cli, place, "古四村", place.village)
    return place


def join(cli: CommandLine, place: Place, unit: str, folder: Path) -> None:
    if not place.town.exists():
        assert cli.done("init", "--town", data=place.town)["unit"] == "guzhen"
    file = place.stick.parent / f"{unit}.gzj"
    enrolled = cli.done("enrol", unit, "--out", file, data=place.town)
    assert enrolled["file"] == str(file)
    joined = cli.done("init", "--join", file, "--person", "苏丽芬", data=folder)
    assert joined["unit"] == enrolled["unit"]
    assert len(joined["writer"]) == 32


def record_october(cli: CommandLine, place: Place, screening: ScreeningMaker) -> list[str]:
    activity = {
        "name": "重阳节敬老茶话会",
        "category": "关爱",
        "date": "2019-10-07",
        "start_time": "09:00",
        "place": "古四老人活动中心",
        "organiser": "古四村委会",
        "participants": 128,
        "leader": "苏丽芬",
    }
    first = cli.done("--today", "2019-11-05", "add", "activity", "-", data=place.village, stdin=activity)
    second = cli.done(
        "--today", "2019-11-05", "add", "film_screening", "-", data=place.village, stdin=screening()
    )
    return [*first["ids"], *second["ids"]]


def close(cli: CommandLine, place: Place, *more: str) -> Any:
    return cli.done("--today", "2019-11-06", "close-month", "2019-10", *more, data=place.village)


def hand_in(cli: CommandLine, place: Place) -> Any:
    (package,) = cli.done("--today", "2019-11-06", "export", "--out", place.stick, data=place.village)[
        "packages"
    ]
    return package


def take_in(cli: CommandLine, place: Place, *paths: Path) -> Any:
    done = cli.done("--today", "2019-11-08", "import", *(paths or (place.stick,)), data=place.town)
    return done["packages"]


def digests(cli: CommandLine, place: Place, unit: str = "古四村") -> tuple[Any, Any]:
    here = cli.done("state-digest", "--unit", unit, data=place.village)
    there = cli.done("state-digest", "--unit", unit, data=place.town)
    return here, there


def test_from_the_first_record_to_the_receipt(
    cli: CommandLine, place: Place, screening: ScreeningMaker
) -> None:
    ids = record_october(cli, place, screening)
    closed = close(cli, place, "--checked-by", "苏国强")
    assert closed["sheet"]["month"] == "2019-10"
    assert closed["sheet"]["checked_by"] == "苏国强"

    package = hand_in(cli, place)
    assert package["to"] == "guzhen"
    assert package["revisions"] >= 3
    assert Path(package["file"]).stat().st_size == package["bytes"]

    (taken,) = take_in(cli, place)
    assert (taken["from"], taken["verdict"], taken["conflicts"], taken["missing"]) == (
        "gusi",
        "applied",
        0,
        [],
    )
    assert taken["new"] >= 3
    here, there = digests(cli, place)
    assert here == there
    assert here["records"] >= 3
    seen = cli.done("list", "film_screening", "--unit", "古四村", "--month", "2019-10", data=place.town)
    assert [record["id"] for record in seen["records"]] == ids[1:]
    sheet = cli.done("list", "monthly_sheet", "--unit", "gusi", data=place.town)["records"][0]
    assert sheet["values"]["check_code"] == closed["check_code"]

    status = unit_status(cli, place.town, "gusi")
    assert status["last_import"] == "2019-11-08"
    assert status["missing"] == []
    assert status["tips"]
    assert [month["month"] for month in status["months"]] == ["2019-10"]

    assert unit_status(cli, place.village, "guzhen")["acknowledged"] is False
    receipts = cli.done(
        "--today", "2019-11-08", "export", "--out", place.stick, "--to", "古四村", data=place.town
    )
    receipt = receipts["packages"][0]["file"]
    (answer,) = cli.done("import", receipt, data=place.village)["packages"]
    assert (answer["from"], answer["verdict"]) == ("guzhen", "applied")
    assert unit_status(cli, place.village, "guzhen")["acknowledged"] is True


def unit_status(cli: CommandLine, data: Path, unit: str) -> Any:
    status = cli.done("--today", "2019-11-20", "status", data=data)["units"]
    return next(item for item in status if item["unit"] == unit)


def test_again_and_in_any_order_is_the_same(
    cli: CommandLine, place: Place, screening: ScreeningMaker
) -> None:
    record_october(cli, place, screening)
    first = Path(hand_in(cli, place)["file"])
    cli.done("add", "film_screening", "-", data=place.village, stdin=screening(date="2019-10-25"))
    second = Path(hand_in(cli, place)["file"])
    verdicts = [take_in(cli, place, file)[0]["verdict"] for file in (second, first, second, first)]
    # The second repeats all that was not confirmed, so nothing is missing when it comes first.
    assert verdicts[0] in ("applied", "parked")
    assert verdicts[1:] == ["already", "already", "already"]
    here, there = digests(cli, place)
    assert here == there


def test_nothing_new_is_a_small_package_all_the_same(
    cli: CommandLine, place: Place, screening: ScreeningMaker
) -> None:
    record_october(cli, place, screening)
    hand_in(cli, place)
    take_in(cli, place)
    (receipt,) = cli.done("export", "--out", place.stick, "--all", data=place.town)["packages"]
    cli.done("import", receipt["file"], data=place.village)
    assert hand_in(cli, place)["revisions"] == 0


def test_a_correction_goes_the_same_way(cli: CommandLine, place: Place, screening: ScreeningMaker) -> None:
    ids = record_october(cli, place, screening)
    before = close(cli, place)
    hand_in(cli, place)
    take_in(cli, place)
    error = cli.refused("edit", ids[1], "-", data=place.village, stdin={"audience": 148})
    assert error["code"] == "month_closed"
    cli.done("reopen-month", "2019-10", "--reason", "漏计一页签到表", data=place.village)
    cli.done("edit", ids[1], "-", data=place.village, stdin={"audience": 148})
    after = close(cli, place)
    assert after["sheet"]["correction"] == 1
    assert after["check_code"] != before["check_code"]
    hand_in(cli, place)
    assert take_in(cli, place)[-1]["changed"] >= 1
    here, there = digests(cli, place)
    assert here == there


def test_a_nil_month(cli: CommandLine, place: Place) -> None:
    closed = close(cli, place, "--nil")
    assert closed["sheet"]["nil"] is True
    error = cli.refused("--today", "2019-11-06", "close-month", "2019-10", data=place.village)
    assert error["code"] == "month_closed"


def test_documents_on_paper_and_in_excel(
    cli: CommandLine, place: Place, screening: ScreeningMaker, tmp_path: Path
) -> None:
    record_october(cli, place, screening)
    close(cli, place)
    names = {item["name"]: item for item in cli.done("reports", data=place.village)["reports"]}
    assert names["monthly_sheet"]["label"] == "月度文化活动登记表"
    assert names["monthly_sheet"]["needs"] == ["month"]
    for file in (tmp_path / "sheet.pdf", tmp_path / "sheet.xlsx"):
        made = cli.done("report", "monthly_sheet", "--month", "2019-10", "--out", file, data=place.village)
        assert made == {"file": str(file), "pages": 1, "missing_characters": [], "remarks": []}
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF-")
    assert (tmp_path / "sheet.xlsx").read_bytes().startswith(b"PK")


def test_the_town_prints_a_village_s_sheet(
    cli: CommandLine, place: Place, screening: ScreeningMaker, tmp_path: Path
) -> None:
    record_october(cli, place, screening)
    close(cli, place)
    hand_in(cli, place)
    take_in(cli, place)
    out = tmp_path / "gusi.pdf"
    words = ("report", "monthly_sheet", "--month", "2019-10", "--unit", "古四村", "--out", out)
    assert cli.done(*words, data=place.town)["pages"] == 1


def test_several_villages_on_one_stick(
    cli: CommandLine, place: Place, screening: ScreeningMaker, tmp_path: Path
) -> None:
    other = Place(place.town, tmp_path / "gusan", place.stick)
    join(cli, other, "古三村", other.village)
    record_october(cli, place, screening)
    record_october(cli, other, screening)
    hand_in(cli, place)
    hand_in(cli, other)
    assert {item["from"] for item in take_in(cli, place)} == {"gusi", "gusan"}
    receipts = cli.done("export", "--out", place.stick, "--all", data=place.town)["packages"]
    assert {item["to"] for item in receipts} == {"gusi", "gusan"}
    assert digests(cli, other, "古三村")[0] == digests(cli, other, "古三村")[1]


def test_a_village_that_worked_alone_joins_and_keeps_its_records(
    cli: CommandLine, tmp_path: Path, screening: ScreeningMaker
) -> None:
    place = Place(tmp_path / "town", tmp_path / "alone", tmp_path / "stick")
    place.stick.mkdir()
    cli.done("init", "--village", "古四村", data=place.village)
    record_october(cli, place, screening)
    join(cli, place, "古四村", place.village)
    hand_in(cli, place)
    take_in(cli, place)
    here, there = digests(cli, place)
    assert here == there
    assert here["records"] >= 2


def test_a_copied_store_is_seen_and_loses_nothing(
    cli: CommandLine, place: Place, screening: ScreeningMaker, tmp_path: Path
) -> None:
    (_activity, record_id) = record_october(cli, place, screening)
    hand_in(cli, place)
    take_in(cli, place)
    clone = Place(place.town, tmp_path / "clone", place.stick)
    shutil.copytree(place.village, clone.village)
    cli.done("edit", record_id, "-", data=place.village, stdin={"audience": 141})
    cli.done("edit", record_id, "-", data=clone.village, stdin={"audience": 152})
    for side in (place, clone):
        take_in(cli, place, Path(hand_in(cli, side)["file"]))
    (conflict,) = cli.done("conflicts", data=place.town)["conflicts"]
    assert conflict["record"] == record_id
    assert {side["texts"]["audience"] for side in conflict["versions"]} == {"141", "152"}
    assert "141" in cli("conflicts", data=place.town, plain=True).out
    assert unit_status(cli, place.town, "gusi")["conflicts"] == 1


def test_the_town_chooses_and_the_village_sees_the_outcome(
    cli: CommandLine, place: Place, screening: ScreeningMaker, tmp_path: Path
) -> None:
    (_activity, record_id) = record_october(cli, place, screening)
    hand_in(cli, place)
    take_in(cli, place)
    clone = Place(place.town, tmp_path / "clone", place.stick)
    shutil.copytree(place.village, clone.village)
    cli.done("edit", record_id, "-", data=place.village, stdin={"audience": 141})
    cli.done("edit", record_id, "-", data=clone.village, stdin={"audience": 152, "remark": "补了签名"})
    for side in (place, clone):
        take_in(cli, place, Path(hand_in(cli, side)["file"]))
    (conflict,) = cli.done("conflicts", data=place.town)["conflicts"]
    revisions = {side["texts"]["audience"]: side["revision"] for side in conflict["versions"]}
    assert [item["field"] for item in conflict["items"]] == ["audience", "remark"]
    assert conflict["items"][1]["changed_by"] == [revisions["152"]]
    assert (
        cli.refused("resolve", record_id, "--take", "0" * 64, data=place.town)["code"] == "unknown_revision"
    )
    assert (
        cli.refused("resolve", record_id, "--with", "-", data=place.town, stdin={})["code"]
        == "not_all_chosen"
    )
    shape = cli.refused("resolve", record_id, "--with", "-", data=place.town, stdin={"choose": ["audience"]})
    assert shape["code"] == "choose_shape"
    refused = cli.refused("resolve", record_id, "--take", revisions["141"], data=place.village)
    assert refused["code"] == "town_settles"
    chosen = {"choose": {"audience": revisions["141"]}}
    settled = cli.done("resolve", record_id, "--with", "-", data=place.town, stdin=chosen)
    assert (settled["record"], settled["chosen"], settled["left"]) == (record_id, "141、补了签名", 0)
    assert (
        cli.refused("resolve", record_id, "--take", revisions["141"], data=place.town)["code"]
        == "no_conflict"
    )
    take_in(cli, place, Path(hand_in(cli, place)["file"]))
    (made,) = cli.done("export", "--out", place.stick, "--to", "gusi", data=place.town)["packages"]
    cli.done("import", made["file"], data=place.village)
    shown = cli.done("show", record_id, "--history", data=place.village)
    assert (shown["record"]["values"]["audience"], shown["record"]["values"]["remark"]) == (141, "补了签名")
    assert shown["history"][0]["kind"] == "settled"
    assert set(revisions.values()) < {entry["revision"] for entry in shown["history"]}


def test_a_package_can_be_looked_into(cli: CommandLine, place: Place, screening: ScreeningMaker) -> None:
    record_october(cli, place, screening)
    package = hand_in(cli, place)
    before = cli.done("state-digest", data=place.town)
    found = cli.done("inspect", package["file"], data=place.town)
    assert found["manifest"]["sender"] == "gusi"
    assert found["counts"]["revisions"] == package["revisions"]
    assert found["counts"]["film_screening"] == 1
    assert found["trusted"] is True
    assert cli.done("state-digest", data=place.town) == before


def test_check_and_rebuild(cli: CommandLine, place: Place, screening: ScreeningMaker) -> None:
    record_october(cli, place, screening)
    before = cli.done("state-digest", data=place.village)
    checked = cli.done("check", data=place.village)
    assert (checked["ok"], checked["problems"]) == (True, [])
    assert cli.done("rebuild", data=place.village)["ok"] is True
    assert cli.done("state-digest", data=place.village) == before


PLAIN = (
    ("types",),
    ("list", "film_screening"),
    ("status",),
    ("conflicts",),
    ("reports",),
    ("check",),
    ("state-digest",),
    ("rebuild",),
)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_plain_output_is_in_the_language_asked_for(cli: CommandLine, place: Place, language: str) -> None:
    for words in PLAIN:
        outcome = cli("--lang", language, *words, data=place.town, plain=True)
        assert (outcome.code, outcome.err) == (0, "")
        assert outcome.out.strip()
        chinese = any("\u4e00" <= letter <= "\u9fff" for letter in outcome.out)
        assert chinese == (language == "zh_CN"), outcome.out


def test_plain_words_of_the_main_job(cli: CommandLine, place: Place, screening: ScreeningMaker) -> None:
    record_october(cli, place, screening)
    closed = cli("--today", "2019-11-06", "close-month", "2019-10", data=place.village, plain=True)
    assert "校验码" in closed.out
    exported = cli("--today", "2019-11-06", "export", "--out", place.stick, data=place.village, plain=True)
    assert "古四村_2019-10_第001包.gzp" in exported.out
    package = next(place.stick.glob("*.gzp"))
    assert "古四村" in cli("inspect", package, data=place.town, plain=True).out
    assert "已收" in cli("import", place.stick, data=place.town, plain=True).out
    assert "2019-10" in cli("--today", "2019-11-20", "status", data=place.town, plain=True).out
    reopened = cli("reopen-month", "2019-10", "--reason", "漏计", data=place.village, plain=True)
    assert "更正" in reopened.out


def test_every_document_can_be_asked_for_with_what_it_needs(
    cli: CommandLine, place: Place, screening: ScreeningMaker, tmp_path: Path
) -> None:
    record_october(cli, place, screening)
    record = cli.done("list", "film_screening", data=place.village)["records"][0]["id"]
    made_of = {
        "month": ("--month", "2019-10"),
        "quarter": ("--quarter", "2019-Q4"),
        "year": ("--year", "2019"),
        "type": ("--type", "film_screening"),
        "record": ("--record", record),
    }
    out = tmp_path / "paper.pdf"
    for item in cli.done("reports", data=place.village)["reports"]:
        if item["name"] == "handover_slip" or "film_screening" not in (item["types"] or ["film_screening"]):
            continue
        words = [word for need in item["needs"] for word in made_of[need]]
        made = cli.done("report", item["name"], *words, "--out", out, data=place.village)
        assert made["pages"] >= 1
        assert made["missing_characters"] == []
        for need in item["needs"]:
            code = cli.refused("report", item["name"], "--out", out, data=place.village)["code"]
            assert code == f"{need}_needed"


def test_layouts_are_written_to_begin_with(cli: CommandLine, place: Place, tmp_path: Path) -> None:
    files = cli.done("layouts", "--out", tmp_path / "layouts", data=place.village)["files"]
    assert len(files) > 15
    assert all(Path(file).read_text(encoding="utf-8").startswith("#") for file in files)


def test_two_villages_held_one_show_and_the_town_says_so(
    cli: CommandLine, place: Place, tmp_path: Path
) -> None:
    show = {
        "title": "国庆文艺晚会",
        "kind": "综艺",
        "source": "自办",
        "date": "2019-10-05",
        "start_time": "19:30",
        "duration_min": 90,
        "place": "古四文化广场",
        "troupe": "古镇曲艺社",
        "host_unit": "古四村委会",
        "audience": 420,
        "confirmed_by": "苏桂琴",
    }
    partner = Place(place.town, tmp_path / "gusan", place.stick)
    join(cli, partner, "古三村", partner.village)
    ids = []
    for side in (place, partner):
        made = cli.done("--today", "2019-11-05", "add", "performance", "-", data=side.village, stdin=show)
        ids += made["ids"]
        take_in(cli, side, Path(hand_in(cli, side)["file"]))
    (twin,) = cli.done("twins", "--month", "2019-10", data=place.town)["twins"]
    assert [side["id"] for side in twin["records"]] == ids  # it took place at 古四
    assert "古三村" in cli("twins", "--month", "2019-10", data=place.town, plain=True).out
    assert cli.refused("twins-decide", *ids, "--joint", data=place.village)["code"] == "not_the_town"
    assert cli.refused("twins-decide", *ids, "--same", data=place.town)["code"] == "verdict_does_not_fit"
    decided = cli.done("twins-decide", *ids, "--joint", "--reason", "两村合办", data=place.town)
    assert (decided["verdict"], decided["host"]) == ("joint", ids[0])
    assert cli.done("twins", "--month", "2019-10", data=place.town)["twins"] == []
    (twin,) = cli.done("twins", "--month", "2019-10", "--all", "--unit", "古三村", data=place.town)["twins"]
    assert twin["verdict"] == "joint"
    credited = cli.done("co-credit", ids[0], "古三村", "--reason", "各出一半节目", data=place.town)
    assert credited["units"] == ["gusan"]
    assert cli.done("co-credit", ids[0], "古三村", "--take-back", data=place.town)["units"] == []
    assert (
        cli("co-credit", ids[0], "古三村", "--take-back", data=place.town, plain=True)
        .out.strip()
        .endswith("—")
    )
