"""Erasing a person: nothing of them is left in any file, on any PC, and every count stays as it was."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from gzdesk.domain.erasure import MENTION_MARK, OWN_MARK
from gzdesk.domain.period import Month
from gzdesk.errors import UserError
from gzdesk.services.privacy import preselected
from tests.services.photos import photo, put
from tests.services.world import Site, World

NAME, PHONE, NUMBER = "欧阳粤樵", "13826139705", "442000061730"
VOLUNTEER = {
    "name": NAME,
    "phone": PHONE,
    "platform_no": NUMBER,
    "birth_ym": "1968-05",
    "gender": "male",
    "unit_code": "gusi",
    "registered_on": "2019-03-01",
    "consent_on": "2019-03-01",
    "status": "held",
}
# The name in every form that the program writes it: itself, for searching by pinyin, in a file of the system.
FORMS = [NAME.encode(), NAME.encode("gb18030"), NAME.encode("utf-16-le"), b"ouyangyueqiao", PHONE.encode()]
FORMS += [NUMBER.encode(), b"\\u6b27\\u9633"]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World.make(tmp_path)
    yield made
    made.close()


def _found(folder: Path) -> list[tuple[str, bytes]]:
    """Every file of a data folder in whose raw bytes the person still is."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return [
        (path.name, form)
        for path in files
        for content in [path.read_bytes()]
        for form in FORMS
        if form in content
    ]


def _service(volunteer: str, **changes: object) -> dict[str, object]:
    return {
        "volunteer_id": volunteer,
        "activity_name": "重阳节敬老茶话会",
        "date": "2019-10-07",
        "hours": "2",
        "place": "老人活动中心",
        "content": "端茶",
        "leader": "苏惠芳",
        "confirmed_by": "苏惠芳",
        "status": "held",
    } | changes


def _photo(site: Site, content: bytes) -> dict[str, object]:
    with site.store.writing() as work:
        sha256 = work.files.put(content)
    return {"sha256": sha256, "name": f"{NAME}.jpg", "size_bytes": len(content)}


class Lived:
    """A village that has known somebody for a while: in a register, in records of others, in drafts and undo."""

    def __init__(self, site: Site) -> None:
        self.site, work = site, site.work
        self.own_photo, self.shared = _photo(site, b"consent form"), _photo(site, b"group photo")
        self.person = site.write(
            {**VOLUNTEER, "evidence": [self.own_photo, self.shared]}, type_id="volunteer"
        )
        for phone in ("13800000000", PHONE):  # saved again: old versions, and something to take back
            view = work.records.get(self.person)
            work.records.save(
                type_id="volunteer", record_id=self.person, values={**view.record.values, "phone": phone}
            )
        self.services = [
            site.write(_service(self.person, date=f"2019-10-{day:02d}"), type_id="volunteer_service")
            for day in (7, 8, 9)
        ]
        self.led = site.write(
            {"date": "2019-10-07", "name": "茶话会", "leader": NAME, "participants": 120, "status": "held"}
        )
        self.told = site.write(
            {
                "date": "2019-10-05",
                "name": "灯会",
                "participants": 90,
                "remark": f"问{NAME}，电话{PHONE}",
                "evidence": [self.shared],
                "status": "held",
            }
        )
        self.once = site.write({"date": "2019-10-06", "name": "广场舞", "leader": NAME, "participants": 60})
        site.write(
            {"date": "2019-10-06", "name": "广场舞", "leader": "苏惠芳", "participants": 60}, record=self.once
        )
        self.other = site.write(
            {**VOLUNTEER, "name": "苏惠芳", "phone": "1", "platform_no": "2"}, type_id="volunteer"
        )
        texts = {"name": NAME, "phone": PHONE}
        for record in (None, self.person):
            work.drafts.keep(type_id="volunteer", record_id=record, content={"texts": texts})
        work.drafts.keep(type_id="activity", record_id=None, content={"texts": {"name": "灯会"}})
        with site.store.writing() as writing:
            writing.local.put("import/rows/1", {"rows": [[NAME, PHONE, "2"], ["苏惠芳", "1", "3"]]})
            writing.commit()

    def counts(self) -> object:
        with self.site.store.reading() as read:
            shown = {
                name: read.records.get(name) for name in (self.person, *self.services, self.led, self.told)
            }
            hours = [shown[name].values["hours"] for name in self.services]
            people = [shown[name].values["participants"] for name in (self.led, self.told)]
            registered = [item.id for item in read.records.of_types(["volunteer"], unit="gusi")]
            days = [shown[self.person].values[name] for name in ("registered_on", "gender", "unit_code")]
            refers = [shown[name].values["volunteer_id"] == self.person for name in self.services]
        return hours, people, sorted(registered), days, refers


