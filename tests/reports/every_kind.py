"""A register with an item of every kind, so that the expected forms do not change with the real registers."""

from __future__ import annotations

import tomllib

from gzdesk.domain.record_type import FIELD_KINDS, record_type_from_data
from gzdesk.reports.source import Filed

_HEAD = """
id = "{id}"
version = 1
zh = "{zh}"
en = "{en}"
paper = "{zh}登记表"
title = "name"
list = ["name"]
group = "{group}"
"""

_STATUS = """
[[field]]
name = "status"
kind = "choice"
zh = "状态"
en = "Status"
required = true
choices = [["draft", "草稿", "Draft"], ["planned", "已计划", "Planned"], ["held", "已举办", "Held"],
    ["cancelled", "已取消", "Cancelled"], ["void", "作废", "Void"]]

[[field]]
name = "paper_no"
kind = "text"
zh = "纸质表编号"
en = "Paper form no."
"""

_FIELDS = """
[[field]]
name = "name"
kind = "text"
zh = "名称"
en = "Name"
help_zh = "照门口的牌子写。"
help_en = "As on the sign at the door."
required = true

[[field]]
name = "receipt"
kind = "text"
zh = "编号"
en = "Number"
max_length = 30

[[field]]
name = "persons"
kind = "integer"
zh = "人次"
en = "Persons"
unit_zh = "人次"
unit_en = "person-times"
required_when = { status = ["held"] }
empty_when = { status = ["cancelled"] }

[[field]]
name = "cost"
kind = "decimal"
zh = "经费"
en = "Cost"
unit_zh = "元"
unit_en = "yuan"
decimals = 2

[[field]]
name = "date"
kind = "date"
zh = "日期"
en = "Date"

[[field]]
name = "released"
kind = "partial_date"
zh = "上映日期"
en = "Released"

[[field]]
name = "month"
kind = "month"
zh = "月份"
en = "Month"

[[field]]
name = "quarter"
kind = "quarter"
zh = "季度"
en = "Quarter"

[[field]]
name = "time"
kind = "time"
zh = "时间"
en = "Time"

[[field]]
name = "weather"
kind = "choice"
zh = "天气"
en = "Weather"
choices = [["fine", "晴", "Fine"], ["rain", "雨", "Rain"], ["typhoon", "台风", "Typhoon"]]

[[field]]
name = "groups"
kind = "choices"
zh = "服务对象"
en = "For whom"
choices = [["old", "老年人", "The old"], ["young", "未成年人", "The young"], ["all", "不限", "Everybody"]]

[[field]]
name = "complete"
kind = "yes_no"
zh = "完整"
en = "Complete"

[[field]]
name = "reason"
kind = "text"
zh = "中断原因"
en = "Why it broke off"
help_zh = "按 F3 新增。"
help_en = "Press F3 to add one."
shown_when = { complete = [false] }
required_when = { status = ["held"], complete = [false] }

[[field]]
name = "cancelled_for"
kind = "text"
zh = "取消原因"
en = "Reason for cancelling"
max_length = 40
shown_when = { status = ["cancelled"] }

[[field]]
name = "film"
kind = "reference"
to = "film"
zh = "影片"
en = "Film"

[[field]]
name = "records"
kind = "references"
to = "film"
zh = "关联记录"
en = "Records"

[[field]]
name = "items"
kind = "list"
zh = "节目单"
en = "Programme"

[[field]]
name = "unit"
kind = "unit"
zh = "所属村"
en = "Unit"

[[field]]
name = "partners"
kind = "units"
zh = "联办村"
en = "Partners"

[[field]]
name = "hours"
kind = "slots"
zh = "每周时段"
en = "Weekly hours"

[[field]]
name = "photos"
kind = "attachments"
zh = "佐证材料"
en = "Evidence"

[[field]]
name = "remark"
kind = "note"
zh = "备注"
en = "Remarks"
"""

EVERY_KIND = record_type_from_data(
    tomllib.loads(
        _HEAD.format(id="every_kind", zh="各种活动", en="Every kind", group="event") + _FIELDS + _STATUS
    )
)
SMALL = record_type_from_data(
    tomllib.loads(
        _HEAD.format(id="small", zh="小登记", en="Small", group="daily")
        + 'statuses = ["held", "void"]\n'
        + "".join(f"[[field]]{part}" for part in _FIELDS.split("[[field]]")[1:6])
        + _STATUS
    )
)


def kinds() -> set[str]:
    """The kinds that it has an item of."""
    return {field.kind for field in EVERY_KIND.fields}


def every_kind_filed() -> Filed:
    """A record of it with long texts and rare characters."""
    texts = {
        "name": "升国旗仪式暨《歌唱祖国》群众合唱",
        "receipt": "0071-𠮷",
        "persons": "1,320",
        "cost": "1250.50",
        "date": "2019-10-01",
        "released": "2019-08",
        "month": "2019-10",
        "quarter": "2019-Q4",
        "time": "08:00",
        "film": "𠮷祥如意",
        "records": "烈火英雄、𠮷祥如意",
        "items": "梁䶮明：粤曲独唱、张㙟：古筝、李𫖯：舞狮",
        "unit": "曹一村",
        "partners": "曹二村、古四村",
        "hours": "周二至周五 14:30-17:30；节假日 9:00-17:00",
        "photos": "现场.jpg",
        "remark": "天气很好，" * 60,
        "paper_no": "2019-031",
    }
    values = {"weather": "fine", "groups": ["old", "all"], "complete": True, "status": "held"}
    return Filed(id="r1", type=EVERY_KIND, values=values, texts=texts)


UNKNOWN_KINDS = set(FIELD_KINDS) - {"generated"}
