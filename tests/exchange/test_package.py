"""Package files: a round trip loses nothing, and no cut or changed byte gets through."""

from __future__ import annotations

import hashlib
import io
import json
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gzdesk.exchange.container import ContainerWriter
from gzdesk.exchange.limits import PartLimits
from gzdesk.exchange.manifest import manifest_id, write_manifest
from gzdesk.exchange.package import PackageBuilder, open_package, peek, unseal_payload
from gzdesk.exchange.payload import Payload
from gzdesk.exchange.refusal import Refused
from gzdesk.exchange.signing import sign
from tests.exchange.making import Chain, build, new_keys, plain, read
from tests.exchange.test_lines import BODIES

VILLAGE, TOWN, STRANGER = new_keys(), new_keys(), new_keys()


def _package(folder: Path, *, revisions: int = 3, files: tuple[bytes, ...] = (b"photo",)) -> Path:
    chain = Chain()
    for number in range(revisions):
        chain.add({"audience": number})
    (part,) = build(folder, chain.made, files=files, sender=VILLAGE, receiver=TOWN)
    return part.path


@settings(max_examples=30)
@given(bodies=st.lists(BODIES, max_size=8), files=st.lists(st.binary(max_size=2000), max_size=4, unique=True))
def test_a_round_trip_loses_nothing(bodies: list[dict[str, object]], files: list[bytes]) -> None:
    chain = Chain()
    for values in bodies:
        chain.add(values)
    with tempfile.TemporaryDirectory() as name:
        (part,) = build(Path(name), chain.made, files=files, sender=VILLAGE, receiver=TOWN)
        for keys in (VILLAGE, TOWN):  # the sender can look into its own file
            got = read(part.path, keys)
            assert got.revisions == [plain(revision) for revision in chain.made]
            assert got.files == {hashlib.sha256(content).hexdigest(): content for content in files}
            assert got.manifest == part.manifest
        with pytest.raises(Refused):
            read(part.path, STRANGER)


def test_the_built_part_says_what_the_file_is(tmp_path: Path) -> None:
    (part,) = build(tmp_path, Chain().made, sender=VILLAGE, receiver=TOWN)
    content = part.path.read_bytes()
    assert part.size_bytes == len(content)
    assert part.sha256 == hashlib.sha256(content).hexdigest()
    assert part.id == manifest_id(write_manifest(part.manifest))
    assert [item.name for item in tmp_path.iterdir()] == [part.path.name]


def test_the_outside_is_a_stored_zip_without_personal_data(tmp_path: Path) -> None:
    path = _package(tmp_path)
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == ["manifest.json", "manifest.sig", "payload.age"]
        assert all(info.compress_type == zipfile.ZIP_STORED for info in archive.infolist())
        assert archive.read("payload.age").startswith(b"age-encryption.org/v1\n")
    assert "苏桂琴".encode() not in path.read_bytes()


def test_what_does_not_fit_goes_into_parts_that_stand_alone(tmp_path: Path) -> None:
    chain = Chain()
    for number in range(400):
        chain.add({"audience": number})
    files = [bytes([number]) * 30_000 for number in range(5)]
    limits = PartLimits(bytes=40_000, revisions_bytes=60_000, attachments=2)
    parts = build(tmp_path, chain.made, files=files, sender=VILLAGE, receiver=TOWN, limits=limits)
    got = [read(part.path, TOWN) for part in parts]
    assert [(item.manifest.part, item.manifest.parts) for item in got] == [
        (number, len(parts)) for number in range(1, len(parts) + 1)
    ]
    assert [line for item in got for line in item.revisions] == [plain(revision) for revision in chain.made]
    assert {name for item in got for name in item.files} == {hashlib.sha256(f).hexdigest() for f in files}
    assert len(parts) == 8
    assert all(part.size_bytes < 60_000 for part in parts)
    assert [bool(item.revisions) for item in got] == [True] * 4 + [False] * 4, (
        "lost photos must cost only photos"
    )


def _outcome(path: Path) -> object:
    """What a file means to the town: its contents, or the code of the refusal."""
    try:
        got = read(path, TOWN)
    except Refused as refusal:
        return refusal.code if refusal.message and refusal.hint else "no words for it"
    return got.manifest, got.revisions, got.files


