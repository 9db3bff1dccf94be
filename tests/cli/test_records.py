"""add, edit, delete, show and list, on a real store."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import CommandLine, ScreeningMaker
from tests.services.photos import photo, put, scan

NOVEMBER = ("--today", "2019-11-08")


def add(cli: CommandLine, village: Path, type_id: str, given: Any) -> list[str]:
    return list(cli.done(*NOVEMBER, "add", type_id, "-", data=village, stdin=given)["ids"])


def test_a_record_is_written_with_labels_and_read_with_codes(
    cli: CommandLine, village: Path, screening: ScreeningMaker
) -> None:
    (record_id,) = add(cli, village, "film_screening", screening())
    record = cli.done("show", record_id, data=village)["record"]
    assert record["id"] == record_id
    assert (record["type"], record["unit"], record["status"]) == ("film_screening", "gusi", "held")
    assert record["values"]["place_kind"] == "outdoor_fixed"
    assert record["values"]["audience"] == 136
    assert record["texts"]["film_id"] == "烈火英雄"
    assert record["recorded_by"] == "苏丽芬"
    assert record["recorded_at"].startswith("2019-11-08")


@pytest.mark.parametrize("label", ["outdoor_fixed", "室外·固定点", "Outdoor, fixed"])
def test_a_choice_by_code_or_either_label(
    cli: CommandLine, village: Path, screening: ScreeningMaker, label: str
) -> None:
    (record_id,) = add(cli, village, "film_screening", screening(place_kind=label))
    assert cli.done("show", record_id, data=village)["record"]["values"]["place_kind"] == "outdoor_fixed"


def test_a_reference_by_id(cli: CommandLine, village: Path, screening: ScreeningMaker) -> None:
    film = cli.done("list", "film", "--limit", "1", data=village)["records"][0]
    (record_id,) = add(cli, village, "film_screening", screening(film_id=film["id"]))
    assert cli.done("show", record_id, data=village)["record"]["texts"]["film_id"] == film["texts"]["title"]


def test_obvious_defaults_may_be_left_out(cli: CommandLine, village: Path) -> None:
    add(cli, village, "facility", {"name": "古四村综合性文化服务中心", "type": "综合性文化服务中心"})
    given = {"date": "2019-10-12", "from": "09:00", "to": "11:30", "visitors": 23}
    (record_id,) = add(cli, village, "opening_log", given)
    record = cli.done("show", record_id, data=village)["record"]
    assert record["texts"]["facility_id"] == "古四村综合性文化服务中心"
    assert record["values"]["duty_person"] == "苏丽芬"
    assert record["status"] == "held"


def test_a_future_date_is_planned(cli: CommandLine, village: Path, screening: ScreeningMaker) -> None:
    planned = screening(date="2019-12-13", audience=None, confirmed_by=None, stamped=None)
    (record_id,) = add(cli, village, "film_screening", planned)
    assert cli.done("show", record_id, data=village)["record"]["status"] == "planned"


def test_lines_from_a_file(
    cli: CommandLine, village: Path, screening: ScreeningMaker, tmp_path: Path
) -> None:
    lines = [screening(date=day) for day in ("2019-10-04", "2019-10-18", "2019-10-25")]
    file = tmp_path / "screenings.ndjson"
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    assert len(cli.done(*NOVEMBER, "add", "film_screening", file, data=village)["ids"]) == 3
    found = cli.done("list", "film_screening", data=village)
    assert [record["values"]["date"] for record in found["records"]] == [
        "2019-10-04",
        "2019-10-18",
        "2019-10-25",
    ]


def test_all_or_nothing(cli: CommandLine, village: Path, screening: ScreeningMaker) -> None:
    given = [
        screening(),
        screening(date="2019-10-18", audience=13600),
        screening(date="2019-10-25", team=None),
    ]
    error = cli.refused(*NOVEMBER, "add", "film_screening", "-", data=village, stdin=given)
    assert error["code"] == "refused"
    assert [(item["record"], item["field"]) for item in error["problems"]] == [(2, "audience"), (3, "team")]
    assert all(item["message"] and item["label"] for item in error["problems"])
    assert cli.done("list", "film_screening", data=village)["total"] == 0


def test_every_value_that_is_not_understood_is_named(
    cli: CommandLine, village: Path, screening: ScreeningMaker
) -> None:
    given = [
        screening(film_id="没有这部片"),
        screening(colour="red"),
        screening(date="去年", stamped="maybe"),
    ]
    error = cli.refused("add", "film_screening", "-", data=village, stdin=given)
    named = {(item["record"], item["field"]) for item in error["problems"]}
    assert named == {(1, "film_id"), (2, "colour"), (3, "date"), (3, "stamped")}


def test_records_that_only_together_break_a_rule_are_refused_together(
    cli: CommandLine, village: Path
) -> None:
    add(cli, village, "facility", {"name": "古四村综合性文化服务中心", "type": "综合性文化服务中心"})
    slot = {"date": "2019-10-12", "from": "09:00", "to": "11:30", "visitors": 23}
    error = cli.refused(
        *NOVEMBER, "add", "opening_log", "-", data=village, stdin=[slot, {**slot, "from": "10:00"}]
    )
    assert "2" in error["message"]
    assert cli.done("list", "opening_log", data=village)["total"] == 0


def test_warnings_do_not_stop_a_record(cli: CommandLine, village: Path, screening: ScreeningMaker) -> None:
    done = cli.done(*NOVEMBER, "add", "film_screening", "-", data=village, stdin=screening(audience=1860))
    assert "audience" in {item["field"] for item in done["warnings"]}


def test_a_change_leaves_the_rest_as_it_is(
    cli: CommandLine, village: Path, screening: ScreeningMaker
) -> None:
    (record_id,) = add(cli, village, "film_screening", screening(weather="晴", session_count="1.5"))
    changed = cli.done("edit", record_id, "-", data=village, stdin={"audience": 140, "weather": None})[
        "record"
    ]
    assert changed["values"]["audience"] == 140
    assert changed["values"]["session_count"] == "1.5"
    assert "weather" not in changed["values"]


def test_a_change_that_breaks_a_rule_changes_nothing(
    cli: CommandLine, village: Path, screening: ScreeningMaker
) -> None:
    (record_id,) = add(cli, village, "film_screening", screening())
    before = cli.done("show", record_id, data=village)
    error = cli.refused("edit", record_id, "-", data=village, stdin={"audience": 99999})
    assert [item["field"] for item in error["problems"]] == ["audience"]
    assert cli.done("show", record_id, data=village) == before


def test_what_was_shown_can_be_given_back(cli: CommandLine, village: Path, screening: ScreeningMaker) -> None:
    (record_id,) = add(cli, village, "film_screening", screening())
    record = cli.done("show", record_id, data=village)["record"]
    again = cli.done(*NOVEMBER, "edit", record_id, "-", data=village, stdin=record)["record"]
    assert again == record
    copied = {**record, "values": {**record["values"], "date": "2019-10-25"}}
    assert add(cli, village, "film_screening", copied) != [record_id]


def test_history_in_words(cli: CommandLine, village: Path, screening: ScreeningMaker) -> None:
    (record_id,) = add(cli, village, "film_screening", screening())
    cli.done("edit", record_id, "-", data=village, stdin={"audience": 140})
    history = cli.done("show", record_id, "--history", data=village)["history"]
    assert [entry["kind"] for entry in history] == ["changed", "written"]
    assert history[0]["changes"] == [{"field": "audience", "label": "观众人次", "old": "136", "new": "140"}]
    plain = cli("show", record_id, "--history", data=village, plain=True)
    assert "观众人次  136 → 140" in plain.out


def test_a_deleted_record_is_gone_from_lists(
    cli: CommandLine, village: Path, screening: ScreeningMaker
) -> None:
    (record_id,) = add(cli, village, "film_screening", screening())
    assert cli.done("delete", record_id, "--reason", "重复登记", data=village)["record"]["deleted"] is True
    assert cli.done("list", "film_screening", data=village)["records"] == []
    assert cli.refused("show", record_id, data=village)["code"] == "unknown_record"


def test_lists_by_month_unit_and_number(cli: CommandLine, village: Path, screening: ScreeningMaker) -> None:
    days = ("2019-09-13", "2019-10-04", "2019-10-18")
    add(cli, village, "film_screening", [screening(date=day) for day in days])
    october = cli.done("list", "film_screening", "--month", "2019-10", "--unit", "古四村", data=village)
    assert (october["total"], len(october["records"])) == (2, 2)
    first = cli.done("list", "电影放映", "--month", "2019-10", "--limit", "1", data=village)
    assert (first["total"], [record["values"]["date"] for record in first["records"]]) == (2, ["2019-10-04"])
    assert cli.done("list", "film_screening", "--unit", "古三村", data=village)["total"] == 0


def test_a_list_is_whole_unless_limited(
    cli: CommandLine, village: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gzdesk.cli.lists._AT_ONCE", 7)
    found = cli.done("list", "film", data=village)
    assert len(found["records"]) == found["total"] > 14
    assert len({record["id"] for record in found["records"]}) == found["total"]


def test_a_plain_list_is_a_table(cli: CommandLine, village: Path, screening: ScreeningMaker) -> None:
    add(cli, village, "film_screening", screening())
    plain = cli("list", "film_screening", data=village, plain=True)
    heading, row, shown = plain.out.splitlines()
    assert "观众人次" in heading
    assert "烈火英雄" in row
    assert "已举办" in row
    assert "1" in shown


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("list", "dances"), "unknown_type"),
        (("list", "film", "--unit", "石岐"), "unknown_unit"),
        (("show", "nothing"), "unknown_record"),
        (("edit", "nothing", "-"), "unknown_record"),
        (("delete", "nothing"), "unknown_record"),
        (("add", "dances", "-"), "unknown_type"),
        (("add", "film_screening", "nowhere.json"), "unreadable_file"),
    ],
)
def test_what_is_not_there_is_refused(
    cli: CommandLine, village: Path, words: tuple[str, ...], code: str
) -> None:
    error = cli.refused(*words, data=village, stdin='{"a": 1}')
    assert error["code"] == code
    assert error["hint"]


def test_types_tell_what_can_be_written(cli: CommandLine) -> None:
    types = {item["id"]: item for item in cli.done("types")["types"]}
    screening = types["film_screening"]
    assert screening["name_zh"] == "电影放映"
    fields = {field["name"]: field for field in screening["fields"]}
    assert fields["film_id"]["kind"] == "reference"
    assert fields["film_id"]["required"] is True
    assert fields["audience"]["required"] is False
    assert "fine" in [choice["code"] for choice in fields["weather"]["choices"]]


def test_photos_are_attached_once(
    cli: CommandLine, village: Path, screening: ScreeningMaker, tmp_path: Path
) -> None:
    (record_id,) = add(cli, village, "film_screening", screening())
    picture = put(tmp_path, "放映现场.jpg", photo(size=(2400, 1800)))
    paper = put(tmp_path, "回执.pdf", scan(2))
    cli.done("attach", record_id, picture, data=village)
    attachments = cli.done("attach", record_id, picture, paper, data=village)["attachments"]
    assert [item["name"] for item in attachments] == ["放映现场.jpg", "回执.pdf"]
    assert attachments[0]["size_bytes"] < picture.stat().st_size, "photos are shrunk"
    assert attachments[0]["taken_at"] == "2019-10-05T19:31:02"
    assert (attachments[1]["size_bytes"], attachments[1]["pages"]) == (paper.stat().st_size, 2)
    record = cli.done("show", record_id, data=village)["record"]
    assert record["values"]["evidence"] == attachments
    assert cli.done("check", data=village)["ok"] is True


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "unreadable_file"),
        (b"", "empty_file"),
        (b"MZ program", "not_evidence"),
        (b"\xff\xd8\xff\xe0 photo", "damaged_picture"),
        (b"%PDF-1.4 scan" + b"0" * 20_000_000, "evidence_too_large"),
    ],
)
def test_what_is_no_evidence_is_refused_and_nothing_attached(
    cli: CommandLine,
    village: Path,
    screening: ScreeningMaker,
    tmp_path: Path,
    content: bytes | None,
    code: str,
) -> None:
    (record_id,) = add(cli, village, "film_screening", screening())
    good, bad = tmp_path / "good.jpg", tmp_path / "bad.jpg"
    good.write_bytes(photo(size=(300, 200)))
    if content is not None:
        bad.write_bytes(content)
    assert cli.refused("attach", record_id, good, bad, data=village)["code"] == code
    assert "evidence" not in cli.done("show", record_id, data=village)["record"]["values"]
