"""临时停开公告: why and how long a venue is closed; repairs are announced 7 days ahead (公共文化体育设施条例 18)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from gzdesk.domain.unit import Unit
from gzdesk.i18n import gettext as _
from gzdesk.i18n import language, ngettext
from gzdesk.reports.document import Closing, Document, Heading, Margins, Paragraph, Seal, Space
from gzdesk.reports.layout import BUILT_IN, Layout, Layouts
from gzdesk.reports.source import Filed, Venue
from gzdesk.reports.words import centre_name, day_text, day_to_fill_in, short_day_text

DAYS_AHEAD = 7
_REPAIR, _OTHER = "repair", "other"
_LONGEST_REASON = 20
_TO_WRITE_IN = "____________"
_LETTER = Margins(top=37, left=28, right=26, bottom=30)  # GB/T 9704


def document(
    unit: Unit, notice: Filed, venues: Sequence[Venue] = (), *, layouts: Layouts = BUILT_IN
) -> Document:
    """The notice of one closure; `venues` may tell the phone number of the place."""
    layout = layouts.load("closure_notice")
    size_pt = layout.numbers["body_pt"]
    phone = next((item.text("phone") for venue in venues for item in venue.schedules), "")
    texts = [_sentence(unit, notice, layout), layout.text("alternative"), layout.text("apology")]
    if phone:
        texts.append(layout.text("phone", phone=phone))
    posted = notice.day("posted_on")
    centre = centre_name(kind=unit.kind, name=unit.label)
    title = layout.title(unit=unit.label)
    return Document(
        title=title,
        author=unit.label,
        landscape=False,
        margins=_LETTER,
        language=language(),
        numbered=False,
        remarks=_remarks(notice),
        blocks=(
            Heading(text=title, size_pt=layout.numbers["title_pt"]),
            Space(height_mm=10),
            *(Paragraph(text=text, size_pt=size_pt, indent=True) for text in texts if text),
            Space(height_mm=12),
            Paragraph(text=centre, size_pt=size_pt, align="right"),
            Closing(
                seal=Seal(date=day_text(posted) if posted else day_to_fill_in(None)),
                at_foot=False,
                size_pt=size_pt,
            ),
        ),
    )


def days_ahead(notice: Filed) -> int | None:
    """How many days before its first day a closure was announced, or None when that is not known."""
    posted, first = notice.day("posted_on"), notice.day("from")
    return None if posted is None or first is None else (first - posted).days


def _remarks(notice: Filed) -> tuple[str, ...]:
    ahead = days_ahead(notice)
    if notice.values.get("reason") != _REPAIR or ahead is None or ahead >= DAYS_AHEAD:
        return ()
    if ahead < 0:
        return (
            _("Repairs must be announced {days} days ahead; this one only after they began.").format(
                days=DAYS_AHEAD
            ),
        )
    words = ngettext(
        "Repairs must be announced {days} days ahead; here it is only {count} day.",
        "Repairs must be announced {days} days ahead; here it is only {count} days.",
        ahead,
    )
    return (words.format(days=DAYS_AHEAD, count=ahead),)


def _reason(notice: Filed) -> str:
    """Why, as it is told to visitors: `other` tells them nothing, so a short remark stands for it, or a line."""
    if notice.values.get("reason") != _OTHER:
        return notice.text("reason")
    remark = notice.text("remark").strip().rstrip("。.")
    return remark if 0 < len(remark) <= _LONGEST_REASON else _TO_WRITE_IN


def _sentence(unit: Unit, notice: Filed, layout: Layout) -> str:
    first, last = notice.day("from"), notice.day("to")
    venue = notice.text("facility_id")
    places = {
        "unit": unit.label,
        "venue": venue if unit.label in venue else _("{unit} {venue}").format(unit=unit.label, venue=venue),
        "reason": _reason(notice),
        "first": day_text(first) if first else day_to_fill_in(None),
    }
    if last is None:
        return layout.text("open_end", **places)
    following = short_day_text(last + timedelta(days=1))
    if first == last:
        return layout.text("one_day", next=following, **places)
    return layout.text("notice", last=day_text(last), next=following, **places)
