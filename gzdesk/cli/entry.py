"""From a command line to an exit code: 0 done, 1 refused with a reason, 2 wrong usage, 70 a bug."""

from __future__ import annotations

import logging
import os
import sys
import traceback
from collections.abc import Sequence

from gzdesk import i18n, logs
from gzdesk.cli.command import Answer, Call, Command, DetailedError
from gzdesk.cli.output import (
    TerminalProgress,
    in_words,
    prepare_streams,
    refusal,
    write_json,
    write_text,
)
from gzdesk.cli.parser import HelpWanted, UsageError, build_parser, parse
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.progress import Cancelled

DONE, REFUSED, WRONG_USAGE, BUG = 0, 1, 2, 70

_log = logging.getLogger(__name__)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code.

    With `--json` stdout gets exactly one JSON document, whatever happens; without it plain text, and refusals go
    to stderr. The log never goes to either.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    prepare_streams()
    as_json = "--json" in words
    # Before anything is read properly: help and wrong usage are answered in that language too.
    i18n.set_language(_language_asked_for(words) or _usual_language())
    try:
        return _run(words, as_json=as_json)
    except BrokenPipeError:
        # Somebody reads only the first lines (`| head`): not a fault, and there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    finally:
        logs.stop_log()


def _run(words: Sequence[str], *, as_json: bool) -> int:
    try:
        command, answer = _answer(words)
    except HelpWanted as wanted:
        _write_help(wanted.text, as_json=as_json)
        return DONE
    except UsageError as error:
        return _refuse(error, as_json=as_json, exit_code=WRONG_USAGE)
    except UserError as error:
        return _refuse(error, as_json=as_json, exit_code=REFUSED)
    except (Cancelled, KeyboardInterrupt):
        return _refuse(_stopped(), as_json=as_json, exit_code=REFUSED)
    except Exception as error:
        if _log.hasHandlers():
            _log.exception("cli.bug")
        traceback.print_exc(file=sys.stderr)
        return _refuse(_bug(error), as_json=as_json, exit_code=BUG)
    return _write(command, answer, as_json=as_json)


def _answer(words: Sequence[str]) -> tuple[Command, Answer]:
    from gzdesk import settings
    from gzdesk.cli.commands import all_commands
    from gzdesk.cli.words import REGISTERS

    commands = {command.name: command for command in all_commands()}
    arguments = parse(build_parser(commands.values()), words)
    progress = TerminalProgress()
    call = Call(
        arguments=arguments,
        data_dir=arguments.data or settings.default_data_dir(),
        today=arguments.today,
        progress=progress,
    )
    REGISTERS.use(call.data_dir)
    command = commands[arguments.command]
    try:
        return command, command.run(call)
    finally:
        progress.clear()


def _write(command: Command, answer: Answer, *, as_json: bool) -> int:
    refused = answer.refused
    if as_json:
        write_json({**answer.data, **(_as_data(refused) if refused else {})})
    else:
        write_text(command.show(answer.data))
        if refused:
            write_text(in_words(message=refused.message, hint=refused.hint), to=sys.stderr)
    return REFUSED if refused else DONE


def _write_help(text: str, *, as_json: bool) -> None:
    if as_json:
        write_json({"help": text})
    else:
        write_text(text)


def _refuse(error: UsageError | UserError, *, as_json: bool, exit_code: int) -> int:
    if as_json:
        write_json(_as_data(error))
    else:
        write_text(in_words(message=error.message, hint=error.hint), to=sys.stderr)
    return exit_code


def _as_data(error: UsageError | UserError) -> dict[str, object]:
    details = error.details if isinstance(error, DetailedError) else {}
    return refusal(code=error.code, message=error.message, hint=error.hint, details=details)


def _stopped() -> UserError:
    return UserError(code="cancelled", message=_("Stopped. Nothing was left half done."))


def _bug(error: Exception) -> UserError:
    return UserError(
        code="bug",
        message=_("The program ran into a fault of its own ({kind}).").format(kind=type(error).__name__),
        hint=_(
            "What was saved before is safe. Please hand the lines above and the log to whoever looks after it."
        ),
    )


def _usual_language() -> str:
    from gzdesk.settings import Preferences, preferences_path

    return Preferences.load(preferences_path()).language


def _language_asked_for(words: Sequence[str]) -> str | None:
    for at, word in enumerate(words):
        if word == "--lang" and at + 1 < len(words):
            return words[at + 1]
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return None
