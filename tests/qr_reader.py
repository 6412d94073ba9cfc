"""Reads a QR code back from its SVG picture, by the standard (ISO/IEC 18004): byte mode, versions 2 to 6, level M."""

from __future__ import annotations

import re
from collections.abc import Iterator

# By version: how many blocks, and how many data bytes there are in each. Level M.
BLOCKS = {2: (1, 28), 3: (1, 44), 4: (2, 32), 5: (2, 43), 6: (4, 27)}
MASKS = (
    lambda i, j: (i + j) % 2,
    lambda i, _: i % 2,
    lambda _, j: j % 3,
    lambda i, j: (i + j) % 3,
    lambda i, j: (i // 2 + j // 3) % 2,
    lambda i, j: i * j % 2 + i * j % 3,
    lambda i, j: (i * j % 2 + i * j % 3) % 2,
    lambda i, j: ((i + j) % 2 + i * j % 3) % 2,
)
Modules = list[list[int]]


def modules(svg: str) -> Modules:
    """The dark and light modules within the quiet margin of four."""
    size = int(re.search(r'(?i)viewbox="0 0 (\d+) ', svg)[1]) - 8
    found = [[0] * size for _ in range(size)]
    x = y = 0.0
    drawn = re.findall(r'<path[^>]* d="([^"]*)"', svg)[-1]  # after the white ground
    for command, numbers in re.findall(r"([Mmh])([^Mmh]+)", drawn):
        values = [float(number) for number in re.findall(r"-?[\d.]+", numbers)]
        if command == "h":
            for column in range(int(x), int(x + values[0])):
                found[int(y) - 4][column - 4] = 1
            x += values[0]
        else:
            x, y = (values[0], values[1]) if command == "M" else (x + values[0], y + values[1])
    return found


def read(svg: str) -> str:
    """The text of the code."""
    code = modules(svg)
    size, version = len(code), (len(code) - 17) // 4
    form = int("".join(str(code[8][column]) for column in (0, 1, 2, 3, 4, 5, 7)), 2) ^ (0x5412 >> 8)
    assert form >> 5 == 0, "not of level M"
    mask = MASKS[form >> 2 & 7]
    bits = [code[i][j] ^ (mask(i, j) == 0) for i, j in _path(size) if not _fixed(i, j, size)]
    bytes_ = [int("".join(map(str, map(int, bits[at : at + 8]))), 2) for at in range(0, len(bits) - 7, 8)]
    blocks, length = BLOCKS[version]
    data = [bytes_[place * blocks + block] for block in range(blocks) for place in range(length)]
    text = "".join(f"{each:08b}" for each in data)
    assert text[:4] == "0100", "not in byte mode"
    count = int(text[4:12], 2)
    return bytes(int(text[12 + 8 * n : 20 + 8 * n], 2) for n in range(count)).decode()


def _path(size: int) -> Iterator[tuple[int, int]]:
    """Pairs of columns from the right, upwards and downwards in turn; the timing column is passed over."""
    rights = [*range(size - 1, 6, -2), *range(5, 0, -2)]
    for turn, right in enumerate(rights):
        for step in range(size):
            row = step if turn % 2 else size - 1 - step
            yield from ((row, right), (row, right - 1))


def _fixed(i: int, j: int, size: int) -> bool:
    """Whether a module belongs to the corners, the timing lines or the small square, which hold no data."""
    corner = (i < 9 and j < 9) or (i < 9 and j >= size - 8) or (i >= size - 8 and j < 9)
    return corner or 6 in (i, j) or (abs(i - (size - 7)) < 3 and abs(j - (size - 7)) < 3)
