"""Sums in a form: one that was added up follows its parts, one that was counted and typed stays as it is."""

from __future__ import annotations

from collections.abc import Mapping

from gzdesk.domain.record_type import Field, RecordType


def agreeing_sums(record_type: RecordType, values: Mapping[str, object]) -> set[str]:
    """The fields that are what their parts add up to, and would be added up if they were left empty."""
    return {
        field.name
        for field in record_type.fields
        if field.default == "$sum" and field.name in values and values[field.name] == added_up(field, values)
    }


def added_up(field: Field, values: Mapping[str, object]) -> int | None:
    """What the parts of a sum come to; None while one of them is missing."""
    parts = [part for name in field.sum_of if isinstance(part := values.get(name), int)]
    return sum(parts) if len(parts) == len(field.sum_of) else None
