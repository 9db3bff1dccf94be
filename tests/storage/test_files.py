"""Photos and scans are kept once, whole, and named when they are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from gzdesk.storage.files import Files


def test_the_same_content_is_kept_once(tmp_path: Path) -> None:
    files = Files(tmp_path)
    assert files.put(b"photo") == files.put(b"photo")
    assert sum(1 for path in tmp_path.rglob("*") if path.is_file()) == 1


def test_a_damaged_or_missing_file_reads_as_none(tmp_path: Path) -> None:
    files = Files(tmp_path)
    sha256 = files.put(b"photo")
    files.path(sha256).write_bytes(b"other")
    assert files.read(sha256) is None
    assert files.read("0" * 64) is None


def test_only_a_hash_names_a_file(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not a SHA-256"):
        Files(tmp_path).path("../../etc/passwd")


def test_a_write_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", refuse)
    with pytest.raises(OSError, match="No space"):
        Files(tmp_path).put(b"photo")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
