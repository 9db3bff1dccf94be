"""The import rules of pyproject.toml hold, and each of them would notice being broken."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"

LAYERS = "Each layer imports only the layers below it"
QT = "Only the desktop imports PySide6"
SQL = "Only the storage imports SQLAlchemy and Alembic"
WINDOWS = "Windows reach storage, exchange and reports through services only"
DOMAIN = "The domain imports no third-party package"

VIOLATIONS = [
    pytest.param(LAYERS, "domain/planted.py", "import gzdesk.services", id="upwards"),
    pytest.param(LAYERS, "reports/planted.py", "from gzdesk import storage", id="sideways"),
    pytest.param(LAYERS, "cli/planted.py", "import gzdesk.desktop.theme", id="from one face to the other"),
    pytest.param(LAYERS, "settings.py", "def f():\n    import gzdesk.domain", id="upwards and late"),
    pytest.param(LAYERS, "newcomer.py", "", id="a module without a layer"),
    pytest.param(QT, "services/planted.py", "from PySide6.QtCore import QDate", id="Qt below the desktop"),
    pytest.param(QT, "bootstrap.py", "def f():\n    import PySide6", id="Qt below the desktop and late"),
    pytest.param(SQL, "services/planted.py", "from sqlalchemy import select", id="SQL above the storage"),
    pytest.param(SQL, "exchange/planted.py", "import sqlite3", id="the driver beside the storage"),
    pytest.param(WINDOWS, "desktop/planted.py", "import gzdesk.storage", id="a window at the store"),
    pytest.param(WINDOWS, "desktop/pages/planted.py", "import gzdesk.reports", id="a page at the printer"),
    pytest.param(DOMAIN, "domain/planted.py", "import msgspec", id="a library"),
    pytest.param(DOMAIN, "domain/planted.py", "def f():\n    import babel.core", id="a late library"),
]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Copy what the rules read, so that it can be spoilt."""
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "gzdesk", tmp_path / "gzdesk", ignore=ignore)
    shutil.copytree(ROOT / "tests" / "architecture", tmp_path / "tests" / "architecture", ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def broken_contracts(folder: Path) -> set[str]:
    """Return the names of the contracts that the code in `folder` breaks."""
    result = subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    report = result.stdout + result.stderr
    assert "Contracts: " in report, report
    broken = {name for name in (LAYERS, QT, SQL, WINDOWS, DOMAIN) if f"{name} BROKEN" in report}
    assert bool(broken) == bool(result.returncode), report
    return broken


def test_the_code_keeps_every_contract() -> None:
    assert broken_contracts(ROOT) == set()


@pytest.mark.parametrize(("contract", "module", "code"), VIOLATIONS)
def test_a_planted_violation_breaks_its_contract(tree: Path, contract: str, module: str, code: str) -> None:
    planted = tree / "gzdesk" / module
    with planted.open("a", encoding="utf-8") as file:
        file.write(f"\n{code}\n")
    assert contract in broken_contracts(tree)
