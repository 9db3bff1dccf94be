"""Photos are made fit to keep: small, upright, without place; and no bytes bring the program down."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from gzdesk.errors import UserError
from gzdesk.services.evidence import scans
from gzdesk.services.evidence.intake import kept_name, make_fit
from gzdesk.services.evidence.pictures import LONG_SIDE_PX, fit_picture, pixels, turned
from tests.services.photos import PLACE, STORED_AS, corners, photo, png_of_text, scan, scene


@pytest.mark.parametrize("orientation", STORED_AS)
@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_a_photo_stands_upright_however_the_phone_was_held(orientation: int, file_format: str) -> None:
    fit = fit_picture(photo(size=(800, 600), orientation=orientation, file_format=file_format), name="a.jpg")
    kept = Image.open(io.BytesIO(fit.content))
    assert kept.size == (800, 600)
    assert corners(fit.content) == ("red", "green")


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_nothing_says_where_or_with_what_it_was_taken(file_format: str) -> None:
    source = photo(size=(800, 600), file_format=file_format)
    assert b"Phone" in source
    assert PLACE in source or file_format == "TIFF"  # Pillow leaves the inner tables out there
    fit = fit_picture(source, name="a.jpg")
    kept = Image.open(io.BytesIO(fit.content))
    kept.load()
    assert not kept.getexif()
    assert PLACE not in fit.content
    assert b"Phone" not in fit.content
    assert not {"exif", "comment", "xmp", "icc_profile"} & set(kept.info)
    if file_format != "TIFF":
        assert fit.taken_at == "2019-10-05T19:31:02"


@pytest.mark.parametrize("taken", ["", "0000:00:00 00:00:00", "yesterday", "2019-10-05"])
def test_an_odd_time_is_left_out(taken: str) -> None:
    assert fit_picture(photo(size=(80, 60), taken=taken), name="a.jpg").taken_at == ""


def test_a_large_photo_is_shrunk_and_a_small_one_is_not_blown_up() -> None:
    large, small = photo(size=(4000, 3000)), photo(size=(640, 480))
    fit = fit_picture(large, name="a.jpg")
    assert Image.open(io.BytesIO(fit.content)).size == (LONG_SIDE_PX, 1200)
    assert len(fit.content) < len(large)
    assert Image.open(io.BytesIO(fit_picture(small, name="a.jpg").content)).size == (640, 480)


def test_a_strip_of_one_pixel_stays_a_picture() -> None:
    target = io.BytesIO()
    Image.new("RGB", (9000, 1), "red").save(target, "PNG")
    fit = fit_picture(target.getvalue(), name="line.png")
    assert Image.open(io.BytesIO(fit.content)).size == (LONG_SIDE_PX, 1)


def test_a_picture_of_text_stays_png_and_a_photo_sent_as_png_becomes_jpeg() -> None:
    text = png_of_text()
    assert fit_picture(text, name="a.png").suffix == ".png"
    assert len(fit_picture(text, name="a.png").content) <= len(text)
    noise = Image.effect_noise((900, 700), 90).convert("RGB")
    target = io.BytesIO()
    noise.save(target, "PNG")
    assert fit_picture(target.getvalue(), name="a.png").suffix == ".jpg"


@pytest.mark.parametrize(
    "mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16", "I", "F", "YCbCr", "LAB"]
)
def test_every_kind_of_colour_can_be_kept(mode: str) -> None:
    image = scene((500, 400))
    image = image.convert("L").convert(mode) if mode in ("I;16", "I", "F") else image.convert(mode)
    target = io.BytesIO()
    image.save(target, "TIFF")
    fit = fit_picture(target.getvalue(), name="a.tif")
    assert Image.open(io.BytesIO(fit.content)).mode in ("L", "RGB", "P")


def test_what_can_be_seen_through_is_white() -> None:
    target = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(target, "PNG")
    kept = Image.open(io.BytesIO(fit_picture(target.getvalue(), name="a.png").content))
    assert kept.convert("RGB").getpixel((25, 25)) == (255, 255, 255)


def test_the_same_photo_gives_the_same_file() -> None:
    assert fit_picture(photo(), name="a.jpg") == fit_picture(photo(), name="b.jpg")


def test_a_photo_is_turned_by_quarters() -> None:
    fit = fit_picture(photo(size=(800, 600)), name="a.jpg")
    once = turned(fit.content, 1, name="a.jpg")
    assert Image.open(io.BytesIO(once.content)).size == (600, 800)
    assert corners(once.content) == ("other", "red")
    shown = pixels(fit.content, long_side_px=100, quarter_turns=3)
    assert (shown.width, shown.height, len(shown.rgb)) == (75, 100, 75 * 100 * 3)


# What is refused


def test_a_picture_that_would_fill_the_memory_is_refused_before_it_is_unpacked() -> None:
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunks = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b""))
    )
    assert code_of(b"\x89PNG\r\n\x1a\n" + chunks) == "picture_too_large"


@pytest.mark.parametrize("share", [0.02, 0.3, 0.9])
@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_a_file_that_ends_early_is_damaged(share: float, file_format: str) -> None:
    whole = photo(size=(900, 700), file_format=file_format)
    assert code_of(whole[: int(len(whole) * share)]) in ("damaged_picture", "not_evidence")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"MZ\x90\0 program", "not_evidence"),
        (b"PK\3\4 letter", "not_evidence"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "picture_of_phone"),
        (b"\xff\xd8\xff\xe0 photo", "damaged_picture"),
        (b"%PDF-1.4 scan", "damaged_scan"),
        (b"%PDF-" + b"0" * 20_000_001, "evidence_too_large"),
    ],
)
def test_what_is_no_evidence_is_said_in_a_sentence(content: bytes, code: str) -> None:
    with pytest.raises(UserError) as refused:
        make_fit(content, name="a.jpg")
    assert refused.value.code == code
    assert refused.value.hint


@given(st.one_of(st.binary(max_size=400), st.binary(max_size=300).map(lambda tail: b"%PDF-1.7\n" + tail)))
def test_no_bytes_bring_the_program_down(content: bytes) -> None:
    assert code_of(content)


@given(
    st.sampled_from([photo(size=(64, 48)), png_of_text(), photo(size=(64, 48), file_format="TIFF"), scan(1)]),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=12),
)
def test_no_change_of_a_file_brings_the_program_down(whole: bytes, changes: list[tuple[float, int]]) -> None:
    content = bytearray(whole)
    for place, value in changes:
        content[int(place * len(content))] = value
    code_of(bytes(content))


# Scans


def test_a_scan_is_kept_whole_and_counted() -> None:
    content = scan(3)
    fit = make_fit(content, name="回执.pdf")
    assert (fit.content, fit.facts) == (content, {"pages": 3})
    page = scans.page_image(content, page=2, long_side_px=200)
    assert page.height in (200, 201)  # PDFium rounds up


# Names


@pytest.mark.parametrize(
    ("name", "suffix", "kept"),
    [
        ("IMG_0012.HEIC", ".jpg", "IMG_0012.jpg"),
        ("照片.JPEG", ".jpg", "照片.jpeg"),
        ("照片", ".png", "照片.png"),
        ("a.docx", ".jpg", "a.docx.jpg"),
        ("C:\\photos\\苏惠芳.jpg", ".jpg", "苏惠芳.jpg"),
        ("\x00\x1f.pdf", ".pdf", "佐证.pdf"),
        ("长" * 300 + ".png", ".jpg", "长" * 120 + ".jpg"),
    ],
)
def test_a_kept_file_has_the_name_of_its_original(name: str, suffix: str, kept: str) -> None:
    assert kept_name(name, suffix) == kept


def code_of(content: bytes) -> str:
    try:
        make_fit(content, name="a.jpg")
    except UserError as error:
        return error.code
    return "kept"
