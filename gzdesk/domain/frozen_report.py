"""A finished report as a record: its whole contents with number and check code. It is never rewritten (G8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gzdesk.domain.month import check_code_of

TYPE_ID = "report_snapshot"


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenReport:
    """A report as it was finished. `content` is the packed document; `parts` are its texts, for the next correction.

    `of` is the register that it is of, where there is one. `correction` n replaces an earlier one for the nth time.
    `typed` are the parts that a person wrote; the others were as the data made them.
    """

    unit: str
    name: str
    period: str
    number: str
    title: str
    made_on: str
    content: Mapping[str, object]
    of: str = ""
    correction: int = 0
    parts: Mapping[str, str] = field(default_factory=dict)
    typed: tuple[str, ...] = ()
    read_code: str = field(default="", compare=False)

    @property
    def check_code(self) -> str:
        """The code printed at the foot: `7F3A-92C1`."""
        return self.read_code or check_code_of(self._body(), unit=self.unit)

    def to_values(self) -> dict[str, object]:
        """The body of its record."""
        return {**self._body(), "check_code": self.check_code}

    @classmethod
    def from_values(cls, values: Mapping[str, object], *, unit: str) -> FrozenReport:
        """Read the body of a `report_snapshot` record of that unit.

        Raises ValueError when something is missing or the check code is not that of the contents.
        """
        code = values.get("check_code")
        if not isinstance(code, str) or code != check_code_of(values, unit=unit):
            raise ValueError("the check code of a report is not that of its contents")
        content, parts, correction = (values.get(name) for name in ("content", "parts", "correction"))
        typed = values.get("typed", ())
        if not isinstance(content, Mapping):
            raise ValueError("a report has no contents")
        texts = {
            name: str(values.get(name, "")) for name in ("name", "period", "number", "title", "made_on", "of")
        }
        return cls(
            **texts,
            unit=unit,
            content=content,
            correction=correction if isinstance(correction, int) else 0,
            parts={str(key): str(text) for key, text in parts.items()} if isinstance(parts, Mapping) else {},
            typed=tuple(map(str, typed)) if isinstance(typed, (list, tuple)) else (),
            read_code=code,
        )

    def _body(self) -> dict[str, object]:
        body: dict[str, object] = {
            "name": self.name,
            "period": self.period,
            "number": self.number,
            "title": self.title,
            "made_on": self.made_on,
            "content": self.content,
        }
        body |= {"of": self.of} if self.of else {}
        body |= {"correction": self.correction} if self.correction else {}
        body |= {"typed": list(self.typed)} if self.typed else {}
        return body | ({"parts": dict(self.parts)} if self.parts else {})


def report_number(*, short: str, letters: str, period: str, of: str, nth: int) -> str:
    """The number of a finished report: `CY1-DT-201910-1`, with the register where it is of one; `nth` from 1."""
    digits = period.replace("-", "")
    return "-".join(part for part in (short, letters, of, digits, str(nth)) if part)


def report_key(unit: str, number: str) -> str:
    """The key of the record that holds that report."""
    return f"{unit}/{number}"
