"""What is wrong with a page in a real browser, by axe-core and by its width.

What axe-core finds right is only counted: to tell all of it in full takes as long as to look.
"""

from __future__ import annotations

from playwright.sync_api import Page

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOK = """async wcag => {
    const found = await axe.run(document, {runOnly: wcag, resultTypes: ["violations"]});
    const wrong = found.violations.map(one => `${one.id}: ${one.nodes[0].html}`);
    return {right: found.passes.length, wrong, width: document.documentElement.scrollWidth};
}"""


def faults(page: Page, axe: str) -> list[str]:
    """Each rule that the page breaks, with the first element that does, and whether it scrolls sideways."""
    page.wait_for_load_state("load")  # a link that is clicked may bring the page before its style
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe)
    found = page.evaluate(LOOK, WCAG)
    assert found["right"] > 10, f"{page.url}: hardly a rule was tried"
    assert page.viewport_size
    sideways = ["it scrolls sideways"] if found["width"] > page.viewport_size["width"] else []
    return [*found["wrong"], *sideways]
