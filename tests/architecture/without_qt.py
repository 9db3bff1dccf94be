"""A program, run by test_without_qt.py: every command once, in a process in which Qt cannot be imported."""

from __future__ import annotations

import io
import json
import shutil
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

CALLED: list[str] = []
SCREENING = {
    "date": "2019-10-11",
    "start_time": "19:30",
    "place": "古四文化广场",
    "place_kind": "室外·固定点",
    "film_id": "烈火英雄",
    "team": "古镇镇农村电影放映队",
    "projectionist": "刘振辉",
    "audience": 136,
    "confirmed_by": "苏丽芬",
    "stamped": True,
}


def call(folder: Path, command: str, *words: object) -> Any:
    """Run one command on the store in `folder`; return its document, or leave with what it said."""
    from gzdesk.cli import main

    CALLED.append(command)
    said = io.StringIO()
    with redirect_stdout(said):
        code = main(["--json", "--today", "2019-11-06", "--data", str(folder), command, *map(str, words)])
    if code != 0:
        raise SystemExit(f"{command}: exit code {code}\n{said.getvalue()}")
    return json.loads(said.getvalue())


def tell_the_story(place: Path) -> None:
    """A village records a month and hands it over; the town takes it in."""
    town, village, stick = place / "town", place / "village", place / "stick"
    call(town, "init", "--town")
    call(town, "enrol", "古四村", "--out", place / "join.gzj")
    call(village, "init", "--join", place / "join.gzj")
    write_down(village, place)
    close(village, place)
    erase(village, place)
    stick.mkdir()
    call(village, "export", "--out", stick)
    take_in(town, stick)
    review(town, village, stick)
    settle(town, village, place)
    call(village, "table", "--saved", "screenings_by_film", "--out", place / "films.xlsx")
    call(village, "list", "film_screening", "--out", place / "films.csv")
    call(village, "binder", "--task", "16", "--out", place / "binder.zip")
    for command in ("state-digest", "check", "rebuild", "self-test"):
        call(village, command)
    call(place / "none", "demo", "--out", place / "demo", "--units", 1, "--months", 1)


def write_down(village: Path, place: Path) -> None:
    """Records made, changed, looked at and thrown away."""
    call(village, "types")
    paper, photo = place / "record.json", place / "photo.png"
    paper.write_text(json.dumps([SCREENING, {**SCREENING, "date": "2019-10-25"}]), encoding="utf-8")
    kept, thrown_away = call(village, "add", "film_screening", paper)["ids"]
    paper.write_text(json.dumps({"audience": 140}), encoding="utf-8")
    call(village, "edit", kept, paper)
    photo.write_bytes(png())
    call(village, "attach", kept, photo)
    call(village, "delete", thrown_away, "--reason", "登记错了")
    call(village, "show", kept, "--history")
    assert call(village, "list", "film_screening", "--month", "2019-10")["total"] == 1
    lines = place / "list.csv"
    lines.write_bytes("姓名,注册日期\n苏丽芬,2019年3月5日\n".encode("gb18030"))
    call(village, "undo-import", call(village, "import-table", "volunteer", lines)["batch"])


def close(village: Path, place: Path) -> None:
    """The month frozen, opened, frozen again and printed."""
    call(village, "close-month", "2019-10")
    call(village, "reopen-month", "2019-10", "--reason", "人次补记")
    call(village, "close-month", "2019-10")
    report = call(village, "reports")["reports"][0]
    name = report["name"] if isinstance(report, dict) else report
    call(village, "report", name, "--month", "2019-10", "--out", place / "sheet.pdf")
    call(village, "report", name, "--month", "2019-10", "--out", place / "sheet.xlsx")
    call(village, "report-text", "monthly_report", "--month", "2019-10")
    call(village, "freeze-report", "monthly_report", "--month", "2019-10")
    call(village, "report", "monthly_report", "--month", "2019-10", "--out", place / "report.docx")
    call(village, "finished-reports")
    call(village, "layouts", "--out", place / "layouts")


