"""The protocol as a state machine: whatever happens to files, clocks and disks, two quiet rounds make all equal.

Villages and a town on real ledgers; sticks are lost, repeated, delivered out of order and damaged; clocks are wrong;
old copies are put back, as a whole or under the old writer's name; a PC is cloned and both go on.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from gzdesk.domain.three_way import PROGRAM, merge_heads
from gzdesk.errors import UserError
from gzdesk.exchange.anchor import FILE_NAME as ANCHOR
from gzdesk.services.conflicts.automatic import versions_of
from tests.services.world import VALUES, Site, World

NAME = "欧阳粤樵"
UNITS = ("guzhen", "gusi", "gusan")
_SITE = st.integers(0, 3)
_PICK = st.integers(0, 30)


@dataclass(frozen=True)
class Stick:
    """A file on its way from one PC to the units it is for."""

    file: Path
    sender: str
    receiver: str


class ExchangeMachine(RuleBasedStateMachine):
    """A rival protocol is planted by overriding `plant`, `left` and `arrived`."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="protocol-"))
        self.world = World.make(self.folder)
        self.sites: list[Site] = [self.world.sites[unit] for unit in UNITS]
        self.sticks: list[Stick] = []
        self.copies: list[tuple[str, Path]] = []
        self.made = 0
        self.erased: set[str] = set()

    def left(self, site: Site, receiver: str, file: Path) -> None:
        """A file has left a PC."""

    def arrived(self, site: Site, stick: Stick) -> None:
        """A file was taken in."""

    @initialize()
    def everybody_has_met(self) -> None:
        for village in self.sites[1:]:
            village.write()
            self._there_and_back(village)

    # What people do

    @rule(who=_SITE, which=_PICK, audience=st.integers(0, 9), wrong_clock_h=st.integers(-500, 500))
    def write(self, who: int, which: int, audience: int, wrong_clock_h: int) -> None:
        site = self._site(who)
        site.clock.moment += timedelta(hours=wrong_clock_h)
        scope = site.unit if site.unit != "guzhen" else UNITS[which % 3]
        known = self._records(site, scope, type_id="activity")
        record = known[which % len(known)] if known and which % 3 else None
        site.write({**VALUES, "audience": audience}, scope=scope, record=record)

    @rule(
        who=_SITE, which=_PICK, item=st.sampled_from(("audience", "title", "place")), value=st.integers(0, 2)
    )
    def change_an_item(self, who: int, which: int, item: str, value: int) -> None:
        """One item of a record that others may be changing elsewhere."""
        site = self._site(who)
        scope = site.unit if site.unit != "guzhen" else UNITS[1 + which % 2]
        known = self._of_type(site, "activity", scope=scope)
        if known:
            record = known[which % len(known)]
            site.write({**site.values(record), item: value}, scope=scope, record=record)

    @rule(which=_PICK)
    def choose(self, which: int) -> None:
        """Somebody in the town settles what two sides changed."""
        conflicts = self._town.work.conflicts
        known = conflicts.records()
        if known:
            record = known[which % len(known)]
            revisions = conflicts.get(record).revisions
            with suppress(UserError):  # a person was erased on one side
                conflicts.take(record, revisions[which % len(revisions)])

    @rule(who=_SITE, which=_PICK)
    def delete(self, who: int, which: int) -> None:
        site = self._site(who)
        known = self._records(site, site.unit, type_id="activity")
        if known:
            site.write(record=known[which % len(known)], deleted=True)

    @rule(who=_SITE, which=_PICK, again=st.booleans())
    def erase(self, who: int, which: int, again: bool) -> None:
        """Somebody is erased where they live, and with them whatever was written down of them before."""
        site = self._site(who)
        known = self._of_type(site, "volunteer")
        person = known[which % len(known)] if known and again else self._registers(site)
        with suppress(UserError):  # erased already, on this copy of the PC
            site.work.privacy.erase(person, reason="asked", mentions=None)
            self.erased.add(person)

    @rule(who=_SITE)
    def register(self, who: int) -> None:
        self._registers(self._site(who))

    @rule(who=_SITE, which=_PICK, gone=st.booleans())
    def change_a_person(self, who: int, which: int, gone: bool) -> None:
        site = self._site(who)
        known = self._of_type(site, "volunteer")
        if known:
            record = known[which % len(known)]
            with suppress(UserError):  # erased already
                if gone:
                    site.work.records.delete(record)
                    return
                values = {**site.values(record), "team": f"第{which}队"}
                site.work.records.save(type_id="volunteer", record_id=record, values=values)

    @rule(who=_SITE, down=st.booleans())
    def carry(self, who: int, down: bool) -> None:
        village = self._village(who)
        self._take(self._town, self._export(village, "guzhen"))
        if down:
            self._take(village, self._export(self._town, village.unit))

    @rule(who=_SITE, down=st.booleans())
    def send(self, who: int, down: bool) -> None:
        village = self._village(who)
        sender, receiver = (self._town, village.unit) if down else (village, "guzhen")
        self.sticks.append(self._export(sender, receiver))

    # What happens to sticks and disks

    @precondition(lambda self: self.sticks)
    @rule(which=_PICK, who=_SITE)
    def arrive(self, which: int, who: int) -> None:
        stick = self.sticks[which % len(self.sticks)]
        self._take(self._receiver(stick, who), stick)

    @precondition(lambda self: self.sticks)
    @rule(which=_PICK)
    def lose(self, which: int) -> None:
        del self.sticks[which % len(self.sticks)]

    @precondition(lambda self: self.sticks)
    @rule(which=_PICK, position=st.integers(0, 100_000), cut=st.booleans(), who=_SITE)
    def damage(self, which: int, position: int, cut: bool, who: int) -> None:
        stick = self.sticks[which % len(self.sticks)]
        site = self._receiver(stick, who)
        content = bytearray(stick.file.read_bytes())
        position %= len(content)
        if cut:
            del content[position:]
        else:
            content[position] ^= 0x10
        damaged = self._path("damaged")
        damaged.write_bytes(content)
        before = self._digests(site)
        answer = site.take(damaged)
        # A byte that nothing reads may be changed; then the file means what it meant.
        if answer.verdict == "rejected":
            assert self._digests(site) == before
            assert answer.reason
        else:
            self.arrived(site, stick)

    @precondition(lambda self: len(self.copies) < 3)
    @rule(who=_SITE)
    def copy(self, who: int) -> None:
        site = self._site(who)
        self.copies.append((site.unit, site.copy_to(self._path("copy"))))

    @precondition(lambda self: self.copies)
    @rule(which=_PICK, who=_SITE, with_anchor=st.booleans())
    def put_back(self, which: int, who: int, with_anchor: bool) -> None:
        unit, copy = self.copies[which % len(self.copies)]
        same = [number for number, site in enumerate(self.sites) if site.unit == unit]
        number = same[who % len(same)]
        self.sites[number].close()
        self.sites[number] = self._from_copy(copy, with_anchor)

    @precondition(lambda self: self.copies and len(self.sites) < 4)
    @rule(which=_PICK, with_anchor=st.booleans())
    def clone(self, which: int, with_anchor: bool) -> None:
        unit, copy = self.copies[which % len(self.copies)]
        if unit != "guzhen":
            self.sites.append(self._from_copy(copy, with_anchor))

    # What must hold in the end

    def teardown(self) -> None:
        try:
            self._settle()
        finally:
            for site in self.sites:
                site.close()
            shutil.rmtree(self.folder)

    def _settle(self) -> None:
        held = {unit: self._union(unit) for unit in UNITS}
        for _round in range(2):
            for village in self.sites[1:]:
                self._there_and_back(village)
        for village in self.sites[1:]:
            for unit in ("guzhen", village.unit):
                assert village.digest(unit) == self._town.digest(unit), "what is shown differs"
                assert village.revisions(unit) == self._town.revisions(unit)
        for unit in UNITS:
            assert held[unit] <= self._town.revisions(unit), "something was lost that a living disk held"
            self._shows_heads_only(unit)
        self._asks_only_what_people_must_say()
        for site in self.sites:
            self._holds_nobody_erased(site)
        for village in self.sites[1:]:
            up, down = self._there_and_back(village)
            assert (up, down) == (0, 0), "something is sent again for ever"

    def _holds_nobody_erased(self, site: Site) -> None:
        """What was erased anywhere is erased everywhere, and what is counted of it is still there."""
        with site.store.reading() as read:
            assert read.view_differences() == ()
            for record in self.erased & set(self._records(site, site.unit, type_id="volunteer")):
                named = [item for item in read.revisions.history(record) if NAME in (item.body_text or "")]
                assert not named, "an erased person is still there"
                assert read.records.get(record).values["registered_on"] == "2019-03-01"
                assert not list(read.revisions.holding([f"{NAME}{record[-6:]}"], scope=site.unit))

    def _shows_heads_only(self, unit: str) -> None:
        """What came after what it had seen is shown, whatever the clocks said."""
        with self._town.store.reading() as read:
            for record in self._records(self._town, unit):
                found = read.records.get(record)
                assert found is not None
                assert found.revision == read.revisions.heads(record)[0]

    def _asks_only_what_people_must_say(self) -> None:
        """What goes together came together, once; no version of a side that it stands on is gone."""
        town = self._town
        with town.store.reading() as read:
            for record in read.records.conflicting(UNITS):
                heads = read.revisions.head_revisions(record)
                assert not merge_heads(versions_of(read, record)).is_ready, heads
            for unit in UNITS[1:]:
                merged = [item for item in self._own(read, unit) if item.header.actor == PROGRAM]
                for item in merged:
                    assert len(item.header.parents) > 1
                    assert all(read.revisions.get(parent) for parent in item.header.parents)

    # Inside

    def _registers(self, site: Site) -> str:
        """Somebody registers, and leads an activity."""
        record = site.work.mint.record_id()
        name = f"{NAME}{record[-6:]}"
        site.write(
            {
                "name": name,
                "unit_code": site.unit,
                "registered_on": "2019-03-01",
                "consent_on": "2019-03-01",
                "status": "held",
            },
            type_id="volunteer",
            record=record,
        )
        site.write({**VALUES, "leader": name})
        return record

    def _of_type(self, site: Site, type_id: str, *, scope: str | None = None) -> list[str]:
        with site.store.reading() as read:
            found = read.records.of_types([type_id], unit=scope or site.unit)
            return sorted(record.id for record in found)

    @property
    def _town(self) -> Site:
        return self.sites[0]

    def _site(self, who: int) -> Site:
        return self.sites[who % len(self.sites)]

    def _village(self, who: int) -> Site:
        return self.sites[1:][who % (len(self.sites) - 1)]

    def _receiver(self, stick: Stick, who: int) -> Site:
        fitting = [site for site in self.sites if site.unit == stick.receiver]
        return fitting[who % len(fitting)]

    def _path(self, kind: str) -> Path:
        self.made += 1
        return self.folder / f"{kind}-{self.made}"

    def _export(self, sender: Site, receiver: str) -> Stick:
        file = sender.export(self._path("stick"), receiver)
        self.left(sender, receiver, file)
        return Stick(file=file, sender=sender.unit, receiver=receiver)

    def _take(self, site: Site, stick: Stick) -> None:
        answer = site.take(stick.file)
        assert answer.verdict != "rejected", answer
        self.arrived(site, stick)

    def _there_and_back(self, village: Site) -> tuple[int, int]:
        """How many revisions went each way."""
        counts = []
        for sender, site in ((village, self._town), (self._town, village)):
            stick = self._export(sender, site.unit)
            counts.append(site.work.exchange.inspect(stick.file).counts["revisions"])
            self._take(site, stick)
        return counts[0], counts[1]

    def _from_copy(self, copy: Path, with_anchor: bool) -> Site:
        folder = self._path("site")
        shutil.copytree(copy, folder)
        if not with_anchor:
            with suppress(FileNotFoundError):
                (folder / ANCHOR).unlink()
        return Site(folder)

    def _records(self, site: Site, scope: str, *, type_id: str = "") -> list[str]:
        with site.store.reading() as read:
            found = self._own(read, scope)
            return sorted({item.header.record for item in found if type_id in ("", item.header.type)})

    def _own(self, read, scope: str) -> Iterable:
        # The shipped films are the same everywhere and only make the search longer.
        found = read.revisions.unknown_to(scope_ids=(scope,), tips=())
        return (item for item in found if item.header.type != "film")

    def _union(self, unit: str) -> frozenset[str]:
        return frozenset().union(*(site.revisions(unit) for site in self.sites))

    def _digests(self, site: Site) -> tuple[tuple[str, int], ...]:
        return tuple(site.digest(unit) for unit in UNITS)
