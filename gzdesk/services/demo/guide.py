"""A page that tells whoever opens the folder what is in it and where to look first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from gzdesk import assets
from gzdesk.domain.period import Month
from gzdesk.services.demo.story import Story

GUIDE_NAME = "说明.txt"


def write_guide(
    folder: Path,
    *,
    names: Mapping[str, str],
    months: Sequence[Month],
    today: date,
    story: Story,
    lost_folder: str,
) -> Path:
    """Write the page. `names` are the villages by unit id."""
    lost = f"  {lost_folder}        丢了的U盘，镇里一直没收到\n" if story.lost else ""
    text = (
        assets.reference("demo", "guide.txt")
        .read_text(encoding="utf-8")
        .format(
            villages=len(names),
            first=_words(months[0]),
            last=_words(months[-1]),
            today=today,
            lost_folder=lost,
            unit=next(iter(names)),
            events="\n".join(f"  {line}" for line in _events(names, months, story)),
        )
    )
    file = folder / GUIDE_NAME
    file.write_text(text, encoding="utf-8")
    return file


def _events(names: Mapping[str, str], months: Sequence[Month], story: Story) -> Iterator[str]:
    if story.nil:
        unit, month = story.nil
        yield f"{names[unit]}{_words(month)}屋面维修，全馆停开，报的是“零报告”。"
    if story.late_unit:
        late = "、".join(f"{month.month}月" for month in months if story.is_late(story.late_unit, month))
        yield f"{names[story.late_unit]}{late}的月报迟交。"
    if story.lost:
        unit, month = story.lost
        yield f"{names[unit]}{month.month}月的U盘丢了，下个月的上报文件把它补齐。"
        yield "丢的那份在 lost 里，现在再收，也不会重复计数。"
    if story.corrected:
        unit, month = story.corrected
        yield f"{names[unit]}{month.month}月封账以后发现漏计，重新打开更正，月报表标明“更正”。"
    yield from _reviews(names, months, story)
    yield "雨天和台风取消的电影都有补放，月报表上两场都看得到。"


def _reviews(names: Mapping[str, str], months: Sequence[Month], story: Story) -> Iterator[str]:
    """What the station said, and what it is still waiting for or has not looked at."""
    put_right = [
        f"{names[unit]}{month.month}月" for unit, month in story.returned.items() if month < months[-1]
    ]
    waiting = [names[unit] for unit, month in story.returned.items() if month == months[-1]]
    if put_right:
        yield f"镇里各退回过一条记录、村里已答复：{'、'.join(put_right)}。"
    if waiting:
        yield f"{months[-1].month}月退回、等村里更正：{'、'.join(waiting)}。"
    if story.left:
        yield f"{months[-1].month}月还没审核：{'、'.join(names[unit] for unit, _month in sorted(story.left))}。"


def _words(month: Month) -> str:
    return f"{month.year}年{month.month}月"
