"""The ZIP layout: ours is a ZIP for everybody, and a ZIP that is not ours is refused before it is unpacked."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gzdesk.exchange.container import ContainerReader, ContainerWriter, Limits, first_member
from gzdesk.exchange.refusal import Refused

LIMITS = Limits(members=8, plain_bytes=10_000_000)


def made(members: dict[str, tuple[bytes, bool]]) -> io.BytesIO:
    file = io.BytesIO()
    container = ContainerWriter(file)
    for name, (content, deflated) in members.items():
        with container.member(name, deflated=deflated) as member:
            for start in range(0, len(content), 1000):
                member.write(content[start : start + 1000])
    container.close()
    return file


def zipped(*infos: tuple[zipfile.ZipInfo | str, bytes], comment: bytes = b"") -> io.BytesIO:
    """A ZIP as another program would write it."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for info, content in infos:
            archive.writestr(info, content)
        archive.comment = comment
    return file


def plain_info(name: str, **changes: object) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system = 0
    for key, value in {"external_attr": 0, **changes}.items():
        setattr(info, key, value)
    return info


def _read_all(file: io.BytesIO, limits: Limits) -> None:
    reader = ContainerReader(file, limits)
    for name in reader.members:
        reader.read(name, at_most=10_000_000)


def refused(file: io.BytesIO, limits: Limits = LIMITS) -> str:
    with pytest.raises(Refused) as caught:
        _read_all(file, limits)
    return caught.value.code


@given(
    members=st.dictionaries(
        st.sampled_from(["a", "b.json", "files/x", "long-name.txt"]),
        st.tuples(st.binary(max_size=3000), st.booleans()),
        max_size=4,
    )
)
def test_what_is_written_is_read_by_us_and_by_the_standard_library(
    members: dict[str, tuple[bytes, bool]],
) -> None:
    file = made(members)
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == {
            name: content for name, (content, _) in members.items()
        }
    if members:
        with ContainerReader(file, LIMITS) as reader:
            reader.require(list(members))
            assert all(reader.read(name, at_most=3000) == content for name, (content, _) in members.items())


def test_the_same_contents_are_the_same_bytes() -> None:
    members = {"a": (b"x" * 5000, True), "b": (b"y", False)}
    assert made(members).getvalue() == made(members).getvalue()


def test_a_plain_zip_of_another_program_is_taken() -> None:
    file = zipped(("manifest.json", b"{}"))
    assert ContainerReader(file, LIMITS).read("manifest.json", at_most=2) == b"{}"


@pytest.mark.parametrize(
    ("infos", "comment"),
    [
        ([(plain_info("a", external_attr=(stat.S_IFLNK | 0o777) << 16), b"/etc/passwd")], b""),
        ([(plain_info("folder/"), b"")], b""),
        ([(plain_info("a", extra=b"\x01\x00\x04\x00abcd"), b"")], b""),
        ([(plain_info("a", comment=b"hidden"), b"")], b""),
        ([(plain_info("名"), b"")], b""),
        ([(plain_info("a", compress_type=zipfile.ZIP_BZIP2), b"")], b""),
        ([(plain_info("a", compress_type=zipfile.ZIP_LZMA), b"")], b""),
        ([(plain_info("a"), b"")], b"comment"),
    ],
)
def test_what_a_package_never_has_is_refused(infos: list, comment: bytes) -> None:
    assert refused(zipped(*infos, comment=comment)) in ("package_broken", "package_truncated")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_twice_is_refused() -> None:
    assert refused(zipped((plain_info("a"), b"1"), (plain_info("a"), b"2"))) == "package_broken"


