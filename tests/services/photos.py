"""Real photos and scans, as phones and scanners make them."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

# Which corner of an upright picture is red, as it lies in a file of each EXIF orientation.
STORED_AS = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
PLACE = b"22.613,113.187"
"""Stands in the metadata of a photo that says where it was taken."""


def scene(size: tuple[int, int] = (2400, 1800), *, seed: int = 0) -> Image.Image:
    """A picture with a red upper left and a green upper right corner; another one for each seed."""
    image = Image.radial_gradient("L").resize(size).convert("RGB")
    draw = ImageDraw.Draw(image)
    width, height = size
    draw.rectangle((0, 0, width // 4, height // 4), fill=(220, 20, 20))
    draw.rectangle((width - width // 4, 0, width, height // 4), fill=(20, 180, 20))
    draw.rectangle(
        (width // 2, height // 2, width // 2 + 10 + seed % 97, height // 2 + 10), fill=(20, 20, 200)
    )
    draw.rectangle((width // 2, height * 3 // 4, width // 2 + 20 + seed // 97, height * 3 // 4 + 9), fill=0)
    return image


def photo(
    *,
    size: tuple[int, int] = (2400, 1800),
    orientation: int = 1,
    taken: str = "2019:10:05 19:31:02",
    seed: int = 0,
    file_format: str = "JPEG",
) -> bytes:
    """A photo as a phone writes it: lying as it was held, with place, device and time."""
    image = scene(size, seed=seed)
    way = STORED_AS[orientation]
    image = image if way is None else image.transpose(way)
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Phone"
    exif.get_ifd(0x8769)[0x9003] = taken
    exif.get_ifd(0x8769)[0x9286] = PLACE
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (22.0, 36.0, 48.0), "E", (113.0, 11.0, 14.0)
    target = io.BytesIO()
    image.save(target, file_format, exif=exif, **({"comment": PLACE} if file_format == "JPEG" else {}))
    return target.getvalue()


def png_of_text() -> bytes:
    """A picture of a screen with lines of text."""
    image = Image.new("RGB", (1280, 800), "white")
    draw = ImageDraw.Draw(image)
    for line in range(30):
        draw.text(
            (40, 20 + line * 25), f"2019-10-{line + 1:02d}  open 14:30-17:30  visitors {line * 7}", fill=0
        )
    target = io.BytesIO()
    image.save(target, "PNG")
    return target.getvalue()


def scan(pages: int = 2) -> bytes:
    """A PDF of that many pages."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(420, 595), invariant=1)
    for number in range(pages):
        canvas.drawString(80, 500, f"Receipt page {number + 1}")
        canvas.rect(40, 40, 340, 500)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def put(folder: Path, name: str, content: bytes) -> Path:
    """Write a file; its folder is made."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_bytes(content)
    return file


def corners(content: bytes) -> tuple[str, str]:
    """The colours of the upper left and the upper right corner of a picture."""
    image = Image.open(io.BytesIO(content)).convert("RGB")
    return _named(image.getpixel((12, 12))), _named(image.getpixel((image.width - 12, 12)))


def _named(pixel: object) -> str:
    red, green, _blue = pixel  # type: ignore[misc]  # a pixel of an RGB picture
    return "red" if red > 150 > green else "green" if green > 120 > red else "other"
