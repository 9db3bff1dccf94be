"""Paper order is tab order: reading a form's rows gives back the order of the record type (ui.md 1.3)."""

from __future__ import annotations

import pytest

from gzdesk.desktop.form_layout import asked_fields, form_rows
from gzdesk.services.reference import load_record_types

TYPES = [item for item in load_record_types() if item.group != "system"]


@pytest.mark.parametrize("record_type", TYPES, ids=lambda item: item.id)
@pytest.mark.parametrize("status", ["held", "cancelled"])
def test_rows_keep_the_order_of_the_paper(record_type, status):
    fields = asked_fields(record_type, {"status": status})
    rows = form_rows(record_type, fields)
    assert [field for row in rows for field in row.fields] == list(fields)


@pytest.mark.parametrize("record_type", TYPES, ids=lambda item: item.id)
def test_no_row_has_more_than_two_columns(record_type):
    rows = form_rows(record_type, record_type.form_fields())
    assert all(len(row.fields) <= 2 for row in rows if row.shape != "checks")
    assert all(len(row.fields) == 1 for row in rows if row.shape in ("full", "short"))


def test_boxes_next_to_each_other_share_a_row():
    screening = load_record_types().by_id["film_screening"]
    held = asked_fields(screening, {"status": "held"})
    checks = [row for row in form_rows(screening, held) if row.shape == "checks"]
    assert ["publicised", "completed"] in [[field.name for field in row.fields] for row in checks]


def test_what_a_cancelled_screening_must_not_have_is_not_asked_for():
    screening = load_record_types().by_id["film_screening"]
    names = {field.name for field in asked_fields(screening, {"status": "cancelled"})}
    assert "cancel_reason" in names
    assert not names & {"audience", "confirmed_by", "stamped"}
    held = {field.name for field in asked_fields(screening, {"status": "held"})}
    assert "cancel_reason" not in held
    assert {"audience", "confirmed_by", "stamped"} <= held


def test_a_register_does_not_ask_for_a_status_that_it_has_no_choice_of():
    types = load_record_types()
    assert "status" not in {field.name for field in asked_fields(types.by_id["staff"], {})}
    assert "status" in {field.name for field in asked_fields(types.by_id["activity"], {})}
