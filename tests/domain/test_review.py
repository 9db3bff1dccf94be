"""A judgement holds for the version it was made of and for no other, in whatever order things arrive."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gzdesk.domain.merge import Node, heads
from gzdesk.domain.period import Month
from gzdesk.domain.record import Record, new_record
from gzdesk.domain.review import (
    AMENDED,
    APPROVED,
    NO_MISTAKE,
    RETURNED,
    Judgement,
    Remark,
    Reply,
    is_stale,
    judgement_of,
    late_changes,
    month_judgement_of,
    month_review_id,
    month_state,
    record_state,
    reply_of,
    review_id,
)

NOW, LATER = "a" * 64, "b" * 64


def judged(verdict: str, revision: str = NOW) -> Judgement:
    return Judgement(id="review 1", subject="record", revision=revision, verdict=verdict)


def said(kind: str, review: str = "review 1") -> Reply:
    return Reply(subject="record", review=review, kind=kind, text="已对照回执单")


def of(values: dict[str, object]) -> Record:
    return replace(new_record(record_id="r", type_id="review", unit="gusi"), values=values, revision="v1")


# One record


@pytest.mark.parametrize(
    ("judgement", "head", "reply", "state"),
    [
        (None, NOW, None, "none"),
        (judged("unheard of"), NOW, None, "none"),
        (judged(APPROVED), NOW, None, "approved"),
        (judged(APPROVED), LATER, None, "stale"),
        (judged(RETURNED), NOW, None, "returned"),
        (judged(RETURNED), NOW, said(NO_MISTAKE), "answered"),
        (judged(RETURNED), NOW, said(NO_MISTAKE, "review 0"), "returned"),
        (judged(RETURNED), NOW, said(AMENDED), "returned"),
        (judged(RETURNED), LATER, said(AMENDED), "amended"),
        (judged(RETURNED), LATER, None, "amended"),
    ],
)
def test_how_a_record_stands(judgement: Judgement | None, head: str, reply: Reply | None, state: str) -> None:
    assert record_state(judgement, head=head, reply=reply) == state


def test_an_approved_month_speaks_for_its_records() -> None:
    assert record_state(None, head=NOW, pinned=NOW) == "approved"
    assert record_state(None, head=LATER, pinned=NOW) == "stale"
    assert record_state(judged(RETURNED, "c" * 64), head=NOW, pinned=NOW) == "approved"
    assert record_state(judged(RETURNED), head=NOW, pinned=NOW) == "returned", (
        "returned after its month was approved"
    )


# A record that several PCs write, met in any order


@st.composite
def edits(draw: st.DrawFn) -> list[Node]:
    """The versions of one record: each stands on some of those before it."""
    nodes = [Node(id="0" * 64, parents=(), generation=1, deleted=False)]
    for number in range(1, draw(st.integers(1, 7))):
        chosen = draw(st.sets(st.sampled_from(nodes), min_size=1, max_size=2))
        nodes.append(
            Node(
                id=f"{number:064x}",
                parents=tuple(sorted(node.id for node in chosen)),
                generation=1 + max(node.generation for node in chosen),
                deleted=draw(st.booleans()),
            )
        )
    return nodes


@given(nodes=edits(), at=st.integers(0, 6), verdict=st.sampled_from([APPROVED, RETURNED]), seed=st.integers())
def test_a_review_is_stale_exactly_when_the_head_differs(
    nodes: list[Node], at: int, verdict: str, seed: int
) -> None:
    judgement = judged(verdict, nodes[at % len(nodes)].id)
    shown = heads(nodes)[0].id
    shuffled = list(nodes)
    random.Random(seed).shuffle(shuffled)
    assert heads(shuffled)[0].id == shown
    assert is_stale(judgement, head=heads(shuffled)[0].id) == (judgement.revision != shown)
    state = record_state(judgement, head=shown)
    assert (state in ("stale", "amended")) == (judgement.revision != shown)


@given(nodes=edits(), verdict=st.sampled_from([APPROVED, RETURNED]))
def test_every_edit_of_what_was_judged_makes_it_stale(nodes: list[Node], verdict: str) -> None:
    for number in range(1, len(nodes)):
        before = heads(nodes[:number])[0]
        edit = Node(id="f" * 64, parents=(before.id,), generation=before.generation + 1, deleted=False)
        assert is_stale(judged(verdict, before.id), head=heads([*nodes[:number], edit])[0].id)


# A month


@pytest.mark.parametrize(
    ("judgement", "sheet", "closed", "returns", "reply", "state"),
    [
        (None, None, False, 0, None, "open"),
        (None, NOW, False, 0, None, "open"),
        (None, NOW, True, 0, None, "waiting"),
        (judged(APPROVED), NOW, True, 0, None, "approved"),
        (judged(APPROVED), NOW, True, 1, None, "returned"),
        (judged(APPROVED), LATER, True, 0, None, "amended"),
        (judged(APPROVED), LATER, False, 0, None, "open"),
        (judged(RETURNED), NOW, True, 0, None, "returned"),
        (judged(RETURNED), LATER, False, 0, None, "returned"),
        (judged(RETURNED), LATER, True, 0, None, "amended"),
        (judged(RETURNED), NOW, True, 0, said(NO_MISTAKE), "answered"),
        (judged(RETURNED), NOW, True, 2, said(NO_MISTAKE), "returned"),
        (None, NOW, True, 1, None, "returned"),
    ],
)
def test_how_a_month_stands(
    judgement: Judgement | None,
    sheet: str | None,
    closed: bool,
    returns: int,
    reply: Reply | None,
    state: str,
) -> None:
    found = month_state(judgement, sheet=sheet, closed=closed, open_returns=returns, reply=reply)
    assert found == state


RECORDS = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["1", "2", "3"]))


@given(pins=RECORDS, current=RECORDS, seed=st.integers())
def test_late_changes_are_the_difference_and_nothing_else(
    pins: dict[str, str], current: dict[str, str], seed: int
) -> None:
    found = late_changes(pins, current)
    again = dict(pins)
    for change in found:
        assert change.before != change.after
        if change.after is None:
            del again[change.record]
        else:
            again[change.record] = change.after
    assert again == current
    items = list(current.items())
    random.Random(seed).shuffle(items)
    assert late_changes(pins, dict(items)) == found
    assert late_changes(current, current) == ()


def test_each_late_change_has_its_kind() -> None:
    found = late_changes({"a": "1", "b": "1", "c": "1"}, {"b": "2", "c": "1", "d": "1"})
    assert [(item.record, item.kind) for item in found] == [
        ("a", "removed"),
        ("b", "changed"),
        ("d", "added"),
    ]


# Reading what was written


def test_reading_takes_what_a_newer_program_wrote() -> None:
    assert judgement_of(None) is None
    assert judgement_of(replace(of({}), deleted=True)) is None
    odd = judgement_of(
        of({"status": "postponed", "remarks": [3, {"field": 4}, {"field": "audience", "remark": "580"}]})
    )
    assert odd is not None
    assert odd.remarks == (Remark(field="", text=""), Remark(field="audience", text="580"))
    month = month_judgement_of(
        of({"status": APPROVED, "pins": [["a", "1"], "b", ["c"]], "sheet": NOW}), sheet="s"
    )
    assert month is not None
    assert (month.pins, month.revision, month.subject) == ({"a": "1"}, NOW, "s")
    assert reply_of(None) is None
    reply = reply_of(of({"status": NO_MISTAKE, "review": "v", "text": 3}))
    assert reply is not None
    assert (reply.kind, reply.text) == (NO_MISTAKE, "")


def test_every_pc_makes_the_same_ids() -> None:
    assert review_id("r") == review_id("r") != review_id("s")
    october, november = Month(2019, 10), Month(2019, 11)
    ids = {month_review_id(unit, month) for unit in ("gusi", "gusan") for month in (october, november)}
    assert len(ids) == 4
