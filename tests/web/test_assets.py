"""What the build brings from GOV.UK Frontend, and what it must not bring."""

from __future__ import annotations

import re

import pytest

from web.assets import FOLDER, assets

VENDOR = FOLDER / "vendor"


@pytest.mark.parametrize(
    "words", ["GDS Transport", "@font-face", "crest", "/assets/", "sourceMappingURL", "fonts/", "Calvert"]
)
def test_nothing_that_belongs_to_gov_uk_alone_is_served(words: str) -> None:
    for path in VENDOR.iterdir():
        if path.suffix in {".css", ".js"}:
            assert words.lower() not in path.read_text("utf-8").lower(), f"{path.name} has {words}"


def test_no_font_or_image_came_along() -> None:
    assert {path.suffix for path in VENDOR.iterdir() if not path.name.startswith(".")} == {".css", ".js", ".txt"}


def test_the_style_is_whole_and_in_arial() -> None:
    style = (VENDOR / "govuk-frontend.min.css").read_text("utf-8")
    assert style.count("{") == style.count("}") > 500
    assert len(re.findall(r"font-family:arial,sans-serif", style)) > 50
    assert ".govuk-button{" in style


def test_no_style_or_script_of_ours_asks_another_site() -> None:
    for name, asset in assets().items():
        if name.endswith((".css", ".js")):
            found = re.findall(rb"url\(['\"]?https?:[^)]*|@import|import\(['\"]https?:", asset.body)
            assert found == [], name
