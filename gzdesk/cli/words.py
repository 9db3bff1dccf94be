"""Words that stand for ids in plain output, and ids that stand for words on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from gzdesk.bootstrap import Workspace
    from gzdesk.domain.record_type import RecordType, RecordTypes


def register(workspace: Workspace, key: str) -> RecordType:
    """The register with that id or short name (either language). Raises UserError `unknown_type`."""
    named = next((item for item in workspace.types if key in (item.zh, item.en)), None)
    return named or workspace.context.record_type(key)


def type_label(type_id: str) -> str:
    """The short name of a register, or its id when a newer program made it."""
    found = _known(type_id)
    return found.label if found else type_id


def field_labels(type_id: str) -> dict[str, str]:
    """The words of the items of a register, by name."""
    found = _known(type_id)
    return {field.name: field.label for field in found.fields} if found else {}


def list_columns(type_id: str) -> tuple[str, ...]:
    """The items that a list of the register shows."""
    found = _known(type_id)
    return found.list if found else ()


class Registers:
    """The registers that the running command line knows, read when they are first asked for."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._types: RecordTypes | None = None

    def use(self, data_dir: Path) -> None:
        """Know those of the town's own making too, that lie in that data folder."""
        self._folder, self._types = data_dir, None

    def all(self) -> RecordTypes:
        """All of them."""
        if self._types is None:
            from gzdesk.services.own_types import FOLDER
            from gzdesk.services.reference import load_record_types

            self._types = load_record_types(self._folder / FOLDER if self._folder else None)
        return self._types


REGISTERS = Registers()


def _known(type_id: str) -> RecordType | None:
    return REGISTERS.all().get(type_id)
