"""Run the command line with ``python -m natoburden``."""

import sys
from collections.abc import Sequence

__all__ = ["main"]

_INTERRUPTED = 130  # 128 plus the number of SIGINT, as in shells


def main(arguments: Sequence[str] | None = None) -> int:
    """Return the exit code of the command line; an interrupted command says so in one line."""
    try:
        from natoburden.presentation import cli  # this import takes long enough to be interrupted

        return cli.main(arguments)
    except KeyboardInterrupt:
        if sys.stderr is not None:
            sys.stderr.write("natoburden: interrupted\n")
        return _INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
