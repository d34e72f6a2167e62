"""The way in: `selon`, and `python -m qa`. Whoever stops it at once is shown no traceback either."""

import sys


def main() -> int:
    """Run one command; returns its exit code."""
    try:
        from qa.cli import main as run

        return run()
    except KeyboardInterrupt:
        return 130  # Nothing had begun, so there is nothing to say.


if __name__ == "__main__":
    sys.exit(main())
