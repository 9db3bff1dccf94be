"""A village that was set up a minute ago: nothing stands in its ledger, and every command says so in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import CommandLine


def test_every_document_is_made_empty_or_says_what_it_wants(
    cli: CommandLine, village: Path, tmp_path: Path
) -> None:
    given = {
        "month": ("--month", "2019-10"),
        "quarter": ("--quarter", "2019-Q4"),
        "year": ("--year", "2019"),
        "type": ("--type", "film"),
    }
    refused = set()
    for report in cli.done("reports", data=village)["reports"]:
        words = [word for need in report["needs"] for word in given.get(need, ())]
        out = tmp_path / f"{report['name']}.pdf"
        made = cli("report", report["name"], *words, "--out", out, data=village)
        assert out.exists() == (made.code == 0), report
        if made.code:
            refused.add((report["name"], made.error["code"]))
            assert "record" in report["needs"] or report["name"] == "handover_slip", report
            assert made.error["message"].endswith("。"), report
            assert made.error["hint"].endswith("。"), report
    assert ("handover_slip", "nothing_sent") in refused


def test_a_binder_of_nothing_has_a_cover_and_an_index(
    cli: CommandLine, village: Path, tmp_path: Path
) -> None:
    for words in ((), ("--task", "16"), ("--task", "16.2")):
        out = tmp_path / "-".join(("binder", *words))
        cli.done("binder", *words, "--out", out, data=village)
        assert sorted(file.name for file in out.rglob("*.pdf")) == ["00 封面.pdf", "01 目录.pdf"]


@pytest.mark.parametrize("content", [b"", "放映日期,影片\n".encode()], ids=["no text", "a head alone"])
def test_a_table_without_rows_adds_nothing(
    cli: CommandLine, village: Path, tmp_path: Path, content: bytes
) -> None:
    table = tmp_path / "table.csv"
    table.write_bytes(content)
    cli("import-table", "film_screening", table, data=village)
    made = cli("table", "--type", "film_screening", "--period", "all", data=village)
    assert made.code == 0
    assert made.data["rows"] == []


def test_nothing_is_attached_to_a_record_that_is_not_there(
    cli: CommandLine, village: Path, tmp_path: Path
) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.4")
    found = cli("attach", "016e3b24-353f-7547-9a1d-264021cb3346", scan, data=village)
    assert (found.code, found.error["message"]) == (1, "没有这条记录。")
