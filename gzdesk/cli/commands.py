"""All commands, in the order in which help lists them."""

from __future__ import annotations

from gzdesk.cli import (
    adjustments,
    duties,
    evidence,
    exchange,
    finishing,
    indicators,
    lists,
    lost,
    months,
    personal,
    records,
    reviewing,
    standing,
    stores,
    tables,
    tables_out,
    twins,
    units,
    upkeep,
)
from gzdesk.cli.command import Command


def all_commands() -> tuple[Command, ...]:
    """The commands, their help in the language in use now."""
    return (
        *stores.commands(),
        *records.commands(),
        *lists.commands(),
        *evidence.commands(),
        *duties.commands(),
        *tables.commands(),
        *tables_out.commands(),
        *months.commands(),
        *finishing.commands(),
        *exchange.commands(),
        *reviewing.commands(),
        *standing.commands(),
        *twins.commands(),
        *lost.commands(),
        *indicators.commands(),
        *adjustments.commands(),
        *units.commands(),
        *personal.commands(),
        *upkeep.commands(),
    )
