"""Photos made fit to keep: at most 1,600 px, the right way up, and without where they were taken.

A phone writes the place, the device and a second picture into the file. Nothing of that may leave the village, so
every picture is written anew; only the time it was taken goes on, as data beside it.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

# domain.md, section 3: a photo from a phone has 2 to 6 MB; twenty a week would fill a stick within months.
LONG_SIDE_PX = 1600
_JPEG_QUALITY = 85  # the small print of a photographed receipt stays readable

# A picture of a few kilobytes can unpack to gigabytes. A jpeg is made smaller while it is read, others are not.
_MOST_PIXELS_JPEG = 250_000_000
_MOST_PIXELS = 80_000_000

_FORMATS = ("JPEG", "PNG", "MPO", "BMP", "TIFF", "WEBP", "GIF", "AVIF", "HEIF")
_LOSSLESS = frozenset({"PNG", "BMP", "TIFF", "GIF"})
_PHONE_BRANDS = re.compile(rb"....ftyp(hei[cxms]|hev[cx]|mif1|msf1)", re.DOTALL)
_COMMON = (b"\xff\xd8\xff", b"\x89PNG")

# What begins like a picture and is none was not copied whole.
_BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\0", b"MM\0*")

_ORIENTATION, _EXIF, _TAKEN = 0x0112, 0x8769, 0x9003


@dataclass(frozen=True, slots=True, kw_only=True)
class FitPicture:
    """A picture as it is kept. `taken_at` is local time without zone (2019-10-05T19:31:02), empty when unknown."""

    content: bytes
    suffix: str
    taken_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pixels:
    """A picture unpacked: rows of red, green, blue, without padding."""

    width: int
    height: int
    rgb: bytes


def fit_picture(content: bytes, *, name: str) -> FitPicture:
    """The picture as it is to be kept; `name` stands in what is said of it.

    Raises UserError `not_evidence`, `picture_of_phone`, `picture_too_large` or `damaged_picture`.
    """
    image = _opened(content, name=name)
    try:
        taken_at = _taken_at(image)
        lossless = image.format in _LOSSLESS
        image = _upright(_shrunk(image, LONG_SIDE_PX))
        return FitPicture(**_written(_plain(image), lossless=lossless), taken_at=taken_at)
    except Exception as error:
        # Pillow raises whatever its readers stumble over (struct.error, SyntaxError, IndexError…).
        raise damaged_picture(name) from error


def pixels(content: bytes, *, long_side_px: int, quarter_turns: int = 0) -> Pixels:
    """A kept picture for the screen or a page, turned clockwise. Raises UserError as `fit_picture` does."""
    image = _opened(content, name=_("This picture"))
    try:
        return to_pixels(_turned(_upright(_shrunk(image, long_side_px)), quarter_turns))
    except Exception as error:
        raise damaged_picture(_("This picture")) from error


def turned(content: bytes, quarter_turns: int, *, name: str) -> FitPicture:
    """A kept picture turned clockwise by quarters, for good. Raises UserError as `fit_picture` does."""
    image = _opened(content, name=name)
    lossless = image.format in _LOSSLESS
    try:
        return FitPicture(**_written(_plain(_turned(_upright(image), quarter_turns)), lossless=lossless))
    except Exception as error:
        raise damaged_picture(name) from error


def to_pixels(image: Picture) -> Pixels:
    """A picture of Pillow unpacked."""
    plain = image.convert("RGB")
    return Pixels(width=plain.width, height=plain.height, rgb=plain.tobytes())


def small_jpeg(image: Picture, long_side_px: int) -> bytes:
    """A small copy for lists."""
    return bytes(_as_jpeg(_plain(_shrunk(image, long_side_px)), quality=80))


def for_paper(content: bytes, *, long_side_px: int) -> tuple[bytes, int, int]:
    """A kept picture as jpeg with its width and height. Raises UserError as `fit_picture` does."""
    image = _opened(content, name=_("This picture"))
    try:
        as_it_is = image.format == "JPEG" and _orientation(image) == 1 and max(image.size) <= long_side_px
        if as_it_is and image.mode in ("L", "RGB"):
            size = image.size
            image.load()  # a picture that ends early must not go to paper
            return content, *size
        image = _plain(_upright(_shrunk(image, long_side_px)))
        return _as_jpeg(image, quality=_JPEG_QUALITY), image.width, image.height
    except Exception as error:
        raise damaged_picture(_("This picture")) from error


def open_kept(content: bytes) -> Picture:
    """A kept picture, the right way up. Raises UserError as `fit_picture` does."""
    return _upright(_opened(content, name=_("This picture")))


def damaged_picture(name: str) -> UserError:
    """What is said of a picture that ends early or cannot be unpacked."""
    return UserError(
        code="damaged_picture",
        message=_("{source} is damaged or was not copied whole.").format(source=name),
        hint=_("Copy it from the phone or the camera once more."),
    )


# Reading


def _opened(content: bytes, *, name: str) -> Picture:
    from PIL import Image

    # Its own limit only warns, and for all formats alike; ours is kept below.
    Image.MAX_IMAGE_PIXELS = None
    Image.preinit()
    try:
        # The rare formats are loaded when one comes: all together they cost a twentieth of a second.
        if not content.startswith(_COMMON):
            Image.init()
        image = Image.open(io.BytesIO(content), formats=[one for one in _FORMATS if one in Image.OPEN])
    except Exception as error:
        raise _not_a_picture(content, name) from error
    most = _MOST_PIXELS_JPEG if image.format in ("JPEG", "MPO") else _MOST_PIXELS
    if image.width * image.height > most:
        raise UserError(
            code="picture_too_large",
            message=_("{source} has {count} million pixels, too many to open here.").format(
                source=name, count=image.width * image.height // 1_000_000
            ),
            hint=_("Make the picture smaller on the phone and add it again."),
        )
    return image


def _not_a_picture(content: bytes, name: str) -> UserError:
    if content.startswith(_BEGINNINGS):
        return damaged_picture(name)
    if _PHONE_BRANDS.match(content[:12]):
        return UserError(
            code="picture_of_phone",
            message=_("{source} is in the phone's own format (heic), which can't be opened here.").format(
                source=name
            ),
            hint=_("Send it as jpg: on the phone choose “Most compatible” for the camera."),
        )
    return UserError(
        code="not_evidence",
        message=_("{source} is no photo and no scan.").format(source=name),
        hint=_("Choose a jpg, png or pdf file."),
    )


def _taken_at(image: Picture) -> str:
    try:
        text = str(image.getexif().get_ifd(_EXIF).get(_TAKEN, ""))
        moment = datetime.strptime(text.strip("\0 "), "%Y:%m:%d %H:%M:%S")
    except Exception:  # an odd date must not keep a photo out, and Pillow raises anything on broken EXIF
        return ""
    return moment.isoformat(timespec="seconds")


# Changing


def _shrunk(image: Picture, long_side_px: int) -> Picture:
    from PIL import Image

    share = min(1.0, long_side_px / max(image.size))
    size = (max(1, round(image.width * share)), max(1, round(image.height * share)))
    image.draft(None, size)
    image.load()
    if image.mode in ("P", "1") or image.mode.startswith(("I", "F")):
        image = _keep_exif(image, _of_many_levels(image))
    return image if image.size == size else image.resize(size, Image.Resampling.LANCZOS)


def _of_many_levels(image: Picture) -> Picture:
    """Something that can be shrunk smoothly: no palette, no bits, no 16-bit grey."""
    if image.mode == "1":
        return image.convert("L")
    if image.mode == "P":
        return image.convert("RGBA" if "transparency" in image.info else "RGB")
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda level: level * (1 / 256)).convert("L")
    return image.convert("L")


def _keep_exif(before: Picture, after: Picture) -> Picture:
    after.info.setdefault("exif", before.info.get("exif", b""))
    return after


def _upright(image: Picture) -> Picture:
    from PIL.Image import Transpose

    way = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }.get(_orientation(image))
    if way is None:
        return image
    turned = image.transpose(way)
    turned.info.pop("exif", None)
    return turned


def _orientation(image: Picture) -> int:
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except Exception:  # broken EXIF: the picture stays as it lies
        return 1


def _turned(image: Picture, quarter_turns: int) -> Picture:
    from PIL.Image import Transpose

    way = {1: Transpose.ROTATE_270, 2: Transpose.ROTATE_180, 3: Transpose.ROTATE_90}.get(quarter_turns % 4)
    return image if way is None else image.transpose(way)


def _plain(image: Picture) -> Picture:
    """Grey or colour on white, in the colours of screens, with nothing else in it."""
    image = _in_screen_colours(image)
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La"):
        from PIL import Image

        seen_through = image.convert("RGBA")
        image = Image.new("RGB", image.size, "white")
        image.paste(seen_through, mask=seen_through.getchannel("A"))
    elif image.mode not in ("L", "RGB"):
        image = image.convert("RGB")
    image.info.clear()
    return image


def _in_screen_colours(image: Picture) -> Picture:
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "CMYK", "L"):
        return image
    from PIL import ImageCms

    try:
        changed = ImageCms.profileToProfile(
            image,
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode="RGB",
        )
    except Exception:  # a broken profile: slightly wrong colours are better than no photo
        return image
    return image if changed is None else changed


# Writing


def _written(image: Picture, *, lossless: bool) -> dict[str, Any]:
    """Jpeg, or png where that is smaller: scans of text and pictures of a screen."""
    jpeg = _as_jpeg(image, quality=_JPEG_QUALITY)
    if lossless:
        png = _as_png(image)
        if len(png) <= len(jpeg):
            return {"content": png, "suffix": ".png"}
    return {"content": jpeg, "suffix": ".jpg"}


def _as_jpeg(image: Picture, *, quality: int) -> bytes:
    target = io.BytesIO()
    image.save(target, "JPEG", quality=quality, optimize=True, progressive=True)
    return target.getvalue()


def _as_png(image: Picture) -> bytes:
    target = io.BytesIO()
    few = image.getcolors(256)
    if few is not None and image.mode == "RGB":
        image = image.quantize(len(few))
    image.save(target, "PNG", optimize=True)
    return target.getvalue()
