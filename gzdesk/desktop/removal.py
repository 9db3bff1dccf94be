"""Deleting and voiding from a list: one record or several, what happened only with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gzdesk.desktop.several_dialog import LeftList
from gzdesk.desktop.widgets.ask_dialog import Answer, AskDialog
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.i18n import ngettext

if TYPE_CHECKING:
    from gzdesk.desktop.page import Page


def remove_records(page: Page, record_ids: Sequence[str]) -> None:
    """Delete what was never more than a plan or a list entry; void what happened, with a reason."""
    several = page.shell.workspace.several
    try:
        if len(record_ids) > 1:
            _remove_several(page, record_ids)
        elif several.happened(record_ids):
            _void_one(page, record_ids[0])
        else:
            _delete_one(page, record_ids[0], reason="")
    except UserError as error:
        page.shell.tell_error(error)


def _void_one(page: Page, record_id: str) -> None:
    dialog = AskDialog(
        page,
        page.theme,
        question=_("Void this record?"),
        sentence=_("It stays in the ledger with its reason and no longer counts."),
        reason_label=_("Reason"),
        answers=_answers(_("Void it"), _("Delete it instead")),
    )
    answer, reason = dialog.ask(), dialog.written()
    if answer == "void":
        page.shell.workspace.records.void(record_id, reason=reason)
        _tell(page, _("Voided. Ctrl+Z takes it back."))
    elif answer == "delete":
        _delete_one(page, record_id, reason=reason)


def _delete_one(page: Page, record_id: str, *, reason: str) -> None:
    words = page.shell.workspace.records.delete(record_id, reason=reason)
    _tell(page, _("Deleted: {what}. Ctrl+Z brings it back.").format(what=words))


def _remove_several(page: Page, record_ids: Sequence[str]) -> None:
    several = page.shell.workspace.several
    plan = several.removal_plan(record_ids)
    happened = several.happened(plan.changes)
    count, left = len(plan.changes), len(plan.left)
    question = ngettext("Remove {count} record?", "Remove {count} records?", count).format(count=count)
    sentence = _(
        "What took place is voided and stays in the ledger with its reason; what did not is deleted."
    )
    if not count:
        question = _("None of these records can be removed.")
    dialog = AskDialog(
        page,
        page.theme,
        question=question,
        sentence=sentence if happened else "",
        reason_label=_("Reason") if happened else "",
        answers=_answers(_("Void them"), _("Delete them instead")) if happened else _plain_answers(count),
    )
    if left:
        words = ngettext("{count} stays as it is:", "{count} stay as they are:", left).format(count=left)
        named = LeftList(page.shell)
        named.show_left(plan.left)
        dialog.put_below(words, named)
    answer, reason = dialog.ask(), dialog.written()
    if answer == "void":
        several.void(plan.changes, reason=reason)
    elif answer == "delete":
        several.delete(plan.changes, reason=reason)
    else:
        return
    words = ngettext(
        "{count} record removed. Ctrl+Z brings it back.",
        "{count} records removed. Ctrl+Z brings them back.",
        count,
    )
    _tell(page, words.format(count=count))


def _answers(void: str, delete: str) -> tuple[Answer, ...]:
    return (
        Answer(id="delete", words=delete, kind="link"),
        Answer(id="stay", words=_("Leave it")),
        Answer(id="void", words=void, kind="danger", needs_words=True),
    )


def _plain_answers(count: int) -> tuple[Answer, ...]:
    stay = Answer(id="stay", words=_("Leave it"))
    return (stay, Answer(id="delete", words=_("Delete them"), kind="danger")) if count else (stay,)


def _tell(page: Page, words: str) -> None:
    page.shell.tell(words, link=(_("Recycle bin"), lambda: page.shell.go("recycle_bin")))
