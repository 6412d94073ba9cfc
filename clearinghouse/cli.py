"""The `clearinghouse` command. Exit 0 good, 1 the work failed, 2 wrong usage.

`explain` goes its own way: it must start in under half a second, and Typer with what it imports takes most of that.
"""

from __future__ import annotations

import sys

from clearinghouse.errors import BadSettingError, ClearingHouseError


def main() -> None:
    """Run the command; an error of ours is one clear sentence and exit 1, a bad setting included."""
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    try:
        sys.exit(_run(sys.argv[1:]))
    except BadSettingError as error:
        sys.exit(_say(f"setting: {error}"))
    except ClearingHouseError as error:
        sys.exit(_say(str(error)))


def _run(arguments: list[str]) -> int:
    if arguments[:1] == ["explain"]:
        from clearinghouse.normalise.explain import main as explain

        return explain(arguments[1:])
    from clearinghouse.commands.group import app

    app()
    return 0


def _say(sentence: str) -> int:
    print(f"clearinghouse: {sentence}", file=sys.stderr)
    return 1
