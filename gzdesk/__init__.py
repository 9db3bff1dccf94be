"""Records, monthly sheets and file exchange for village and town culture stations, offline."""

from __future__ import annotations

__version__ = "0.1.0.dev0"
