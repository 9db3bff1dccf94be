"""The grammar of the command line, and wrong usage said in the language in use.

argparse does the work; what it would say in English is said here, so that help and refusals can be read in the
village too.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from gzdesk.cli.command import Command
from gzdesk.cli.intake import FORMAT
from gzdesk.domain.period import Month
from gzdesk.domain.report_quarter import ReportQuarter
from gzdesk.i18n import LANGUAGES
from gzdesk.i18n import gettext as _

PROGRAM = "gzdesk-cli"

# Commands that the contract promises and that are not made yet: they answer at once, whatever follows them.
LATER = ("backup", "restore")


class UsageError(Exception):
    """The command line is written wrongly: exit code 2."""

    def __init__(self, *, message: str, hint: str, code: str = "usage") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


class HelpWanted(Exception):
    """Somebody asked what can be typed; `text` is the answer."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


def build_parser(commands: Iterable[Command]) -> argparse.ArgumentParser:
    """The parser of all commands, its words in the language in use now."""
    parser = _Parser(prog=PROGRAM, description=_("Village and town culture registers, without a window."))
    _add_global_options(parser, default=None)
    parser.add_argument("--version", action=_Version, help=_("print the version and stop"))
    family = parser.add_subparsers(dest="command", metavar=_("COMMAND"), title=_("Commands"))
    for command in commands:
        child = family.add_parser(command.name, help=command.help, description=command.help)
        # Typed after the command as often as before it. Without a default, so that it does not undo the first.
        _add_global_options(child, default=argparse.SUPPRESS)
        command.arguments(child)
    for name in LATER:
        # No option prefix: every word after the command is taken, for nobody knows yet what will be valid.
        child = family.add_parser(name, add_help=False, prefix_chars="\0")
        child.add_argument("rest", nargs="*")
    return parser


def parse(parser: argparse.ArgumentParser, argv: Sequence[str]) -> argparse.Namespace:
    """Read a command line. Raises UsageError when it is wrong and HelpWanted when it asks for help."""
    try:
        arguments = parser.parse_args(argv)
    except argparse.ArgumentError as error:
        raise _usage_error(_in_words(error.argument_name or "", error.message), parser.prog) from error
    if arguments.command is None:
        raise _usage_error(_("No command was given."), parser.prog)
    if arguments.command in LATER:
        raise UsageError(
            code="not_there_yet",
            message=_("“{command}” is not there yet.").format(command=arguments.command),
            hint=_("It comes with a later edition. Nothing was changed."),
        )
    return arguments


def month(text: str) -> Month:
    """An argument such as `2019-10`."""
    try:
        return Month.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            _("“{text}” is no month; write 2019-10").format(text=text)
        ) from error


def quarter(text: str) -> ReportQuarter:
    """An argument such as `2019-Q4`."""
    try:
        return ReportQuarter.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            _("“{text}” is no quarter; write 2019-Q4").format(text=text)
        ) from error


def year(text: str) -> int:
    """An argument such as `2019`."""
    if not re.fullmatch(r"(19|20|21)\d\d", text):
        raise argparse.ArgumentTypeError(_("“{text}” is no year; write 2019").format(text=text))
    return int(text)


def day(text: str) -> date:
    """An argument such as `2019-10-05`."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            _("“{text}” is no date; write 2019-10-05").format(text=text)
        ) from error


def count(*, least: int, most: int) -> Callable[[str], int]:
    """An argument that is a whole number between two ends, both allowed."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdecimal() and least <= int(text) <= most):
            message = _("“{text}” is no whole number from {least} to {most}")
            raise argparse.ArgumentTypeError(message.format(text=text, least=least, most=most))
        return int(text)

    return read


def _language(text: str) -> str:
    if text not in LANGUAGES:
        raise argparse.ArgumentTypeError(_("the languages are zh_CN and en"))
    return text


def _add_global_options(parser: argparse.ArgumentParser, *, default: Any) -> None:
    parser.add_argument("--data", type=Path, default=default, metavar="DIR", help=_("the data folder"))
    off = False if default is None else default
    parser.add_argument(
        "--json",
        action="store_true",
        default=off,
        help=_("answer with one {format} document").format(format=FORMAT),
    )
    parser.add_argument(
        "--today", type=day, default=default, metavar="YYYY-MM-DD", help=_("take this day for today")
    )
    parser.add_argument(
        "--lang", type=_language, default=default, metavar="zh_CN|en", help=_("language of the answers")
    )


class _Formatter(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, _("Usage: ") if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    def __init__(self, **settings: Any) -> None:
        wants_help = settings.pop("add_help", True)
        settings |= {"add_help": False, "allow_abbrev": False, "exit_on_error": False}
        super().__init__(formatter_class=_Formatter, **settings)
        # argparse has no other door to the headings of the two groups that every argument falls into.
        self._optionals.title, self._positionals.title = _("Options"), _("Arguments")
        if wants_help:
            self.add_argument("-h", "--help", action=_Help, help=_("print this help and stop"))

    def error(self, message: str) -> NoReturn:
        raise _usage_error(_in_words("", message), self.prog)


class _Stop(argparse.Action):
    def __init__(self, **settings: Any) -> None:
        super().__init__(nargs=0, **(settings | {"default": argparse.SUPPRESS, "dest": argparse.SUPPRESS}))


class _Help(_Stop):
    def __call__(self, parser: argparse.ArgumentParser, *_rest: object) -> NoReturn:
        raise HelpWanted(parser.format_help())


class _Version(_Stop):
    def __call__(self, *_rest: object) -> NoReturn:
        from gzdesk import __version__

        raise HelpWanted(f"{PROGRAM} {__version__}\n")


def _usage_error(message: str, program: str) -> UsageError:
    return UsageError(message=message, hint=_("See: {command}").format(command=f"{program} --help"))


def _in_words(name: str, message: str) -> str:
    """What argparse found wrong, in the language in use; what it may say in a later Python stays as it is."""
    for pattern, words in _wordings():
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return words.format(name=name, **found.groupdict())
    return _("{name}: {problem}.").format(name=name, problem=message) if name else message


def _wordings() -> tuple[tuple[str, str], ...]:
    return (
        (r"expected (one|at least one) argument", _("{name} needs a value.")),
        (r"the following arguments are required: (?P<names>.*)", _("Missing: {names}.")),
        (r"one of the arguments (?P<names>.*) is required", _("One of these is needed: {names}.")),
        (r"unrecognized arguments: (?P<names>.*)", _("Not known here: {names}.")),
        (r"not allowed with argument (?P<other>.*)", _("{name} and {other} exclude each other.")),
        (r"invalid choice: '?(?P<value>.*?)'? \(choose from .*\)", _("There is no “{value}” for {name}.")),
    )
