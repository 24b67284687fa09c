"""The pages of the commands: each command makes a page from its options."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from natoburden.errors import InvalidYearError, UnexpectedValueError, UnknownNameError
from natoburden.presentation._harmless import visible

if TYPE_CHECKING:
    from natoburden.model.articles import Article
    from natoburden.model.exchange import ExchangeRates, RateHistory
    from natoburden.model.expenditure import ExpenditureTable
    from natoburden.presentation.shares_page import ConvertedAmounts
    from natoburden.presentation.tables import Page

__all__ = ["COMMANDS", "SEED"]

SEED = ""  # the packaged article
_LINES: Mapping[str, Any] = {"by": ("supplier",), "measure": "amount", "part": None}  # columns, unless others are named


def _brief(options: argparse.Namespace) -> Page:
    """Return the page that compares allies with targets, or with the demand of an article."""
    from natoburden.datasets import target
    from natoburden.presentation.brief_page import brief

    if options.article is not None:
        if options.chances:
            raise UnexpectedValueError("--chances", "--article", "chances are of the brief without an article")
        if options.currency is not None:
            hint = "an article's demand is in dollars; a currency is of the brief without an article"
            raise UnexpectedValueError("--currency", "--article", hint)
        return _article_brief(options)
    chosen: dict[str, Any] = {"targets": tuple(dict.fromkeys(map(target, options.target)))} if options.target else {}
    return brief(_table(options), **_named(options, "year", "group", "sort", "chances", "currency"), **chosen)


def _gap(options: argparse.Namespace) -> Page:
    """Return the page on the gap of an ally or group to targets."""
    from natoburden.datasets import target
    from natoburden.presentation.gap_page import ally_gaps

    chosen = {"targets": tuple(dict.fromkeys(map(target, options.target)))} if options.target else {}
    return ally_gaps(options.ally, table=_table(options), year=options.year, currency=options.currency, **chosen)


def _fiscal(options: argparse.Namespace) -> Page:
    """Return the page on an ally's debt with and without a path."""
    from natoburden.calculators.fiscal import Financing
    from natoburden.model.shares import Rate, Share
    from natoburden.presentation.fiscal_page import ally_fiscal_space

    parts = options.financing or {"debt": Share.percent(100)}
    return ally_fiscal_space(
        options.ally,
        table=_table(options),
        financing=Financing(**parts),
        already_in_baseline=options.already or Share.percent(0),
        interest=None if options.interest is None else Rate.percent(options.interest),
        **_named(options, "year", "target", "by", "shape", "multiplier"),
    )


def _article_brief(options: argparse.Namespace) -> Page:
    from natoburden.datasets import target
    from natoburden.presentation.article_page import article_brief

    followed = list(dict.fromkeys(map(target, options.target or [])))
    if len(followed) > 1:
        raise UnexpectedValueError("--target", ", ".join(options.target), "with --article, one target that followed")
    return article_brief(
        _article_of(options),
        table=_table(options),
        followed=followed[0] if followed else None,
        **_named(options, "year", "group", "sort"),
    )


def _revisions(options: argparse.Namespace) -> Page:
    """Return the page on later revisions of the counts that editions printed."""
    from natoburden.datasets import defence_expenditure_editions, target
    from natoburden.presentation.revisions_page import revision_page

    editions = defence_expenditure_editions(*options.editions)
    return revision_page(editions, target=target(options.target), group=options.group)


def _commitments(options: argparse.Namespace) -> Page:
    """Return the page on recorded promises; with a file, the user's own commitments are added."""
    from natoburden.datasets import commitments, defence_expenditure, load_commitments
    from natoburden.presentation.commitments_page import commitment_list

    record = load_commitments(options.data) if options.data else commitments()
    table = defence_expenditure(options.edition)
    return commitment_list(options.ally, commitments=record, table=table, on=options.on, everything=options.all)


def _claims(options: argparse.Namespace) -> Page:
    """Return the page on all claims of an article, or on one claim with its calculation."""
    from natoburden.model.claims import Attribution, ClaimModality
    from natoburden.presentation.claims_page import claim_list

    return claim_list(
        _article_of(options),
        key=options.claim,
        attribution=options.attribution and Attribution(options.attribution),
        modality=options.modality and ClaimModality(options.modality),
        **_named(options, "topic", "actor", "paragraph"),
    )


