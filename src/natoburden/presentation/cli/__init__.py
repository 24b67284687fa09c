"""The command line: ``natoburden brief``, ``commitments``, ``claims``, ``credit``, ``inspect`` and others."""

from __future__ import annotations

import argparse
import contextlib
import errno
import io
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from typing import IO, TYPE_CHECKING, Any

from natoburden.errors import NatoBurdenError, UnexpectedValueError
from natoburden.presentation._harmless import visible
from natoburden.presentation.cli.arguments import asked_locale, parser_in
from natoburden.presentation.formats import BINARY, form_of

if TYPE_CHECKING:
    from natoburden.presentation.tables import Page

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return exit code 0, or 1 for an unreadable file, or 2 for a mistake in the request."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal without "ü" still gets the rest of the table
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
        options.form = form_of(options.output, options.format, valid=options.formats)
        if options.form in BINARY and options.output is None and _is_a_terminal():
            raise UnexpectedValueError("a format for a terminal", options.form, "name a file with -o")
        out = sys.stdout
        with contextlib.redirect_stdout(sys.stderr):  # text that a library prints is not part of the page
            page: Page = options.run(options)
            _write(page, options, out)
        if page.failures:
            parser.error("\n".join(page.failures))
        return page.exit_code
    except BrokenPipeError:
        # The reader, ``head`` for example, has stopped reading: drop the rest of the buffer.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except NatoBurdenError as error:
        parser.error(str(error))
    except OSError as error:
        parser.error(visible(f"{error.filename or options.output or 'standard output'}: {error.strerror}"))
    return 0


def _write(page: Page, options: argparse.Namespace, out: IO[Any] | None) -> None:
    if options.output is not None:
        with _ended_in_order():
            page.save(options.output, options.format, locale=options.locale)
        return
    if out is None:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF), "standard output")
    file: IO[Any] = getattr(out, "buffer", out) if options.form in BINARY else out
    page.write(file, options.form, locale=options.locale)
    out.flush()


@contextlib.contextmanager
def _ended_in_order() -> Iterator[None]:
    """Turn the system's signal to end into an orderly exit, which removes half-written files."""
    if threading.current_thread() is not threading.main_thread() or signal.getsignal(signal.SIGTERM) != signal.SIG_DFL:
        yield  # the program that runs this command handles the signal itself
        return
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _is_a_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()
