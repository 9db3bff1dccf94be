"""Texts of reports as the data make them, sentence by sentence; what people then change is theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from gzdesk.i18n import language
from gzdesk.reports.film_month_summary import percent_text
from gzdesk.reports.layout import Layout, Layouts
from gzdesk.reports.period_facts import EventSum, Happening, IndicatorLine, PeriodFacts
from gzdesk.reports.words import hundredths_text, number_text, plain_decimal, semicolons, short_day_text

_NAMED = 5
_LONGEST_NAME = 40
_ENDS = "。；，、.;,"
_SENTENCES = "narrative"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a report that a person may rewrite: its heading, and its text as the data make it."""

    key: str
    heading: str
    text: str


class Narrator:
    """Says in sentences what the facts of a period are. A sentence about nothing is an empty text."""

    def __init__(self, facts: PeriodFacts, *, period: str, is_town: bool, layouts: Layouts) -> None:
        self._facts = facts
        self._period = period
        self._is_town = is_town
        self._layout: Layout = layouts.load(_SENTENCES)

    def say(self, key: str, **places: str) -> str:
        """A sentence of the layout."""
        return self._layout.text(key, **places)

    # What was done

    def events(self) -> str:
        """How many events, of which kinds, and the largest ones."""
        facts = self._facts
        if not any(item.events for item in facts.events):
            return self.say("held_none", period=self._period)
        kinds = [item for item in facts.events if item.events]
        return self._joined(
            self.say(
                "held",
                period=self._period,
                sessions=_bare(hundredths_text(facts.sessions_hundredths)),
                persons=f"{facts.persons}",
            ),
            self.say("by_kind", kinds=semicolons(map(self._kind, kinds))) if len(kinds) > 1 else "",
            self._listed("largest", "largest_item", facts.largest[:3]),
        )

    def event(self, type_id: str) -> str:
        """The events of one register, in half a sentence."""
        return self._kind(self._facts.sum_of(type_id))

    def overview(self, *, units: int, events: int) -> str:
        """The year in one sentence."""
        facts = self._facts
        return self.say(
            "overview_town" if self._is_town else "overview",
            period=self._period,
            units=f"{units}",
            events=f"{events}",
            sessions=_bare(hundredths_text(facts.sessions_hundredths)),
            persons=f"{facts.persons}",
            days=f"{facts.open_days}",
        )

    def opening(self) -> str:
        """Days and visitors."""
        facts = self._facts
        key = "opening_town" if self._is_town else "opening"
        return (
            self.say(key, days=f"{facts.open_days}", visitors=f"{facts.visitors}") if facts.open_days else ""
        )

    def library(self) -> str:
        """Loans, visits and books."""
        facts = self._facts
        return self._joined(
            self.say("loans", loans=f"{facts.loans}") if facts.loans else "",
            self.say("library_visits", visits=f"{facts.library_visits}") if facts.library_visits else "",
            self.say("books_in", books=f"{facts.books_in}") if facts.books_in else "",
        )

    def books_held(self) -> str:
        """The volumes held at the end."""
        held = self._facts.books_held
        return "" if held is None else self.say("books_held", books=f"{held}")

    def service(self) -> str:
        """What volunteers did."""
        facts = self._facts
        if not facts.service_times:
            return ""
        hours = _bare(plain_decimal(facts.service_hours))
        return self.say("service", times=f"{facts.service_times}", hours=hours)

    def office(self) -> str:
        """Orders, meetings and publicity."""
        facts = self._facts
        return self._joined(
            self.say("orders", orders=f"{facts.orders}", delivered=f"{facts.delivered}")
            if facts.orders
            else "",
            self.counted("meetings", len(facts.meetings)),
            self.counted("publicity", facts.publicity),
        )

    def works(self) -> str:
        """Works of art that were made."""
        works = self._facts.works
        names = semicolons(self.say("work_item", name=item.name, note=item.note) for item in works[:_NAMED])
        return self.say("works", count=f"{len(works)}", names=names) if works else ""

    def counted(self, key: str, count: int) -> str:
        """A sentence with nothing but a count; empty for none."""
        return self.say(key, count=f"{count}") if count else ""

    def places(self) -> str:
        """Venues and their area."""
        facts = self._facts
        area = _bare(plain_decimal(facts.area_m2))
        return self.say("facilities", count=f"{facts.facilities}", area=area) if facts.facilities else ""

    def assets(self) -> str:
        """Equipment and its worth."""
        facts = self._facts
        yuan = number_text(facts.assets_yuan, decimals=2)
        return self.say("assets", count=f"{facts.assets}", yuan=yuan) if facts.assets else ""

    def funds(self) -> str:
        """Money granted, spent and left."""
        facts = self._facts
        if not (facts.granted or facts.spent):
            return ""
        amounts = {"granted": facts.granted, "spent": facts.spent, "left": facts.granted - facts.spent}
        return self.say("funds", **{key: number_text(value, decimals=2) for key, value in amounts.items()})

    def voices(self) -> str:
        """Questionnaires, comments and safety checks."""
        facts = self._facts
        closed = facts.feedback - len(facts.feedback_open)
        return self._joined(
            self.say("satisfaction", forms=f"{facts.forms}", rate=percent_text(facts.satisfied, facts.forms))
            if facts.forms
            else "",
            self.say("feedback", count=f"{facts.feedback}", closed=f"{closed}") if facts.feedback else "",
            self.counted("safety", facts.safety_checks),
        )

    # What is still to be done

    def problems(self) -> str:
        """What was cancelled, comments and hazards that nobody has dealt with; a line each."""
        facts = self._facts
        lost = sum(item.cancelled for item in facts.events)
        found = [
            self._cancelled(lost),
            self._listed("feedback_open", "happening", facts.feedback_open),
            self._listed("hazards", "happening", facts.hazards),
        ]
        return paragraphs(found) or self.say("no_problems")

    def plan(self) -> str:
        """What is planned for the next month, and what has to be put right."""
        facts = self._facts
        return paragraphs(
            (
                self._listed("planned", "planned_item", facts.planned),
                self._joined(
                    self.counted("plan_hazards", len(facts.hazards)),
                    self.counted("plan_feedback", len(facts.feedback_open)),
                    self.say("plan_usual"),
                ),
            )
        )

    def met_indicators(self, lines: Sequence[IndicatorLine]) -> str:
        """Which indicators have reached their target."""
        return self._indicators("indicators_met", [line for line in lines if line.is_met])

    def open_indicators(self, lines: Sequence[IndicatorLine]) -> str:
        """Which indicators with a target have not, or not yet."""
        still = [
            line for line in lines if not line.is_met and None not in (line.value_figure, line.target_figure)
        ]
        return self._indicators("indicators_open", still)

    # Inside

    def _indicators(self, key: str, lines: Sequence[IndicatorLine]) -> str:
        names = semicolons(map(self._indicator, lines))
        return self.say(key, count=f"{len(lines)}", names=names) if lines else ""

    def _indicator(self, line: IndicatorLine) -> str:
        met, slash, whole = line.value.partition(" / ")
        if slash:  # so many villages of all, not a value of its own
            return self.say("indicator_parts", name=line.name, met=met, whole=whole, target=line.target)
        return self.say("indicator_item", name=line.name, value=line.value, target=line.target)

    def _kind(self, item: EventSum) -> str:
        return self.say(
            "kind",
            name=item.label,
            sessions=_bare(hundredths_text(item.sessions_hundredths)),
            persons=f"{item.persons}",
        )

    def _cancelled(self, count: int) -> str:
        items = self._facts.cancelled[:_NAMED]
        names = semicolons(
            self._item("made_up_item" if item.made_up_on else "cancelled_item", item) for item in items
        )
        return self.say("cancelled", count=f"{count}", names=names) if count else ""

    def _listed(self, key: str, item_key: str, items: Sequence[Happening]) -> str:
        names = semicolons(self._item(item_key, item) for item in items[:_NAMED])
        return self.say(key, count=f"{len(items)}", names=names) if items else ""

    def _item(self, key: str, item: Happening) -> str:
        return self.say(
            key,
            unit=self.say("unit_before", unit=item.unit) if item.unit else "",
            day=short_day_text(item.day) if item.day else "",
            name=_short(item.name) if key == "happening" else _quoted(_short(item.name)),
            persons=f"{item.persons or 0}",
            reason=item.note,
            made_up_on=short_day_text(item.made_up_on) if item.made_up_on else "",
        )

    def _joined(self, *sentences: str) -> str:
        return "".join(sentences)


