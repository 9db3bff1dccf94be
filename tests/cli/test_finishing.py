"""Reports in words by the command line: their texts, finishing, and the three kinds of files."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from tests.cli.conftest import CommandLine

DAY = ("--today", "2019-11-08")
OF = ("monthly_report", "--month", "2019-10")


@pytest.fixture(autouse=True)
def _comment(cli: CommandLine, village: Path) -> None:
    said = {"date": "2019-10-09", "channel": "意见簿", "topic": "开放", "content": "晚上多开一小时"}
    cli.done("add", "feedback", "-", *DAY, data=village, stdin=said)


def test_a_report_is_written_changed_and_finished(cli: CommandLine, village: Path, tmp_path: Path) -> None:
    first = cli.done("report-text", *OF, *DAY, data=village)
    assert [part["key"] for part in first["parts"]] == ["work", "problems", "plan"]
    assert first["finished"] is None
    assert "晚上多开一小时" in first["parts"][1]["text"]
    changed = cli.done("report-text", *OF, "--set", "-", *DAY, data=village, stdin={"plan": "办粤曲晚会。"})
    assert changed["parts"][2]["text"] == "办粤曲晚会。"
    assert changed["parts"][2]["from_data"] != "办粤曲晚会。"
    found = cli.done("freeze-report", *OF, *DAY, data=village)
    assert found["correction"] == 0
    assert found["number"].endswith("-DT-201910-1")
    again = cli("freeze-report", *OF, *DAY, data=village, plain=True)
    assert found["number"][:-1] + "2" in again.out
    listed = cli.done("finished-reports", *DAY, data=village)["reports"]
    assert [item["correction"] for item in listed] == [1, 0]
    out = tmp_path / "r.docx"
    words = ("report", "monthly_report", "--number", found["number"], "--out", out, *DAY)
    made = cli.done(*words, data=village)
    assert made["pages"] >= 1
    assert "办粤曲晚会。" in [paragraph.text for paragraph in docx.Document(str(out)).paragraphs]


def test_texts_are_texts_of_the_report(cli: CommandLine, village: Path) -> None:
    words = ("report-text", *OF, "--set", "-", *DAY)
    assert cli.refused(*words, data=village, stdin={"song": "啊"})["code"] == "unknown_part"
    assert cli.refused(*words, data=village, stdin={"plan": 5})["code"] == "not_texts"
    assert cli.refused("report-text", "asset_report", "--year", "2019", data=village)["code"] == "no_texts"


def test_a_table_is_not_made_as_docx(cli: CommandLine, village: Path, tmp_path: Path) -> None:
    words = ("report", "asset_report", "--year", "2019", "--out", tmp_path / "a.docx")
    error = cli.refused(*words, *DAY, data=village)
    assert error["code"] == "no_docx"
    assert "资产统计报告" in error["message"]
    formats = {item["name"]: item["formats"] for item in cli.done("reports", data=village)["reports"]}
    assert formats["monthly_report"] == ["pdf", "xlsx", "docx"]
    assert formats["asset_report"] == ["pdf", "xlsx"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("freeze-report", "monthly_report"), "month_needed"),
        (("freeze-report", "monthly_sheet", "--month", "2019-10"), "not_finished_here"),
        (("freeze-report", "song", "--month", "2019-10"), "unknown_report"),
    ],
)
def test_what_can_not_be_finished(cli: CommandLine, village: Path, words: tuple[str, ...], code: str) -> None:
    assert cli.refused(*words, *DAY, data=village)["code"] == code


def test_a_quarter_is_written_with_its_year(cli: CommandLine, village: Path) -> None:
    words = ("freeze-report", "monthly_report", "--quarter", "2019-11")
    assert cli.refused(*words, data=village, code=2)["code"] == "usage"
