"""The documents lead somewhere, and the two READMEs say the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("installers/*.md")])


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_has_an_end(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_both_readmes_have_the_same_parts() -> None:
    english, chinese = (
        parts((ROOT / name).read_text(encoding="utf-8")) for name in ("README.md", "README.zh-CN.md")
    )
    assert english == chinese


def parts(text: str) -> list[str]:
    """Return what a translation keeps: kinds of headings, table rows, pictures, and commands as they are."""
    lines = [line for line in text.splitlines() if line.startswith(("#", "|", "![", "python3 "))]
    return [line if line.startswith("python3 ") else line[:2] for line in lines]