def test_what_is_shown_beforehand(world: World) -> None:
    lived = Lived(world.gusi)
    standing = world.gusi.work.privacy.look(lived.person)
    assert (standing.person.name, standing.person.own, standing.person.since) == (NAME, True, "2019-03-01")
    assert dict(standing.counted) == {"volunteer_service": 3}
    assert (standing.versions, standing.files) == (3, 2)
    assert {trace.record: trace.kind for trace in standing.traces} == {
        lived.led: "named",
        lived.told: "in_text",
        lived.once: "old",
    }
    assert preselected(standing) == (lived.led,)
    words = {trace.record: trace.words for trace in standing.traces}
    assert words[lived.led] == f"负责人：{NAME}"
    assert PHONE not in str(standing)


def test_nothing_of_the_person_is_left_in_any_file_and_the_counts_stay(world: World) -> None:
    lived = Lived(world.gusi)
    world.there_and_back(world.gusi)
    before = lived.counts()
    assert _found(world.gusi.folder), "or this test proves nothing"
    done = world.gusi.work.privacy.erase(lived.person, reason="asked", mentions=None)
    assert (done.mentions, done.files, done.stayed, done.unfinished) == (3, 1, 0, "")
    assert lived.counts() == before
    shown = world.gusi.values(lived.person)
    assert shown["name"] == done.name
    assert done.name.startswith("已删除的人员 ")
    assert world.gusi.values(lived.led)["leader"] == done.name
    assert world.gusi.values(lived.told)["remark"] == f"问{done.name}，电话{done.name}"
    assert _found(world.gusi.folder) == []
    files = world.gusi.store.files
    assert not files.has(str(lived.own_photo["sha256"]))
    assert files.has(str(lived.shared["sha256"])), "another record names it too"
    assert [form.type_id for form in world.gusi.work.drafts.kept()] == ["activity"]
    assert world.gusi.work.records.undo() is None
    with world.gusi.store.reading() as read:
        assert read.local.get("import/rows/1") == {"rows": [["***", "***", "2"], ["苏惠芳", "1", "3"]]}
    checked = world.gusi.work.maintenance.check()
    assert checked.ok, checked.problems
    world.gusi.work.maintenance.rebuild()
    world.gusi.reopen()
    assert lived.counts() == before
    assert world.gusi.work.maintenance.check().ok


def test_the_town_forgets_with_the_next_file(world: World) -> None:
    lived = Lived(world.gusi)
    old = world.gusi.export(world.stick / "old")
    world.town.take(old)
    assert _found(world.town.folder)
    world.gusi.work.privacy.erase(lived.person, reason="asked", mentions=None)
    world.there_and_back(world.gusi)
    assert _found(world.town.folder) == []
    assert not world.town.store.files.has(str(lived.own_photo["sha256"]))
    assert world.town.store.files.has(str(lived.shared["sha256"]))
    assert world.town.digest("gusi") == world.gusi.digest("gusi")
    assert world.town.work.maintenance.check().ok
    for site in (world.town, world.gusi):  # a stick from before is found in a drawer
        if site is world.town:
            assert site.take(old).verdict == "already"
        site.work.maintenance.rebuild()
        assert _found(site.folder) == []
    up, down = world.there_and_back(world.gusi)
    assert (up.revisions_new, down.revisions_new) == (0, 0)


def test_a_ledger_that_never_knew_the_person_learns_nothing_from_an_old_stick(world: World) -> None:
    lived = Lived(world.gusi)
    old = world.gusi.export(world.stick / "old")
    world.gusi.work.privacy.erase(lived.person, reason="asked", mentions=None)
    new = world.gusi.export(world.stick / "new")
    world.town.take(new)
    answer = world.town.take(old)
    assert answer.verdict in ("already", "applied")
    assert _found(world.town.folder) == []
    assert not world.town.store.files.has(str(lived.own_photo["sha256"]))
    assert world.town.digest("gusi") == world.gusi.digest("gusi")


