"""Run the command line with ``python -m natoburden``."""

from __future__ import annotations

import sys

from natoburden.presentation.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
