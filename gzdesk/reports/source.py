"""What documents may ask for. The services answer from the ledger, tests from values made up on the spot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from gzdesk.domain.month import MonthSheet
from gzdesk.domain.period import Month
from gzdesk.domain.unit import Unit
from gzdesk.reports.document import Document
from gzdesk.reports.handover_slip import Handover
from gzdesk.reports.opening_register import OpenDay


class Source(Protocol):
    """The ledger as documents see it, for one unit."""

    @property
    def unit(self) -> Unit:
        """Whose document it is."""

    def sheet(self, month: Month) -> MonthSheet:
        """The unit's month sheet: the frozen one when the month is closed, else a draft of it."""

    def sheets_below(self, month: Month) -> Sequence[MonthSheet]:
        """The same of each unit that has something to show; for a village just its own."""

    def open_days(self, month: Month) -> Sequence[OpenDay]:
        """Every day of the month with its plan and its figures."""

    def handover(self) -> Handover:
        """What was exported last, and the sheets that go with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A document that can be asked for by name: `build` needs a month, `build_any` does without."""

    name: str
    label: Callable[[], str]
    build: Callable[[Source, Month], Document] | None = None
    build_any: Callable[[Source, Month | None], Document] | None = None

    @property
    def needs_month(self) -> bool:
        """Whether it is always of some month."""
        return self.build_any is None

    def document(self, source: Source, month: Month | None) -> Document:
        """The document; raises ValueError when it needs a month and got none."""
        if self.build_any is not None:
            return self.build_any(source, month)
        if month is None or self.build is None:
            raise ValueError(f"{self.name} is always of some month")
        return self.build(source, month)