def test_the_other_order_ends_alike(world: World) -> None:
    lived = Lived(world.gusi)
    old = world.gusi.export(world.stick / "old")
    shutil.copytree(
        world.town.folder, world.folder / "copy", ignore=shutil.ignore_patterns("*.lock", "*-wal", "*-shm")
    )
    world.gusi.work.privacy.erase(lived.person, reason="asked", mentions=None)
    new = world.gusi.export(world.stick / "new")
    other = Site(world.folder / "copy")
    try:
        for site, order in ((world.town, (old, new)), (other, (new, old))):
            for file in order:
                assert site.take(file).verdict != "rejected"
        assert other.digest("gusi") == world.town.digest("gusi") == world.gusi.digest("gusi")
        assert other.revisions("gusi") == world.town.revisions("gusi")
        assert _found(other.folder) == []
    finally:
        other.close()


def test_a_pc_put_back_from_a_copy_learns_it_again(world: World) -> None:
    lived = Lived(world.gusi)
    world.there_and_back(world.gusi)
    copy = world.gusi.copy_to(world.folder / "copy")
    world.gusi.work.privacy.erase(lived.person, reason="asked", mentions=None)
    world.there_and_back(world.gusi)
    restored = Site(copy)
    try:
        assert _found(copy)
        restored.write()
        world.town.take(restored.export(world.stick / "r"))
        restored.take(world.town.export(world.stick / "d", "gusi"))
        assert _found(copy) == []
        assert restored.digest("gusi") == world.town.digest("gusi")
        assert not restored.store.files.has(str(lived.own_photo["sha256"]))
    finally:
        restored.close()


def test_an_erased_photo_is_forgotten_and_may_be_taken_in_anew(world: World, tmp_path: Path) -> None:
    site = world.gusi
    picture = put(tmp_path, f"{NAME}.jpg", photo(seed=7))
    person = site.work.records.save(type_id="volunteer", values=VOLUNTEER).id
    (noted,) = site.work.evidence.attach(person, [picture])
    sha256 = str(noted["sha256"])
    site.work.evidence.thumbnails.get(sha256)
    old = site.export(world.stick / "old")
    site.work.privacy.erase(person, reason="asked")
    assert _found(site.folder) == []
    assert not [path for path in site.folder.rglob("*") if path.is_file() and path.stem == sha256]
    activity = site.write({"date": "2019-10-05", "name": "灯会", "status": "draft"})
    site.work.evidence.attach(activity, [picture])
    assert site.store.files.has(sha256)
    world.town.take(old)
    assert world.town.store.files.has(sha256)
    world.town.take(site.export(world.stick / "new"))
    assert world.town.store.files.has(sha256), "another record names it now"
    assert world.town.work.maintenance.check().ok


def test_nobody_is_offered_an_erased_person(world: World) -> None:
    lived, work = Lived(world.gusi), world.gusi.work
    offered = work.records.complete(type_id="volunteer_service", field="volunteer_id", text="")
    assert {item.value for item in offered} == {lived.person, lived.other}
    work.privacy.erase(lived.person, reason="asked")
    offered = work.records.complete(type_id="volunteer_service", field="volunteer_id", text="")
    assert {item.value for item in offered} == {lived.other}


def test_only_what_was_chosen_is_changed(world: World) -> None:
    lived = Lived(world.gusi)
    done = world.gusi.work.privacy.erase(lived.person, reason="time_over", mentions=[lived.led])
    assert (done.mentions, done.stayed) == (1, 2)
    assert NAME in str(world.gusi.values(lived.told)["remark"])
    assert MENTION_MARK in world.gusi.values(lived.led)
    assert OWN_MARK in world.gusi.values(lived.person)


def test_an_erased_person_is_not_changed_brought_back_or_erased_twice(world: World) -> None:
    lived, work = Lived(world.gusi), world.gusi.work
    done = work.privacy.erase(lived.person, reason="asked")
    values = dict(work.records.get(lived.person).record.values)
    for change in (
        lambda: work.records.save(
            type_id="volunteer", record_id=lived.person, values={**values, "name": NAME}
        ),
        lambda: work.records.delete(lived.person),
        lambda: work.records.delete(done.notice),
        lambda: work.privacy.erase(lived.person, reason="asked"),
    ):
        with pytest.raises(UserError) as caught:
            change()
        assert caught.value.code in ("erased_already", "unknown_record")
    assert [person.name for person in work.privacy.find("欧阳")] == [NAME], "still named in a record"
    assert not work.privacy.find("欧阳")[0].own


