"""What a command is: its arguments, its work, and the words a person reads about the outcome."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gzdesk.errors import UserError
from gzdesk.progress import Progress

if TYPE_CHECKING:
    from gzdesk.bootstrap import Workspace

Data = Mapping[str, object]


def list_of(data: Data, name: str) -> list[Any]:
    """The list of that name in a document, empty when there is none."""
    found = data.get(name)
    return found if isinstance(found, list) else []


class DetailedError(UserError):
    """A refusal that has more to tell a program than a sentence: `details` stand beside it in the JSON error."""

    def __init__(self, *, code: str, message: str, hint: str, details: Data) -> None:
        super().__init__(code=code, message=message, hint=hint)
        self.details = details


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The one JSON document a command ends with. `refused` adds an error to it and makes the exit code 1.

    A plain refusal is raised as UserError; this is for work of several parts of which some were refused.
    """

    data: Data
    refused: UserError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One command line, parsed."""

    arguments: argparse.Namespace
    data_dir: Path
    today: date | None
    progress: Progress

    @contextmanager
    def workspace(self) -> Iterator[Workspace]:
        """Open the store in the data folder for the length of the work.

        Raises UserError where there is none, where another program has it open, or where it is damaged or newer.
        """
        from gzdesk import bootstrap, logs

        workspace = bootstrap.open_workspace(self.data_dir, today=self.today)
        logs.start_log(workspace.folder)
        try:
            yield workspace
        finally:
            workspace.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command. `show` writes for people what `run` answered: it can say nothing that the JSON does not."""

    name: str
    help: str
    run: Callable[[Call], Answer]
    show: Callable[[Data], str]
    arguments: Callable[[argparse.ArgumentParser], None] = lambda parser: None
