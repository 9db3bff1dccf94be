"""Three villages wrote down one event: the town says so with keys, and the overview leads there."""

from __future__ import annotations

from pathlib import Path

from tests.journeys.pc import Clerk
from tests.journeys.places import CAOYI, NEIGHBOURS, OCTOBER, TOWN, ledger, pc_of


def test_the_town_says_of_alike_events_what_they_are(tmp_path: Path) -> None:
    town = pc_of(TOWN, tmp_path)
    files = tmp_path / "files"
    files.mkdir()
    for unit in (CAOYI, *NEIGHBOURS[:2]):
        with ledger(pc_of(unit, tmp_path).folder) as village:
            village.exchange.export(files)
    with ledger(town.folder) as station:
        station.exchange.import_files([files])
        assert len(station.twins.open(OCTOBER)) == 3  # each with each
    with town.on() as clerk:
        decide(clerk)
    with ledger(town.folder) as station:
        verdicts = sorted(twin.verdict for twin in station.twins.all(OCTOBER))
        assert verdicts == ["different", "joint", "joint"]


def decide(clerk: Clerk) -> None:
    clerk.expect("像是同一场")
    clerk.click("todo_twins")
    assert clerk.at == "twins"
    clerk.expect("一场还是两场", "10月", "第 1 处，共 3 处", "粤曲私伙局交流", "依据：地点相同、名称相近。")
    clerk.press("F7")
    clerk.expect("第 2 处，共 3 处")
    clerk.press("Alt+2")
    clerk.expect("已记下：联办的同一场，只算一次。", "共 2 处")
    clerk.press("Ctrl+Return")
    clerk.expect("已记下：是两场，以后不再问。", "共 1 处")
    clerk.press("Return")  # the first button: the left one is the host
    clerk.expect("这个月没有像重复登记或联办的活动。")
    share(clerk)
    clerk.press("PgUp")
    clerk.expect("9月")
    clerk.press("Esc")
    assert clerk.at == "board"
    assert not clerk.sees("像是同一场")


def share(clerk: Clerk) -> None:
    """What was decided can be looked at again, and the partner of a joint event be given its share."""
    clerk.press("Ctrl+PgDown")
    clerk.expect("已定：联办的同一场，算在曹一村名下。", "共 3 处")
    clerk.press("Alt+3")
    clerk.expect("还没写原因")
    clerk.type("两村各出一半节目")
    clerk.press("Return")
    clerk.expect("已记下：", "也可以算这一场。", "只算给主办方")
    clerk.press("Alt+3")
    clerk.expect("已记下：只算给主办方。")
    clerk.press("Ctrl+PgUp")
    clerk.expect("这个月没有像重复登记或联办的活动。")
