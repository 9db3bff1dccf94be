"""What the first pages list as to be done, and where it leads. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where an action leads: a page of the window and what to show there."""

    page: str
    arguments: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueItem:
    """One thing to do. `done` of `wanted` is shown as a bar when `wanted` is not 0; `button` leads there."""

    kind: str
    urgency: int
    tone: str
    icon: str
    title: str
    detail: str
    button: str
    action: Target
    done: int = 0
    wanted: int = 0
