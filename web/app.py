"""The web application: routes from every page's module, the gate before them, the finish after them."""

from __future__ import annotations

import importlib
import pkgutil
import threading
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import anyio.to_thread
import sqlalchemy as sa
import structlog
from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from clearinghouse import __version__
from clearinghouse.accounts.sessions import actor_of, user_of_ended
from clearinghouse.db import Clock, Store, utc_now
from clearinghouse.errors import BadSettingError
from clearinghouse.settings import Settings
from web import api, apply, assets, documentation, feeds, health, metrics, mirror, pages, sitemap
from web.answers import Answers, without_secrets
from web.deps import NotReadyError, Site, actor
from web.limits import proxies
from web.metrics import Requests
from web.pages.signing_in import keep_typed
from web.resuming import Typed, typed
from web.security import Gate, Porter, is_for_staff, plain, standing_headers
from web.staff import OLD_FORM, OldFormError, who
from web.templating import render

if TYPE_CHECKING:
    from clearinghouse.search.generation import Reader

THREADS = 12  # requests at work at once: fewer than the 15 connections that an engine gives out
FLUSH_EVERY = 5.0  # seconds between two writes of apply clicks, saved searches, and of what forgotten passwords need
MACHINERY = (assets, apply, documentation, feeds, health, metrics, sitemap)
TOO_OLD = "This form is too old"
TROUBLE = "Sorry, there is a problem"
RETRY = {"Retry-After": "3"}

log = structlog.get_logger("web")


def create_app(settings: Settings, store: Store, reader: Reader, clock: Clock = utc_now) -> FastAPI:
    """The site on that store and that index. Raises BadSettingError when TRUSTED_PROXIES names no address."""
    app = FastAPI(
        title="Clearing house",
        version=__version__,
        description=api.ABOUT,
        openapi_url="/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan,
        redirect_slashes=False,
    )
    app.state.site = Site(settings, store, reader, clock)
    app.state.requests = requests = Requests()
    for module in (api, mirror):
        app.include_router(module.router)
    for router in (*(module.router for module in MACHINERY), *_pages()):
        app.include_router(router, include_in_schema=False)
    app.add_exception_handler(HTTPException, _on_http_error)
    app.add_exception_handler(OldFormError, _on_old_form)
    app.add_exception_handler(RequestValidationError, _on_bad_form)
    app.add_exception_handler(NotReadyError, _on_not_ready)
    app.add_exception_handler(sa.exc.OperationalError, _on_store_trouble)
    app.add_exception_handler(BadSettingError, _on_bad_setting)
    app.add_middleware(
        Gate,
        public_url=settings.public_url,
        trusted=proxies(settings.trusted_proxies),
        porter=_porter(settings, store, clock),
    )
    app.add_middleware(Answers, headers=standing_headers(settings), requests=requests, failure=_on_failure)
    return app


def _porter(settings: Settings, store: Store, clock: Clock) -> Porter:
    return Porter(
        actor_of=lambda token: actor_of(store, token, clock()),
        lapsed=lambda token: user_of_ended(store, token, clock()),
        keep=keep_typed,
        codes=not settings.demo,
    )


def _pages() -> tuple[APIRouter, ...]:
    """The router of every module in `web/pages`, the staff's last: routes are tried in turn, and visitors are many."""
    names = sorted(module.name for module in pkgutil.iter_modules(pages.__path__))
    modules = (importlib.import_module(f"{pages.__name__}.{name}") for name in names)
    return tuple(sorted((module.router for module in modules if hasattr(module, "router")), key=_is_staffs))


def _is_staffs(router: APIRouter) -> bool:
    return any(is_for_staff(getattr(route, "path", "")) for route in router.routes)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
    stop = threading.Event()
    flusher = threading.Thread(target=_flush, args=(app.state.site, stop), daemon=True)
    flusher.start()
    yield
    stop.set()
    await anyio.to_thread.run_sync(flusher.join)


def _flush(site: Site, stop: threading.Event) -> None:
    """Write what waits every few seconds, and once more at the end: clicks, saved searches, forgotten passwords."""
    stopped = False
    while not stopped:
        stopped = stop.wait(FLUSH_EVERY)
        try:
            site.forgotten.send(site.store, site.settings.public_url)
            site.asks.save(site.store, site.settings)
            site.clicks.flush(site.store)
        except sa.exc.SQLAlchemyError as error:  # kept, and tried again at the next turn
            log.warning("clicks, saved searches and forgotten passwords wait", why=str(error))


def _on_http_error(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = getattr(error, "headers", None)
    if _is_api(request):
        return JSONResponse({"detail": getattr(error, "detail", "")}, status, headers)
    if status == 404 or (status == 405 and is_for_staff(request.url.path)):  # where a form goes there is no page
        return render(request, "404.html", title="Page not found", status=404)
    return _refused(request, status, _title(request, status), str(getattr(error, "detail", "")), headers)


async def _on_old_form(request: Request, _error: Exception) -> Response:
    form = await typed(request, who(request).user, request.app.state.site.clock())
    return await anyio.to_thread.run_sync(_old_form, request, form)


def _old_form(request: Request, form: Typed) -> Response:
    """What was typed, to look at and to send with this session's token: it came from our own pages, and did nothing."""
    if not form.fields:
        return _refused(request, 403, TOO_OLD, OLD_FORM)
    return render(request, "resume.html", title=TOO_OLD, status=403, form=form, heading=TOO_OLD, sentence=OLD_FORM)


def _title(request: Request, status: int) -> str:
    if status != 403:
        return "That did not work"
    return "You can't open this page" if request.method == "GET" else "You can't do this"


def _refused(
    request: Request, status: int, title: str, sentence: str, headers: Mapping[str, str] | None = None
) -> Response:
    """A page in the frame for who has signed in, one plain sentence for everyone else."""
    if actor(request) is None:
        return plain(status, sentence, headers)
    again = title == TOO_OLD or status != 403
    page = render(request, "refused.html", title=title, status=status, sentence=sentence, again=again)
    page.headers.update(headers or {})
    return page


def _on_bad_form(request: Request, _error: Exception) -> Response:
    return _refused(request, 400, "We could not read that form", "We could not read that form.")


def _on_not_ready(request: Request, _error: Exception) -> Response:
    return _later(request, "The search index is being built. Please try again in a moment.")


def _on_store_trouble(request: Request, error: Exception) -> Response:
    log.error("store", path=without_secrets(request.url.path), why=str(error))
    return _later(request, "The store can't be reached. Please try again in a moment.")


def _on_bad_setting(request: Request, error: Exception) -> Response:
    log.error("setting", path=without_secrets(request.url.path), why=str(error))
    return render(request, "500.html", title=TROUBLE, status=503)


def _later(request: Request, sentence: str) -> Response:
    if _is_api(request):
        return JSONResponse({"detail": sentence}, 503, RETRY)
    page = render(request, "503.html", title="Please try again in a moment", status=503)
    page.headers.update(RETRY)
    return page


def _on_failure(request: Request, error: Exception) -> Response:
    if isinstance(error, sa.exc.OperationalError):  # when the gate asked who this is
        return _on_store_trouble(request, error)
    if _is_api(request):
        return JSONResponse({"detail": "Something went wrong on our side."}, 500)
    try:
        return render(request, "500.html", title=TROUBLE, status=500)
    except Exception:  # noqa: BLE001 - the page that says so may be what is broken
        return plain(500, "Sorry, there is a problem. Please try again later.")


def _is_api(request: Request) -> bool:
    return request.url.path.startswith(("/api/", "/openapi.json"))
