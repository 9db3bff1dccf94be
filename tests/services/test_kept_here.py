"""ID numbers: asked for only where the settings say so, sealed on this PC, and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from gzdesk.errors import UserError
from gzdesk.services.kept_here import KEY_FILE
from gzdesk.services.records import Refused
from tests.services.world import Site, World
from tests.workbooks.made import workbook

NUMBER, OTHER, SHOWN = "44068319680512002X", "110101199003072316", "4****************X"
BODY = {"name": "欧阳粤樵", "unit_code": "gusi", "registered_on": "2019-03-01", "consent_on": "2019-03-01"}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World.make(tmp_path)
    made.gusi.work.context.change_settings(keep_id_numbers=True)
    yield made
    made.close()


def _save(site: Site, record: str | None = None, **values: object) -> str:
    return site.work.records.save(type_id="volunteer", record_id=record, values={**BODY, **values}).id


def _found(folder: Path, number: str = NUMBER) -> list[str]:
    texts = (number.encode(), number[6:14].encode(), number.encode("utf-16-le"))
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files for text in texts if text in path.read_bytes()]


def test_it_is_not_asked_for_unless_the_settings_say_so(world: World) -> None:
    site = world.gusi
    assert site.work.types.by_id["volunteer"].field("id_no") is not None
    site.work.context.change_settings(keep_id_numbers=False)
    assert site.work.types.by_id["volunteer"].field("id_no") is None
    assert "id_no" not in [
        field.name for shelf in site.work.types.shelves for item in shelf.types for field in item.fields
    ]
    assert world.town.work.types.by_id["volunteer"].field("id_no") is None, "off by default"
    site.work.context.change_settings(keep_id_numbers=True)
    site.reopen()
    assert site.work.types.by_id["volunteer"].field("id_no") is not None


def test_it_is_sealed_shown_hidden_and_revealed_by_its_own_form_only(world: World) -> None:
    site = world.gusi
    record = _save(site, id_no=NUMBER.lower())
    view = site.work.records.get(record)
    assert (view.texts["id_no"], view.record.values["id_no"]) == (SHOWN, SHOWN)
    (listed,) = site.work.records.views([record])
    assert listed.texts["id_no"] == SHOWN
    assert site.work.records.reveal(record, "id_no") == NUMBER
    assert "id_no" not in site.values(record)
    assert site.work.maintenance.check().ok
    site.work.close()
    assert _found(site.folder) == []
    assert (site.folder / KEY_FILE).stat().st_mode & 0o077 == 0
    site.work = site._opened()
    assert site.work.records.reveal(record, "id_no") == NUMBER


def test_it_never_travels(world: World) -> None:
    record = _save(world.gusi, id_no=NUMBER)
    file = world.gusi.export(world.stick)
    world.town.take(file)
    assert "id_no" not in world.town.values(record)
    assert NUMBER not in json.dumps(world.town.work.records.get(record).texts)
    assert world.town.digest("gusi") == world.gusi.digest("gusi")


def test_saving_again_keeps_changes_or_empties_it(world: World) -> None:
    site, record = world.gusi, _save(world.gusi, id_no=NUMBER)
    _save(site, record, id_no=SHOWN, team="银龄志愿队")
    assert site.work.records.reveal(record, "id_no") == NUMBER
    _save(site, record, team="别的队")
    assert site.work.records.reveal(record, "id_no") == NUMBER, "who does not mention it does not erase it"
    _save(site, record, id_no=OTHER)
    assert site.work.records.reveal(record, "id_no") == OTHER
    parsed = site.work.records.parse_form(
        type_id="volunteer", texts={"name": "欧阳粤樵", "registered_on": "2019-03-01"}, record_id=record
    )
    _save(site, record, id_no=parsed.values["id_no"])
    assert site.work.records.reveal(record, "id_no") == ""
    assert "id_no" not in site.work.records.get(record).texts


@pytest.mark.parametrize("wrong", ["440683196805120021", "4****************5", "44068319680512002"])
def test_a_wrong_one_is_refused_and_stands_nowhere(world: World, wrong: str) -> None:
    site = world.gusi
    with pytest.raises(Refused) as caught:
        _save(site, id_no=wrong)
    assert wrong not in str(caught.value.message) + caught.value.hint
    assert {problem.field for problem in caught.value.problems} == {"id_no"}
    site.work.close()
    assert _found(site.folder, wrong) == []
    site.work = site._opened()


def test_a_half_typed_form_is_kept_without_it(world: World) -> None:
    site = world.gusi
    content = {"texts": {"name": "欧阳粤樵", "id_no": NUMBER}, "directs": {}}
    site.work.drafts.keep(type_id="volunteer", record_id=None, content=content)
    (form,) = site.work.drafts.kept()
    assert form.content == {"texts": {"name": "欧阳粤樵"}, "directs": {}}


def test_it_goes_with_the_person_and_all_at_once(world: World) -> None:
    site = world.gusi
    first, second = _save(site, id_no=NUMBER), _save(site, id_no=OTHER, name="苏惠芳", platform_no="1")
    assert site.work.privacy.sealed() == 2
    site.work.privacy.erase(first, reason="asked")
    assert site.work.privacy.sealed() == 1
    assert site.work.privacy.forget_sealed() == 1
    assert site.work.records.reveal(second, "id_no") == ""
    with site.store.reading() as read:
        assert read.local.with_prefix("kept/") == {}
        assert read.local.get("erasing") is None


def test_a_lost_key_file_is_a_sentence_and_new_numbers_go_on(world: World) -> None:
    site, record = world.gusi, _save(world.gusi, id_no=NUMBER)
    (site.folder / KEY_FILE).unlink()
    with pytest.raises(UserError) as caught:
        site.work.records.reveal(record, "id_no")
    assert caught.value.code == "sealed_key_missing"
    assert caught.value.hint
    _save(site, record, id_no=OTHER)
    assert site.work.records.reveal(record, "id_no") == OTHER


def test_a_table_from_excel_brings_it_in_sealed(world: World) -> None:
    site = world.gusi
    file = site.folder.parent / "志愿者.xlsx"
    file.write_bytes(
        workbook(
            [
                ["姓名", "身份证号", "注册日期"],
                ["欧阳粤樵", NUMBER, "2019-03-01"],
                ["苏惠芳", "4406", "2019-03-01"],
            ]
        )
    )
    table = site.work.imports.table(site.work.imports.open(file), type_id="volunteer")
    outcome = site.work.imports.run(table)
    assert (outcome.added, len(outcome.refused)) == (1, 1)
    (record,) = site.work.records.of_types(["volunteer"])
    assert site.work.records.reveal(record.id, "id_no") == NUMBER
    assert "id_no" not in record.values
    site.work.close()
    assert _found(site.folder) == []
    site.work = site._opened()


def test_change_several_and_undo_leave_it_alone(world: World) -> None:
    site, record = world.gusi, _save(world.gusi, id_no=NUMBER)
    _save(site, record, id_no=SHOWN, team="银龄志愿队")
    site.work.records.undo()
    site.work.records.delete(record)
    site.work.records.undo()
    assert site.work.records.reveal(record, "id_no") == NUMBER
    assert "id_no" not in site.values(record)
