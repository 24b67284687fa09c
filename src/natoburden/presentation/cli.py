"""The command line: ``natoburden brief``."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn, get_args

from natoburden.errors import NatoBurdenError

__all__ = ["main"]


class _Parser(argparse.ArgumentParser):
    """An argument parser whose complaints are one line."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and leave with 2."""
        self.exit(2, f"{self.prog}: {message} (see {self.prog} --help)\n")


def _parser() -> argparse.ArgumentParser:
    from natoburden.presentation.brief import Format, Sort

    parser = _Parser(prog="natoburden", description="Who carries an alliance's burden, from NATO's own tables.")
    parser.add_argument("--version", action="store_true", help="show the version and leave")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    brief = commands.add_parser(
        "brief",
        help="how far each ally is from each target, and what the rest costs",
        description="How far each ally is from each target, and what the rest costs.",
    )
    brief.add_argument("--edition", metavar="YYYY-MM", help="NATO's edition (default: the newest)")
    brief.add_argument("--year", type=int, help="year of the figures (default: the edition's newest)")
    brief.add_argument(
        "--target",
        action="append",
        metavar="KEY",
        help="target to measure against, repeatable (default: vilnius-floor, hague-core, us-demand)",
    )
    brief.add_argument("--group", default="NATO", help="whose members to list, such as NATO_EUROPE (default: NATO)")
    brief.add_argument("--sort", choices=get_args(Sort), default="name", help="by name, or by a figure, largest first")
    brief.add_argument("--format", choices=get_args(Format), default="table", help="how to write it (default: table)")
    brief.add_argument("--output", type=Path, metavar="FILE", help="write to a file instead of the terminal")
    return parser


def _brief(options: argparse.Namespace) -> None:
    from natoburden.datasets import defence_expenditure, target
    from natoburden.presentation.brief import brief

    chosen = {"targets": tuple(map(target, options.target))} if options.target else {}
    page = brief(
        defence_expenditure(options.edition), year=options.year, group=options.group, sort=options.sort, **chosen
    )
    if options.output is None:
        page.write(sys.stdout, options.format)
    else:
        with options.output.open("w", encoding="utf-8", newline="") as file:
            page.write(file, options.format)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; give the exit code: 0, or 2 for what was asked wrongly."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal without "ü" gets the rest of the table
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.version:
        from natoburden import __version__

        print(f"natoburden {__version__}")  # noqa: T201 # a command line prints
        return 0
    if options.command is None:
        parser.print_help()
        return 2
    try:
        _brief(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader, ``head`` for example, has seen enough; what is left in the buffer goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except NatoBurdenError as error:
        parser.error(str(error))
    except OSError as error:
        parser.error(f"cannot write {error.filename}: {error.strerror}")
    return 0
