"""Compiled forms in the cache: made once for each source, and a home that cannot be written costs only time."""

from __future__ import annotations

from pathlib import Path

import platformdirs
import pytest

from gzdesk.compiled import compiled


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda *_names, **_options: folder)
    return folder


def test_the_same_source_is_made_once(cache: Path) -> None:
    made: list[bytes] = []

    def make() -> bytes:
        made.append(b"form")
        return b"form"

    assert compiled("words.mo", b"source", make) == compiled("words.mo", b"source", make) == b"form"
    assert made == [b"form"]
    assert [file.suffix for file in cache.iterdir()] == [".mo"]


def test_another_source_is_made_anew_and_the_older_form_goes(cache: Path) -> None:
    assert compiled("words.mo", b"old", lambda: b"1") == b"1"
    assert compiled("words.mo", b"new", lambda: b"2") == b"2"
    assert compiled("words-of-types.mo", b"new", lambda: b"3") == b"3"
    assert sorted(file.read_bytes() for file in cache.iterdir()) == [b"2", b"3"]


def test_a_home_that_cannot_be_written_costs_only_time(cache: Path) -> None:
    cache.write_bytes(b"a file where the folder should be")
    assert compiled("words.mo", b"source", lambda: b"form") == b"form"
