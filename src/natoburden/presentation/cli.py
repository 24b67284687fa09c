"""The command line: ``natoburden brief``, ``commitments``, ``claims``, ``credit``, ``inspect`` and others."""

from __future__ import annotations

import argparse
import datetime as dt
import errno
import functools
import io
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, NoReturn, Protocol, TypeAlias

from natoburden.errors import NatoBurdenError, UnexpectedValueError
from natoburden.presentation.messages import N_, Translate, translation

if TYPE_CHECKING:
    from natoburden.model.articles import Article
    from natoburden.model.expenditure import ExpenditureTable
    from natoburden.model.shares import Share
    from natoburden.presentation.tables import Format

__all__ = ["main"]


_SEED = ""  # the article that ships
_IN_LOCALES = frozenset({"brief", "cite", "commitments", "credit", "shares"})
_IN_THIS_LOCALE = N_("figures and names as in this locale, such as fr or de; texts in English or French")


class Page(Protocol):
    """What a command makes: something that writes itself in a format."""

    def write(self, file: IO[str], form: Format = "table") -> None:
        """Write to an open text file."""


Commands: TypeAlias = "argparse._SubParsersAction[_Parser]"  # noqa: SLF001 # argparse gives it no public name


class _Parser(argparse.ArgumentParser):
    """An argument parser whose complaints are one line."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and leave with 2."""
        self.exit(2, f"{self.prog}: {message} (see {self.prog} --help)\n")


def _asked_locale(arguments: Sequence[str]) -> str:
    """Find the locale before anything is parsed, since the help is written in it too."""
    for number, argument in enumerate(arguments):
        name, _sign, value = argument.partition("=")
        if name == "--locale":
            found = value or next(iter(arguments[number + 1 :]), "en")
            return found if found.replace("-", "_").partition("_")[0].isalpha() else "en"
    return "en"


def _parser(locale: str) -> argparse.ArgumentParser:
    _ = translation(locale)
    parser = _Parser(prog="natoburden", description=_("Who carries an alliance's burden, from NATO's own tables."))
    parser.add_argument("--version", action="store_true", help=_("show the version and leave"))
    parser.add_argument("--locale", default="en", help=_(_IN_THIS_LOCALE))
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    _add_brief(commands, _)
    _add_commitments(commands, _)
    _add_claims(commands, _)
    _add_credit(commands, _)
    _add_inspect(commands, _)
    _add_shares(commands, _)
    _add_cite(commands, _)
    return parser


def _add_brief(commands: Commands, _: Translate) -> None:
    brief = _add(commands, "brief", _("how far each ally is from each target, and what the rest costs"), _, _brief)
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
        const=_SEED,
        metavar="FILE",
        help=_(
            "what an article's demand would take: of the one that ships, or of one of your own, TOML or JSON; "
            "a --target is the one that followed"
        ),
    )


def _add_commitments(commands: Commands, _: Translate) -> None:
    commitments = _add(
        commands, "commitments", _("who promised what, by when, and what has become of it"), _, _commitments
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
    claims = _add(commands, "claims", purpose, _, _claims, edition=False)
    claims.add_argument("claim", nargs="?", metavar="KEY", help=_("one claim, such as A07, with its working"))
    claims.add_argument("--article", metavar="FILE", help=_("an article of your own, TOML or JSON"))
    claims.add_argument("--attribution", choices=[kind.value for kind in Attribution], help=_("how it is attributed"))
    claims.add_argument("--modality", choices=[kind.value for kind in ClaimModality], help=_("how firmly it is put"))
    claims.add_argument("--topic", help=_("such as procurement"))
    claims.add_argument("--actor", metavar="KEY", help=_("who acts, is spoken to or is heard, such as hughes"))
    claims.add_argument("--paragraph", type=int, metavar="N", help=_("of the article"))


def _add_credit(commands: Commands, _: Translate) -> None:
    purpose = _("what a package of purchases would offset of a demand: a scenario, no rule exists")
    credit = _add(commands, "credit", purpose, _, _credit)
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
    inspect = _add(commands, "inspect", purpose, _, _inspect, edition=False)
    inspect.add_argument("files", type=Path, nargs="+", metavar="FILE", help=_("files or folders, as downloaded"))
    inspect.add_argument("--quiet", action="store_true", help=_("show no progress"))


def _add_shares(commands: Commands, _: Translate) -> None:
    purpose = _("who supplies, from the lines of a Parquet or CSV file of any size")
    shares = _add(commands, "shares", purpose, _, _shares, edition=False)
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
        "--engine", choices=("polars", "duckdb"), help=_("what reads the file (default: what is there)")
    )


