"""One good record of each of the registers that have no words of their own in `shelf`."""

from __future__ import annotations

from tests.domain.shelf import FACILITY, STAFF, record_id

ASSET = record_id(20)

GOOD: dict[str, dict[str, object]] = {
    "online_learning": {
        "staff_id": STAFF,
        "platform": "national",
        "course": "公共文化服务保障法解读",
        "class_hours": "4",
        "finished_on": "2019-10-12",
        "certificate_no": "YC2019-0012",
    },
    "library_acquisition": {
        "date": "2019-10-09",
        "facility_id": FACILITY,
        "source": "delivery",
        "titles": 60,
        "volumes": 80,
        "is_new": True,
    },
    "library_collection_snapshot": {
        "on": "2019-10-31",
        "facility_id": FACILITY,
        "volumes": 1880,
        "method": "reckoned",
    },
    "library_visit": {
        "date": "2019-10-09",
        "facility_id": FACILITY,
        "person_times": 23,
        "method": "tally",
    },
    "asset": {
        "asset_no": "ZC-2018-003",
        "name": "液晶电视",
        "class": "network_tv",
        "quantity": 2,
        "acquired_on": "2018-06-12",
        "place": "文化服务中心二楼",
        "keeper": "苏惠芳",
        "state": "good",
    },
    "asset_loan": {
        "asset_id": ASSET,
        "quantity": 1,
        "borrower": "曹一小学",
        "out_on": "2019-11-01",
        "due_on": "2019-11-11",
    },
    "asset_check": {
        "date": "2019-11-01",
        "counted": 2,
        "missing": 0,
        "damaged": 0,
        "checker": "苏惠芳",
    },
    "work_log": {"date": "2019-11-05", "staff_id": STAFF, "content": "布置重阳节活动。"},
    "feedback": {
        "date": "2019-10-20",
        "channel": "book",
        "topic": "library",
        "content": "希望晚上也开放书屋。",
    },
    "satisfaction_survey": {
        "period": "2019-Q3",
        "object": "film",
        "n5": 12,
        "n4": 9,
        "n3": 6,
        "n2": 1,
        "n1": 0,
        "n0": 2,
        "forms": 30,
    },
    "population": {
        "unit_code": "caoyi",
        "year": 2018,
        "basis": "resident",
        "value": 12800,
        "source": "统计公报",
        "version": 1,
    },
    "culture_team": {
        "name": "曹一曲艺社",
        "kind": "opera",
        "unit_code": "caoyi",
        "leader": "苏广强",
        "state": "active",
    },
    "culture_work": {
        "title": "灯乡月色",
        "kind": "opera",
        "authors": ["区锦堂"],
        "date": "2019-09-13",
        "award_level": "none",
    },
    "fund_use": {
        "entry": "spent",
        "date": "2019-10-15",
        "year": 2019,
        "source": "town",
        "budget_line": "免费开放",
        "amount": "1200.5",
        "purpose": "更换灯管",
        "voucher_no": "记-045",
    },
    "safety_check": {
        "kind": "check",
        "date": "2019-10-08",
        "place": "文化服务中心",
        "items": ["消防器材", "疏散通道"],
        "result": "no_hazard",
        "checker": "苏惠芳",
    },
    "meeting": {
        "date": "2019-10-10",
        "title": "文化工作例会",
        "kind": "regular",
        "chair": "苏国强",
        "attendees": ["苏惠芳", "李冬梅"],
        "agenda": "布置月报和送戏下乡。",
        "minutes": "月报5日前交。",
        "status": "held",
    },
    "publicity": {
        "date": "2019-10-08",
        "title": "曹一村敬老茶话会",
        "medium": "wechat",
        "level": "town",
    },
    "digital_resource": {
        "name": "数字图书馆",
        "provider": "中山纪念图书馆",
        "from": "2019-01-01",
        "access": "remote",
    },
    "monthly_report": {"period": "2019-10", "due_on": "2019-11-10", "text": "一、本月工作情况"},
    "quarterly_report": {"due_on": "2019-12-05", "progress": "无"},
    "annual_report": {"year": 2018, "institution": "曹一村综合性文化服务中心", "sections": "基本情况"},
    "service_item": {
        "name": "粤剧折子戏",
        "kind": "performance",
        "provider": "市粤剧团",
        "valid_from": "2019-01-01",
    },
}


def good(type_id: str, **changes: object) -> dict[str, object]:
    """A record of that type with nothing to complain of, with changes; None takes a value out."""
    values = {**GOOD[type_id], **changes}
    return {name: value for name, value in values.items() if value is not None}
