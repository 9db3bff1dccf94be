"""Whatever leaves the ledger as a list, a paper, a file, a history or a log holds no whole number of a person."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gzdesk.cli import main
from gzdesk.domain.period import Month
from gzdesk.errors import UserError
from gzdesk.logs import start_log, stop_log
from gzdesk.services.records import ListQuery
from tests.domain.test_masking import id_numbers
from tests.reports.reading import pdf_texts
from tests.services.world import Site, World

ID_NUMBER = "44068319680512002X"
NUMBERS = {
    "volunteer": "13826139705",
    "guardian": "13926139706",
    "staff": "13726139707",
    "feedback": "13626139708",
    "borrower": "13526139709",
    "team": "0760-22361397",
}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    world = World.make(tmp_path, ("gusi",))
    _live(world.gusi)
    yield world.gusi
    world.close()


def _live(site: Site) -> None:
    """A record with a number in every register that has room for one."""
    site.work.context.change_settings(keep_id_numbers=True)
    note = f"身份证{ID_NUMBER}，已核对"
    bodies = {
        "volunteer": {
            "name": "欧阳粤樵",
            "phone": NUMBERS["volunteer"],
            "guardian": "陈大明",
            "guardian_phone": NUMBERS["guardian"],
            "registered_on": "2019-10-01",
            "consent_on": "2019-10-01",
            "unit_code": "gusi",
            "remark": note,
        },
        "staff": {
            "name": "苏惠芳",
            "phone": NUMBERS["staff"],
            "in_post_from": "2019-10-01",
            "unit_code": "gusi",
        },
        "feedback": {"date": "2019-10-05", "content": "灯坏了", "contact": f"找老陈 {NUMBERS['feedback']}"},
        "asset_loan": {"out_on": "2019-10-05", "borrower": "陈大明", "contact": NUMBERS["borrower"]},
        "culture_team": {"name": "曲艺队", "leader": "陈大明", "phone": NUMBERS["team"]},
    }
    for type_id, values in bodies.items():
        record = site.write({"status": "held", **values, "remark": note}, type_id=type_id)
        site.write({"status": "held", **values}, type_id=type_id, record=record)
    (volunteer,) = site.work.records.of_types(["volunteer"])
    site.work.records.save(
        type_id="volunteer", record_id=volunteer.id, values={**volunteer.values, "id_no": ID_NUMBER}
    )


def _holds(text: str) -> list[str]:
    secret = [*NUMBERS.values(), ID_NUMBER, ID_NUMBER[6:14]]
    return [number for number in secret if number in text]


def _contents(path: Path) -> str:
    if path.suffix == ".pdf":
        return "".join("".join(pdf_texts(path.read_bytes())).split())
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            return "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    return path.read_bytes().decode("utf-8-sig")


def _types(site: Site) -> list[str]:
    return sorted(
        {record.type for record in site.work.records.of_types([item.id for item in site.work.types])}
    )


def test_lists_and_their_files(site: Site, tmp_path: Path) -> None:
    made = []
    for type_id in [*_types(site), None]:
        query = ListQuery(types=(type_id,) if type_id else tuple(_types(site)))
        rows = site.work.records.page(query).rows
        assert not _holds(str([view.texts for view in site.work.records.views([row.id for row in rows])]))
        for suffix in (".xlsx", ".csv", ".pdf"):
            # All items of a register are too many columns for paper.
            for all_items in (True, False) if type_id and suffix != ".pdf" else (False,):
                out = tmp_path / f"{type_id}-{all_items}{suffix}"
                site.work.tables.export(query, out=out, all_items=all_items)
                made.append(out)
    assert len(made) > 30
    faults = [(path.name, found) for path in made if (found := _holds(_contents(path) + path.name))]
    assert not faults
    assert any("138****9705" in _contents(path) for path in made), "or this test proves nothing"
    assert any("4****************X" in _contents(path) for path in made)


def test_documents_of_every_kind(site: Site, tmp_path: Path) -> None:
    made = []
    for report in site.work.reports.names():
        for type_id in _types(site):
            (record, *_others) = site.work.records.of_types([type_id])
            for suffix in (".pdf", ".xlsx"):
                out = tmp_path / f"{report.name}-{type_id}{suffix}"
                try:
                    site.work.reports.make(
                        report.name,
                        out=out,
                        month=Month(2019, 10),
                        record=record.id,
                        type_id=type_id,
                        year=2019,
                    )
                except UserError:
                    continue  # not of this type
                made.append(out)
    assert len(made) > 10
    faults = [(path.name, found) for path in made if (found := _holds(_contents(path)))]
    assert not faults


def test_histories_differences_and_the_command_line(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    for record in site.work.records.of_types(_types(site), unit="gusi"):
        assert not _holds(str(site.work.records.history(record.id)))
        if record.type != "feedback":  # who is looked up by nothing but a number is shown by it
            assert not _holds(str(site.work.privacy.look(record.id).traces))
    folder, types = site.folder, _types(site)
    site.work.close()
    for type_id in types:
        for options in ((), ("--json",)):
            assert main([*options, "--data", str(folder), "list", type_id]) == 0
            assert not _holds(capsys.readouterr().out)
    site.work = site._opened()


def test_the_log(site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = start_log(tmp_path)
    try:
        body = {"name": "欧阳粤樵", "registered_on": "2019-03-01", "phone": NUMBERS["volunteer"]}
        for values in ({**body, "id_no": ID_NUMBER[:-1] + "1"}, {**body, "id_no": ID_NUMBER, "gender": 7}):
            with pytest.raises(UserError) as caught:
                site.work.records.save(type_id="volunteer", values=values)
            assert not _holds(caught.value.message + caught.value.hint)
    finally:
        stop_log()
    assert log is not None
    assert not _holds(log.read_text(encoding="utf-8"))
    folder = site.folder
    site.work.close()
    file = tmp_path / "one.json"
    file.write_text(json.dumps({**body, "id_no": ID_NUMBER[:-1] + "1"}), encoding="utf-8")
    assert main(["--json", "--data", str(folder), "add", "volunteer", str(file)]) == 1
    assert not _holds(capsys.readouterr().out)
    assert not _holds("".join(path.read_text("utf-8", "replace") for path in folder.glob("*.log*")))
    site.work = site._opened()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=id_numbers(), phone=st.from_regex(r"1[3-9]\d{9}", fullmatch=True))
def test_any_numbers(site: Site, number: str, phone: str) -> None:
    (volunteer,) = site.work.records.of_types(["volunteer"])
    values = {**volunteer.values, "phone": phone, "remark": f"电话见上，身份证{number}"}
    site.work.records.save(type_id="volunteer", record_id=volunteer.id, values={**values, "id_no": number})
    (view,) = site.work.records.views([volunteer.id])
    shown = str(view.texts) + str(site.work.records.history(volunteer.id)[0])
    assert number not in shown
    assert number[6:14] not in shown.replace("2019-10-01", "")
    assert phone not in shown
    assert site.work.records.reveal(volunteer.id, "id_no") == number
