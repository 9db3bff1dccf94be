#!/usr/bin/env python3
"""Make `resources/fonts/` again from the packages that the fonts are published in.

    python installers/fonts.py              needs npm, apt-get, dpkg-deb and fonttools

The faces are cut down to what reportlab embeds and Qt shows: outlines, widths and the character map.
Outlines must be TrueType: reportlab cannot embed the CFF ones of Debian's Noto CJK packages.

- `NotoSerifSC-Regular` (body of printed sheets) and `NotoSansSC-Regular` (screen, small print): every
  character that they have, which is GB 18030 below U+10000 and the 8,105 common characters.
- `NotoSerifSC-Bold`, `NotoSansSC-Bold` (titles, totals, table heads): GB 2312; other characters there are
  set in the regular face.
- `RareHan` (fallback): Han characters above U+FFFF that names in Guangdong, Hong Kong and Japan use: 𠮷.

RareHan is a subset of HanaMinA. That name is reserved by its licence, so the subset carries another one.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

TARGET = Path(__file__).resolve().parent.parent / "resources" / "fonts"

SERIF_PACKAGE = "@expo-google-fonts/noto-serif-sc@0.4.3"
SANS_PACKAGE = "@expo-google-fonts/noto-sans-sc@0.4.3"
RARE_PACKAGE = "fonts-hanazono=20170904-2.1"

# Layout features, vertical metrics and hints are never used for horizontal Chinese text in a PDF.
UNUSED_TABLES = ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "STAT", "gasp", "DSIG"]


@dataclass(frozen=True)
class Face:
    """One font file to make: where its outlines come from and which characters stay."""

    name: str
    package: str
    member: str
    sha256: str
    repertoire: str
    family: str = ""


FACES = (
    Face(
        "NotoSerifSC-Regular",
        SERIF_PACKAGE,
        "400Regular/NotoSerifSC_400Regular.ttf",
        "c358a69de3df5f423a8946a7b03e3126fb6ba116f1130a463455b4e39e1f0742",
        "all",
    ),
    Face(
        "NotoSerifSC-Bold",
        SERIF_PACKAGE,
        "700Bold/NotoSerifSC_700Bold.ttf",
        "9c6a2ba736e4b499c84f65ce366bd3625c0401885fd3e585ace50fb738b96ff6",
        "gb2312",
    ),
    Face(
        "NotoSansSC-Regular",
        SANS_PACKAGE,
        "400Regular/NotoSansSC_400Regular.ttf",
        "d45f67f0a7c0ca3f256950777ce6a61cc7ce5f9696d02900cbbaac25f8aa7d16",
        "all",
    ),
    Face(
        "NotoSansSC-Bold",
        SANS_PACKAGE,
        "700Bold/NotoSansSC_700Bold.ttf",
        "9a38ae0ab28cd5a256f9ea8e00dedc688aac17f7915fcb000572990afa956b96",
        "gb2312",
    ),
    Face(
        "RareHan",
        RARE_PACKAGE,
        "usr/share/fonts/truetype/hanazono/HanaMinA.ttf",
        "7ca87559414474848fc513a8d8eb42d5b0f8194c30c2abdfbfedff5398ec88d7",
        "rare",
        "gzdesk Rare Han",
    ),
)

LICENCES = (
    (SERIF_PACKAGE, "LICENSE_FONT", "NotoSerifSC-OFL.txt"),
    (SANS_PACKAGE, "LICENSE_FONT", "NotoSansSC-OFL.txt"),
    (RARE_PACKAGE, "usr/share/doc/fonts-hanazono/copyright", "RareHan-LICENCE.txt"),
)


def main() -> None:
    """Fetch the packages, cut the faces down and put them with their licences into `resources/fonts/`."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        opened = {package: _open_package(package, Path(folder)) for package, *_ in LICENCES}
        for face in FACES:
            source = opened[face.package] / face.member
            _check(source, face.sha256)
            _cut(face, source)
        for package, member, name in LICENCES:
            shutil.copyfile(opened[package] / member, TARGET / name)
    for path in sorted(TARGET.glob("*.ttf")):
        print(f"{path.stat().st_size / 2**20:6.1f} MB  {path.name}")


def _open_package(package: str, folder: Path) -> Path:
    """Fetch a package with its ordinary client and return the folder of its files."""
    place = folder / hashlib.sha256(package.encode()).hexdigest()[:8]
    place.mkdir()
    if package.startswith("@"):
        subprocess.run(["npm", "pack", "--silent", package], cwd=place, check=True, stdout=subprocess.DEVNULL)
        shutil.unpack_archive(next(place.glob("*.tgz")), place, filter="data")
        return place / "package"
    subprocess.run(["apt-get", "download", package], cwd=place, check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["dpkg-deb", "-x", str(next(place.glob("*.deb"))), str(place)], check=True)
    return place


def _check(source: Path, sha256: str) -> None:
    found = hashlib.sha256(source.read_bytes()).hexdigest()
    if found != sha256:
        raise SystemExit(f"{source.name} is not the file that was reviewed: SHA-256 {found}")


def _cut(face: Face, source: Path) -> None:
    # Recalculated time stamps would make every run a different file.
    font = TTFont(source, recalcTimestamp=False)
    subsetter = Subsetter(_options())
    subsetter.populate(unicodes=_repertoire(face.repertoire, font))
    subsetter.subset(font)
    if face.family:
        _rename(font, face)
    font.save(TARGET / f"{face.name}.ttf")


def _options() -> Options:
    options = Options()
    options.layout_features = []
    options.hinting = False
    options.glyph_names = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    options.drop_tables += UNUSED_TABLES
    options.recalc_timestamp = False
    return options


def _repertoire(name: str, font: TTFont) -> list[int]:
    known = sorted(font.getBestCmap())
    if name == "gb2312":
        return [code for code in known if _in_gb2312(code)]
    if name == "rare":
        # U+2F800 and above are only other shapes of characters that have a code below.
        return [code for code in known if 0x20000 <= code < 0x2F800]
    return known


def _in_gb2312(code: int) -> bool:
    try:
        chr(code).encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _rename(font: TTFont, face: Face) -> None:
    names = {1: face.family, 2: "Regular", 3: face.name, 4: face.family, 6: face.name}
    for record in list(font["name"].names):
        if record.nameID in names or record.nameID >= 16:
            font["name"].removeNames(nameID=record.nameID)
    for name_id, text in names.items():
        font["name"].setName(text, name_id, 3, 1, 0x409)


if __name__ == "__main__":
    main()
