"""For those who keep a copy: the change sequence, and a snapshot a day to begin with (design §7)."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import os
import tempfile
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, JSONResponse, Response
from sqlalchemy.orm import Session

from clearinghouse.publish.document import api_item
from clearinghouse.publish.following import Step, everything, latest_delete, latest_seq, steps_after
from clearinghouse.search.reading import clean
from clearinghouse.vacancies.draft import LONDON, london
from web import api_models as models
from web.answers import has_already
from web.api_parameters import CHANGES, openapi
from web.deps import now, reading, site

MOST = 1000  # steps in one answer
USUAL = 100
HIGHEST = 1 << 62  # what both databases can compare with
KEPT = 2  # the newest, and the one before it, which somebody may be fetching
NAME = "snapshot-{day}-{gone}.jsonl.gz"

router = APIRouter(prefix="/api/v1", tags=["public"])
_building = threading.Lock()


@router.get("/changes", response_model=models.Changes, openapi_extra=openapi(CHANGES))
def changes(request: Request) -> Response:
    """What changed after a number; whoever follows it from 0 has what the search has, `last_seen` aside."""
    notices: list[str] = []
    after = _whole(request, "after", 0, (0, HIGHEST), notices)
    most = _whole(request, "per_page", USUAL, (1, MOST), notices)
    with reading(request) as session:
        steps = steps_after(session, after, most, now(request))
    base = site(request).settings.public_url
    items = [_step(step, base) for step in steps.items]
    return JSONResponse({"items": items, "latest": steps.latest, "notices": notices})


def _step(step: Step, base: str) -> Mapping[str, Any]:
    shown = step.shown
    vacancy = api_item(shown.doc, shown.last_seen, base) if shown else None
    return {"seq": step.seq, "id": step.public_id, "op": "upsert" if shown else "delete", "vacancy": vacancy}


def _whole(request: Request, name: str, usual: int, bounds: tuple[int, int], notices: list[str]) -> int:
    """The number that a parameter gives, at most the upper bound; `usual` without one. A notice names what is wrong."""
    text = request.query_params.get(name, "").strip()
    if not text:
        return usual
    least, most = bounds
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 500 else None
    if number is not None and least <= number <= most:
        return number
    taken = usual if number is None or number < least else most
    notices.append(f"{name} “{clean(text)[:50]}” is not a whole number from {least} to {most}: we took {taken}.")
    return taken


@router.get(
    "/snapshot.jsonl.gz",
    response_class=FileResponse,
    responses={200: {"content": {"application/gzip": {}}, "description": "`{seq, at}`, then a vacancy a line"}},
)
def snapshot(request: Request) -> Response:
    """All vacancies, made once a London day: the first line has the number to follow the changes from.

    Made again when something was taken away since: what was hidden is in no snapshot that we hand out (design rule 10).
    """
    here, moment = site(request), now(request)
    with reading(request) as session:
        gone = latest_delete(session)
    name = NAME.format(day=moment.astimezone(LONDON).date().isoformat(), gone=f"{gone:012}")
    path = here.settings.index_dir / "snapshots" / name
    with _building:
        if not path.exists():
            with reading(request) as session:
                _write(path, _lines(session, moment, here.settings.public_url))
            made = sorted(path.parent.glob(NAME.format(day="*", gone="*")))
            for old in made[:-KEPT]:
                old.unlink(missing_ok=True)
    answer = FileResponse(path, media_type="application/gzip", filename="snapshot.jsonl.gz", stat_result=path.stat())
    tag = answer.headers["etag"]
    known = has_already(request.headers.get("if-none-match", ""), tag.strip('"'))
    return Response(status_code=304, headers={"ETag": tag}) if known else answer


def _lines(session: Session, moment: dt.datetime, base: str) -> Iterator[Mapping[str, Any]]:
    """The snapshot's lines. The number is read first: whatever changes meanwhile comes again with a later one."""
    yield {"seq": latest_seq(session), "at": london(moment)}
    for shown in everything(session, moment):
        yield api_item(shown.doc, shown.last_seen, base)


def _write(path: Path, lines: Iterator[Mapping[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".snapshot-")
    try:
        with os.fdopen(handle, "wb") as raw, gzip.open(raw, "wt", 6, encoding="utf-8", newline="\n") as out:
            for line in lines:
                out.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
