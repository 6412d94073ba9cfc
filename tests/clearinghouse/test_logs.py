"""Logs: one form for all that runs, ours and the libraries'."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
import sqlalchemy as sa

from clearinghouse.db import Store

PROGRAM = """
import logging, sys, structlog
from clearinghouse.logs import configure
configure(sys.argv[1])
logging.getLogger("alembic.runtime.migration").info("Context impl")
logging.getLogger("apscheduler.scheduler").warning("skipped: still running")
logging.getLogger("crawlers.schedule").info("%s: %s", "anytown", "ok")
structlog.get_logger("web").info("request", path="/vacancies")
try:
    typed = "what somebody typed"
    1 / 0
except ZeroDivisionError:
    logging.getLogger("crawlers.schedule").exception("housekeeping failed")
"""


def logged(form: str) -> str:
    done = subprocess.run([sys.executable, "-c", PROGRAM, form], capture_output=True, text=True, check=True)
    assert done.stdout == ""
    return done.stderr


def test_as_json_every_record_is_an_object_on_a_line() -> None:
    lines = [json.loads(line) for line in logged("json").splitlines()]
    assert [(line["logger"], line["level"], line["event"]) for line in lines] == [
        ("crawlers.schedule", "info", "anytown: ok"),
        ("web", "info", "request"),
        ("crawlers.schedule", "error", "housekeeping failed"),
    ]
    assert lines[1]["path"] == "/vacancies"
    assert "ZeroDivisionError" in lines[2]["exception"]


@pytest.mark.parametrize("form", ["json", "text"])
def test_a_traceback_shows_no_variables_values_and_libraries_say_little(form: str) -> None:
    text = logged(form)
    assert "ZeroDivisionError" in text
    for left_out in ("what somebody typed", "Context impl", "still running"):
        assert left_out not in text


def test_what_the_stores_errors_say_holds_no_values(store: Store) -> None:
    with pytest.raises(sa.exc.DBAPIError) as caught, store.reading() as session:
        session.execute(sa.text("select :typed from no_such_table"), {"typed": "what somebody typed"})
    assert "what somebody typed" not in str(caught.value)
