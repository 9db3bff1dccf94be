"""A document that is kept prints as it did: packed and read again it is the same; nothing else is taken for one."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gzdesk.domain.canonical import canonical_json
from gzdesk.reports.document import (
    Cell,
    Chart,
    ChartItem,
    Column,
    Document,
    Heading,
    Issuer,
    Margins,
    NewPage,
    Paragraph,
    Passage,
    Row,
    Space,
    Table,
)
from gzdesk.reports.packed import pack, unpack
from tests.reports.test_documents import DOCUMENTS

WORDS = st.text(st.characters(codec="utf-8"), max_size=12)
LENGTHS = st.floats(1, 200, allow_nan=False)
FIGURES = st.none() | st.integers(-(10**9), 10**9) | st.decimals(0, 10**6, places=2).map(str)
CELLS = st.builds(Cell, value=WORDS | st.integers(-(10**9), 10**9), label=st.booleans(), hint=WORDS)
TABLES = st.builds(
    lambda rows: Table(
        columns=(Column(title="甲", width_mm=30.5), Column(title="乙", width_mm=20, align="right")),
        rows=tuple(Row(cells=cells) for cells in rows),
    ),
    st.lists(st.tuples(CELLS, CELLS), max_size=3),
)
BLOCKS = st.one_of(
    st.builds(Heading, text=WORDS, size_pt=st.none() | LENGTHS),
    st.builds(Passage, text=WORDS, style=st.sampled_from(["title", "body", "level_1", "annex"])),
    st.builds(Paragraph, text=WORDS, size_pt=LENGTHS, bold=st.booleans()),
    st.builds(Issuer, name=WORDS, day=WORDS),
    st.builds(Space, height_mm=LENGTHS),
    st.just(NewPage()),
    TABLES,
    st.builds(
        Chart,
        kind=st.sampled_from(["columns", "line", "bullets"]),
        title=WORDS,
        items=st.lists(
            st.builds(ChartItem, label=WORDS, value=FIGURES, text=WORDS, target=FIGURES), max_size=3
        ).map(tuple),
    ),
)
SHEETS = st.builds(
    Document,
    title=WORDS,
    blocks=st.lists(BLOCKS, max_size=5).map(tuple),
    landscape=st.booleans(),
    official=st.booleans(),
    margins=st.builds(Margins, top=LENGTHS),
)


@given(SHEETS)
def test_any_document_comes_back_as_it_was(document: Document) -> None:
    assert unpack(json.loads(canonical_json(pack(document)))) == document


@pytest.mark.parametrize("name", DOCUMENTS)
def test_each_document_of_the_program_comes_back_as_it_was(name: str) -> None:
    document = DOCUMENTS[name]()
    assert unpack(json.loads(canonical_json(pack(document)))) == replace(document, remarks=())


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"is": "Column", "title": "甲", "width_mm": "3"},
        {"is": "Document", "title": "甲"},
        {"is": "Document", "title": "甲", "blocks": [{"is": "Hologram"}]},
        {"is": "Document", "title": 5, "blocks": []},
        {"is": "Document", "title": "甲", "blocks": [], "page": "A9"},
        {"is": "Document", "title": "甲", "blocks": [], "landscape": 1},
        {"is": "Document", "title": "甲", "blocks": [{"is": "Space", "height_mm": "tall"}]},
    ],
)
def test_what_is_no_document_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        unpack(data)


def test_what_a_newer_program_adds_is_passed_over() -> None:
    packed = pack(Document(title="甲", blocks=()))
    assert unpack({**packed, "sound": "fanfare"}) == Document(title="甲", blocks=())
