"""The locks are complete, checked by hash, tied to no place, and what pyproject.toml allows."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCKS = ROOT / "installers" / "locks"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ENTRY = re.compile(
    r"^(?P<name>[a-z0-9-]+)==(?P<version>[^ ]+)(?P<marker> ; .+)?(?P<hashes>( --hash=sha256:[0-9a-f]{64})+)$"
)


def locked(name: str) -> dict[str, str]:
    """Return the versions of a lock file by package; every entry must have the one form we allow."""
    text = (LOCKS / name).read_text(encoding="utf-8").replace("\\\n    ", "")
    entries = [ENTRY.match(line) for line in text.splitlines()]
    assert all(entries), f"{name} has lines that are neither a version nor a hash"
    return {entry["name"]: entry["version"] for entry in entries if entry}


@pytest.mark.parametrize("name", ["runtime.txt", "build.txt", "test.txt"])
def test_a_lock_holds_versions_and_hashes_only(name: str) -> None:
    assert locked(name)


def test_the_test_lock_holds_the_others() -> None:
    assert locked("runtime.txt").items() | locked("build.txt").items() <= locked("test.txt").items()


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("runtime.txt", PROJECT["dependencies"]),
        ("test.txt", PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]),
    ],
)
def test_the_lock_is_what_the_project_asks_for(name: str, wanted: list[str]) -> None:
    versions = locked(name)
    for requirement in map(Requirement, wanted):
        assert versions[canonicalize_name(requirement.name)] in requirement.specifier