def _add_cite(commands: Commands, _: Translate) -> None:
    purpose = _("the documents behind numbers, as text, BibTeX or CSL-JSON")
    cite = _add(
        commands, "cite", purpose, _, _cite, edition=False, formats=("table", "bibtex", "json", "csv", "markdown")
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
    command = commands.add_parser(name, help=purpose, description=f"{purpose[0].upper()}{purpose[1:]}.")
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
    command.set_defaults(in_locale=name in _IN_LOCALES)
    command.add_argument("-o", "--output", type=Path, metavar="FILE", help=_("write to a file instead of the terminal"))
    return command


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no date such as 2025-06-25") from error


def _brief(options: argparse.Namespace) -> Page:
    from natoburden.datasets import target
    from natoburden.presentation.brief import brief

    if options.article is not None:
        return _article_brief(options)
    chosen = {"targets": tuple(dict.fromkeys(map(target, options.target)))} if options.target else {}
    return brief(_table(options), year=options.year, group=options.group, sort=options.sort, **chosen)


def _article_brief(options: argparse.Namespace) -> Page:
    from natoburden.datasets import target
    from natoburden.presentation.article_brief import article_brief

    followed = list(dict.fromkeys(map(target, options.target or [])))
    if len(followed) > 1:
        raise UnexpectedValueError("--target", ", ".join(options.target), "with --article, one target that followed")
    return article_brief(
        _article(options.article),
        table=_table(options),
        year=options.year,
        followed=followed[0] if followed else None,
        group=options.group,
        sort=options.sort,
    )


def _claims(options: argparse.Namespace) -> Page:
    from natoburden.model.claims import Attribution, ClaimModality
    from natoburden.presentation.claim_list import claim_list

    return claim_list(
        _article(options.article),
        key=options.claim,
        attribution=options.attribution and Attribution(options.attribution),
        modality=options.modality and ClaimModality(options.modality),
        topic=options.topic,
        actor=options.actor,
        paragraph=options.paragraph,
    )


def _credit(options: argparse.Namespace) -> Page:
    import attrs

    from natoburden.calculators.credit import scenario, scenarios
    from natoburden.calculators.results import ResultTable
    from natoburden.datasets import load_package, target
    from natoburden.model.credit import CreditPolicy, DoubleCounting
    from natoburden.presentation.credit_page import CreditPage

    package, table = load_package(options.package), _table(options)
    changes = {
        **options.weights,
        **({"cap": options.cap} if options.cap else {}),
        **({"double_counting": DoubleCounting(options.double_counting)} if options.double_counting else {}),
    }
    policy = attrs.evolve(package.policy or CreditPolicy(), **changes)
    year = options.year or table.latest_year
    asked = {
        "demand": target(options.demand),
        "package": package,
        "policy": policy,
        "purchases_year": options.purchases_year,
        # The page itself says what is counted twice and which sets differ.
        "double_counting_ok": True,
        "mixed_sets_ok": True,
    }
    if options.ally:
        return CreditPage(scenarios=ResultTable(rows=(scenario(table, options.ally, year, **asked),)))
    return CreditPage(scenarios=scenarios(table, options.group, year, **asked))


def _inspect(options: argparse.Namespace) -> Page:
    from natoburden.presentation.inspection_page import InspectionPage
    from natoburden.presentation.progress import progress_of
    from natoburden.readers.front import inspect

    found = []
    for file in options.files:
        with progress_of(file.name, quiet=options.quiet) as progress:
            found.append(inspect(file, progress=progress))
    return InspectionPage(inspections=tuple(found))


def _shares(options: argparse.Namespace) -> Page:
    from natoburden.frames import supplier_shares
    from natoburden.frames.files import readable, scan, streamed
    from natoburden.presentation.shares_page import SharesPage

    with readable(options.file):
        lines = scan(options.file, engine=options.engine)
        found = supplier_shares(
            lines,
            by=options.by,
            within=options.within,
            amount=options.measure,
            part=options.part,
            year=options.year,
            since=options.since,
            until=options.until,
            window=options.window,
        )
        rows = streamed(found)
    groups = (*options.within, *((options.year,) if options.window and options.year not in options.within else ()))

    def place(row: dict[str, object]) -> tuple[object, ...]:
        return (*((row[name] is None, row[name]) for name in groups), -float(str(row["amount"])))

    labels = (*groups, *options.by)
    return SharesPage(
        file=options.file.name, measure=options.measure, labels=labels, rows=tuple(sorted(rows, key=place))
    )


def _cite(options: argparse.Namespace) -> Page:
    from natoburden import datasets, fixtures
    from natoburden.presentation.citations import sources

    records = {
        "commitments": datasets.commitments,
        "contracts": datasets.announced_contracts,
        "energy": datasets.energy_deals,
        "article": fixtures.article,
    }
    editions = {table.edition.key: table for table in datasets.defence_expenditure_editions()}
    asked = options.what or [max(editions)]
    found: list[object] = [
        editions[name] if name in editions else records[name]() if name in records else datasets.target(name)
        for name in asked
    ]
    return sources(*found)


def _table(options: argparse.Namespace) -> ExpenditureTable:
    """Give the table that a page rests on: a workbook of the user's, or an edition."""
    from natoburden.datasets import defence_expenditure
    from natoburden.readers.nato import read_workbook

    return read_workbook(options.data) if options.data else defence_expenditure(options.edition)


def _article(file: str | None) -> Article | None:
    from natoburden.fixtures.articles import load

    return None if file in (None, _SEED) else load(Path(file))


def _commitments(options: argparse.Namespace) -> Page:
    from natoburden.datasets import commitments, defence_expenditure, load_commitments
    from natoburden.presentation.commitment_list import commitment_list

    record = load_commitments(options.data) if options.data else commitments()
    table = defence_expenditure(options.edition)
    return commitment_list(options.ally, commitments=record, table=table, on=options.on, everything=options.all)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; give the exit code: 0, 1 for a file that cannot be read, 2 for what was asked wrongly."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal without "ü" gets the rest of the table
    parser = _parser(_asked_locale(sys.argv[1:] if arguments is None else arguments))
    options = parser.parse_args(arguments)
    if options.version:
        from natoburden import __version__

        print(f"natoburden {__version__}")  # noqa: T201 # a command line prints
        return 0
    if options.command is None:
        parser.print_help()
        return 2
    try:
        page = options.run(options)
        _write(page, options)
        return getattr(page, "exit_code", 0)
    except BrokenPipeError:
        # The reader, ``head`` for example, has seen enough; what is left in the buffer goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except NatoBurdenError as error:
        parser.error(" ".join(str(error).split("\n  ")))
    except OSError as error:
        parser.error(f"{error.filename or options.output or 'standard output'}: {error.strerror}")
    return 0


def _write(page: Page, options: argparse.Namespace) -> None:
    write = page.write
    if options.in_locale:
        write = functools.partial(page.write, locale=options.locale)  # type: ignore[call-arg] # these pages take one
    if options.output is None:
        if sys.stdout is None:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF), "standard output")
        write(sys.stdout, options.format)
        sys.stdout.flush()
    else:
        with options.output.open("w", encoding="utf-8", newline="") as file:
            write(file, options.format)
