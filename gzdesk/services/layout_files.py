"""The layouts of documents that hold on this PC."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gzdesk.services.context import Context
from gzdesk.services.handed_down import delivered_layouts

if TYPE_CHECKING:
    from gzdesk.reports.layout import Layouts


def layouts_of(context: Context) -> Layouts:
    """The layouts that the town delivered, those of this PC's folder and those that came with the program."""
    from gzdesk.reports.layout import FOLDER, Layouts

    return Layouts(context.store.folder / FOLDER, delivered_layouts(context))
