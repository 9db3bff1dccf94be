"""find-person and erase-person on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import CommandLine

NAME, PHONE = "欧阳粤樵", "13826139705"


@pytest.fixture
def volunteer(cli: CommandLine, village: Path) -> str:
    body = {"name": NAME, "phone": PHONE, "registered_on": "2019-03-01"}
    (record,) = cli.done("add", "volunteer", "-", data=village, stdin=body)["ids"]
    activity = {
        "name": "茶话会",
        "category": "关爱",
        "date": "2019-10-07",
        "start_time": "09:00",
        "place": "文化室",
        "organiser": "村老协",
        "participants": 40,
        "leader": NAME,
    }
    cli.done("add", "activity", "-", data=village, stdin=activity)
    return record


def test_a_person_is_found_looked_at_and_erased(cli: CommandLine, village: Path, volunteer: str) -> None:
    (person,) = cli.done("find-person", "粤樵", data=village)["persons"]
    assert (person["id"], person["name"], person["own_record"]) == (volunteer, NAME, True)
    looked = cli.done("erase-person", volunteer, "--reason", "asked", "--dry-run", data=village)
    assert looked["erased"] is None
    assert [trace["words"] for trace in looked["traces"]] == [f"负责人：{NAME}"]
    outcome = cli("erase-person", volunteer, "--reason", "asked", "--mentions", data=village)
    assert outcome.code == 0
    assert NAME not in outcome.out + outcome.err
    assert outcome.data["erased"]["mentions"] == 1
    for words in (("list", "volunteer"), ("list", "activity"), ("show", volunteer, "--history")):
        assert NAME not in cli(*words, data=village).out
    assert cli.done("list", "volunteer", data=village)["total"] == 1
    assert cli.done("check", data=village)["ok"]
    error = cli.refused("erase-person", volunteer, "--reason", "asked", data=village)
    assert error["code"] == "erased_already"


def test_words_for_people(cli: CommandLine, village: Path, volunteer: str) -> None:
    data = ("--data", village)
    assert NAME in cli("find-person", "粤樵", *data, plain=True).out
    assert cli("find-person", "nobody", *data, plain=True).out == "没有叫这个名字的人。\n"
    dry = cli("erase-person", volunteer, "--reason", "asked", "--dry-run", *data, plain=True)
    assert dry.out.endswith("什么都没有改动。\n")
    done = cli("erase-person", volunteer, "--reason", "asked", "--mentions", *data, plain=True)
    assert done.out.endswith("已删除。另有 1 条登记里的姓名也去掉了。\n")


def test_a_list_shows_no_whole_number_and_the_record_itself_does(
    cli: CommandLine, village: Path, volunteer: str
) -> None:
    for plain in (True, False):
        assert PHONE not in cli("list", "volunteer", "--data", village, plain=plain).out
        assert PHONE in cli("show", volunteer, "--data", village, plain=plain).out
    cli.done("edit", volunteer, "-", data=village, stdin={"phone": "13800000000"})
    history = cli.done("show", volunteer, "--history", data=village)["history"]
    assert PHONE not in str(history)
    assert "138****9705" in str(history)


def test_a_reason_is_asked_for(cli: CommandLine, village: Path, volunteer: str) -> None:
    assert (
        cli.refused("erase-person", volunteer, "--reason", "because", data=village)["code"] == "reason_needed"
    )
    cli.refused("erase-person", volunteer, data=village, code=2)