@pytest.mark.parametrize("where", ["before", "between", "after"])
def test_bytes_that_belong_to_no_member_are_refused(where: str) -> None:
    content = made({"a": (b"1", False), "b": (b"2", False)}).getvalue()
    second = content.index(b"PK\x03\x04", 4)
    directory = content.index(b"PK\x01\x02")
    at = {"before": 0, "between": second, "after": directory}[where]
    changed = bytearray(content[:at] + b"hidden" + content[at:])
    entries = [
        position for position in range(len(changed)) if changed[position : position + 4] == b"PK\x01\x02"
    ]
    for entry, offset in zip(entries, (0, second), strict=True):
        struct.pack_into("<L", changed, entry + 42, offset + (6 if offset >= at else 0))
    struct.pack_into("<L", changed, len(changed) - 6, directory + 6)
    with zipfile.ZipFile(io.BytesIO(changed)) as archive:
        assert archive.read("b") == b"2", "the test's own forgery must be a readable ZIP"
    assert refused(io.BytesIO(changed)) in ("package_broken", "package_unknown_kind")


def test_a_directory_in_another_order_than_the_members_is_refused() -> None:
    content = made({"a": (b"1", False), "b": (b"2", False)}).getvalue()
    start = content.index(b"PK\x01\x02")
    second = content.index(b"PK\x01\x02", start + 4)
    end = content.index(b"PK\x05\x06")
    swapped = content[:start] + content[second:end] + content[start:second] + content[end:]
    assert refused(io.BytesIO(swapped)) == "package_broken"


def test_more_members_than_allowed_are_refused_before_the_directory_is_read() -> None:
    file = made({f"f{number}": (b"", False) for number in range(9)})
    assert refused(file) == "package_too_large"


def test_an_end_record_that_promises_too_much_is_refused() -> None:
    content = bytearray(made({"a": (b"1", False)}).getvalue())
    struct.pack_into("<HH", content, len(content) - 14, 65535, 65535)
    assert refused(io.BytesIO(content)) == "package_too_large"


def test_a_bomb_is_refused_by_its_ratio_before_it_is_unpacked() -> None:
    file = made({"bomb": (b"\0" * 9_000_000, True)})
    assert len(file.getvalue()) < 20_000
    with pytest.raises(Refused) as caught:
        ContainerReader(file, LIMITS)
    assert caught.value.code == "package_too_large"


def test_a_bomb_is_refused_by_its_length() -> None:
    content = zlib.compress(b"noise") * 20_000
    with pytest.raises(Refused) as caught:
        ContainerReader(made({"large": (content, False)}), Limits(members=8, plain_bytes=len(content) - 1))
    assert caught.value.code == "package_too_large"


def test_many_members_that_are_too_long_together_are_refused() -> None:
    file = made(dict.fromkeys("ab", (b"x" * 600, False)))
    with pytest.raises(Refused):
        ContainerReader(file, Limits(members=8, plain_bytes=1000))


def test_a_member_that_lies_about_its_length_is_refused() -> None:
    content = bytearray(made({"a": (b"0123456789" * 50, True)}).getvalue())
    entry = content.index(b"PK\x01\x02")
    for length in (400, 600):
        struct.pack_into("<L", content, entry + 24, length)
        assert refused(io.BytesIO(content)) == "package_broken"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "package_truncated"),
        (b"PK", "package_truncated"),
        (b"\0" * 5000, "package_truncated"),
        (b"%PDF-1.7" * 100, "package_unknown_kind"),
        ("台账".encode("gb18030") * 100, "package_unknown_kind"),
        (made({"a": (b"1" * 100, False)}).getvalue()[:60], "package_truncated"),
    ],
)
def test_what_is_no_zip_is_told_apart_from_a_copy_that_stopped(content: bytes, code: str) -> None:
    assert refused(io.BytesIO(content)) == code


def test_the_first_member_is_read_from_a_file_that_was_cut_off() -> None:
    content = made({"manifest.json": (b"{}", False), "payload": (b"x" * 100, False)}).getvalue()
    cut = io.BytesIO(content[:80])
    assert first_member(cut, "manifest.json", at_most=2) == b"{}"
    assert first_member(cut, "manifest.json", at_most=1) is None
    assert first_member(cut, "manifest.sign", at_most=2) is None
    assert first_member(io.BytesIO(content[:44]), "manifest.json", at_most=2) is None
    assert first_member(io.BytesIO(content.replace(b"{}", b"[]")), "manifest.json", at_most=2) is None
