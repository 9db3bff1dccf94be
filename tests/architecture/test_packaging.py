"""What is in the tree is in the wheel: nothing that works for us may be missing on a clerk's PC."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from gzdesk import assets

ROOT = Path(__file__).parents[2]
PLACES = {"gzdesk": "gzdesk", "db": "gzdesk/db", "resources": "gzdesk/resources"}
NOT_SHIPPED = shutil.ignore_patterns("__pycache__", "*.pyc", "*.egg-info")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the tree: building in place would leave files beside the sources."""
    copy = tmp_path_factory.mktemp("source") / "tree"
    copy.mkdir()
    for folder in PLACES:
        shutil.copytree(ROOT / folder, copy / folder, ignore=NOT_SHIPPED)
    for name in ("pyproject.toml", "setup.py", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    return copy


@pytest.fixture(scope="module")
def wheel(source: Path) -> Path:
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet", "--no-index"]
    out = source.parent / "dist"
    subprocess.run(
        [*pip, "--no-deps", "--no-build-isolation", "--wheel-dir", str(out), str(source)], check=True
    )
    return next(out.glob("gzdesk-*.whl"))


def test_the_wheel_holds_every_file(source: Path, wheel: Path) -> None:
    expected = {
        f"{place}/{path.relative_to(source / folder).as_posix()}"
        for folder, place in PLACES.items()
        for path in (source / folder).rglob("*")
        if path.is_file()
    }
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if name.startswith("gzdesk/")}
    assert packed == expected


def test_the_wheel_finds_its_files_where_there_is_no_tree(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    show = (
        "from gzdesk import assets; print(assets.resource_path('i18n', 'zh_CN.po'), assets.migrations_path())"
    )
    program = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); {show}"
    shown = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True)
    found = [Path(part) for part in shown.stdout.split()]
    assert [path.is_relative_to(tmp_path) and path.exists() for path in found] == [True, True]


def test_every_folder_with_code_is_a_package() -> None:
    """One without an `__init__.py` is left out of the wheel, and the import rules do not see it."""
    folders = {path.parent for path in (ROOT / "gzdesk").rglob("*.py")}
    assert [folder for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


def test_assets_are_found_in_the_tree() -> None:
    assert assets.resource_path("i18n").samefile(ROOT / "resources" / "i18n")
    assert assets.reference("record_types").is_dir()
