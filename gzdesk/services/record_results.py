"""What using the registers gives back: a refusal with its reasons, what was saved, read and listed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gzdesk.domain.record import Record
from gzdesk.domain.rules import Problem
from gzdesk.errors import UserError
from gzdesk.i18n import ngettext
from gzdesk.storage.queries import RecordRow


class Refused(UserError):
    """A record that breaks a rule; `problems` says which, field by field."""

    def __init__(self, problems: Sequence[Problem], *, where: str = "") -> None:
        blocking = [problem for problem in problems if problem.blocks]
        message = where + (blocking[0].message if blocking else "")
        more = len(blocking) - 1
        hint = ngettext("{count} more item needs a look.", "{count} more items need a look.", more).format(
            count=more
        )
        super().__init__(code="refused", message=message, hint=hint if more > 0 else "")
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A record as it was saved, with the warnings that did not stop it."""

    id: str
    revision: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What typed texts mean. A text that cannot be read is missing from `values` and named in `problems`."""

    values: Mapping[str, object]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordView:
    """A record with the words that stand for its values, in the language in use."""

    record: Record
    texts: Mapping[str, str]
    answer: str = ""  # what points back to it: `已补放：2019-11-05`


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a list and how many records the whole list has."""

    rows: tuple[RecordRow, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One record of many to be saved together."""

    type_id: str
    values: Mapping[str, object]
    record_id: str | None = None
