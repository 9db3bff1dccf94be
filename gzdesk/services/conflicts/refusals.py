"""Why a record can't be settled, in sentences."""

from __future__ import annotations

from collections.abc import Iterable

from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.i18n import listed


def town_settles() -> UserError:
    """In a village: two answers would only be two more sides."""
    return UserError(
        code="town_settles",
        message=_("The town station chooses between two versions of a record."),
        hint=_("Hand in to the station; its answer file brings what was chosen."),
    )


def unknown_record() -> UserError:
    """No version of it is here."""
    return UserError(
        code="unknown_record",
        message=_("There is no such record."),
        hint=_("It may have been deleted. Look it up in the list."),
    )


def no_conflict() -> UserError:
    """Nothing to choose: it was settled before, or only one side ever changed it."""
    return UserError(
        code="no_conflict",
        message=_("This record was not changed on two sides, or it is settled already."),
        hint=_("The command `conflicts` lists what is to be chosen."),
    )


def changed_since() -> UserError:
    """A package came while somebody was choosing."""
    return UserError(
        code="changed_since",
        message=_("Another version of this record has come in the meantime."),
        hint=_("Look at the versions again and choose."),
    )


def not_a_version(revision: str) -> UserError:
    """An id that is none of the versions to choose from."""
    return UserError(
        code="unknown_revision",
        message=_("{name} is none of the versions to choose from.").format(name=revision),
        hint=_("The command `conflicts` lists them with their ids."),
    )


def not_an_item(name: str) -> UserError:
    """A choice for an item in which the versions do not differ."""
    return UserError(
        code="unknown_field",
        message=_("The versions do not differ in an item called {name}.").format(name=name),
        hint=_("The command `conflicts` lists the items that differ."),
    )


def not_all_chosen(labels: Iterable[str]) -> UserError:
    """Nothing is chosen for anybody."""
    return UserError(
        code="not_all_chosen",
        message=_("Not chosen yet: {names}.").format(names=listed(labels)),
        hint=_("Choose for each of these items which version to use."),
    )


def take_whole() -> UserError:
    """One side is deleted, or the program wrote the record as one whole."""
    return UserError(
        code="take_whole",
        message=_("These versions can't be mixed item by item."),
        hint=_("Use one of them as a whole."),
    )


def erased() -> UserError:
    """The other version may still name the person."""
    return UserError(
        code="erased_already",
        message=_("This person's data was erased and can't be changed or brought back."),
        hint=_("Use the version without the person's data as a whole."),
    )