def test_what_is_signed_and_filed_stays_and_says_so(world: World) -> None:
    lived = Lived(world.gusi)
    world.gusi.sheet("2019-10")
    standing = world.gusi.work.privacy.look(lived.person)
    assert {trace.record: trace.stays for trace in standing.traces} == {
        lived.led: "frozen",
        lived.told: "frozen",
        lived.once: "frozen",
    }
    before = world.gusi.values(lived.led)
    done = world.gusi.work.privacy.erase(lived.person, reason="asked", mentions=None)
    assert (done.mentions, done.stayed) == (0, 3)
    assert world.gusi.values(lived.led) == before
    with pytest.raises(UserError) as caught:
        world.gusi.work.privacy.look(lived.led)
    assert caught.value.code == "month_closed"


def test_a_finished_report_stays_readable_and_says_that_it_names_somebody(world: World) -> None:
    work, month = world.gusi.work, Month(2019, 10)
    person = world.gusi.write(VOLUNTEER, type_id="volunteer")
    now = {part.key: part.text for part in work.finishing.text("monthly_report", month=month).parts}
    work.finishing.keep("monthly_report", now | {"work": f"{NAME}教了粤曲。"}, month=month)
    work.finishing.finish("monthly_report", month=month)
    before = work.reports.preview("monthly_report", month=month)
    traces = {trace.type_id: trace.stays for trace in work.privacy.look(person).traces}
    assert traces == {"report_snapshot": "frozen", "monthly_report": ""}
    work.privacy.erase(person, reason="asked", mentions=None)
    assert work.reports.preview("monthly_report", month=month) == before


def test_somebody_who_is_only_named_can_be_erased_too(world: World) -> None:
    site = world.gusi
    loan = {"date": "2019-10-05", "mode": "single", "title": "平凡的世界", "reader": NAME, "volumes": 1}
    first = site.write(loan, type_id="library_loan")
    second = site.write({**loan, "date": "2019-10-06", "volumes": 2}, type_id="library_loan")
    (person,) = site.work.privacy.find("粤樵")
    assert (person.own, person.name, person.field) == (False, NAME, "reader")
    done = site.work.privacy.erase(person.record, reason="asked", mentions=None)
    assert done.mentions == 1
    for record, volumes in ((first, 1), (second, 2)):
        values = site.values(record)
        assert (values.get("reader"), values["volumes"], values["title"]) == (None, volumes, "平凡的世界")
    assert _found(site.folder) == []


def test_a_deleted_record_is_erased_and_stays_deleted(world: World) -> None:
    lived = Lived(world.gusi)
    world.gusi.work.records.delete(lived.person)
    world.gusi.work.privacy.erase(lived.person, reason="asked", mentions=None)
    assert _found(world.gusi.folder) == []
    with world.gusi.store.reading() as read:
        assert read.records.get(lived.person).deleted


def test_refusals_come_before_anything_is_changed(world: World) -> None:
    lived = Lived(world.gusi)
    visit = world.gusi.write({"date": "2019-10-05", "person_times": 3}, type_id="library_visit")
    world.there_and_back(world.gusi)
    cases = [
        (world.gusi, lived.person, "because", "reason_needed"),
        (world.gusi, visit, "asked", "no_person"),
        (world.gusi, world.gusi.work.mint.record_id(), "asked", "unknown_record"),
        (world.town, lived.person, "asked", "not_ours"),
    ]
    for site, record, reason, code in cases:
        before = site.revisions("gusi")
        with pytest.raises(UserError) as caught:
            site.work.privacy.erase(record, reason=reason)
        assert (caught.value.code, site.revisions("gusi")) == (code, before)
        assert caught.value.hint


def test_the_history_says_what_happened_and_holds_nothing(world: World) -> None:
    lived = Lived(world.gusi)
    world.gusi.work.privacy.erase(lived.person, reason="asked", mentions=None)
    for record in (lived.person, lived.led):
        history = world.gusi.work.records.history(record)
        assert NAME not in str(history)
        assert history[0].kind == "erased"
        assert {entry.kind for entry in history[1:]} == {"emptied"}
        assert all(entry.words for entry in history)
