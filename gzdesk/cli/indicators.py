"""The command on what the records come to against the targets: `indicators`."""

from __future__ import annotations

import argparse
from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from gzdesk.cli.command import Answer, Call, Command, Data, list_of
from gzdesk.cli.output import table
from gzdesk.cli.parser import month, year
from gzdesk.domain.indicators.catalogue import number_text
from gzdesk.domain.indicators.result import excluded_label, verdict_label
from gzdesk.i18n import gettext as _

if TYPE_CHECKING:
    from gzdesk.bootstrap import Workspace
    from gzdesk.domain.indicators.result import Part, Result


def commands() -> tuple[Command, ...]:
    """The commands of this family."""
    return (
        Command(
            name="indicators",
            help=_("what the records come to against the targets"),
            run=_indicators,
            show=_show_indicators,
            arguments=_arguments,
        ),
    )


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--year", type=year, metavar="Y", help=_("the year; this year when left out"))
    parser.add_argument("--month", type=month, metavar="M", help=_("only this month, such as 2019-10"))
    parser.add_argument("--unit", metavar="U", help=_("only this unit"))
    parser.add_argument(
        "--id", metavar="INDICATOR", help=_("one indicator, with its parts and the records behind it")
    )


def _indicators(call: Call) -> Answer:
    arguments = call.arguments
    with call.workspace() as workspace:
        asked_year = (
            arguments.month.year if arguments.month else arguments.year or workspace.mint.today().year
        )
        service = workspace.indicators
        results: tuple[Result, ...]
        if arguments.id:
            results = (
                service.one(arguments.id, year=asked_year, month=arguments.month, unit=arguments.unit),
            )
        elif arguments.month:
            results = service.month(arguments.month, arguments.unit)
        else:
            results = service.year(asked_year, arguments.unit)
        rows = [_data(workspace, result, whole=bool(arguments.id)) for result in results]
    return Answer(data={"indicators": rows})


def _data(workspace: Workspace, result: Result, *, whole: bool) -> dict[str, Any]:
    """One indicator. Numbers are whole, exact decimals or fractions as text: never rounded, never floats."""
    indicator = workspace.indicators.find(result.indicator)
    data: dict[str, Any] = {
        "id": result.indicator,
        "name": indicator.label,
        "type": indicator.type,
        "unit": result.unit,
        "period": result.period.label,
        "value": _number(result.value),
        "numerator": _number(result.numerator),
        "denominator": _number(result.denominator),
        "low": _number(result.low),
        "high": _number(result.high),
        "text": workspace.indicators.text(result),
        "target": _number(result.target.value),
        "target_text": result.target.wording,
        "comparison": result.target.comparison,
        "deadline": str(result.target.deadline) if result.target.deadline else None,
        "target_since": str(result.target.since) if result.target.since else None,
        "pace": _number(result.pace),
        "verdict": result.verdict,
        "verdict_text": verdict_label(result.verdict),
        "verdict_with_evidence": result.verdict_with_evidence,
        "reason": result.reason,
        "counted": len(result.counted),
        "with_evidence": result.with_evidence,
        "excluded": len(result.excluded),
        "excluded_reasons": dict(sorted(Counter(item.code for item in result.excluded).items())),
        "notes": list(result.notes),
    }
    if whole:
        data["records"] = list(result.counted)
        data["excluded_records"] = [
            {"id": item.record, "code": item.code, "reason": excluded_label(item.code)}
            for item in result.excluded
        ]
        data["parts"] = [_part_data(part) for part in result.parts]
    return data


def _part_data(part: Part) -> dict[str, Any]:
    return {
        "key": part.key,
        "name": part.label,
        "value": _number(part.value),
        "numerator": _number(part.numerator),
        "denominator": _number(part.denominator),
        "verdict": part.verdict,
        "counted": len(part.counted),
        "note": part.note,
    }


def _number(value: Fraction | None) -> int | str | None:
    if value is None:
        return None
    return int(value) if value.denominator == 1 else number_text(value)


def _show_indicators(data: Data) -> str:
    rows = [
        (
            item["name"],
            item["text"],
            item["target_text"],
            item["verdict_text"],
            item["counted"],
            item["with_evidence"],
            item["excluded"],
        )
        for item in list_of(data, "indicators")
    ]
    headings = (
        _("Indicator"),
        _("Value"),
        _("Target"),
        _("Verdict"),
        _("Counted"),
        _("With evidence"),
        _("Left out"),
    )
    return table(headings, rows)
