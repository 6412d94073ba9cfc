"""What a browser calls itself, in words that its owner knows."""

from __future__ import annotations

# The first that is found counts: every browser names its ancestors too.
BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("Windows", "Windows"), ("iPhone", "an iPhone"), ("iPad", "an iPad"), ("Android", "Android"),
    ("CrOS", "a Chromebook"), ("Mac OS", "a Mac"), ("Linux", "Linux"),
)  # fmt: skip


def browser(agent: str) -> str:
    """The browser and its system: Firefox on Windows; what isn't known stays unsaid."""
    name = next((name for sign, name in BROWSERS if sign in agent), "A browser")
    system = next((name for sign, name in SYSTEMS if sign in agent), "")
    return f"{name} on {system}" if system else name
