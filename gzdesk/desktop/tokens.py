"""Colours and sizes of the windows, named by what they are for (ui.md section 2)."""

from __future__ import annotations

from typing import NamedTuple


class Tone(NamedTuple):
    """Three colours of a state: its words, the ground under them and the edge around them."""

    ink: str
    ground: str
    edge: str


class Palette(NamedTuple):
    """One set of colours; every pair that carries text has a contrast of at least 4.5:1."""

    name: str
    bg: str
    surface: str
    soft: str  # strips inside a card: button bars, closed days
    ink: str
    ink2: str
    ink3: str
    line: str
    line2: str
    header: str
    status_bar: str
    primary: str
    primary_hover: str
    on_primary: str
    accent: str  # words that can be pressed
    selected: str
    on_selected: str
    carried: str  # ground of a field brought over from last time
    carried_edge: str
    nav: str
    nav_selected: str
    nav_ink: str
    nav_ink_selected: str
    nav_line: str
    mark: str  # bar at the selected page
    badge: str
    on_badge: str
    weekend: str
    holiday: str  # ground of a day off in the opening calendar
    today: str
    column: str  # the month that is being collected, on the board
    slot: str  # an opening slot that takes place
    opened: str  # line under a day that was open
    amber: str  # the circle that stands for an activity, and a bar that is behind its pace
    heat_more: str  # a cell of the heat map with more than is asked for
    on_heat_more: str
    disabled: str
    on_disabled: str
    focus: str
    focus_ground: str
    ok: Tone
    warn: Tone
    error: Tone
    info: Tone
    gap: Tone
    neutral: Tone
    outline: Tone
    alarm: Tone  # a state that must be seen first: sent back
    missing: Tone  # nothing came: words and edge without a ground

    def tone(self, name: str) -> Tone:
        """The three colours of a named state: ok, warn, error, info, gap, neutral, outline or alarm."""
        found: Tone = getattr(self, name)
        return found

    def on_card(self, name: str) -> str:
        """The colour of words and signs of that tone on a card; a tone whose ink is dark on a bright ground swaps."""
        found = self.tone(name)
        return found.ground if name in ("error", "alarm") and self.name == "high_contrast" else found.ink


LIGHT = Palette(
    name="light",
    bg="#F5F3EE",
    surface="#FFFFFF",
    soft="#FAF9F6",
    ink="#22272B",
    ink2="#474E54",
    ink3="#60676C",
    line="#DDD8CC",
    line2="#8A8475",
    header="#F0EDE5",
    status_bar="#E9E5DA",
    primary="#17625C",
    primary_hover="#114E49",
    on_primary="#FFFFFF",
    accent="#17625C",
    selected="#E2EFED",
    on_selected="#0F4A45",
    carried="#F0F6F5",
    carried_edge="#7FB2AC",
    nav="#153F3C",
    nav_selected="#2A625D",
    nav_ink="#E8F1EF",
    nav_ink_selected="#FFFFFF",
    nav_line="#2F5A56",
    mark="#F2B84B",
    badge="#F2B84B",
    on_badge="#2B2000",
    weekend="#AE2219",
    holiday="#FDF5F3",
    today="#E2EFED",
    column="#FFF6DE",
    slot="#CFE5E1",
    opened="#7FAE92",
    amber="#B86E00",
    heat_more="#7FB2AC",
    on_heat_more="#12302D",
    disabled="#EFEDE7",
    on_disabled="#5C6266",
    focus="#C2410C",
    focus_ground="#FFF9EC",
    ok=Tone("#1C6636", "#E1F1E5", "#A9D2B5"),
    warn=Tone("#804600", "#FFF0D1", "#E3BC6A"),
    error=Tone("#AE2219", "#FCE7E4", "#EDB2AB"),
    info=Tone("#1B5690", "#E3EEF9", "#A5C6E8"),
    gap=Tone("#62369A", "#EFE7FA", "#C7AEE8"),
    neutral=Tone("#474E54", "#ECE9E2", "#CBC5B6"),
    outline=Tone("#22272B", "#FFFFFF", "#8A8475"),
    alarm=Tone("#FFFFFF", "#AE2219", "#AE2219"),
    missing=Tone("#AE2219", "#FFFFFF", "#AE2219"),
)

HIGH_CONTRAST = Palette(
    name="high_contrast",
    bg="#0E1413",
    surface="#151D1B",
    soft="#1A2321",
    ink="#FFFFFF",
    ink2="#E0E8E6",
    ink3="#C3CECB",
    line="#4A5855",
    line2="#A9B8B4",
    header="#22302D",
    status_bar="#000000",
    primary="#7FE0D2",
    primary_hover="#A6EDE3",
    on_primary="#00201C",
    accent="#7FE0D2",
    selected="#1F3B37",
    on_selected="#FFFFFF",
    carried="#1A2E2B",
    carried_edge="#7FE0D2",
    nav="#000000",
    nav_selected="#23413D",
    nav_ink="#E8F1EF",
    nav_ink_selected="#FFFFFF",
    nav_line="#4A5855",
    mark="#FFD27A",
    badge="#FFD27A",
    on_badge="#000000",
    weekend="#FF9E94",
    holiday="#251817",
    today="#1F3B37",
    column="#3A3000",
    slot="#23504A",
    opened="#8FD3A8",
    amber="#FFD27A",
    heat_more="#7FE0D2",
    on_heat_more="#00201C",
    disabled="#22302D",
    on_disabled="#C3CECB",
    focus="#FFD400",
    focus_ground="#2B2500",
    ok=Tone("#A9F0BD", "#12351F", "#3F7A53"),
    warn=Tone("#FFDD94", "#4A3200", "#B98A2E"),
    error=Tone("#2B0000", "#FF8B7F", "#FF8B7F"),
    info=Tone("#BBDCFF", "#0F2D4D", "#4878AD"),
    gap=Tone("#E6D4FF", "#38205C", "#7C5BB0"),
    neutral=Tone("#FFFFFF", "#0E1413", "#8A9994"),
    outline=Tone("#FFFFFF", "#0E1413", "#A9B8B4"),
    alarm=Tone("#2B0000", "#FF8B7F", "#FF8B7F"),
    missing=Tone("#FF9E94", "#151D1B", "#FF8B7F"),
)

# Logical pixels at normal text size; the large mode multiplies every one of them.
TEXT_PX = {
    "title": 23,
    "section": 17,
    "body": 16,
    "table": 15,
    "small": 14,
    "tiny": 13,
    "hero": 29,
    "quick": 20,
}
NAV_WIDTH, NAV_WIDTH_LARGE, NAV_WIDTH_NARROW = 156, 178, 64
NARROW_BELOW = 1200
LARGE_SCALE = 1.25
