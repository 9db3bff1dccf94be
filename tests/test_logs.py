"""The log can be handed on without being read first."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from gzdesk.logs import LOG_NAME, start_log, stop_log

LOG = logging.getLogger("gzdesk.tests")


@pytest.fixture(autouse=True)
def _stop() -> Iterator[None]:
    yield
    stop_log()


def read(folder: Path) -> str:
    return (folder / LOG_NAME).read_text(encoding="utf-8")


def test_what_the_program_says_is_in_the_file(tmp_path: Path) -> None:
    assert start_log(tmp_path) == tmp_path / LOG_NAME
    LOG.info("imported %d revisions", 3)
    logging.getLogger("some.library").info("not ours")
    assert read(tmp_path).splitlines()[0].endswith("INFO gzdesk.tests imported 3 revisions")
    assert "not ours" not in read(tmp_path)


def test_starting_again_moves_the_log(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    first.mkdir()
    second.mkdir()
    start_log(first)
    start_log(second)
    LOG.info("here")
    assert "here" not in read(first)
    assert read(second).count("here") == 1


@pytest.mark.expects_logs
def test_a_traceback_names_places_and_no_people(tmp_path: Path) -> None:
    start_log(tmp_path)
    try:
        try:
            int("张三 13800138000")
        except ValueError:
            {}["张三"]
    except KeyError:
        LOG.exception("save failed")
    text = read(tmp_path)
    assert "builtins.KeyError" in text
    assert "builtins.ValueError" in text
    assert "test_a_traceback_names_places_and_no_people" in text
    assert "张三" not in text
    assert "13800138000" not in text
    assert str(Path.home()) not in text


def test_an_old_log_is_kept_and_the_rest_forgotten(tmp_path: Path) -> None:
    start_log(tmp_path)
    for _ in range(50):
        LOG.info("x" * 100_000)
    files = sorted(tmp_path.glob(f"{LOG_NAME}*"))
    assert len(files) == 3
    assert all(path.stat().st_size <= 1_100_000 for path in files)


def test_a_folder_that_cannot_be_written_is_no_obstacle(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    assert start_log(blocked) is None
    LOG.info("nobody listens")
