"""Review and return between a town and its villages, on real ledgers and real packages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from gzdesk.domain.month import sheet_record_id
from gzdesk.domain.period import Month
from gzdesk.domain.review import Remark
from gzdesk.errors import UserError
from gzdesk.services.record_results import Refused
from tests.services.interrupting import Died, Interruption, interrupted
from tests.services.october import OCTOBER, activity
from tests.services.world import Site, World

NOVEMBER = Month(2019, 11)
_MOST_CALLS = 300


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World.make(tmp_path)
    yield made
    made.close()


def photographed(site: Site, name: str, **changes: object) -> str:
    """An event with a photo that is really there."""
    with site.store.writing() as work:
        sha256 = work.files.put(name.encode())
        work.commit()
    photo = {"sha256": sha256, "name": "现场.jpg", "size_bytes": len(name.encode())}
    return activity(site.work, name=name, evidence=[photo], **changes)


def handed_in(world: World, *names: str) -> list[str]:
    """古四村 wrote down its October, closed it and handed it in."""
    ids = [photographed(world.gusi, name, date=f"2019-10-{day:02d}") for day, name in enumerate(names, 10)]
    world.gusi.work.months.close(OCTOBER, filled_by="苏丽芬", checked_by="苏国强")
    world.there_and_back(world.gusi)
    return ids


def refused(job: Callable[[], object]) -> UserError:
    with pytest.raises(UserError) as caught:
        job()
    return caught.value


def give_back(site: Site, record: str, text: str = "签到表上是 62 人") -> None:
    site.work.review.give_back(record, [Remark(field="participants", text=text)])


def amended(site: Site, record: str, participants: int) -> dict[str, object]:
    return {**site.values(record), "participants": participants}


def same_on_both(world: World, village: Site) -> bool:
    scopes = (village.unit, "guzhen")
    return world.town.digest(*scopes) == village.digest(*scopes)


# The whole way


def test_a_record_goes_back_and_comes_again(world: World) -> None:
    first, second = handed_in(world, "灯会", "书法课")
    review = world.town.work.review
    assert [(item.unit.id, item.month, item.review.state, item.records) for item in review.queue()] == [
        ("gusi", OCTOBER, "waiting", 2)
    ]
    assert review.waiting_count() == 1

    give_back(world.town, first)
    assert review.month("gusi", OCTOBER).state == "returned"
    assert review.waiting_count() == 0
    world.there_and_back(world.gusi)
    assert same_on_both(world, world.gusi)

    (item,) = world.gusi.work.returns.open()
    assert (item.record.id, item.month, item.month_closed, item.by) == (
        first,
        OCTOBER,
        True,
        world.town.work.writer_name,
    )
    (asked,) = item.items
    assert (asked.label, asked.remark, asked.old) == ("参与人次", "签到表上是 62 人", "26")

    done = world.gusi.work.returns.amend(first, amended(world.gusi, first, 62), reason="数字写错")
    assert done.sheet is not None
    assert (done.sheet.correction, done.sheet.filled_by, done.sheet.checked_by) == (1, "苏丽芬", "苏国强")
    assert done.sheet.totals.persons == 62 + 26
    assert world.gusi.work.returns.open() == ()
    sheets = world.gusi.work.months.closings(OCTOBER, unit="gusi")
    assert [sheet.totals.persons for sheet in sheets] == [52, 88], "the sheet handed in first stays as it was"

    world.there_and_back(world.gusi)
    assert same_on_both(world, world.gusi)
    assert review.record(first).state == "amended"
    reply = review.record(first).reply
    assert reply is not None
    assert (reply.kind, reply.text) == ("amended", "数字写错")
    assert review.month("gusi", OCTOBER).state == "waiting"

    assert review.approve(first).state == "approved"
    assert review.approve_month("gusi", OCTOBER).state == "approved"
    world.there_and_back(world.gusi)
    assert same_on_both(world, world.gusi)
    assert world.gusi.work.returns.month(OCTOBER).state == "approved"
    assert [item.review.state for item in review.records("gusi", OCTOBER)] == ["approved", "approved"]
    assert second in {item.record.id for item in review.records("gusi", OCTOBER)}


def test_the_words_that_passed_are_kept(world: World) -> None:
    (first,) = handed_in(world, "灯会")
    give_back(world.town, first)
    world.there_and_back(world.gusi)
    world.gusi.work.returns.amend(first, amended(world.gusi, first, 62), reason="数字写错")
    words = [entry.words for entry in world.gusi.work.returns.correspondence(first)]
    assert "退回：参与人次：签到表上是 62 人" in words
    assert "已修改：数字写错" in words
    assert "上报：第 1 次" in words
    world.there_and_back(world.gusi)
    assert "已修改：数字写错" in [entry.words for entry in world.town.work.returns.correspondence(first)]


def test_nothing_is_wrong_is_an_answer_too(world: World) -> None:
    (first,) = handed_in(world, "灯会")
    give_back(world.town, first)
    world.there_and_back(world.gusi)
    done = world.gusi.work.returns.explain(first, text="签到表另有一张")
    assert (done.kind, done.sheet) == ("no_mistake", None)
    assert world.gusi.work.returns.open() == ()
    assert world.gusi.work.months.state(OCTOBER).correction == 0
    world.there_and_back(world.gusi)
    review = world.town.work.review
    assert review.record(first).state == "answered"
    assert review.month("gusi", OCTOBER).state == "waiting"
    give_back(world.town, first, "请把那一张也扫描上来")
    assert review.record(first).state == "returned", "the answer was to the words before"
    world.there_and_back(world.gusi)
    assert len(world.gusi.work.returns.open()) == 1


def test_deleting_with_a_reason_is_an_answer(world: World) -> None:
    first, _second = handed_in(world, "灯会", "书法课")
    give_back(world.town, first)
    world.there_and_back(world.gusi)
    done = world.gusi.work.returns.delete(first, reason="重复登记")
    assert done.sheet is not None
    assert (done.sheet.correction, len(done.sheet.rows)) == (1, 1)
    world.there_and_back(world.gusi)
    assert same_on_both(world, world.gusi)
    assert world.town.work.review.approve_month("gusi", OCTOBER).state == "approved"


def test_several_returns_of_a_month_make_one_correction(world: World) -> None:
    first, second = handed_in(world, "灯会", "书法课")
    give_back(world.town, first)
    give_back(world.town, second)
    world.there_and_back(world.gusi)
    returns, months = world.gusi.work.returns, world.gusi.work.months
    done = returns.amend(first, amended(world.gusi, first, 62), reason="数字写错")
    assert (done.sheet, done.month_open, done.left) == (None, OCTOBER, 1)
    assert months.state(OCTOBER).status == "reopened"
    assert [item.code for item in months.checklist(OCTOBER) if item.level == "block"] == ["returned"]
    done = returns.amend(second, amended(world.gusi, second, 30), reason="少数了 4 人")
    assert done.sheet is not None
    assert (done.sheet.correction, done.sheet.totals.persons, done.left) == (1, 92, 0)
    assert months.state(OCTOBER).status == "closed"


def test_a_month_opened_by_hand_is_closed_by_hand(world: World) -> None:
    (first,) = handed_in(world, "灯会")
    give_back(world.town, first)
    world.there_and_back(world.gusi)
    world.gusi.work.months.reopen(OCTOBER, reason="补一场")
    done = world.gusi.work.returns.amend(first, amended(world.gusi, first, 62), reason="数字写错")
    assert (done.sheet, done.month_open) == (None, None)
    assert world.gusi.work.months.state(OCTOBER).status == "reopened"


def test_what_stops_the_closing_leaves_the_month_open(world: World) -> None:
    first, second = handed_in(world, "灯会", "书法课")
    give_back(world.town, first)
    world.there_and_back(world.gusi)
    twin = {**world.gusi.values(second)}
    done = world.gusi.work.returns.amend(first, twin, reason="日期和名称写错")
    assert (done.sheet, done.month_open) == (None, OCTOBER)
    assert [item.code for item in world.gusi.work.months.checklist(OCTOBER) if item.level == "block"] == [
        "duplicate"
    ]


# What is refused


def test_only_the_town_judges(world: World) -> None:
    (first,) = handed_in(world, "灯会")
    review = world.gusi.work.review
    for job in (
        lambda: review.approve(first),
        lambda: give_back(world.gusi, first),
        lambda: review.approve_month("gusi", OCTOBER),
        lambda: review.approve_passing("gusi", OCTOBER),
        lambda: review.approve_months(),
        lambda: review.give_month_back("gusi", OCTOBER, remark="对不上"),
    ):
        assert refused(job).code == "not_the_town"


def test_a_remark_is_asked_for_and_its_item_must_be_there(world: World) -> None:
    (first,) = handed_in(world, "灯会")
    review = world.town.work.review
    assert refused(lambda: review.give_back(first, [])).code == "remark_needed"
    assert (
        refused(lambda: review.give_back(first, [Remark(field="participants", text=" ")])).code
        == "remark_needed"
    )
    error = refused(lambda: review.give_back(first, [Remark(field="dancers", text="对不上")]))
    assert error.code == "unknown_field"
    assert "参与人次" in error.hint
    assert refused(lambda: review.give_month_back("gusi", OCTOBER, remark="")).code == "remark_needed"
    assert refused(lambda: review.give_month_back("gusan", OCTOBER, remark="对不上")).code == "month_not_here"
    assert refused(lambda: review.approve(sheet_record_id("gusi", OCTOBER))).code == "is_a_month"
    found = review.give_back(
        first, [Remark(field="参与人次", text="签到表上是 62 人"), Remark(field="", text="另请补照片")]
    )
    assert found.judgement is not None
    assert [remark.field for remark in found.judgement.remarks] == ["participants", ""]


def test_a_month_with_something_open_is_not_approved(world: World) -> None:
    (first,) = handed_in(world, "灯会")
    review = world.town.work.review
    assert refused(lambda: review.approve_month("gusan", OCTOBER)).code == "month_not_ready"
    give_back(world.town, first)
    error = refused(lambda: review.approve_month("gusi", OCTOBER))
    assert (error.code, error.message) == ("month_not_ready", "古四村10月还不能通过：有 1 条退回的还没答复。")
    assert review.approve_passing("gusi", OCTOBER) == ()


def test_a_month_with_a_gap_is_not_approved(world: World) -> None:
    photographed(world.gusi, "灯会")
    with world.gusi.store.writing() as work:  # one version goes missing on the way: a hole in the chain
        lost = work.revisions.append(
            record=world.gusi.work.mint.record_id(),
            type_id="activity",
            type_version=1,
            scope="gusi",
            values={"x": "y"},
        )
        work.commit()
    world.gusi.work.months.close(OCTOBER)
    whole = world.gusi.revisions("gusi")
    keep = world.gusi.work.exchange.sending
    found = keep._unsent
    keep._unsent = lambda read, peer: (item for item in found(read, peer) if item.id != lost.id)  # type: ignore[method-assign]
    assert world.town.take(world.gusi.export(world.stick)).verdict == "parked"
    del keep._unsent
    error = refused(lambda: world.town.work.review.approve_month("gusi", OCTOBER))
    assert error.message == "古四村10月还不能通过：前面缺一份上报文件。请村里再交一次。"
    world.gusi.take(world.town.export(world.stick, "gusi"))
    world.town.take(world.gusi.export(world.stick))
    assert world.town.revisions("gusi") == whole
    assert world.town.work.review.approve_month("gusi", OCTOBER).state == "approved"


def test_what_both_sides_changed_is_settled_first(world: World) -> None:
    first, _second = handed_in(world, "灯会", "书法课")
    world.town.write({**world.town.values(first), "remark": "镇里补记"}, record=first, scope="gusi")
    world.gusi.write({**world.gusi.values(first), "remark": "村里补记"}, record=first)
    world.there_and_back(world.gusi)
    review = world.town.work.review
    assert refused(lambda: review.approve(first)).code == "not_settled"
    assert "两边都改过" in refused(lambda: review.approve_month("gusi", OCTOBER)).message
    looked = {item.record.id: item.look for item in review.records("gusi", OCTOBER)}
    assert "两边都改过" in looked[first]


def test_a_sheet_that_says_something_else_is_not_approved(world: World) -> None:
    (first,) = handed_in(world, "灯会")
    world.town.write({**world.town.values(first), "participants": 99}, record=first, scope="gusi")
    error = refused(lambda: world.town.work.review.approve_month("gusi", OCTOBER))
    assert "对不上" in error.message
    found = world.town.work.review.give_month_back("gusi", OCTOBER, remark="和登记对不上，请重新封账")
    assert found.state == "returned"
    world.there_and_back(world.gusi)
    (month,) = world.gusi.work.returns.months()
    assert (month.month, month.remark) == (OCTOBER, "和登记对不上，请重新封账")
    world.gusi.work.months.reopen(OCTOBER, reason=month.remark)
    world.gusi.work.months.close(OCTOBER)
    world.there_and_back(world.gusi)
    assert world.town.work.review.month("gusi", OCTOBER).state == "amended"
    assert world.town.work.review.approve_month("gusi", OCTOBER).state == "approved"


def test_a_returned_month_may_be_explained(world: World) -> None:
    handed_in(world, "灯会")
    world.town.work.review.give_month_back("gusi", OCTOBER, remark="场次太少")
    world.there_and_back(world.gusi)
    assert world.gusi.work.returns.explain_month(OCTOBER, text="本月场地维修").state == "answered"
    assert world.gusi.work.returns.months() == ()
    assert (
        refused(lambda: world.gusi.work.returns.explain_month(OCTOBER, text="再说一遍")).code
        == "not_returned"
    )
    world.there_and_back(world.gusi)
    (waiting,) = world.town.work.review.queue()
    assert waiting.review.state == "answered"
    assert world.town.work.review.approve_months() == (), "words of the village want a person's eye"
    world.town.work.review.approve_month("gusi", OCTOBER)
    assert world.town.work.review.queue() == ()


def test_an_answer_needs_a_reason_and_a_change(world: World) -> None:
    (first,) = handed_in(world, "灯会")
    returns = world.gusi.work.returns
    assert refused(lambda: returns.amend(first, {}, reason="数字写错")).code == "not_returned"
    give_back(world.town, first)
    world.there_and_back(world.gusi)
    values = amended(world.gusi, first, 62)
    assert refused(lambda: returns.amend(first, values, reason=" ")).code == "reason_needed"
    assert refused(lambda: returns.delete(first, reason="")).code == "reason_needed"
    assert refused(lambda: returns.explain(first, text="")).code == "reason_needed"
    unchanged = dict(world.gusi.values(first))
    assert refused(lambda: returns.amend(first, unchanged, reason="数字写错")).code == "nothing_changed"
    with pytest.raises(Refused):
        returns.amend(first, {**values, "participants": -1}, reason="数字写错")
    assert world.gusi.work.months.state(OCTOBER).status == "closed", "nothing was changed by what was refused"
    returns.amend(first, values, reason="数字写错")
    assert refused(lambda: returns.amend(first, values, reason="数字写错")).code == "not_returned"


# In bulk


def test_what_passes_every_check_is_approved_at_once(world: World) -> None:
    first, second = handed_in(world, "灯会", "书法课")
    bare = activity(world.gusan.work, name="没有照片", evidence=None)
    world.gusan.work.months.close(OCTOBER)
    world.there_and_back(world.gusan)
    review = world.town.work.review
    assert review.approve_passing("gusan", OCTOBER) == ()
    (looked,) = review.records("gusan", OCTOBER)
    assert (looked.record.id, looked.look) == (bare, ("没有照片或扫描件",))
    assert set(review.approve_passing("gusi", OCTOBER)) == {first, second}
    assert review.approve_passing("gusi", OCTOBER) == ()
    assert [(item.unit.id, item.month) for item in review.approve_months()] == [("gusi", OCTOBER)]
    assert [item.unit.id for item in review.queue()] == ["gusan"]


# Late changes


def test_what_changes_after_the_approval_lies_in_the_tray(world: World) -> None:
    first, second = handed_in(world, "灯会", "书法课")
    review = world.town.work.review
    review.approve_month("gusi", OCTOBER)
    assert review.late_changes() == ()
    world.there_and_back(world.gusi)
    months, records = world.gusi.work.months, world.gusi.work.records
    months.reopen(OCTOBER, reason="补登")
    records.save(type_id="activity", record_id=first, values=amended(world.gusi, first, 40))
    records.delete(second, reason="没有办")
    added = photographed(world.gusi, "猜灯谜", date="2019-10-20")
    months.close(OCTOBER)
    world.there_and_back(world.gusi)

    assert review.month("gusi", OCTOBER).state == "amended"
    found = {item.record: item for item in review.late_changes()}
    assert {name: item.kind for name, item in found.items()} == {
        first: "changed",
        second: "removed",
        added: "added",
    }
    assert [(each.label, each.old, each.new) for each in found[first].changes] == [("参与人次", "26", "40")]
    assert found[second].reason == "没有办"
    assert ("活动名称", "", "猜灯谜") in [(each.label, each.old, each.new) for each in found[added].changes]
    assert review.late_changes("gusan") == ()
    review.approve_month("gusi", OCTOBER)
    assert review.late_changes() == ()


def test_a_return_after_the_approval_is_a_late_change_with_its_reason(world: World) -> None:
    first, _second = handed_in(world, "灯会", "书法课")
    review = world.town.work.review
    review.approve_month("gusi", OCTOBER)
    give_back(world.town, first)
    world.there_and_back(world.gusi)
    world.gusi.work.returns.amend(first, amended(world.gusi, first, 62), reason="数字写错")
    world.there_and_back(world.gusi)
    (late,) = review.late_changes()
    assert (late.record, late.kind, late.reason, late.month) == (first, "changed", "数字写错", OCTOBER)


def test_approving_the_same_again_writes_nothing(world: World) -> None:
    handed_in(world, "灯会")
    world.town.work.review.approve_month("gusi", OCTOBER)
    before = world.town.revisions("gusi")
    world.town.work.review.approve_month("gusi", OCTOBER)
    assert world.town.revisions("gusi") == before


# Order of sticks


def test_a_review_that_comes_late_or_twice_means_the_same(world: World) -> None:
    """The village edits, its month being open, before the review of the earlier version arrives."""
    first = photographed(world.gusi, "灯会")
    world.there_and_back(world.gusi)
    give_back(world.town, first)
    answer = world.town.export(world.stick, "gusi")
    world.gusi.work.records.save(type_id="activity", record_id=first, values=amended(world.gusi, first, 62))
    world.gusi.take(answer)
    world.gusi.take(answer)
    assert world.gusi.work.returns.open() == ()
    world.town.take(world.gusi.export(world.stick))
    assert world.town.work.review.record(first).state == "amended"
    assert world.town.work.review.returned() == ()
    world.there_and_back(world.gusi)
    assert same_on_both(world, world.gusi)


# Faults


def test_an_answer_is_whole_or_not_at_all(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    (first,) = handed_in(world, "灯会")
    give_back(world.town, first)
    world.there_and_back(world.gusi)
    values, before = amended(world.gusi, first, 62), world.gusi.revisions("gusi")
    for number in range(1, _MOST_CALLS):
        try:
            with interrupted(world.gusi.store, monkeypatch, Interruption(number, deadly=True)):
                world.gusi.work.returns.amend(first, values, reason="数字写错")
            break
        except Died:
            world.gusi.reopen()
        with world.gusi.store.reading() as read:
            assert read.check_file() == ()
            assert read.view_differences() == ()
        if world.gusi.revisions("gusi") != before:
            break  # the last call was the commit: it is lasting
        assert world.gusi.work.months.state(OCTOBER).status == "closed"
        assert len(world.gusi.work.returns.open()) == 1
    assert number > 10
    assert world.gusi.work.months.state(OCTOBER).correction == 1
    assert world.gusi.work.returns.open() == ()


def test_an_approval_is_whole_or_not_at_all(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    handed_in(world, "灯会", "书法课")
    for number in range(1, _MOST_CALLS):
        interruption = Interruption(number, deadly=False)
        with interrupted(world.town.store, monkeypatch, interruption), suppress(UserError):
            world.town.work.review.approve_month("gusi", OCTOBER)
        if not interruption.happened:
            break
        state = world.town.work.review.month("gusi", OCTOBER).state
        assert state in ("waiting", "approved")
        if state == "approved":
            break
    assert number > 10
    world.town.work.review.approve_month("gusi", OCTOBER)
    assert world.town.work.review.month("gusi", OCTOBER).state == "approved"
