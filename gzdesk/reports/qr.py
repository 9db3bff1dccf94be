"""The QR code of a sheet as dark squares."""

from __future__ import annotations

from reportlab.graphics.barcode import qrencoder


def modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """Rows of squares, True for dark, without the quiet zone. Level M: 15 % may be stained or folded."""
    code = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    return tuple(tuple(bool(dark) for dark in row) for row in code.modules)
