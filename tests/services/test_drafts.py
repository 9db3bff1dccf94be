"""Unsaved forms are kept on this PC and never leave it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gzdesk import bootstrap
from gzdesk.bootstrap import Workspace
from tests.desktop.forms_world import TODAY, village_folder


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Workspace]:
    workspace = bootstrap.open_workspace(village_folder(tmp_path / "village"), today=TODAY)
    yield workspace
    workspace.close()


def test_what_is_kept_is_found_again_after_the_program_was_started_anew(village):
    village.drafts.keep(type_id="activity", record_id=None, content={"texts": {"name": "𠮷祥灯会"}})
    village.close()
    again = bootstrap.open_workspace(village.folder, today=TODAY)
    try:
        kept = again.drafts.find(type_id="activity", record_id=None)
        assert kept.content == {"texts": {"name": "𠮷祥灯会"}}
        assert [form.type_id for form in again.drafts.kept()] == ["activity"]
    finally:
        again.close()


def test_each_record_has_its_own(village):
    village.drafts.keep(type_id="activity", record_id=None, content={"texts": {"name": "一"}})
    village.drafts.keep(type_id="activity", record_id="0001", content={"texts": {"name": "二"}})
    village.drafts.keep(type_id="activity", record_id=None, content={"texts": {"name": "三"}})
    assert village.drafts.find(type_id="activity", record_id=None).content["texts"]["name"] == "三"
    assert village.drafts.find(type_id="activity", record_id="0001").content["texts"]["name"] == "二"
    assert len(village.drafts.kept()) == 2


def test_what_is_dropped_is_gone(village):
    village.drafts.keep(type_id="activity", record_id=None, content={})
    village.drafts.drop(type_id="activity", record_id=None)
    village.drafts.drop(type_id="activity", record_id=None)
    assert village.drafts.find(type_id="activity", record_id=None) is None


def test_keeping_makes_no_revision(village):
    before = village.maintenance.digest()
    village.drafts.keep(type_id="activity", record_id=None, content={"texts": {}})
    village.drafts.remember_pins("activity", {"place"})
    assert village.maintenance.digest() == before
    assert village.drafts.pins("activity") == {"place"}
    assert village.drafts.pins("film_screening") is None
