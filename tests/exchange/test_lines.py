"""Lines of revisions: what was written comes out byte for byte, and nothing else is let in."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gzdesk.domain.revision import Header, Revision, body_hash, revision_id
from gzdesk.exchange.limits import LINE_BYTES
from gzdesk.exchange.lines import line_of, read_lines
from gzdesk.exchange.refusal import Refused
from tests.exchange.making import Chain, plain, salt

_TEXT = st.text(max_size=30)
_INTEGER = st.integers(-(2**53) + 1, 2**53 - 1)
_VALUE = st.recursive(
    st.none() | st.booleans() | _INTEGER | _TEXT,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(codec="ascii"), max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)
BODIES = st.dictionaries(st.text(st.characters(codec="ascii"), max_size=12), _VALUE, max_size=8)


def _read(*lines: str | bytes, scopes: tuple[str, ...] = ("gusi",), step: int = 1 << 20):
    content = b"".join(line if isinstance(line, bytes) else line.encode() for line in lines)
    chunks = [content[start : start + step] for start in range(0, len(content), step)]
    return [made[:1] + made[2:5] for made in read_lines(chunks, scopes=scopes, make=lambda *made: made)]


def _forged(line: str, **changes: object) -> str:
    """The line with header fields changed and the body hash left as it was."""
    header, salt_, body = json.loads(line)
    header.update(changes)
    text = json.dumps(header, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    rest = json.dumps([salt_, body], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"[{text},{rest[1:]}\n"


@given(bodies=st.lists(BODIES, max_size=6), step=st.integers(1, 400))
def test_lines_come_back_as_they_were_written(bodies: list[dict[str, object]], step: int) -> None:
    chain = Chain()
    for values in bodies:
        chain.add(values)
    assert _read(*map(line_of, chain.made), step=step) == [plain(revision) for revision in chain.made]


def test_later_versions_deletions_and_erased_bodies_come_back() -> None:
    chain = Chain()
    first = chain.add()
    second = chain.add({"audience": 140}, record=first.header.record, parents=(first.id,), generation=2)
    third = chain.add({}, record=first.header.record, parents=(second.id,), generation=3, deleted=True)
    erased = Revision(
        id=first.id, header=first.header, header_text=first.header_text, salt=None, body_text=None
    )
    lines = [line_of(item) for item in (erased, second, third)]
    assert _read(*lines) == [(first.id, first.header_text, None, None), plain(second), plain(third)]


def test_one_package_may_hold_several_chains_in_any_order() -> None:
    chains = [Chain(), Chain(writer="f" * 32), Chain(scope="guzhen")]
    for chain in chains:
        chain.add()
        chain.add()
    made = [chain.made[number] for number in (1, 0) for chain in chains]
    assert _read(*map(line_of, made), scopes=("gusi", "guzhen")) == [plain(revision) for revision in made]


LINE = line_of(Chain().add())
SECOND = line_of((chain := Chain(), chain.add(), chain.add())[2])


@pytest.mark.parametrize(
    "line",
    [
        "\n",
        "{}\n",
        "[]\n",
        LINE[:-1],
        LINE[:-2] + "\n",
        LINE.replace('"seq":1', '"seq": 1'),
        LINE.replace('{"actor"', '{ "actor"'),
        LINE.replace('"seq":1', '"seq":1,"extra":2'),
        LINE.replace('"seq":1', '"seq":1,"seq":1'),
        LINE.replace('"seq":1', '"seq":1.0'),
        LINE.replace('"seq":1', '"seq":"1"'),
        LINE.replace('"deleted":false', '"deleted":0'),
        LINE.replace('"audience":136', '"audience":137'),
        LINE.replace("文化广场", "\\u6587化广场"),
        LINE.replace(salt(1), salt(2)),
        LINE.replace(salt(1), salt(1).upper()),
        LINE.replace(salt(1), salt(1)[:-1]),
        re.sub(r',"[0-9a-f]{32}",', ",null,", LINE),
        _forged(LINE, seq=0),
        _forged(LINE, seq=2**31),
        _forged(LINE, seq=2),
        _forged(LINE, prev="a" * 64),
        _forged(LINE, writer="A" * 32),
        _forged(LINE, writer="a" * 31),
        _forged(LINE, record="01890000"),
        _forged(LINE, scope="guyi"),
        _forged(LINE, scope="../etc"),
        _forged(LINE, type="Film Screening"),
        _forged(LINE, generation=2),
        _forged(LINE, generation=0),
        _forged(LINE, parents=["b" * 64]),
        _forged(LINE, parents=["b" * 64, "b" * 64], generation=2),
        _forged(LINE, body_hash="c" * 64),
        _forged(LINE, actor="名" * 41),
        _forged(LINE, type_version=-1),
        "[" * 100_000 + "\n",
        b"[\xff]\n",
    ],
)
def test_a_line_that_is_not_what_was_written_is_refused(line: str | bytes) -> None:
    with pytest.raises(Refused) as caught:
        _read(line)
    assert caught.value.code == "package_broken"


@pytest.mark.parametrize(
    "change",
    [
        {"record": "0189"},
        {"actor": "名" * 41},
        {"type_version": -1},
        {"prev": None},
        {"prev": "a" * 63},
        {"generation": 0},
        {"writer": "A" * 32},
        {"type": "Film"},
        {"body_hash": "d" * 64},
    ],
)
def test_the_quick_way_for_usual_lines_checks_as_much(change: dict[str, object]) -> None:
    with pytest.raises(Refused):
        _read(LINE, _forged(SECOND, **change))


def _with_body(body: str) -> str:
    """A line whose body hash is right for a text that is not canonical."""
    header, salt_, _ = json.loads(LINE)
    header["body_hash"] = body_hash(salt=salt_, body_text=body)
    text = Header(**{**header, "parents": ()}).canonical()
    assert len(revision_id(text)) == 64
    return f'[{text},"{salt_}",{body}]\n'


@pytest.mark.parametrize(
    "body",
    [
        '{"b":1,"a":2}',
        '{"a":1,"a":1}',
        '{"a": 1}',
        '{"a":1.5}',
        '{"a":1e3}',
        '{"a":-0}',
        '{"a":9007199254740993}',
        '{"a":[9007199254740993]}',
        '{"a":123456789012345678901234567890}',
        '{"a":"\\/"}',
        '{"a":"\\u0041"}',
        '{"a":"\\ud800"}',
        '{"名":1}',
        '{"a":{"名":1}}',
        '{"a":[{"名":1}]}',
        "[]",
        "null",
        "1",
    ],
)
def test_a_body_with_another_canonical_form_is_refused(body: str) -> None:
    with pytest.raises(Refused):
        _read(_with_body(body))


def test_a_body_in_canonical_form_is_taken() -> None:
    assert _read(_with_body('{"a":[{"b":null}],"c":"\\u0001"}'))


def test_a_line_without_end_is_refused_before_it_is_held_in_memory() -> None:
    def endless():
        for number in range(1000):
            assert number < LINE_BYTES // 1_000_000 + 2
            yield b"x" * 1_000_000

    with pytest.raises(Refused) as caught:
        list(read_lines(endless(), scopes=("gusi",), make=lambda *made: made))
    assert caught.value.code == "package_too_large"
