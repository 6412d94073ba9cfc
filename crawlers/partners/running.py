"""The simulated partners, running in threads of this process: a site a port, and a control endpoint."""

from __future__ import annotations

import contextlib
import datetime as dt
import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from types import TracebackType
from typing import Any, Self

from crawlers.partners.adverts import World
from crawlers.partners.closing import LONDON
from crawlers.partners.control import ControlServer
from crawlers.partners.errors import PartnersError
from crawlers.partners.faults import Fault
from crawlers.partners.formats.table import FORMATS
from crawlers.partners.members import PARTNERS
from crawlers.partners.server import SiteServer
from crawlers.partners.site import Moment, Site

BLOCKS = 20  # blocks of ports that are tried before any free ports are taken


@dataclass(frozen=True)
class Running:
    """One partner as it runs. `of` is how many there are, `control` the address of the control endpoint."""

    name: str
    organisation: str
    url: str
    format: str
    of: int
    control: str


def start_partners(port: int | None, seed: int, now: dt.datetime, scale: float = 1) -> Partners:
    """Start every partner: control on `port`, partner N on `port` + N, or the next free block; None = any free ports.

    Their clock begins on the London day of `now` and stands still. `scale` multiplies each one's vacancies.
    Raises PartnersError when no ports are free. End them with `stop()`, or use the result as a context manager.
    """
    control, sites = _bound(port)
    world = World(seed, now.astimezone(LONDON).date(), scale)
    return Partners(control, sites, world, now.astimezone(dt.UTC).replace(microsecond=0))


class Partners:
    """The running partners: what they are, their clock, their faults, their end."""

    def __init__(self, control: ControlServer, servers: list[SiteServer], world: World, now: dt.datetime) -> None:
        self.day = 0
        self._lock = threading.Lock()
        self._servers = dict(zip((partner.slug for partner in PARTNERS), servers, strict=True))
        self._control = control
        self.control = control.base
        sites = {slug: server.base for slug, server in self._servers.items()}
        for partner, server in zip(PARTNERS, servers, strict=True):
            server.site = Site(Moment(world, partner, server.base, sites=sites))
            server.modified = now
        self.partners = tuple(self._running(slug) for slug in self._servers)
        control.partners = self
        self._threads = _started([each.serve_forever for each in (*servers, control)])

    @property
    def urls(self) -> Mapping[str, str]:
        """Each partner's address by its name: what `demo_sources` takes."""
        return {partner.name: partner.url for partner in self.partners}

    def site(self, name: str) -> Site:
        """What the partner serves now. Raises PartnersError for a name that there isn't."""
        return self._server(name).site

    def tick(self, days: int = 1) -> int:
        """Move the clock on by `days`, and return the day it is now (0 = the start)."""
        if not 0 < days <= 365:
            raise PartnersError(f"the clock can move by 1 to 365 days, not {days}")
        with self._lock:
            self.day += days
            for server in self._servers.values():
                self._show(server, replace(server.site.moment, day=self.day))
        return self.day

    def fault(self, name: str, kind: str) -> None:
        """Make a partner fail in one of the ways of `Fault`, until it is told `none`."""
        if kind not in set(Fault):
            raise PartnersError(f"no fault is called {kind!r}: there are {', '.join(Fault)}")
        with self._lock:
            server = self._server(name)
            self._show(server, replace(server.site.moment, fault=Fault(kind)))

    def state(self) -> dict[str, Any]:
        """The clock and each partner, with its number of vacancies and its fault, as plain values."""
        return {"day": self.day, "partners": [asdict(partner) | self._now(partner.name) for partner in self.partners]}

    def stop(self) -> None:
        """End every server and thread."""
        ending = _started([self._control.stop, *(server.stop for server in self._servers.values())])
        for thread in (*ending, *self._threads):
            thread.join()

    def __enter__(self) -> Self:
        """The partners, which run until the block ends."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop them, whatever happened."""
        self.stop()

    def _running(self, slug: str) -> Running:
        server = self._servers[slug]
        partner = server.site.moment.partner
        return Running(slug, partner.name, server.base, FORMATS[partner.format].name, len(self._servers), self.control)

    def _now(self, name: str) -> dict[str, Any]:
        site = self._servers[name].site
        return {"vacancies": len(site.view.adverts), "today": str(site.view.today), "fault": site.moment.fault.value}

    def _server(self, name: str) -> SiteServer:
        if name not in self._servers:
            raise PartnersError(f"no partner is called {name!r}: there are {', '.join(self._servers)}")
        return self._servers[name]

    def _show(self, server: SiteServer, moment: Moment) -> None:
        site = Site(moment)
        # HTTP dates count whole seconds: a second change within one must still look later
        server.modified += dt.timedelta(seconds=1)
        server.site = site


def _started(works: list[Callable[[], None]]) -> list[threading.Thread]:
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    return threads


def _bound(port: int | None) -> tuple[ControlServer, list[SiteServer]]:
    count = len(PARTNERS) + 1
    blocks = [] if port is None else [range(port + step * count, port + (step + 1) * count) for step in range(BLOCKS)]
    for ports in (*blocks, [0] * count):
        bound = _bind(list(ports))
        if bound:
            return bound
    raise PartnersError(f"no {count} ports are free on this machine from {port} on")


def _bind(ports: list[int]) -> tuple[ControlServer, list[SiteServer]] | None:
    """Servers on exactly these ports, or None and nothing held."""
    with contextlib.ExitStack() as held:
        try:
            control = ControlServer(ports[0])
            held.callback(control.server_close)
            sites: list[SiteServer] = []
            for port in ports[1:]:
                sites.append(SiteServer(port))
                held.callback(sites[-1].server_close)
        except (OSError, OverflowError):  # busy, or beyond the last port
            return None
        held.pop_all()
        return control, sites