def test_a_package_cut_at_any_byte_is_refused(tmp_path: Path) -> None:
    content = _package(tmp_path).read_bytes()
    path = tmp_path / "cut.gzp"
    codes = {}
    for length in range(len(content)):
        path.write_bytes(content[:length])
        codes[length] = _outcome(path)
    assert set(codes.values()) <= {"package_truncated", "package_broken"}
    assert codes[len(content) // 2] == "package_truncated"


def test_a_package_with_any_byte_changed_is_refused_or_means_the_same(tmp_path: Path) -> None:
    content = _package(tmp_path).read_bytes()
    path = tmp_path / "changed.gzp"
    path.write_bytes(content)
    meaning = _outcome(path)
    same = 0
    for position in range(len(content)):
        for flip in (0x01, 0x80, 0xFF):
            changed = bytearray(content)
            changed[position] ^= flip
            path.write_bytes(changed)
            outcome = _outcome(path)
            assert outcome == meaning or str(outcome).startswith("package_"), position
            same += outcome == meaning
    # Only the ZIP's own dates and version fields are read by nobody.
    assert same < 3 * 120


def test_bytes_after_the_end_are_refused(tmp_path: Path) -> None:
    path = _package(tmp_path)
    path.write_bytes(path.read_bytes() + b"\0")
    assert _outcome(path) in ("package_truncated", "package_broken")


def _resigned(path: Path, keys=VILLAGE, **changes: object) -> Path:
    """The package with another manifest, rightly signed: what a newer or a hostile program could write."""
    with zipfile.ZipFile(path) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        payload = archive.read("payload.age")
    manifest.update(changes)
    text = json.dumps(manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    members = {"manifest.json": text, "manifest.sig": sign(text, secret=keys.signing), "payload.age": payload}
    _write_outer(path, members)
    return path


def _write_outer(path: Path, members: dict[str, bytes]) -> None:
    with path.open("wb") as file:
        container = ContainerWriter(file)
        for name, content in members.items():
            with container.member(name) as member:
                member.write(content)
        container.close()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, None),
        ({"version": 2}, "package_newer"),
        ({"version": 2, "tips": "another shape"}, "package_newer"),
        ({"version": 0}, "package_broken"),
        ({"format": "gzdesk-join"}, "package_unknown_kind"),
        ({"extra": 1}, "package_broken"),
        ({"sender": "../gusi"}, "package_broken"),
        ({"number": 0}, "package_broken"),
        ({"part": 2}, "package_broken"),
        ({"counts": {"attachments": 1, "revisions": 4}}, "package_broken"),
        ({"counts": {"attachments": 0, "revisions": 3}}, "package_broken"),
        ({"payload": {"sha256": "0" * 64, "size_bytes": 1}}, "package_broken"),
        ({"scopes": ["guyi"]}, "package_broken"),
        ({"signer": TOWN.public().signing}, "package_broken"),
        ({"signer": "0" * 64}, "package_broken"),
        ({"tips": {"gusi": [["0" * 32, 0, "0" * 64]]}}, "package_broken"),
        ({"tips": {"gusi": [["0" * 32, 1]]}}, "package_broken"),
        ({"months": ["2019"]}, "package_broken"),
    ],
)
def test_a_rightly_signed_manifest_is_still_read_strictly(
    tmp_path: Path, changes: dict[str, object], code: str | None
) -> None:
    path = _resigned(_package(tmp_path), **changes)
    scopes = ("guyi",) if "scopes" in changes else ("gusi",)
    if code is None:
        assert len(read(path, TOWN, scopes=scopes).revisions) == 3
        return
    with pytest.raises(Refused) as caught:
        read(path, TOWN, scopes=scopes)
    assert caught.value.code == code


def test_another_payload_than_the_signed_one_is_refused(tmp_path: Path) -> None:
    path = _package(tmp_path)
    with open_package(path) as envelope:
        size = envelope.manifest.payload.size_bytes
    path = _resigned(path, payload={"sha256": "0" * 64, "size_bytes": size})
    assert _outcome(path) == "package_broken"


def test_a_payload_larger_than_it_says_is_not_unpacked(tmp_path: Path) -> None:
    path = _package(tmp_path)
    with open_package(path) as envelope:
        payload = envelope.manifest.payload
    path = _resigned(path, payload={"sha256": payload.sha256, "size_bytes": payload.size_bytes - 1})
    assert _outcome(path) == "package_broken"


def test_a_file_that_was_cut_off_still_says_whose_it_is(tmp_path: Path) -> None:
    path = _package(tmp_path)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    seen = peek(path)
    assert seen is not None
    assert (seen.sender, seen.number, seen.months) == ("gusi", 7, ("2019-10",))
    path.write_bytes(content[:100])
    assert peek(path) is None
    assert peek(tmp_path / "missing.gzp") is None


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        open_package(tmp_path / "missing.gzp")
    assert caught.value.code == "package_unreadable"


def test_nothing_is_left_behind_when_building_stops(tmp_path: Path) -> None:
    chain = Chain()
    chain.add()
    with pytest.raises(TypeError):
        build(tmp_path, chain.made, sender=VILLAGE, receiver=TOWN, not_a_field=1)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "names",
    [
        [],
        ["files/" + "0" * 64],
        ["files/" + "0" * 64, "revisions.ndjson"],
        ["revisions.ndjson", "/etc/passwd"],
        ["revisions.ndjson", "files/../../gzdesk.sqlite3"],
        ["revisions.ndjson", "files/" + "A" * 64],
        ["revisions.ndjson", "revisions.ndjson2"],
    ],
)
def test_a_payload_with_other_members_is_refused(names: list[str]) -> None:
    file = io.BytesIO()
    container = ContainerWriter(file)
    for name in names:
        with container.member(name):
            pass
    container.close()
    with pytest.raises(Refused):
        Payload(file, revisions=0, attachments=sum(name != "revisions.ndjson" for name in names))


def test_an_attachment_under_a_wrong_name_is_refused(tmp_path: Path) -> None:
    (good,) = build(tmp_path, [], sender=VILLAGE, receiver=TOWN)
    shared = {
        name: getattr(good.manifest, name)
        for name in good.manifest.__struct_fields__
        if name not in ("format", "version", "part", "parts", "payload", "counts")
    }
    with PackageBuilder(folder=tmp_path, recipients=[TOWN.public().sealing]) as builder:
        builder.add_attachment("0" * 64, b"other")
        (part,) = builder.finish(name=lambda *_: "wrong.gzp", secret=VILLAGE.signing, **shared)
    with open_package(part.path) as envelope:
        payload = unseal_payload(envelope, secrets=[TOWN.sealing], folder=tmp_path)
        with payload, pytest.raises(Refused):
            payload.attachment("0" * 64)