def paragraphs(texts: Iterable[str]) -> str:
    """The texts that say something, a line each."""
    return "\n".join(text.strip() for text in texts if text.strip())


def joined(parts: Sequence[Part]) -> str:
    """All parts as one text, each under its heading: how the register keeps them."""
    return "\n".join(f"{part.heading}\n{part.text}".strip() for part in parts)


def split(text: str, headings: Mapping[str, str]) -> dict[str, str]:
    """The parts of such a text by their keys; `headings` is from key to heading.

    What stands before the first heading belongs to the first part: a text without headings is all of it.
    """
    keys = {heading: key for key, heading in headings.items()}
    found: dict[str, list[str]] = {}
    key = next(iter(headings), "")
    for line in text.splitlines():
        if line.strip() in keys:
            key = keys[line.strip()]
            found.setdefault(key, [])
        elif line.strip() or key in found:
            found.setdefault(key, []).append(line)
    return {name: "\n".join(lines).strip() for name, lines in found.items()}


def with_typed(parts: Sequence[Part], typed: Callable[[str], str | None]) -> tuple[Part, ...]:
    """The parts with what a person typed in place of what the data made."""
    return tuple(
        Part(key=part.key, heading=part.heading, text=part.text if text is None else text)
        for part in parts
        for text in (typed(part.key),)
    )


def _quoted(name: str) -> str:
    """The name of an event in a Chinese sentence; one that has such marks itself is not set in them again."""
    return name if language() != "zh_CN" or "“" in name else f"“{name}”"


def _short(text: str) -> str:
    words = " ".join(text.split()).rstrip(_ENDS)
    return words if len(words) <= _LONGEST_NAME else words[: _LONGEST_NAME - 1] + "…"


def _bare(number: str) -> str:
    """A number in a sentence has no comma in it."""
    return number.replace(",", "")