def erase(village: Path, place: Path) -> None:
    """Somebody registers and asks to be erased."""
    paper = place / "person.json"
    paper.write_text(json.dumps({"name": "欧阳粤樵", "registered_on": "2019-03-01"}), encoding="utf-8")
    call(village, "add", "volunteer", paper)
    (person,) = call(village, "find-person", "欧阳")["persons"]
    call(village, "erase-person", person["id"], "--reason", "asked")


def take_in(town: Path, stick: Path) -> None:
    """The stick in the town."""
    call(town, "inspect", next(stick.rglob("*.gzp")))
    assert call(town, "import", stick)["packages"][0]["verdict"] == "applied"
    call(town, "status")
    call(town, "deadlines")
    call(town, "tasks")
    call(town, "indicators")
    (rule, *_rest) = call(town, "targets")["rules"]
    since = ("--from", "2020-01-01", "--reason", "调整文件")
    call(town, "set-target", "screenings_per_village_month", "2", *since)
    call(town, "set-rule", rule["id"], rule["value"], *since)
    call(town, "units")
    call(town, "unit-add", "新村")
    call(town, "unit-rename", "新村", "新兴村")
    call(town, "unit-merge", "新兴村", "古三村", "--from", "2030-01-01")
    call(town, "unit-reopen", "新兴村")
    call(town, "unit-close", "新兴村", "--last-day", "2030-01-01")
    call(town, "lost")
    call(town, "write-off", "古三村", "--take-back")
    call(town, "conflicts")
    call(town, "twins")


def review(town: Path, village: Path, stick: Path) -> None:
    """The town returns a record, the village answers, the town approves."""
    (screening,) = call(village, "list", "film_screening", "--month", "2019-10")["records"]
    call(town, "review", screening["id"], "--return", "--field", "audience", "--remark", "回执单上是 136 人")
    call(village, "import", call(town, "export", "--out", stick, "--to", "古四村")["packages"][0]["file"])
    assert call(village, "returned")["returned"]
    call(village, "answer", screening["id"], "--no-mistake", "--reason", "后到 4 人")
    call(town, "import", call(village, "export", "--out", stick)["packages"][0]["file"])
    call(town, "review-month", "古四村", "2019-10", "--approve")
    assert call(town, "late-changes") == {"late_changes": []}


def settle(town: Path, village: Path, place: Path) -> None:
    """Two PCs of the village change one record; the town chooses, and decides on what looks alike."""
    stick, other = place / "stick2", place / "village2"
    paper = place / "november.json"
    paper.write_text(json.dumps({**SCREENING, "date": "2019-11-05"}, ensure_ascii=False), encoding="utf-8")
    (screening,) = call(village, "add", "film_screening", paper)["ids"]
    shutil.copytree(village, other, ignore=shutil.ignore_patterns("*.lock"))
    stick.mkdir()
    for audience, pc in ((141, village), (152, other)):
        paper.write_text(json.dumps({"audience": audience}), encoding="utf-8")
        call(pc, "edit", screening, paper)
        call(pc, "export", "--out", stick / pc.name)
        call(town, "import", stick / pc.name)
    (conflict,) = call(town, "conflicts")["conflicts"]
    call(town, "resolve", screening, "--take", conflict["shown"])
    (october,) = call(town, "list", "film_screening", "--month", "2019-10")["records"]
    call(town, "twins-decide", screening, october["id"], "--different")
    call(town, "co-credit", screening, "古三村", "--reason", "各出一半节目")


def png() -> bytes:
    """A small photo."""
    from PIL import Image

    target = io.BytesIO()
    Image.new("RGB", (40, 30), "darkgreen").save(target, "PNG")
    return target.getvalue()


if __name__ == "__main__":
    # Python's own way to say that a package is not to be had. Before anything of the program is imported.
    sys.modules.update(dict.fromkeys(("PySide6", "shiboken6")))
    tell_the_story(Path(sys.argv[1]))
    print(json.dumps(CALLED))
