"""Language of what people read: gettext over .po files, Chinese by default, English second.

msgids are English. The .po text is the source; it is compiled in memory and the compiled form kept in a cache,
for reading a .po file takes longer than opening the first window may.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from gettext import NullTranslations

LANGUAGES = ("zh_CN", "en")
DEFAULT_LANGUAGE = "zh_CN"

_language = DEFAULT_LANGUAGE
_loaded: dict[str, NullTranslations] = {}


def language() -> str:
    """The language in use: `zh_CN` or `en`."""
    return _language


def set_language(code: str) -> None:
    """Use that language from now on; an unknown code means the default."""
    global _language
    _language = code if code in LANGUAGES else DEFAULT_LANGUAGE


def gettext(message: str) -> str:
    """The message in the language in use."""
    return _translations().gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """The message for that count in the language in use."""
    return _translations().ngettext(singular, plural, count)


def pick(*, zh: str, en: str) -> str:
    """One of two texts that a data file carries; the other when one is empty."""
    return (zh or en) if _language == "zh_CN" else (en or zh)


def listed(words: Iterable[str]) -> str:
    """Words one after another as people list them: `甲、乙`, `first, second`."""
    return pick(zh="、", en=", ").join(words)


def joined(words: Iterable[str]) -> str:
    """Sentences or words one after another: without a gap in Chinese, with a blank in English."""
    return ("" if _language == "zh_CN" else " ").join(word for word in words if word)


def weekday_words(day: date) -> str:
    """`星期三`; in English `Wednesday`."""
    return (
        gettext("Monday"),
        gettext("Tuesday"),
        gettext("Wednesday"),
        gettext("Thursday"),
        gettext("Friday"),
        gettext("Saturday"),
        gettext("Sunday"),
    )[day.weekday()]


def _translations() -> NullTranslations:
    if _language not in _loaded:
        _loaded[_language] = _load(_language)
    return _loaded[_language]


def _load(code: str) -> NullTranslations:
    # Loaded with the first word that is asked for: the first window opens before that.
    import gettext
    import io

    from gzdesk import assets
    from gzdesk.compiled import compiled

    if code == "en":
        return gettext.NullTranslations()
    source = assets.resource("i18n", f"{code}.po").read_bytes()
    return gettext.GNUTranslations(io.BytesIO(compiled(f"{code}.mo", source, lambda: _compile(code, source))))


def _compile(code: str, source: bytes) -> bytes:
    import io

    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    target = io.BytesIO()
    write_mo(target, read_po(io.BytesIO(source), locale=code))
    return target.getvalue()
