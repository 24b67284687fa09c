"""The options of each command, with their help in the language asked for."""

from __future__ import annotations

import argparse
import datetime as dt
import functools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias

from natoburden.errors import NatoBurdenError
from natoburden.presentation.cli import pages
from natoburden.presentation.messages import N_, Translate, translation

if TYPE_CHECKING:
    from natoburden.model.shares import Share
    from natoburden.presentation.tables import Page

__all__ = ["asked_locale", "parser_in"]

_IN_THIS_LOCALE = N_("figures and names as in this locale, such as fr or de; texts in English or French")

Commands: TypeAlias = "argparse._SubParsersAction[_Parser]"  # noqa: SLF001 # argparse gives it no public name


class _Help(argparse.HelpFormatter):
    """Help that begins in the language asked for."""

    def __init__(self, translate: Translate, prog: str) -> None:
        super().__init__(prog)
        self._translate = translate

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """Say how the command is used; argparse itself would say so in English."""
        _ = self._translate
        super().add_usage(usage, actions, groups, _("usage: ") if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """An argument parser whose help is in one language, and whose complaints are one line."""

    def __init__(self, *, translate: Translate, **named: Any) -> None:
        super().__init__(add_help=False, formatter_class=functools.partial(_Help, translate), **named)
        _ = translate
        self._positionals.title, self._optionals.title = _("arguments"), _("options")
        self.add_argument("-h", "--help", action="help", help=_("show this help and leave"))

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and leave with 2."""
        self.exit(2, f"{self.prog}: {message} (see {self.prog} --help)\n")


def asked_locale(arguments: Sequence[str]) -> str:
    """Find the locale before anything is parsed, since the help is written in it too."""
    for number, argument in enumerate(arguments):
        name, _sign, value = argument.partition("=")
        if name == "--locale":
            found = value or next(iter(arguments[number + 1 :]), "en")
            return found if found.replace("-", "_").partition("_")[0].isalpha() else "en"
    return "en"


def parser_in(locale: str = "en") -> argparse.ArgumentParser:
    """Make the parser of all commands, its help in the language of a locale."""
    _ = translation(locale)
    purpose = _("Who carries an alliance's burden, from NATO's own tables.")
    parser = _Parser(translate=_, prog="natoburden", description=purpose)
    parser.add_argument("--version", action="store_true", help=_("show the version and leave"))
    parser.add_argument("--locale", default="en", help=_(_IN_THIS_LOCALE))
    commands = parser.add_subparsers(dest="command", metavar=_("COMMAND"), title=_("commands"))
    _add_brief(commands, _)
    _add_commitments(commands, _)
    _add_claims(commands, _)
    _add_credit(commands, _)
    _add_inspect(commands, _)
    _add_shares(commands, _)
    _add_cite(commands, _)
    return parser


def _add_brief(commands: Commands, _: Translate) -> None:
    brief = _add(
        commands, "brief", _("how far each ally is from each target, and what the rest costs"), _, pages.run_brief
    )
    brief.add_argument("--year", type=int, help=_("year of the figures (default: the edition's newest)"))
    brief.add_argument(
        "--target",
        action="append",
        metavar="KEY",
        help=_("target to measure against, repeatable (default: vilnius-floor, hague-core, us-demand)"),
    )
    brief.add_argument("--group", default="NATO", help=_("whose members to list, such as NATO_EUROPE (default: NATO)"))
    sorts = ("name", "share", "change", "gap", "amount", "equipment")
    brief.add_argument(
        "--sort",
        choices=sorts,
        default="name",
        help=_("by name, or by a figure, largest first; gap and amount are those to the last target (default: name)"),
    )
    brief.add_argument(
        "--article",
        nargs="?",
        const=pages.SEED,
        metavar="FILE",
        help=_(
            "what an article's demand would take: of the one that ships, or of one of your own, TOML or JSON; "
            "a --target is the one that followed"
        ),
    )


def _add_commitments(commands: Commands, _: Translate) -> None:
    commitments = _add(
        commands, "commitments", _("who promised what, by when, and what has become of it"), _, pages.run_commitments
    )
    commitments.add_argument("ally", nargs="?", metavar="ALLY", help=_("a country or group (default: all)"))
    which = commitments.add_mutually_exclusive_group()
    which.add_argument(
        "--on",
        type=_day,
        metavar="DATE",
        help=_("list what was in force on that day (default: when the record was closed)"),
    )
    which.add_argument("--all", action="store_true", help=_("list everything recorded, in force or not"))
    commitments.add_argument("--data", type=Path, metavar="FILE", help=_("add commitments of your own, TOML or JSON"))


def _add_claims(commands: Commands, _: Translate) -> None:
    from natoburden.model.claims import Attribution, ClaimModality

    purpose = _("what an article claims, who is said to have said it, and what data say of it")
    claims = _add(commands, "claims", purpose, _, pages.run_claims, edition=False)
    claims.add_argument("claim", nargs="?", metavar="KEY", help=_("one claim, such as A07, with its working"))
    claims.add_argument("--article", metavar="FILE", help=_("an article of your own, TOML or JSON"))
    claims.add_argument("--attribution", choices=[kind.value for kind in Attribution], help=_("how it is attributed"))
    claims.add_argument("--modality", choices=[kind.value for kind in ClaimModality], help=_("how firmly it is put"))
    claims.add_argument("--topic", help=_("such as procurement"))
    claims.add_argument("--actor", metavar="KEY", help=_("who acts, is spoken to or is heard, such as hughes"))
    claims.add_argument("--paragraph", type=int, metavar="N", help=_("of the article"))


def _add_credit(commands: Commands, _: Translate) -> None:
    purpose = _("what a package of purchases would offset of a demand: a scenario, no rule exists")
    credit = _add(commands, "credit", purpose, _, pages.run_credit)
    credit.add_argument("package", type=Path, metavar="PACKAGE", help=_("purchases, in TOML or JSON"))
    credit.add_argument("--ally", help=_("an ally or group, with the working (default: each member of --group)"))
    credit.add_argument("--group", default="NATO_EUR_CAN", help=_("whose members to list (default: NATO_EUR_CAN)"))
    credit.add_argument("--year", type=int, help=_("year of the gap (default: the edition's newest)"))
    credit.add_argument("--purchases-year", type=int, metavar="YEAR", help=_("year of the purchases (default: --year)"))
    credit.add_argument("--demand", default="us-demand", metavar="KEY", help=_("the demand (default: us-demand)"))
    credit.add_argument(
        "--weights",
        type=_weights,
        default={},
        metavar="NAME=W,...",
        help=_("parts that count, from 0 to 1, such as arms=0.5,energy=0.25 (default: the package's, else 0)"),
    )
    credit.add_argument("--cap", type=_percent, metavar="PERCENT", help=_("most credit in a year, in %% of GDP"))
    ways = ("exclude", "premium", "naive")
    credit.add_argument("--double-counting", choices=ways, help=_("of arms that expenditure holds (default: exclude)"))


def _add_inspect(commands: Commands, _: Translate) -> None:
    purpose = _("what files are: format, edition, coverage and problems; leaves with 1 where one cannot be read")
    inspect = _add(commands, "inspect", purpose, _, pages.run_inspect, edition=False)
    inspect.add_argument("files", type=Path, nargs="+", metavar="FILE", help=_("files or folders, as downloaded"))
    inspect.add_argument("--quiet", action="store_true", help=_("show no progress"))


def _add_shares(commands: Commands, _: Translate) -> None:
    purpose = _("who supplies, from the lines of a Parquet or CSV file of any size")
    shares = _add(commands, "shares", purpose, _, pages.run_shares, edition=False)
    shares.add_argument("file", type=Path, metavar="FILE", help=_("award lines, .parquet or .csv"))
    shares.add_argument(
        "--by", type=_columns, default=("supplier",), metavar="COLUMN,...", help=_("whose shares (default: supplier)")
    )
    shares.add_argument(
        "--within", type=_columns, default=(), metavar="COLUMN,...", help=_("of which wholes, such as buyer,year")
    )
    shares.add_argument("--measure", default="amount", metavar="COLUMN", help=_("what is added up (default: amount)"))
    shares.add_argument("--part", metavar="COLUMN", help=_("fraction of a line that comes from the supplier"))
    shares.add_argument("--year", default="year", metavar="COLUMN", help=_("the year of a line (default: year)"))
    shares.add_argument("--since", type=int, metavar="YEAR", help=_("first year"))
    shares.add_argument("--until", type=int, metavar="YEAR", help=_("last year"))
    shares.add_argument("--window", type=int, metavar="N", help=_("shares of each year and the N - 1 before it"))
    shares.add_argument(
        "--rates",
        nargs="?",
        const=pages.SEED,
        metavar="RATES",
        help=_(
            "convert first: at the European Central Bank's average of each line's year, or at its rates of 31 December "
            "2024 where there is no column of years, or at each year's average in a file of its rates, "
            "eurofxref-hist.csv"
        ),
    )
    shares.add_argument("--to", default="EUR", metavar="CODE", help=_("with --rates, into what (default: EUR)"))
    shares.add_argument(
        "--currency",
        default="currency",
        metavar="COLUMN",
        help=_("the currency of a line; amounts of several are refused without --rates (default: currency)"),
    )
    shares.add_argument(
        "--engine", choices=("polars", "duckdb"), help=_("what reads the file (default: what is there)")
    )


def _add_cite(commands: Commands, _: Translate) -> None:
    purpose = _("the documents behind numbers, as text, BibTeX or CSL-JSON")
    cite = _add(
        commands,
        "cite",
        purpose,
        _,
        pages.run_cite,
        edition=False,
        formats=("table", "bibtex", "json", "csv", "markdown"),
    )
    cite.add_argument(
        "what",
        nargs="*",
        metavar="WHAT",
        help=_(
            "an edition such as 2026-07, a target such as hague-core, or commitments, contracts, energy, article "
            "(default: the newest edition)"
        ),
    )


def _add(
    commands: Commands,
    name: str,
    purpose: str,
    _: Translate,
    run: Callable[[argparse.Namespace], Page],
    *,
    edition: bool = True,
    formats: Sequence[str] = ("table", "csv", "json", "markdown", "html"),
) -> argparse.ArgumentParser:
    """Add a command that makes a page, with the options that every page has."""
    command = commands.add_parser(name, translate=_, help=purpose, description=f"{purpose[0].upper()}{purpose[1:]}.")
    command.set_defaults(run=run)
    if edition:
        tables = command.add_mutually_exclusive_group()
        tables.add_argument("--edition", metavar="YYYY-MM", help=_("NATO's edition (default: the newest)"))
        if name != "commitments":  # whose data are commitments
            tables.add_argument(
                "--data", type=Path, metavar="FILE", help=_("a workbook of NATO's, .xlsx, in its place")
            )
    command.add_argument("--format", choices=formats, default="table", help=_("how to write it (default: table)"))
    command.add_argument("--locale", default=argparse.SUPPRESS, help=_(_IN_THIS_LOCALE))
    command.add_argument("-o", "--output", type=Path, metavar="FILE", help=_("write to a file instead of the terminal"))
    return command


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no date such as 2025-06-25") from error


def _columns(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _weights(text: str) -> dict[str, Share]:
    from natoburden.model.credit import CreditPolicy
    from natoburden.model.shares import Share

    found: dict[str, Share] = {}
    for part in text.split(","):
        name, _, figure = part.partition("=")
        known = CreditPolicy().weights
        if name.strip() not in known:
            raise argparse.ArgumentTypeError(f"unknown weight {name.strip()!r}; valid: {', '.join(known)}")
        try:
            found[name.strip()] = Share.fraction(figure.strip())
        except NatoBurdenError as error:
            raise argparse.ArgumentTypeError(f"weight {part.strip()!r}: {error}") from error
    return found


def _percent(text: str) -> Share:
    from natoburden.model.shares import Share

    try:
        return Share.percent(text)
    except NatoBurdenError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
