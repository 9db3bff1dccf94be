"""What has passed its keeping time, and doing away with it group by group."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.world import Site, World

LOAN = {"mode": "single", "title": "平凡的世界", "reader": "欧阳粤樵", "volumes": 1, "status": "held"}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    world = World.make(tmp_path, ("gusi",))
    yield world.gusi
    world.close()


def _due(site: Site) -> dict[str, list[str]]:
    return {group.id: [item.record for item in group.records] for group in site.work.privacy.due()}


def _holds(site: Site, text: str) -> bool:
    files = [path for path in site.folder.rglob("*") if path.is_file()]
    return any(text.encode() in path.read_bytes() for path in files)


def test_a_reader_is_forgotten_once_the_book_is_back(site: Site) -> None:
    out = site.write({**LOAN, "date": "2019-10-05", "reader": "苏惠芳"}, type_id="library_loan")
    back = site.write({**LOAN, "date": "2019-10-05", "returned_on": "2019-10-20"}, type_id="library_loan")
    assert _due(site) == {"item/library_loan/reader": [back]}
    (group,) = site.work.privacy.due()
    assert (group.label, group.why) == ("图书借阅：借阅人", "填了“归还日期”就不再需要。")
    assert site.work.privacy.clear(group.id) == 1
    assert _due(site) == {}
    values = site.values(back)
    assert (values.get("reader"), values["title"], values["volumes"]) == (None, "平凡的世界", 1)
    assert site.values(out)["reader"] == "苏惠芳"
    assert not _holds(site, "欧阳粤樵")
    assert site.work.maintenance.check().ok
    assert site.work.privacy.clear(group.id) == 0


def test_who_left_goes_after_the_years_of_the_setting(site: Site) -> None:
    body = {"name": "欧阳粤樵", "phone": "13826139705", "registered_on": "2015-03-01", "status": "held"}
    gone = site.write({**body, "left_on": "2017-11-08"}, type_id="volunteer")
    just = site.write({**body, "name": "苏惠芳", "left_on": "2017-11-09"}, type_id="volunteer")
    site.write({**body, "name": "陈小明"}, type_id="volunteer")
    left = {"name": "梁伯", "in_post_from": "2010-01-01", "in_post_to": "2015-01-01", "status": "held"}
    staff = site.write(left, type_id="staff")
    assert _due(site) == {"left/volunteer": [gone], "left/staff": [staff]}
    site.work.context.change_settings(person_kept_years=1)
    assert set(_due(site)["left/volunteer"]) == {gone, just}
    site.work.context.change_settings(person_kept_years=2)
    assert site.work.privacy.clear("left/volunteer") == 1
    assert _due(site) == {"left/staff": [staff]}
    assert site.values(gone)["left_on"] == "2017-11-08"
    assert not _holds(site, "欧阳粤樵")


def test_records_go_as_a_whole_after_the_years_of_their_register(site: Site) -> None:
    old = site.write({**LOAN, "date": "2016-11-08"}, type_id="library_loan")
    new = site.write({**LOAN, "date": "2016-11-09"}, type_id="library_loan")
    assert _due(site) == {"record/library_loan": [old]}
    site.work.privacy.change_keep_years("library_loan", 0)
    assert _due(site) == {}
    assert site.work.settings.keep_years == "library_loan=0"
    site.work.privacy.change_keep_years("library_loan", 3)
    assert site.work.settings.keep_years == ""
    assert site.work.privacy.clear("record/library_loan") == 1
    with site.store.reading() as read:
        assert read.records.get(old).deleted
        assert [item.id for item in read.records.of_types(["library_loan"])] == [new]
    assert site.work.maintenance.check().ok


def test_what_is_kept_of_persons_and_why(site: Site) -> None:
    site.write({"name": "欧阳粤樵", "registered_on": "2019-03-01"}, type_id="volunteer")
    rows = {row.type_id: row for row in site.work.privacy.kept()}
    assert rows["volunteer"].records == 1
    assert rows["volunteer"].items == "姓名、出生年月、联系电话、监护人、监护人电话"
    assert rows["volunteer"].keeping == "离开后 2 年"
    assert (rows["library_loan"].keeping, rows["staff"].keeping) == ("3 年", "离开后 2 年")
    assert "library_visit" not in rows, "daily totals hold nobody"
    assert "monthly_sheet" not in rows
    missing = [row.type_id for row in rows.values() if not row.purpose]
    assert missing == [], "what is kept of persons has a purpose (个人信息保护法 6)"
