"""Static files under addresses that carry a hash of their content, so that browsers may keep them for ever."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fastapi import APIRouter, HTTPException, Request, Response

FOLDER = Path(__file__).parent / "static"
FOR_EVER = "public, max-age=31536000, immutable"
SMALL = 300  # bytes; below this gzip gains nothing
TEXT = frozenset({".css", ".js", ".svg", ".txt", ".json", ".webmanifest"})

router = APIRouter()


@dataclass(frozen=True)
class Asset:
    """One static file: its bytes, the same compressed (None where that gains nothing), and its type."""

    digest: str
    media_type: str
    body: bytes
    packed: bytes | None


@cache
def assets() -> dict[str, Asset]:
    """Every file of `web/static` by its path there, read once a process."""
    files = (path for path in sorted(FOLDER.rglob("*")) if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(FOLDER).as_posix(): _asset(path) for path in files}


def _asset(path: Path) -> Asset:
    body = path.read_bytes()
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    packs = path.suffix in TEXT and len(body) > SMALL
    packed = gzip.compress(body, 9, mtime=0) if packs else None
    return Asset(hashlib.sha256(body).hexdigest()[:12], media_type, body, packed)


def asset_url(name: str) -> str:
    """The address of the static file `name`, such as `site.css`. Raises KeyError when there is none."""
    return f"/static/{assets()[name].digest}/{name}"


@router.get("/static/{digest}/{name:path}", include_in_schema=False)
def static(request: Request, digest: str, name: str) -> Response:
    """The file, for ever; 404 when its content has changed since that address was given out."""
    asset = assets().get(name)
    if asset is None or asset.digest != digest:
        raise HTTPException(404)
    headers = {"Cache-Control": FOR_EVER, "ETag": f'"{digest}"', "Vary": "Accept-Encoding"}
    if asset.packed is not None and accepts_gzip(request.headers.get("accept-encoding", "")):
        headers["Content-Encoding"] = "gzip"
        return Response(asset.packed, media_type=asset.media_type, headers=headers)
    return Response(asset.body, media_type=asset.media_type, headers=headers)


def accepts_gzip(header: str) -> bool:
    """True when an Accept-Encoding header takes gzip."""
    for part in header.lower().split(","):
        coding, _, weight = part.partition(";")
        if coding.strip() in {"gzip", "*"}:
            return weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False
