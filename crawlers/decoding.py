"""Undoing Content-Encoding strictly: a cut-off or oversized body is an error here, never a shorter body."""

from __future__ import annotations

import zlib
from collections.abc import Callable

import brotli

ACCEPTED = "gzip, deflate, br"


class BadEncodingError(ValueError):
    """A body can't be decoded; the message says why."""


def decode(body: bytes, encodings: str, limit: int) -> bytes:
    """`body` with its Content-Encoding undone, the last one applied first.

    Raises BadEncodingError when it is cut short, damaged, over `limit` bytes, or of an encoding that we never ask for.
    """
    for name in reversed([part.strip().lower() for part in encodings.split(",") if part.strip()]):
        if name not in _DECODERS:
            raise BadEncodingError(f"Content-Encoding {name!r} is unknown")
        body = _DECODERS[name](body, limit)
    return body


def _identity(body: bytes, _limit: int) -> bytes:
    return body


def _gzip(body: bytes, limit: int) -> bytes:
    """All members of a gzip body; what follows the last one is padding."""
    out = b""
    rest = body
    while rest[:2] == b"\x1f\x8b":
        member = zlib.decompressobj(wbits=31)
        out += _inflate(member, rest, limit - len(out), "gzip")
        rest = member.unused_data
    if not out and body[:2] != b"\x1f\x8b":
        raise BadEncodingError("not gzip, though its Content-Encoding says so")
    return out


def _deflate(body: bytes, limit: int) -> bytes:
    """RFC 9110 means zlib by deflate; some servers send the raw stream."""
    wrapped = len(body) > 1 and body[0] & 15 == 8 and int.from_bytes(body[:2], "big") % 31 == 0
    return _inflate(zlib.decompressobj(wbits=15 if wrapped else -15), body, limit, "deflate")


def _inflate(stream: zlib._Decompress, body: bytes, limit: int, name: str) -> bytes:
    try:
        out = stream.decompress(body, limit + 1)
    except zlib.error as error:
        raise BadEncodingError(f"its {name} encoding is damaged") from error
    if len(out) > limit:
        raise BadEncodingError(_over(limit))
    if not stream.eof:
        raise BadEncodingError(f"its {name} encoding is cut short")
    return out


def _brotli(body: bytes, limit: int) -> bytes:
    stream = brotli.Decompressor()
    try:
        out: bytes = stream.process(body, output_buffer_limit=limit + 1)
    except brotli.error as error:
        raise BadEncodingError("its br encoding is damaged") from error
    if len(out) > limit:
        raise BadEncodingError(_over(limit))
    if not stream.is_finished():
        raise BadEncodingError("its br encoding is cut short")
    return out


def _over(limit: int) -> str:
    return f"body over {limit // 1_000_000} MB"


_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "br": _brotli,
    "deflate": _deflate,
    "gzip": _gzip,
    "identity": _identity,
    "x-gzip": _gzip,
}
