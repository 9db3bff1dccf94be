"""Two PCs of a village changed the same record: the town chooses with keys, and the village sees the outcome."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.journeys.pc import Clerk, Pc
from tests.journeys.places import CAOYI, TOWN, digest, ledger, pc_of


def test_the_town_chooses_and_the_village_sees_what_was_chosen(tmp_path: Path, stick: Path) -> None:
    town, village = pc_of(TOWN, tmp_path), pc_of(CAOYI, tmp_path)
    record, other = known_in_the_town(village, town, tmp_path / "files")
    old_pc = Pc(tmp_path / "old")
    shutil.copytree(village.folder, old_pc.folder, ignore=shutil.ignore_patterns("*.lock"))
    change(old_pc, record, audience=152, remark="补了签名")
    change(old_pc, other, remark="雨后改在室内")
    change(village, record, audience=141)
    change(village, other, audience=99)
    hand_in(old_pc, stick)
    hand_in(village, stick / "wednesday")

    with town.on() as clerk:
        take_in(clerk)
        choose(clerk)
        answer(clerk)

    with village.on() as clerk:
        read_the_answer(clerk)
        find_the_outcome(clerk, record, other)

    assert digest(village.folder, CAOYI) == digest(town.folder, CAOYI)


def known_in_the_town(village: Pc, town: Pc, files: Path) -> tuple[str, str]:
    """The village has handed in two films before."""
    hand_in(village, files)
    with ledger(town.folder) as station:
        station.exchange.import_files([files])
    with ledger(village.folder) as own:
        first, second, *_others = sorted(
            own.records.of_types(["film_screening"]), key=lambda record: str(record.values["date"])
        )
    return first.id, second.id


def change(pc: Pc, record: str, **items: object) -> None:
    with ledger(pc.folder) as own:
        before = own.records.get(record).record
        own.records.save(type_id=before.type, record_id=record, values={**before.values, **items})


def hand_in(pc: Pc, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    with ledger(pc.folder) as own:
        own.exchange.export(folder)


def take_in(clerk: Clerk) -> None:
    clerk.press("F5", "Ctrl+Return")
    clerk.expect("2 个文件・收 2 个，退 0 个", "1 条两边都改过", "去选 1 处 F7")
    clerk.press("Ctrl+1")
    clerk.expect("两边都改过")
    clerk.click("todo_choose")
    assert clerk.at == "conflict"
    clerk.press("Esc", "Ctrl+2", "F7")


def choose(clerk: Clerk) -> None:
    assert clerk.at == "conflict"
    clerk.expect("选用哪一份", "第 1 处，共 1 处", "两边都改过这条记录，有 2 项不一样。", "还有 2 项没选。")
    clerk.expect("观众人次", "141", "152", "备注", "补了签名", "（空）", "只有苏惠芳改过")
    clerk.press("Ctrl+Return")
    assert clerk.ledger.conflicts.records(), "nothing is chosen for anybody"
    clerk.press("Alt+2")
    right = said(clerk, "audience", 2)
    clerk.expect(f"选好后：{right}、")
    clerk.press("Alt+1")
    left = said(clerk, "audience", 1)
    assert {left, right} == {"141", "152"}
    # The first item from the left version, the second from the right one, with the arrows.
    clerk.click("whole_2")
    clerk.page.focus_first()
    clerk.press("Return", "Right", "Return")
    clerk.press("Ctrl+Return")
    assert clerk.ledger.conflicts.records() == ()
    clerk.expect(f"选好了：{left}、", "没有要选的记录。")


def said(clerk: Clerk, field: str, side: int) -> str:
    conflict = clerk.page._conflict
    item = next(item for item in conflict.items if item.field == field)
    return item.texts[clerk.page._order[side - 1]]


def answer(clerk: Clerk) -> None:
    clerk.press("Esc")
    assert clerk.at == "receive"
    assert not clerk.sees("去选 1 处 F7")
    clerk.press("Ctrl+Return")
    clerk.expect("可以拔出U盘了")


def read_the_answer(clerk: Clerk) -> None:
    clerk.press("Ctrl+6", "Ctrl+R")
    clerk.expect("回执已读入")


def find_the_outcome(clerk: Clerk, record: str, other: str) -> None:
    history = clerk.ledger.records.history(record)
    assert (history[0].kind, history[0].who) == ("settled", "区锦堂")
    assert {entry.changes[0].new for entry in history if entry.kind == "changed"} == {"141", "152"}
    merged = clerk.ledger.records.history(other)
    assert (merged[0].kind, merged[0].who) == ("merged", "程序")
    values = clerk.ledger.records.get(other).record.values
    assert (values["audience"], values["remark"]) == (99, "雨后改在室内")
    clerk.program.go("records", type_id="film_screening", record_id=record)
    clerk.rest()
    clerk.answer(lambda dialog: seen(clerk, dialog))
    clerk.press("Ctrl+H")


def seen(clerk: Clerk, dialog: object) -> None:
    clerk.expect("两边都改过，已选定用哪一份")
    dialog.reject()
