"""The words above columns are data: each leads to a field that there is."""

from __future__ import annotations

import pytest

from gzdesk.domain.record_type import RecordType
from gzdesk.services.imports.headings import Headings, Seen, importable
from gzdesk.services.reference import load_record_types, load_table_words

TYPES = load_record_types()
WORDS = load_table_words()
FILLED = [record_type for record_type in TYPES if record_type.group != "system"]


def test_every_word_leads_to_a_field_that_there_is() -> None:
    known = {field.name for record_type in TYPES for field in importable(record_type)}
    assert set(WORDS["any"]) <= known
    for name, fields in WORDS.items():
        if name in ("any", "unit"):
            continue
        record_type = TYPES.get(name)
        assert record_type is not None, name
        assert set(fields) <= {field.name for field in importable(record_type)}, name


@pytest.mark.parametrize("record_type", FILLED, ids=lambda item: item.id)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_names_of_the_fields_lead_to_themselves(record_type: RecordType, language: str) -> None:
    """What a list writes as a workbook is read again without a question."""
    fields = importable(record_type)
    seen = [
        Seen(index=at, title=getattr(field, language), hidden=False, fits={})
        for at, field in enumerate(fields)
    ]
    assert Headings(record_type).guess(seen) == {at: field.name for at, field in enumerate(fields)}


@pytest.mark.parametrize(
    ("type_id", "heads", "names"),
    [
        (
            "film_screening",
            "序号 放映日期 放映时间 影片名称 放映地点 观众人数（人） 备　注",
            "- date start_time film_id place audience remark",
        ),
        ("film_screening", "日期 片名 地点 人次 放映员签名", "date film_id place audience projectionist"),
        ("activity", "时间 活动内容 地点 参加人数 负责人", "date summary place participants leader"),
        ("activity", "活动日期 活动时间 活动名称 活动地点 主办单位", "date start_time name place organiser"),
        (
            "volunteer",
            "姓名 性别 出生日期 手机号码 村（社区） 特长",
            "name gender birth_ym phone unit_code skills",
        ),
        (
            "volunteer_service",
            "志愿者姓名 服务日期 签到时间 签退时间 服务时长",
            "volunteer_id date from to hours",
        ),
        (
            "asset",
            "编号 物品名称 规格型号 数量 存放位置 责任人",
            "asset_no name brand_model quantity place keeper",
        ),
        ("library_visit", "日期 到馆人数", "date person_times"),
        ("film", "影片编码 片名 类型 时长 上映时间", "film_code title film_type duration_min release_date"),
    ],
)
def test_the_words_of_clerks_are_understood(type_id: str, heads: str, names: str) -> None:
    record_type = TYPES.get(type_id)
    assert record_type is not None
    seen = [Seen(index=at, title=head, hidden=False, fits={}) for at, head in enumerate(heads.split(" "))]
    found = Headings(record_type).guess(seen)
    assert " ".join(found.get(at, "-") for at in range(len(seen))) == names


def test_values_decide_between_two_meanings_of_a_word() -> None:
    record_type = TYPES.get("film_screening")
    assert record_type is not None
    headings = Headings(record_type)
    day, clock = {"date": 1.0, "start_time": 0.0}, {"date": 0.0, "start_time": 1.0}
    assert headings.guess([Seen(index=0, title="时间", hidden=False, fits=day)]) == {0: "date"}
    assert headings.guess([Seen(index=0, title="时间", hidden=False, fits=clock)]) == {0: "start_time"}