def _credit(options: argparse.Namespace) -> Page:
    """Return the page on how much of a demand a package would offset, for one ally or each member of a group."""
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
        # The page itself shows which purchases are counted twice and which sets of factors differ.
        "double_counting_ok": True,
        "mixed_sets_ok": True,
    }
    if options.ally:
        return CreditPage(scenarios=ResultTable(rows=(scenario(table, options.ally, year, **asked),)))
    return CreditPage(scenarios=scenarios(table, options.group, year, **asked))


def _inspect(options: argparse.Namespace) -> Page:
    """Return the page on the formats and problems of files; large files have a progress bar."""
    from natoburden.presentation.inspection_page import InspectionPage
    from natoburden.presentation.progress import progress_of
    from natoburden.readers import inspect

    found, failures = [], []
    for file in options.files:
        with progress_of(file.name, quiet=options.quiet) as progress:
            try:
                found.append(inspect(file, progress=progress, limits=options.limits))
            except OSError as error:
                failures.append(visible(f"{file}: {error.strerror}"))
    return InspectionPage(inspections=tuple(found), failures=tuple(failures))


def _purchases(options: argparse.Namespace) -> Page:
    """Return the page on the purchases of an ally or group from the United States."""
    from natoburden.datasets import target
    from natoburden.presentation.purchases_page import purchase_list

    if options.ally and options.group:
        raise UnexpectedValueError("--group", options.group, f"the page is of {options.ally}: give one of the two")
    return purchase_list(
        options.ally or options.group or "NATO_EUROPE",
        table=_table(options),
        target=target(options.target),
        **_named(options, "since", "by"),
    )


def _shares(options: argparse.Namespace) -> Page:
    """Return the page on suppliers' shares of the lines of a file, the largest first within each group."""
    from natoburden.frames import supplier_shares
    from natoburden.frames.files import readable, scan, streamed
    from natoburden.presentation.cli.sheet_lines import SHEET, is_sheet, lines_of_sheet
    from natoburden.presentation.shares_page import SharesPage

    record, not_counted = None, 0
    sheet = is_sheet(options.file, options)
    for name, value in (SHEET if sheet else _LINES).items():
        setattr(options, name, getattr(options, name) or value)
    with readable(options.file):
        if sheet:
            lines, record, not_counted = lines_of_sheet(options)
        else:
            lines = scan(options.file, engine=options.engine)
        conversion = None
        if options.rates is not None:
            lines, conversion = _converted(lines, options)
        currency = options.to if conversion else _currency_of(lines, options.currency)
        found = supplier_shares(
            lines,
            amount=options.measure,
            **_named(options, "by", "within", "part", "year", "since", "until", "window", "currency"),
        )
        rows = streamed(found)
    groups = (*options.within, *((options.year,) if options.window and options.year not in options.within else ()))

    def place(row: dict[str, object]) -> tuple[object, ...]:
        largest = -float(str(row["amount"]))
        return (*((row[name] is None, row[name]) for name in groups), largest, *map(str, map(row.get, options.by)))

    return SharesPage(
        file=options.file.name,
        measure=options.measure,
        labels=(*groups, *options.by),
        rows=tuple(sorted(rows, key=place)),
        conversion=conversion,
        currency=currency,
        reading=None if record is None else record.reading,
        not_counted=not_counted,
    )


def _currency_of(lines: Any, column: str) -> str | None:
    """Return the currency of all lines; None if there are several, or if no column states it."""
    import narwhals as nw

    from natoburden.frames.files import streamed

    frame = nw.from_native(lines).lazy()
    if column not in frame.collect_schema().names():
        return None
    found = {row[column] for row in streamed(frame.select(column).unique().to_native())} - {None, ""}
    return str(*found) if len(found) == 1 else None


def _converted(lines: Any, options: argparse.Namespace) -> tuple[Any, ConvertedAmounts]:
    """Convert a file's lines into one currency; return them with the rates and the number of lines without a rate."""
    import narwhals as nw

    from natoburden.datasets import exchange_rates, yearly_exchange_rates
    from natoburden.frames import convert, coverage
    from natoburden.frames.files import streamed
    from natoburden.model.exchange import RateHistory
    from natoburden.presentation.shares_page import ConvertedAmounts
    from natoburden.readers import read

    rates: ExchangeRates | dict[int, ExchangeRates]
    if options.rates != SEED:
        history = read(options.rates, RateHistory, limits=options.limits)
        rates, source = dict(_averages(history)), history.source
    elif options.year in nw.from_native(lines).collect_schema().names():
        rates = dict(yearly_exchange_rates())
        source = next(iter(rates.values())).source
    else:
        rates = exchange_rates()
        source = rates.source
    years, day = (tuple(rates), None) if isinstance(rates, dict) else ((), rates.date)
    conversion = ConvertedAmounts(to=options.to, publisher=source.publisher, day=day, years=years)
    found = convert(lines, rates, to=options.to, amount=options.measure, currency=options.currency, year=options.year)

    def counted(of: Any) -> int:
        [row] = streamed(coverage(of, by=options.by, amount=options.measure, currency=None, part_of=None))
        return int(row["counted"])

    whole = counted(lines)
    return found, attrs.evolve(conversion, counted=whole, without_rate=whole - counted(found))


