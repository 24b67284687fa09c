"""The command line: ``natoburden brief``, ``commitments``, ``claims``, ``credit``, ``inspect`` and others."""

from __future__ import annotations

import argparse
import errno
import functools
import io
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from natoburden.errors import NatoBurdenError
from natoburden.presentation.cli.arguments import asked_locale, parser_in

if TYPE_CHECKING:
    from natoburden.presentation.tables import Page

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Return the exit code of the command line: 0, 1 for an unreadable file, 2 for a mistake in what was asked."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal without "ü" gets the rest of the table
    parser = parser_in(asked_locale(sys.argv[1:] if arguments is None else arguments))
    options = parser.parse_args(arguments)
    if options.version:
        from natoburden import __version__

        print(f"natoburden {__version__}")  # noqa: T201 # a command line prints
        return 0
    if options.command is None:
        parser.print_help()
        return 2
    try:
        page: Page = options.run(options)
        _write(page, options)
        if page.failures:
            parser.error("; ".join(page.failures))
        return page.exit_code
    except BrokenPipeError:
        # The reader, ``head`` for example, has seen enough: drop what is left in the buffer.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except NatoBurdenError as error:
        parser.error(" ".join(str(error).split("\n  ")))
    except OSError as error:
        parser.error(f"{error.filename or options.output or 'standard output'}: {error.strerror}")
    return 0


def _write(page: Page, options: argparse.Namespace) -> None:
    write = functools.partial(page.write, form=options.format, locale=options.locale)
    if options.output is None:
        if sys.stdout is None:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF), "standard output")
        write(sys.stdout)
        sys.stdout.flush()
    else:
        with options.output.open("w", encoding="utf-8", newline="") as file:
            write(file)
