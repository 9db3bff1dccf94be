"""Every character of a name is printed and can be copied again, or it is known that it cannot."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from reportlab.pdfbase import ttfonts

from gzdesk import assets
from gzdesk.reports import fonts
from gzdesk.reports.document import Document, Paragraph
from gzdesk.reports.fonts import Face, has_glyph, runs, width_pt
from gzdesk.reports.pdf import render
from tests.reports.reading import pdf_texts

RARE = "䶮㙟𫖯𠮷"
NOWHERE = "\U0002c386"  # an Extension E character that no shipped font has


@pytest.fixture(autouse=True)
def _only_our_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "SYSTEM_FALLBACKS", ())
    fonts._system_fonts.cache_clear()


@pytest.mark.parametrize("face", Face)
@pytest.mark.parametrize("char", RARE)
def test_rare_characters_of_names_have_a_glyph(face: Face, char: str) -> None:
    (run,) = runs(char, face)
    assert run.text == char
    assert run.width == 1000


@pytest.mark.parametrize("face", Face)
def test_all_of_gb2312_is_set_in_one_font(face: Face) -> None:
    cells = [(row, cell) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)]
    han = "".join(
        bytes(pair).decode("gb2312") for pair in cells if not 0xD7FA <= pair[0] * 256 + pair[1] <= 0xD7FE
    )
    assert len(han) == 6763
    assert {run.font for run in runs(han, face)} == {fonts._CHAINS[face][0]}


@pytest.mark.parametrize("face", Face)
def test_text_can_be_copied_again(face: Face) -> None:
    name = f"梁{RARE}明 2019年10月 “书香” ABC"
    document = Document(title="t", blocks=(Paragraph(text=name, bold=face is Face.SERIF_BOLD),))
    assert name in pdf_texts(render(document))[0]


def test_more_than_one_subset_of_a_font_can_be_copied_again() -> None:
    # A subset holds 255 glyphs; the fix has to hold in the later ones too.
    text = "".join(chr(code) for code in range(0x4E00, 0x4E00 + 600)) + RARE
    extracted = "".join(pdf_texts(render(Document(title="t", blocks=(Paragraph(text=text),)))))
    assert set(text) <= set(extracted)


def test_a_character_without_a_glyph_is_known_and_never_a_box() -> None:
    assert not has_glyph(NOWHERE)
    (run,) = runs(NOWHERE, Face.SANS)
    assert run.text == fonts.MISSING_SIGN


def test_the_sign_for_a_missing_character_is_itself_a_character() -> None:
    assert has_glyph(fonts.MISSING_SIGN)


def test_what_only_describes_its_neighbour_takes_no_room() -> None:
    plain, selected = "葛", "葛\U000e0100\u200b"
    assert width_pt(selected, Face.SERIF, 10) == width_pt(plain, Face.SERIF, 10)
    assert "".join(run.text for run in runs(selected, Face.SERIF)) == plain
    assert has_glyph("\u200b")
    assert has_glyph("\t")


def test_a_font_of_the_pc_helps_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    # The shipped rare font stands for one that the PC has; the chain is cut so that nothing else knows 𠮷.
    installed = tmp_path / "simsunb.ttf"
    installed.write_bytes(assets.resource_path("fonts", "RareHan.ttf").read_bytes())
    monkeypatch.setattr(fonts, "SYSTEM_FALLBACKS", (tmp_path / "not there.ttf", installed))
    monkeypatch.setitem(fonts._CHAINS, Face.SERIF, ("NotoSerifSC-Regular",))
    fonts._system_fonts.cache_clear()
    assert fonts._find(Face.SERIF, "𠮷") == fonts.Glyph(str(installed), 1000.0, "𠮷")
    fonts._system_fonts.cache_clear()


def test_each_font_stands_with_its_licence() -> None:
    names = {path.name for path in assets.resource_path("fonts").iterdir()}
    assert {"NotoSerifSC-OFL.txt", "NotoSansSC-OFL.txt", "RareHan-LICENCE.txt"} <= names
    listed = assets.resource("fonts", "README.md").read_text(encoding="utf-8")
    assert all(name in listed for name in names if name.endswith(".ttf"))


def test_reportlab_still_asks_us_for_the_copy_table() -> None:
    # A new reportlab that no longer calls this would silently bring the wrong characters back.
    assert ttfonts.makeToUnicodeCMap is fonts._to_unicode
    assert "makeToUnicodeCMap" in ttfonts.TTFont.addObjects.__code__.co_names


# Faces of official documents


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of fonts that a PC has."""
    monkeypatch.setattr(fonts, "FONT_FOLDERS", (tmp_path,))
    _forget()
    yield tmp_path
    _forget()


def _forget() -> None:
    for kept in (fonts._font_files, fonts._installed, fonts.glyphs, fonts.runs):
        kept.cache_clear()


def test_a_font_of_the_pc_goes_before_our_own(installed: Path) -> None:
    folder = installed / "chinese"
    folder.mkdir()
    shutil.copyfile(assets.resource_path("fonts", "NotoSansSC-Regular.ttf"), folder / "SimFang.ttf")
    assert fonts.glyphs(Face.BODY)["文"].font == str(folder / "SimFang.ttf")
    assert fonts.glyphs(Face.KAI)["文"].font == "NotoSerifSC-Regular"
    assert fonts.glyphs(Face.BODY)["𫖯"].shown == "𫖯"


def test_a_font_that_a_pdf_can_not_take_is_passed_over(installed: Path) -> None:
    (installed / "simfang.ttf").write_bytes(b"OTTO" + bytes(200))
    assert fonts.glyphs(Face.BODY)["文"].font == "NotoSerifSC-Regular"
