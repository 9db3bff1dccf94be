"""`targets`, `set-target`, `set-rule`: what the town changes from a day on, by the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from gzdesk import bootstrap
from tests.cli.conftest import CommandLine
from tests.services.world import TODAY

WHY = "古镇文〔2019〕12号"


@pytest.fixture
def town(tmp_path: Path) -> Path:
    bootstrap.init_town(tmp_path / "town", writer_name="区锦堂", today=TODAY).close()
    return tmp_path / "town"


def of(rows: list[dict[str, object]], key: str) -> dict[str, object]:
    return next(row for row in rows if row["id"] == key)


def test_a_rule_is_set_listed_and_taken_back(cli: CommandLine, town: Path) -> None:
    made = cli.done("set-rule", "new_film_years", "3", "--from", "2019-07-01", "--reason", WHY, data=town)
    assert (made["value"], made["since"], made["by"], made["reason"]) == ("3", "2019-07-01", "区锦堂", WHY)
    assert of(cli.done("targets", data=town)["rules"], "new_film_years")["value"] == "3"
    before = of(cli.done("targets", "--on", "2019-06-30", data=town)["rules"], "new_film_years")
    assert (before["value"], before["since"], len(list(before["changes"]))) == ("2", None, 1)  # type: ignore[call-overload]
    back = cli.done("set-rule", "new_film_years", "-", "--from", "2019-07-01", "--withdraw", data=town)
    assert (back["value"], back["changes"]) == ("2", [])


def test_a_target_is_set_with_its_words(cli: CommandLine, town: Path) -> None:
    key = cli.done("targets", data=town)["targets"][0]["id"]
    words = ("--wording", "按县里新规定", "--deadline", "2020-06-30")
    made = cli.done("set-target", key, "1/3", "--from", "2019-07-01", "--reason", WHY, *words, data=town)
    assert (made["value"], made["wording"]) == ("1/3", "按县里新规定")
    assert made["changes"][0]["deadline"] == "2020-06-30"
    plain = cli("targets", data=town, plain=True)
    assert WHY in plain.out
    again = cli("set-target", key, "", "--from", "2019-08-01", "--reason", WHY, data=town, plain=True)
    assert "不考核" in again.out
    assert cli.done("set-target", key, "", "--from", "2019-08-01", "--withdraw", data=town)["value"] == "1/3"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("set-rule", "new_film_years", "3", "--from", "2019-07-01"), "reason_needed"),
        (("set-rule", "new_film_years", "many", "--from", "2019-07-01", "--reason", WHY), "unreadable_value"),
        (("set-rule", "nothing", "3", "--from", "2019-07-01", "--reason", WHY), "unknown_rule"),
        (("set-target", "nothing", "3", "--from", "2019-07-01", "--reason", WHY), "unknown_indicator"),
        (("set-rule", "new_film_years", "2", "--from", "2019-07-01", "--withdraw"), "no_such_change"),
    ],
)
def test_what_is_refused(cli: CommandLine, town: Path, words: tuple[str, ...], code: str) -> None:
    refused = cli(*words, data=town)
    assert (refused.code, refused.error["code"]) == (1, code)


def test_a_village_is_told_who_changes_them(cli: CommandLine, tmp_path: Path) -> None:
    bootstrap.init_village(tmp_path / "village", name="曹一村", today=TODAY).close()
    refused = cli(
        "set-rule", "new_film_years", "3", "--from", "2019-07-01", "--reason", WHY, data=tmp_path / "village"
    )
    assert refused.error["code"] == "not_the_town"