def _averages(history: RateHistory) -> Iterator[tuple[int, ExchangeRates]]:
    """Return the average rates of every whole year of a history."""
    for year in sorted({day.year for day in history.days}):
        with contextlib.suppress(InvalidYearError):  # a year that has not ended, or that the file covers only in part
            yield year, history.annual_average(year)


def _template(options: argparse.Namespace) -> Page:
    """Write a template if a file is given; return the page on the template's columns."""
    from natoburden.presentation.contract_template import TemplatePage, write_contract_template

    if options.file is not None:
        write_contract_template(options.file)
    return TemplatePage(file="" if options.file is None else options.file.name)


def _cite(options: argparse.Namespace) -> Page:
    """Return the documents of editions, targets or datasets; raises `UnknownNameError` with all valid names."""
    from natoburden import datasets, fixtures
    from natoburden.datasets.targets import spending_targets
    from natoburden.model._vocabulary import nearest
    from natoburden.presentation.citations import cite, library

    editions = {table.edition.key: table for table in datasets.defence_expenditure_editions()}
    records: dict[str, Callable[[], object]] = {
        "commitments": datasets.commitments,
        "contracts": datasets.announced_contracts,
        "energy": datasets.energy_deals,
        "notices": datasets.us_arms_notifications,
        "exports": lambda: [datasets.us_energy_exports(fuel) for fuel in ("lng", "crude", "distillate")],
        "prices": datasets.energy_prices,
        "gas-imports": datasets.gas_imports,
        "dependency": datasets.energy_dependency,
        "macro": datasets.macro,
        "exchange-rates": lambda: [datasets.exchange_rates(), *dict(datasets.yearly_exchange_rates()).values()],
        "safe-loans": datasets.safe_loans,
        "escape-clauses": datasets.escape_clauses,
        "american-shares": datasets.american_share_estimates,
        "events": datasets.events,
        "offsets": lambda: [datasets.offset_agreements(), datasets.offset_rules(), datasets.offset_statistics()],
        "rules": lambda: [datasets.content_rules(), datasets.procurement_aims()],
        "article": fixtures.article,
        "natoburden": library,
    }
    known: dict[str, object] = {**records, **editions, **spending_targets()}
    found: list[object] = []
    for name in options.what or [max(editions)]:
        if name not in known:
            valid = (
                f"datasets {', '.join(records)}",
                f"editions {', '.join(editions)}",
                f"targets {', '.join(spending_targets())}",
            )
            raise UnknownNameError("document", name, valid, nearest(name, known))
        found.append(records[name]() if name in records else known[name])
    return cite(*found)


def _table(options: argparse.Namespace) -> ExpenditureTable:
    """Return the table for a page, from the user's workbook or from an edition."""
    from natoburden.datasets import defence_expenditure
    from natoburden.readers.nato import read_workbook

    return read_workbook(options.data, limits=options.limits) if options.data else defence_expenditure(options.edition)


def _article_of(options: argparse.Namespace) -> Article | None:
    from natoburden.fixtures.articles import load_article

    return None if options.article in (None, SEED) else load_article(Path(options.article))


def _named(options: argparse.Namespace, *names: str) -> dict[str, Any]:
    """Return the options with the given names as arguments of the same names."""
    return {name: getattr(options, name) for name in names}


COMMANDS: Mapping[str, Callable[[argparse.Namespace], Page]] = {
    "brief": _brief,
    "revisions": _revisions,
    "gap": _gap,
    "fiscal": _fiscal,
    "commitments": _commitments,
    "claims": _claims,
    "credit": _credit,
    "purchases": _purchases,
    "inspect": _inspect,
    "shares": _shares,
    "template": _template,
    "cite": _cite,
}
