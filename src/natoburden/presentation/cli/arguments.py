"""The options of each command, with their help in the language of the user."""

from __future__ import annotations

import argparse
import functools
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

from natoburden.presentation._harmless import visible
from natoburden.presentation.cli import pages, values
from natoburden.presentation.formats import SUFFIXES
from natoburden.presentation.messages import N_, Translate, translation

__all__ = ["asked_locale", "parser_in"]

_IN_THIS_LOCALE = N_("write figures and names as in this locale, such as fr or de; texts are in English or French")

_FORMATS = tuple(form for form in SUFFIXES.values() if form != "bibtex")

_WITH_ONE_FAULT = 2  # lines: the name of the file, and the fault

Commands: TypeAlias = "argparse._SubParsersAction[_Parser]"  # noqa: SLF001 # argparse gives it no public name


class _Help(argparse.HelpFormatter):
    """The help of a command, with its usage line in the language of the user."""

    def __init__(self, translate: Translate, prog: str) -> None:
        super().__init__(prog)
        self._translate = translate

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """Write the usage line in the language of the user; argparse would write it in English."""
        _ = self._translate
        super().add_usage(usage, actions, groups, _("usage: ") if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """An argument parser with its help in one language, and with each error on one line."""

    def __init__(self, *, translate: Translate, **named: Any) -> None:
        super().__init__(add_help=False, formatter_class=functools.partial(_Help, translate), **named)
        _ = translate
        self._positionals.title, self._optionals.title = _("arguments"), _("options")
        self.add_argument("-h", "--help", action="help", help=_("show this help and exit"))

    def error(self, message: str) -> NoReturn:
        """Print each fault on a line, and exit with code 2."""
        lines = message.split("\n")
        if len(lines) == _WITH_ONE_FAULT and lines[1].startswith(" "):
            lines = [f"{lines[0].removesuffix('1 fault').rstrip()} {lines[1].strip()}"]
        told = [visible(line if line.startswith(" ") else f"{self.prog}: {line}") for line in lines]
        hint = f" (see {self.prog} --help)" if len(told) == 1 else ""
        self.exit(2, "\n".join(told) + f"{hint}\n")


def asked_locale(arguments: Sequence[str]) -> str:
    """Return the locale, which is the language of the help and is therefore read before all other arguments."""
    for number, argument in enumerate(arguments):
        name, _sign, value = argument.partition("=")
        if name == "--locale":
            found = value or next(iter(arguments[number + 1 :]), "en")
            return found if found.replace("-", "_").partition("_")[0].isalpha() else "en"
    return "en"


def parser_in(locale: str = "en") -> argparse.ArgumentParser:
    """Return the parser of all commands, with help in the language of a locale."""
    _ = translation(locale)
    purpose = _("Who carries an alliance's burden, in NATO's own figures.")
    more = _("To begin: natoburden gap Germany. More on a command: natoburden COMMAND --help.")
    parser = _Parser(translate=_, prog="natoburden", description=purpose, epilog=more)
    parser.add_argument("--version", action="store_true", help=_("show the version and exit"))
    parser.add_argument("--locale", default="en", help=_(_IN_THIS_LOCALE))
    commands = parser.add_subparsers(dest="command", metavar=_("COMMAND"), title=_("commands"))
    for add in (
        _add_brief,
        _add_revisions,
        _add_gap,
        _add_fiscal,
        _add_commitments,
        _add_claims,
        _add_credit,
        _add_purchases,
        _add_inspect,
        _add_shares,
        _add_template,
        _add_cite,
    ):
        add(commands, _)
    return parser


def _add_brief(commands: Commands, _: Translate) -> None:
    from natoburden.datasets.targets import brief_targets

    shown = ", ".join(target.key for target in brief_targets())
    purpose = _("show how far each ally is from each target, and the cost of closing each gap")
    add = _add(commands, "brief", purpose, _).add_argument
    add("--year", type=int, help=_("year of the figures (default: the edition's newest)"))
    targets = _("target to measure against, repeatable (default: {targets})").format(targets=shown)
    add("--target", action="append", metavar="KEY", help=targets)
    add("--group", default="NATO", help=_("group whose members are listed, such as NATO_EUROPE (default: NATO)"))
    sorts = ("name", "share", "change", "gap", "amount", "equipment")
    by = _("sort by name, or by a figure, largest first; gap and amount are for the last target (default: name)")
    add("--sort", choices=sorts, default="name", help=by)
    chances = _("add the chance that each estimate comes out at the target or above, based on earlier revisions")
    add("--chances", action="store_true", help=chances)
    add("--currency", metavar="CODE", help=_("give money in this currency, such as EUR (default: USD)"))
    article = _(
        "show what an article's demand would require; the article is the packaged one, or a TOML or JSON file of "
        "your own; --target is then the target that followed the demand"
    )
    add("--article", nargs="?", const=pages.SEED, metavar="FILE", help=article)


def _add_revisions(commands: Commands, _: Translate) -> None:
    purpose = _("show how later editions revised the counts of each edition, and which allies dropped out")
    add = _add(commands, "revisions", purpose, _, edition=False).add_argument
    add("--target", default="wales-guideline", metavar="KEY", help=_("the target (default: wales-guideline)"))
    add("--group", default="NATO", help=_("group whose members are counted, such as NATO_EUROPE (default: NATO)"))
    add(
        "--editions",
        type=values.columns,
        default=(),
        metavar="YYYY-MM,...",
        help=_("editions to compare (default: all)"),
    )


def _add_gap(commands: Commands, _: Translate) -> None:
    from natoburden.datasets.targets import brief_targets

    shown = ", ".join(target.key for target in brief_targets())
    purpose = _(
        "show how far one ally or group is from a target, in points and in money, with the limits of the result"
    )
    add = _add(commands, "gap", purpose, _).add_argument
    add("ally", metavar="ALLY", help=_("a country or group, by name or code, such as Germany or NATO_EUROPE"))
    add("--year", type=int, help=_("year of the figures (default: the edition's newest)"))
    targets = _("target to measure against, repeatable (default: {targets})").format(targets=shown)
    add("--target", action="append", metavar="KEY", help=targets)
    add("--currency", metavar="CODE", help=_("give money in this currency, such as EUR, or 'own' (default: USD)"))


def _add_fiscal(commands: Commands, _: Translate) -> None:
    purpose = _("show an ally's debt with a path to a target, beside the IMF's outlook without the path")
    add = _add(commands, "fiscal", purpose, _).add_argument
    add("ally", metavar="ALLY", help=_("a country, by name or code, such as Italy"))
    add("--year", type=int, help=_("year in which the path starts (default: the edition's newest)"))
    add("--target", default="hague-core", metavar="KEY", help=_("the target of the path (default: hague-core)"))
    add(
        "--by", type=int, metavar="YEAR", help=_("year in which the target is reached (default: the target's deadline)")
    )
    shapes = ("linear", "geometric", "step")
    add("--shape", choices=shapes, default="linear", help=_("shape of the path to the target (default: linear)"))
    parts = _("how the spending is financed, in percent, such as debt=50,taxes=30,cuts=20 (default: debt=100)")
    add("--financing", type=values.financing, metavar="NAME=P,...", help=parts)
    already = _(
        "the part of the path that the IMF's figures already include, in %% of the path (default: 0, since it "
        "is not known)"
    )
    add("--already", type=values.percent, metavar="PERCENT", help=already)
    add("--multiplier", default="0", metavar="M", help=_("the GDP that each extra unit of spending adds (default: 0)"))
    rate = _("interest rate on the debt that the path adds, in %% a year (default: the IMF's effective rate)")
    add("--interest", metavar="PERCENT", help=rate)


def _add_commitments(commands: Commands, _: Translate) -> None:
    purpose = _("list who promised what, by when, and the outcome so far")
    command = _add(commands, "commitments", purpose, _)
    command.add_argument("ally", nargs="?", metavar="ALLY", help=_("a country or group (default: all)"))
    which = command.add_mutually_exclusive_group()
    on = _("list the commitments in force on that day (default: the day on which the record was closed)")
    which.add_argument("--on", type=values.day, metavar="DATE", help=on)
    which.add_argument("--all", action="store_true", help=_("list all commitments on record, in force or not"))
    command.add_argument("--data", type=Path, metavar="FILE", help=_("add commitments of your own, TOML or JSON"))


def _add_claims(commands: Commands, _: Translate) -> None:
    from natoburden.model.claims import Attribution, ClaimModality

    purpose = _("list what an article claims, to whom it attributes each claim, and what the data show")
    add = _add(commands, "claims", purpose, _, edition=False).add_argument
    add("claim", nargs="?", metavar="KEY", help=_("one claim, such as A07, with its working"))
    add("--article", metavar="FILE", help=_("an article of your own, TOML or JSON"))
    add("--attribution", choices=[kind.value for kind in Attribution], help=_("claims attributed in this way"))
    add(
        "--modality",
        choices=[kind.value for kind in ClaimModality],
        help=_("claims made with this degree of certainty"),
    )
    add("--topic", help=_("claims on this topic, such as procurement"))
    add("--actor", metavar="KEY", help=_("claims in which this actor acts, is addressed or speaks, such as hughes"))
    add("--paragraph", type=int, metavar="N", help=_("claims of this paragraph"))


def _add_credit(commands: Commands, _: Translate) -> None:
    purpose = _("compute how much of a demand a package of purchases would offset, as a scenario, since no rule exists")
    add = _add(commands, "credit", purpose, _).add_argument
    add("package", type=Path, metavar="PACKAGE", help=_("purchases, in TOML or JSON"))
    add("--ally", help=_("an ally or group, with the working (default: each member of --group)"))
    add("--group", default="NATO_EUR_CAN", help=_("group whose members are listed (default: NATO_EUR_CAN)"))
    add("--year", type=int, help=_("year of the gap (default: the edition's newest)"))
    add("--purchases-year", type=int, metavar="YEAR", help=_("year of the purchases (default: --year)"))
    add("--demand", default="us-demand", metavar="KEY", help=_("the demand (default: us-demand)"))
    weights = _(
        "the weight of each kind of purchase, from 0 to 1, such as arms=0.5,energy=0.25 (default: the "
        "package's, else 0)"
    )
    add("--weights", type=values.weights, default={}, metavar="NAME=W,...", help=weights)
    add("--cap", type=values.percent, metavar="PERCENT", help=_("the largest credit in a year, in %% of GDP"))
    twice = _("how to count arms that expenditure already includes (default: exclude)")
    add("--double-counting", choices=("exclude", "premium", "naive"), help=twice)


def _add_purchases(commands: Commands, _: Translate) -> None:
    purpose = _("show what an ally buys from the United States: arms notified, LNG and oil, beside the gap to a target")
    add = _add(commands, "purchases", purpose, _).add_argument
    add("ally", nargs="?", metavar="ALLY", help=_("an ally or group (default: NATO_EUROPE)"))
    add("--group", help=_("a group of allies, in place of ALLY (default: NATO_EUROPE)"))
    add("--since", type=int, metavar="YEAR", help=_("first year (default: 2017)"))
    ways = ("year", "quarter", "fiscal year", "buyer", "area", "standing")
    add(
        "--by",
        choices=ways,
        default="year",
        help=_("one row for each value of this key; rows other than years show only notices (default: year)"),
    )
    add("--target", default="hague-core", metavar="KEY", help=_("the target of the gap (default: hague-core)"))


def _add_inspect(commands: Commands, _: Translate) -> None:
    purpose = _(
        "describe files: format, edition, coverage and problems; exit with 1 if a file is unreadable, and "
        "with 2 if it is missing"
    )
    command = _add(commands, "inspect", purpose, _, edition=False)
    add = command.add_argument
    add("files", type=Path, nargs="+", metavar="FILE", help=_("files or folders, as downloaded"))
    add("--quiet", action="store_true", help=_("show no progress"))
    _add_limits(command, _)


def _add_shares(commands: Commands, _: Translate) -> None:
    purpose = _("compute suppliers' shares from your own spreadsheet, or from a Parquet or CSV file of any size")
    command = _add(commands, "shares", purpose, _, edition=False)
    add = command.add_argument
    add("file", type=Path, metavar="FILE", help=_("a spreadsheet, .xlsx or .csv, or award lines, .parquet or .csv"))
    many: dict[str, Any] = {"type": values.columns, "metavar": "COLUMN,..."}
    add("--by", help=_("the columns that name the suppliers (default: supplier; for a spreadsheet, origin)"), **many)
    add(
        "--within",
        default=(),
        help=_("the groups in which shares add up to one, such as buyer,year (default: all lines together)"),
        **many,
    )
    add("--measure", metavar="COLUMN", help=_("the column to add up (default: amount; for a spreadsheet, value)"))
    add("--part", metavar="COLUMN", help=_("the column with the fraction of a line that comes from the supplier"))
    add("--year", default="year", metavar="COLUMN", help=_("the column with the year of a line (default: year)"))
    add("--since", type=int, metavar="YEAR", help=_("first year"))
    add("--until", type=int, metavar="YEAR", help=_("last year"))
    add("--window", type=int, metavar="N", help=_("shares over each year and the N - 1 years before it"))
    rates = _(
        "convert amounts first: at the European Central Bank's average rate of each line's year, at its rates of 31 "
        "December 2024 if there is no column of years, or at yearly averages computed from RATES, a file such as "
        "eurofxref-hist.csv"
    )
    add("--rates", nargs="?", const=pages.SEED, metavar="RATES", help=rates)
    add("--to", default="EUR", metavar="CODE", help=_("with --rates, the currency to convert into (default: EUR)"))
    currency = _(
        "the column with the currency of a line; several currencies are refused without --rates (default: currency)"
    )
    add("--currency", default="currency", metavar="COLUMN", help=currency)
    add(
        "--engine",
        choices=("polars", "duckdb"),
        help=_("the engine that reads the file (default: whichever is installed)"),
    )
    columns = _(
        "for a spreadsheet, the header of each field, such as supplier=Vendor,value=Amount; see the command template"
    )
    add("--columns", action="extend", type=values.mapping, metavar="FIELD=HEADER,...", help=columns)
    amounts = _("for a spreadsheet, the currency and scale of amounts that state none, such as 'EUR m'")
    add("--amounts", metavar="UNIT", help=amounts)
    add("--buyer", metavar="COUNTRY", help=_("for a spreadsheet, the country that buys, if no column names it"))
    add("--sheet", metavar="NAME", help=_("for a workbook with several sheets, the sheet to read"))
    orders = ("day-first", "month-first")
    add("--dates", choices=orders, help=_("for a spreadsheet, how to read dates such as 02/03/2025"))
    add(
        "--decimal",
        choices=(",", "."),
        help=_("for a spreadsheet, the decimal sign, if 1.234 may be two numbers"),
    )
    _add_limits(command, _)


def _add_template(commands: Commands, _: Translate) -> None:
    purpose = _("write a spreadsheet to fill with your own contracts, for the command shares and for load_contracts")
    command = commands.add_parser(
        "template", translate=_, help=purpose, description=f"{purpose[0].upper()}{purpose[1:]}."
    )
    defaults = {"output": None, "format": "table", "formats": ("table",)}
    command.set_defaults(run=pages.COMMANDS["template"], **defaults)
    command.add_argument("what", choices=("contracts",), help=_("the content of the spreadsheet"))
    into = _("write the spreadsheet to a new file, .xlsx or .csv (default: only show its columns)")
    command.add_argument("-o", "--output", dest="file", type=Path, metavar="FILE", help=into)
    command.add_argument("--locale", default=argparse.SUPPRESS, help=_(_IN_THIS_LOCALE))


def _add_cite(commands: Commands, _: Translate) -> None:
    purpose = _("name the documents behind numbers, as text, BibTeX or CSL-JSON")
    formats = (*_FORMATS, "bibtex")
    what = _(
        "an edition such as 2026-07, a target such as hague-core, natoburden itself, or a dataset: commitments, "
        "contracts, energy, notices, exports, prices, gas-imports, dependency, macro, exchange-rates, safe-loans, "
        "escape-clauses, american-shares, events, offsets, rules, article (default: the newest edition)"
    )
    command = _add(commands, "cite", purpose, _, edition=False, formats=formats)
    command.add_argument("what", nargs="*", metavar="WHAT", help=what)


def _add(
    commands: Commands,
    name: str,
    purpose: str,
    _: Translate,
    *,
    edition: bool = True,
    formats: Sequence[str] = _FORMATS,
) -> argparse.ArgumentParser:
    """Return a new command that makes a page, with the options common to all pages."""
    command = commands.add_parser(name, translate=_, help=purpose, description=f"{purpose[0].upper()}{purpose[1:]}.")
    command.set_defaults(run=pages.COMMANDS[name], formats=formats)
    if edition:
        tables = command.add_mutually_exclusive_group()
        tables.add_argument("--edition", metavar="YYYY-MM", help=_("NATO's edition (default: the newest)"))
        if name != "commitments":  # its data are commitments
            tables.add_argument(
                "--data",
                type=Path,
                metavar="FILE",
                help=_("read a NATO workbook of your own, .xlsx, instead of a packaged edition"),
            )
            _add_limits(command, _)
    by_suffix = _("the format (default: that of the file's suffix; on the terminal, a table)")
    command.add_argument("--format", choices=formats, help=by_suffix)
    command.add_argument("--locale", default=argparse.SUPPRESS, help=_(_IN_THIS_LOCALE))
    suffixes = ", ".join(suffix for suffix, form in SUFFIXES.items() if form in formats)
    into = _("write to a file; its suffix decides the format: {suffixes}").format(suffixes=suffixes)
    command.add_argument("-o", "--output", type=Path, metavar="FILE", help=into)
    return command


def _add_limits(command: argparse.ArgumentParser, _: Translate) -> None:
    purpose = _("for a file that you trust, higher limits of reading, such as cells=20000000,memory=4000000000")
    command.add_argument("--limits", type=values.limits, metavar="NAME=N,...", help=purpose)
