"""The command `indicators` of the command-line contract."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import CommandLine, ScreeningMaker

MONTHLY = "screenings_per_village_month"


def test_a_village_asks_for_its_year(cli: CommandLine, village: Path, screening: ScreeningMaker) -> None:
    cli.done("--today", "2019-11-05", "add", "film_screening", "-", data=village, stdin=screening())
    found = cli.done("--today", "2020-01-15", "indicators", "--year", "2019", data=village)["indicators"]
    by_id = {item["id"]: item for item in found}
    assert {"value", "numerator", "denominator", "target", "verdict", "counted"} <= set(by_id[MONTHLY])
    assert (by_id[MONTHLY]["value"], by_id[MONTHLY]["numerator"]) == ("1/12", 1)
    assert (by_id[MONTHLY]["verdict"], by_id[MONTHLY]["counted"]) == ("not_met", 1)
    assert by_id["new_domestic_film_ratio"]["target"] == "1/3"


def test_one_month_and_one_indicator_with_its_parts(
    cli: CommandLine, village: Path, screening: ScreeningMaker
) -> None:
    added = cli.done("--today", "2019-11-05", "add", "film_screening", "-", data=village, stdin=screening())
    [month] = cli.done("indicators", "--month", "2019-10", "--id", MONTHLY, data=village)["indicators"]
    assert (month["value"], month["records"]) == (1, added["ids"])
    [year] = cli.done("indicators", "--year", "2019", "--id", MONTHLY, data=village)["indicators"]
    assert [part["key"] for part in year["parts"] if part["verdict"] == "met"] == ["2019-10"]


def test_people_read_a_table(cli: CommandLine, village: Path) -> None:
    text = cli("indicators", "--year", "2019", data=village, plain=True).out
    assert "行政村每月放映场次" in text


def test_an_unknown_indicator_is_refused(cli: CommandLine, village: Path) -> None:
    error = cli.refused("indicators", "--id", "happiness", data=village)
    assert error["code"] == "unknown_indicator"
