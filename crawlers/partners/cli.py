"""`clearinghouse partners`: serve the simulated partners, move their clock, make one fail."""

from __future__ import annotations

import datetime as dt
import json
import signal
import threading
from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated, Any

import typer

from clearinghouse.settings import settings
from crawlers.partners import client
from crawlers.partners.faults import Fault
from crawlers.partners.members import PARTNERS, partner_named
from crawlers.partners.running import Partners, start_partners

app = typer.Typer(help="The simulated partners of the demo.", no_args_is_help=True)

Port = Annotated[int | None, typer.Option(min=1, max=65535, help="The port of their control endpoint.")]


@app.command()
def serve(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Control on this port, partner N on port + N.")] = 8100,
    seed: Annotated[int | None, typer.Option(help="Which vacancies; by default CLEARINGHOUSE_DEMO_SEED.")] = None,
    scale: Annotated[float, typer.Option(min=0.01, max=1000, help="Multiplies each partner's vacancies.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="A JSON object a partner, when they are ready.")] = False,
) -> None:
    """Serve every partner until interrupted."""
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    seed = settings().demo_seed if seed is None else seed
    with start_partners(port, seed, dt.datetime.now(dt.UTC), scale) as running:
        client.remember(running.control)
        try:
            _announce(running, port, as_json=as_json)
            ended.wait()
        finally:
            client.forget(running.control)


@app.command()
def tick(days: Annotated[int, typer.Argument(min=1, max=365)] = 1, port: Port = None) -> None:
    """Move their clock on: vacancies open, change and close."""
    _tell(client.tick(client.control_url(port), days))


@app.command()
def fault(
    name: Annotated[str, typer.Argument(help="The partner's name, as `serve` prints it.")],
    kind: Annotated[Fault, typer.Argument(help="What goes wrong; none ends it.")],
    port: Port = None,
) -> None:
    """Make one partner fail in a given way, until it is told none."""
    if partner_named(name) is None:
        raise typer.BadParameter(f"no partner is called {name!r}: there are {', '.join(p.slug for p in PARTNERS)}")
    _tell(client.fault(client.control_url(port), name, kind.value))


def _announce(running: Partners, port: int, *, as_json: bool) -> None:
    if running.control != f"http://127.0.0.1:{port}":
        typer.echo(f"Port {port} or one of those after it is busy: using {running.control} and the next ones", err=True)
    for partner in running.partners:
        row = {**asdict(partner), "of": len(running.partners)}  # so that a reader knows which line is the last
        typer.echo(json.dumps(row, ensure_ascii=False) if as_json else _row(row))
    typer.echo(f"Simulated partners are ready; control at {running.control}", err=True)


def _row(partner: Mapping[str, Any]) -> str:
    return f"{partner['url']}  {partner['name']:26} {partner['organisation']} ({partner['format']})"


def _tell(state: Mapping[str, Any]) -> None:
    typer.echo(f"Day {state['day']}")
    for partner in state["partners"]:
        wrong = "" if partner["fault"] == Fault.NONE else f"  fault: {partner['fault']}"
        typer.echo(f"{partner['name']:26} {partner['vacancies']:5} vacancies{wrong}")
