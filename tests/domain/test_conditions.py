from __future__ import annotations

import pytest

from gzdesk.domain.record_type import Choice, Condition, field_from_data, holds


@pytest.mark.parametrize(
    ("condition", "values", "result"),
    [
        ({}, {}, True),
        ({"status": ("held", "draft")}, {"status": "draft"}, True),
        ({"status": ("held",)}, {"status": "planned"}, False),
        ({"status": ("held",)}, {}, False),
        ({"status": ("held",), "completed": (False,)}, {"status": "held", "completed": False}, True),
        ({"status": ("held",), "completed": (False,)}, {"status": "held", "completed": True}, False),
        ({"completed": (False,)}, {"completed": 0}, False),
        ({"completed": (True,)}, {"completed": 1}, False),
        ({"name": ("$filled",)}, {"name": "x"}, True),
        ({"name": ("$filled",)}, {}, False),
        ({"name": ("$empty",)}, {}, True),
        ({"name": ("$empty",)}, {"name": "x"}, False),
        ({"status": ("held", "$empty")}, {}, True),
        ({"status": ("held", "$empty")}, {"status": "held"}, True),
        ({"status": ("held", "$empty")}, {"status": "void"}, False),
    ],
)
def test_a_condition_is_true_of_values(condition: Condition, values: dict[str, object], result: bool) -> None:
    assert holds(condition, values) is result


def test_a_choice_is_found_by_any_of_its_words() -> None:
    data = {
        "name": "weather",
        "kind": "choice",
        "zh": "天气",
        "en": "Weather",
        "choices": [["fine", "晴", "Fine", "晴天"]],
    }
    field = field_from_data(data)
    assert [field.choice(word) for word in ("fine", "晴", "Fine", "晴天")] == [field.choices[0]] * 4
    assert field.choice("雨") is None
    assert field.choices[0] == Choice(code="fine", zh="晴", en="Fine", also=("晴天",))


def test_a_reference_may_lead_to_several_types() -> None:
    data = {"name": "event", "kind": "reference", "zh": "活动", "en": "Event", "to": "activity performance"}
    assert field_from_data(data).targets == ("activity", "performance")
