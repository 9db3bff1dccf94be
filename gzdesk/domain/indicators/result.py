"""What an indicator is, and what working it out gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from gzdesk.domain.indicators.period import Period
from gzdesk.i18n import gettext as _
from gzdesk.i18n import pick

TARGET, DUTY, MONITOR = "target", "duty", "monitor"

MET, ON_PACE, BEHIND, NOT_MET = "met", "on_pace", "behind", "not_met"
TO_CHECK, UNKNOWN, NONE, REFERENCE = "to_check", "unknown", "none", "reference"

GROWS, STATE, RATIO, MONTHLY = "grows", "state", "ratio", "monthly"


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A row of `db/reference/indicators.toml`.

    `runs` says how a year fills: `grows` towards its target (a straight line tells where it should be, G7), `state`
    is as it is on a day, `ratio` may still rise or fall until the year is over, `monthly` is judged month by month.
    `target` is a decimal or fraction text. `reference`: the table states the target for the whole city, so the
    town's value is only a contribution. `by_unit`: a village has a value of its own.
    """

    id: str
    zh: str
    en: str
    type: str
    value_type: str
    task_items: tuple[str, ...]
    formula: str
    unit_zh: str
    unit_en: str
    target_text: str
    target_text_en: str
    scope: str
    unit_kinds: tuple[str, ...]
    period: str
    runs: str
    record_types: tuple[str, ...]
    comparison: str = ""
    target: str = ""
    deadline: str = ""
    deadline_text: str = ""
    text_deadline: str = ""
    by_unit: bool = True
    once: bool = False
    reference: bool = False
    auto_judge: bool = True
    setting: str = ""

    @property
    def label(self) -> str:
        """The name in the language in use."""
        return pick(zh=self.zh, en=self.en)

    @property
    def unit_label(self) -> str:
        """The unit of measure in the language in use."""
        return pick(zh=self.unit_zh, en=self.unit_en)


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetInForce:
    """The target on a day. `value` is None where there is none to judge by; `since` is None for the table's own."""

    value: Fraction | None
    comparison: str
    deadline: date | None
    text_deadline: date | None
    zh: str
    en: str
    since: date | None = None

    @property
    def wording(self) -> str:
        """The target in words, in the language in use."""
        return pick(zh=self.zh, en=self.en)


@dataclass(frozen=True, slots=True, kw_only=True)
class Excluded:
    """A record that does not count, and the code of the reason."""

    record: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One village, month, person, venue or institution of an indicator; `key` is its id, `label` its name.

    `verdict` empty in a figure means: judge it like the whole.
    """

    key: str
    label: str
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    value: Fraction | None = None
    verdict: str = ""
    counted: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What the function of an indicator works out, before it is judged.

    `rollup`: the value is the share of the parts that reach the target, and all of them must. `verdict` is set only
    where the rule of the indicator decides by itself. `fails`: short of the target though it has no value.
    """

    value: Fraction | None = None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    text: str = ""
    reason: str = ""
    counted: tuple[str, ...] = ()
    with_evidence: int = 0
    excluded: tuple[Excluded, ...] = ()
    parts: tuple[Part, ...] = ()
    notes: tuple[str, ...] = ()
    rollup: bool = False
    fails: bool = False
    verdict: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """An indicator of a unit and a period, judged. `value` None: it cannot be worked out, and `reason` says why.

    `pace` is where a straight line should be today (G7). `counted` are the ids of the records behind the numerator,
    `with_evidence` how many of them have all their evidence (G13).
    """

    indicator: str
    unit: str
    period: Period
    value: Fraction | None
    numerator: Fraction | None
    denominator: Fraction | None
    low: Fraction | None = None
    high: Fraction | None = None
    text: str = ""
    target: TargetInForce
    pace: Fraction | None = None
    verdict: str
    verdict_with_evidence: str
    reason: str = ""
    counted: tuple[str, ...] = ()
    with_evidence: int = 0
    excluded: tuple[Excluded, ...] = ()
    parts: tuple[Part, ...] = ()
    notes: tuple[str, ...] = ()
    rollup: bool = False


def verdict_label(code: str) -> str:
    """The word for a verdict in the language in use; an unknown code has none."""
    return _verdict_labels().get(code, "")


def _verdict_labels() -> Mapping[str, str]:
    return {
        MET: _("Target met"),
        ON_PACE: _("On pace"),
        BEHIND: _("Behind pace"),
        NOT_MET: _("Target not met"),
        TO_CHECK: _("To be checked"),
        UNKNOWN: _("Can't be worked out"),
        NONE: "",
        REFERENCE: _("For reference"),
    }


def excluded_label(code: str) -> str:
    """The words for why a record does not count, in the language in use; an unknown code is shown as it is."""
    return _excluded_labels().get(code, code)


def _excluded_labels() -> Mapping[str, str]:
    return {
        "draft": _("Still a draft"),
        "planned": _("Only planned"),
        "cancelled": _("Cancelled"),
        "void": _("Void"),
        "not_confirmed": _("Not confirmed by the village"),
        "out_of_use": _("Out of use"),
        "not_open_yet": _("Not open yet on the day"),
        "outdoors": _("Outdoors"),
        "agreement_over": _("The agreement to use it is over"),
        "closed_for_repair": _("Closed for repair all the time"),
        "same_building": _("In a building that is counted already"),
        "no_area": _("Without a floor area"),
        "not_accepted": _("Not accepted yet"),
        "transfer": _("Moved from another library"),
        "withdrawal": _("A withdrawal"),
        "not_new": _("Not marked as new"),
        "not_registered_yet": _("Not registered yet on the day"),
        "left": _("Had left by the day"),
        "same_person": _("The same person once more"),
        "same_reference": _("The same entry of the other system once more"),
        "session_not_held": _("The training was not held"),
        "not_centralised": _("Not a centralised training"),
        "not_signed": _("Not signed in"),
        "other_platform": _("Another platform"),
        "same_certificate": _("Certificate number used twice"),
        "not_in_post_yet": _("Not in post yet on the day"),
        "not_established": _("Not an established post"),
        "not_funded": _("Not a government-funded post"),
        "city_brand": _("A brand of the city"),
        "no_edition": _("No edition was held yet"),
        "same_brand": _("The same brand once more"),
        "no_activity": _("No activity was held yet"),
        "expired": _("Expired"),
        "construction": _("Building, not running costs"),
        "granted": _("Granted, not spent"),
        "no_station": _("Not a culture station"),
        "no_outreach": _("Neither in a village nor in a school"),
        "not_founded_yet": _("Not founded yet on the day"),
        "dissolved": _("Dissolved"),
        "same_team": _("The same team once more"),
        "reprint": _("A reprint of a story that is counted already"),
        "no_signs": _("Without signs on the road"),
        "withdrawn": _("Withdrawn by the village"),
        "not_accepted_yet": _("Not taken on yet"),
        "declined": _("Declined by the provider"),
        "not_delivered": _("Not delivered yet"),
        "no_times": _("Without opening times"),
        "late": _("Done late"),
        "no_schedule": _("No schedule in force"),
        "not_posted": _("Not posted at the door"),
        "no_photo": _("Without a photo of the notice"),
        "closure_not_posted": _("Closed without a notice in time"),
        "not_regular": _("Not a regular meeting"),
        "no_minutes": _("Without minutes"),
        "joint": _("Joint event, counted for its host"),
        "broken_off": _("Broken off, not shown in full"),
        "not_digital": _("Not a digital screening"),
        "same_receipt": _("Receipt number used twice"),
        "same_night": _("Second film of the night without a receipt of its own"),
    }
