"""JSON in the scripts of a page is found where it is JSON, and what is only JavaScript passed over."""

from __future__ import annotations

import time

import pytest

from crawlers.adapters.scriptjson import LARGEST, MOST_GIVEN, ScriptValue, script_value, script_values

FOUND: dict[str, tuple[str, list[tuple[str, object]]]] = {
    "data alone": (
        '<script id="__NEXT_DATA__" type="application/json">{"a":1}</script>',
        [("__NEXT_DATA__", {"a": "1"})],
    ),
    "data without a name": ("<SCRIPT TYPE='application/json'> [1, 2] </SCRIPT>", [("", ["1", "2"])]),
    "an attribute without quotes": ("<script type=application/json id=x>{}</script>", [("x", {})]),
    "a window's variable": ('<script>\nwindow.pageData = {"Jobs":[]};\n</script>', [("pageData", {"Jobs": []})]),
    "a window's variable by its name": ('<script>window["data"]=[{"a":null}]</script>', [("data", [{"a": None}])]),
    "several variables": (
        '<script>var a = {"b":"}; c = {"};let d=[true];</script>',
        [("a", {"b": "}; c = {"}), ("d", [True])],
    ),
    "a part of an object": ('<script>app.state.jobs = [{"id":7}];</script>', [("app.state.jobs", [{"id": "7"}])]),
    "JSON in a string": (r'<script>window.x = JSON.parse("{\"a\":\"\u00a3\"}");</script>', [("x", {"a": "£"})]),
    "entities in a name": ('<script type="application/json" id="a&amp;b">1e3</script>', [("a&b", "1e3")]),
    "a long number as it is": ("<script>x = [12.500000000000000001]</script>", [("x", ["12.500000000000000001"])]),
    "a comma too many in data alone": ('<script type="application/json">[1,]</script>', [("", ["1"])]),
}
NOTHING = {
    "an object that only JavaScript writes": "<script>var x = {a: 1, b: function () {}};</script>",
    "a comparison": '<script>if (x == {"a":1}) {}</script>',
    "JSON-LD": '<script type="application/ld+json">{"@type":"JobPosting"}</script>',
    "text outside a script": '<p>window.x = {"a":1};</p>',
    "an object that never ends": '<script>window.x = {"a":[1,2',
    "an array nested too deep": "<script>x = " + "[" * 100_000 + "</script>",
    "more than is read": '<script>x = ["' + "a" * LARGEST + '"]</script>',
}


@pytest.mark.parametrize("what", FOUND)
def test_json_in_a_script_is_found_with_its_name(what: str) -> None:
    page, found = FOUND[what]
    assert list(script_values(f"<html>{page}</html>")) == [ScriptValue(name, value) for name, value in found]


@pytest.mark.parametrize("what", NOTHING)
def test_what_is_no_json_is_passed_over(what: str) -> None:
    assert list(script_values(f"<html>{NOTHING[what]}</html>")) == []


def test_a_value_is_found_by_its_name_alone() -> None:
    page = '<script>a = {"n":1}; window.b = {"n":2};</script><script id=c type=application/json>{"n":3}</script>'
    assert [script_value(page, name) for name in "abcd"] == [{"n": "1"}, {"n": "2"}, {"n": "3"}, None]
    assert script_value(page, "c", "b") == {"n": "2"}


@pytest.mark.parametrize(
    "piece", ['x = ["x = [",', "x = [", "<script ", "<script id=", "a.", 'window["', "x ", "{" * 99]
)
def test_the_work_is_bounded(piece: str) -> None:
    started = time.process_time()
    list(script_values("<script>" + piece * (500_000 // len(piece))))
    list(script_values("<script>" + piece * (500_000 // len(piece)) + "]" * MOST_GIVEN))
    assert time.process_time() - started < 2
