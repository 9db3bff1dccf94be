"""What we rely on in Qt for Python that its version range has to guarantee."""

from __future__ import annotations

import sys

import pytest


@pytest.mark.usefixtures("qapp")
def test_void_calls_keep_none_alive() -> None:
    """PySide6 6.12.0 loses a reference to None in each: some thousand calls later the program dies."""
    from PySide6.QtCore import QObject

    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(3000):
        thing.setObjectName("a")
    assert sys.getrefcount(None) > before - 300
