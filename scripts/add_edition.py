"""Package NATO's next workbook as an edition: the table, its hash, its entry in the manifest, and a changelog entry.

Run it from the project's root::

    .venv/bin/python scripts/add_edition.py WORKBOOK.xlsx --key 2027-04 --url https://www.nato.int/...

What the workbook does not tell is given by options; see ``--help``. Nothing is written unless the whole workbook can be
read, and each file is replaced by renaming a finished one. The changelog entry names the countries and years whose
figures differ from the newest packaged edition.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import hashlib
import io
import json
import re
import sys
import textwrap
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import openpyxl  # type: ignore[import-untyped] # it ships no types

from natoburden.errors import NatoBurdenError, UnexpectedValueError
from natoburden.model.expenditure import Edition, ExpenditureTable, Measure, Observation
from natoburden.model.memberships import find_entity
from natoburden.model.money import Money
from natoburden.model.shares import Rate, Share
from natoburden.readers.nato import read_workbook

ROOT = Path(__file__).parents[1]
COLUMNS = ("entity", "year", "measure", "value", "unit", "price_basis", "status")
PLACE = "<!-- scripts/add_edition.py writes the entries of new editions under this line -->"
# The sizes in which NATO prints amounts of money; elsewhere amounts stand in single units.
SIZES = {Measure.EXPENDITURE: ("million ", 6), Measure.GDP: ("million ", 6), Measure.GDP_PER_CAPITA: ("thousand ", 3)}

Row = Mapping[str, str]
Cell = tuple[str, str, str, str]  # entity, measure, unit and price basis


def row_of(item: Observation[Any], edition: Edition) -> dict[str, str]:
    """Return an observation as a line of the packaged file."""
    value, basis = item.value, ""
    if isinstance(value, Share | Rate):
        figure, unit = value.as_percent, "percent"
        if item.measure in (Measure.SHARE_OF_GDP, Measure.REAL_CHANGE, Measure.REAL_CHANGE_SINCE_2014):
            basis = f"constant {edition.constant_year}"
    elif isinstance(value, Money):
        size, exponent = SIZES.get(item.measure, ("", 0))
        figure, unit = value.amount.scaleb(-exponent), f"{size}{value.currency}"
        basis = f"constant {value.basis.year}" if value.basis.year else "current"
    else:
        figure, unit = value.scaleb(-3), "thousand persons"
    return {
        "entity": item.entity.key,
        "year": str(item.year),
        "measure": item.measure.value,
        "value": f"{figure:f}",
        "unit": unit,
        "price_basis": basis,
        "status": item.status.value,
    }


def document(rows: Iterable[Row]) -> str:
    """Return the text of a packaged file, in a fixed order of its lines."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    order = ("entity", "measure", "unit", "price_basis", "year")
    writer.writerows(sorted(rows, key=lambda row: tuple(row[name] for name in order)))
    return text.getvalue()


def entry(edition: Edition, content: str, in_every_edition: frozenset[tuple[str, str]]) -> str:
    """Return an edition's entry in the manifest."""
    file = f"defence_expenditure_{edition.key}.csv"
    source = edition.source
    lines = [
        "[[edition]]",
        f"key = {quoted(edition.key)}",
        f"file = {quoted(file)}",
        f"sha256 = {quoted(hashlib.sha256(content.encode()).hexdigest())}",
        f"constant_year = {edition.constant_year}",
        f"estimated_years = {list(edition.estimated_years)}",
        f"note = {quoted(edition.note)}",
        "[edition.source]",
        f"title = {quoted(source.title)}",
        f"publisher = {quoted(source.publisher)}",
        *(f"{name} = {value}" for name in ("date", "accessed") if (value := getattr(source, name))),
        f"licence = {quoted(source.licence)}",
        *(f"{name} = {quoted(text)}" for name in ("url", "locator", "note") if (text := getattr(source, name))),
    ]
    for item in edition.omissions:
        key = item.entity.key if item.entity is not None else ""
        measures = [measure.value for measure in item.measures if (key, measure.value) not in in_every_edition]
        if measures:
            lines += [
                "[[edition.omissions]]",
                *([f"entity = {quoted(key)}"] if key else []),
                f"measures = {json.dumps(measures)}",
                f"years = {list(item.years)}",
                f"reason = {quoted(item.reason)}",
            ]
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """Return a text as TOML writes it."""
    return json.dumps(text, ensure_ascii=False)


def figures_in(rows: Iterable[Row]) -> dict[Cell, dict[int, Decimal]]:
    """Return the figures of an edition by year, for each entity, measure, unit and price basis."""
    found: dict[Cell, dict[int, Decimal]] = {}
    for row in rows:
        # Older files call the alliance NATO_TOTAL
        cell = (find_entity(row["entity"]).key, row["measure"], row["unit"], row["price_basis"])
        found.setdefault(cell, {})[int(row["year"])] = Decimal(row["value"])
    return found


def blanks(rows: Iterable[Row], edition: Edition) -> Iterator[str]:
    """Yield the cells that are blank without a reason: a measure, a year, and whom it is blank for."""
    reasons = {
        (item.entity.key if item.entity is not None else "", measure.value, year)
        for item in edition.omissions
        for measure in item.measures
        for year in item.years
    }
    held: dict[str, dict[str, set[int]]] = {}
    for row in rows:
        held.setdefault(row["measure"], {}).setdefault(row["entity"], set()).add(int(row["year"]))
    for measure, by_entity in sorted(held.items()):
        for year in sorted(set().union(*by_entity.values())):
            lacking = [key for key, years in by_entity.items() if year not in years]
            if found := [key for key in lacking if (key, measure, year) not in reasons]:
                yield f"{measure}, {year}: {names(found)}"


def differ(one: Decimal, other: Decimal) -> bool:
    """Return whether two figures differ, by as many decimals as the coarser of the two has."""
    places = max(int(one.as_tuple().exponent), int(other.as_tuple().exponent))
    return one.quantize(Decimal(1).scaleb(places)) != other.quantize(Decimal(1).scaleb(places))


def changes(old: Iterable[Row], new: Iterable[Row]) -> Iterator[str]:
    """Yield what another edition changes, a line for each measure: countries, and the years that differ."""
    before, after = figures_in(old), figures_in(new)
    lost = {cell[0] for cell in before} - {cell[0] for cell in after}
    came = {cell[0] for cell in after} - {cell[0] for cell in before}
    if came:
        yield f"rows that were not there: {names(came)}"
    if lost:
        yield f"rows no longer there: {names(lost)}"
    bases = [{cell[3] for cell in cells if cell[3].startswith("constant")} for cells in (before, after)]
    if bases[0] and bases[1] and bases[0] != bases[1]:
        yield f"all amounts at constant prices, now of {_base(bases[1])}, before of {_base(bases[0])}"
    by_measure: dict[str, dict[tuple[int, ...], list[str]]] = {}
    for entity, measure, unit, basis in sorted(before.keys()):
        one = before[entity, measure, unit, basis]
        # Shares and changes are compared whatever their prices are: the edition says them as its own.
        at = next((cell for cell in after if cell[:3] == (entity, measure, unit) and _same(cell[3], basis, unit)), None)
        if at is None:
            continue
        other = after[at]
        years = tuple(sorted(year for year in one.keys() & other.keys() if differ(one[year], other[year])))
        if years:
            by_measure.setdefault(told(measure, unit, basis), {}).setdefault(years, []).append(entity)
    for what, by_years in sorted(by_measure.items()):
        parts = [f"{names(entities)} ({spans(years)})" for years, entities in sorted(by_years.items())]
        yield f"{what}: {'; '.join(parts)}"


def told(measure: str, unit: str, basis: str) -> str:
    """Return what a figure is, in words."""
    words = measure.replace("_", " ").replace("gdp", "GDP")
    if unit == "percent" or not basis:
        return words
    return f"{words} in {'dollars' if unit.endswith('USD') else 'national currency'}, {basis} prices"


def _same(basis: str, other: str, unit: str) -> bool:
    return basis == other or unit == "percent"


def _base(bases: Iterable[str]) -> str:
    return ", ".join(sorted(basis.removeprefix("constant ") for basis in bases))


def names(keys: Iterable[str]) -> str:
    """Return entities by name, in the order of their keys."""
    return ", ".join(find_entity(key).name for key in sorted(keys))


def spans(years: Iterable[int]) -> str:
    """Return years in short: 2014-2016, 2019."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def changelog_entry(table: ExpenditureTable, rows: Iterable[Row], newest: str, old: Iterable[Row]) -> str:
    """Return the changelog's entry for an edition."""
    edition = table.edition
    published = f"{edition.source.date}, " if edition.source.date else ""
    text = f"- NATO's edition {edition.key} ({published}{table.years[0]} to {table.years[-1]})."
    if edition.key > newest:
        text += " It is the newest: `datasets.defence_expenditure()` without a key loads it."
    found = list(changes(old, rows))
    text += f" Against the edition {newest} {'these figures differ:' if found else 'no figure differs.'}"
    lines = textwrap.wrap(text, 120, subsequent_indent="  ", break_on_hyphens=False)
    for line in found:
        lines += textwrap.wrap(f"{line}.", 120, initial_indent="  - ", subsequent_indent="    ", break_on_hyphens=False)
    return "\n".join(lines) + "\n"


def saved_on(workbook: Path) -> dt.date | None:
    """Return the day on which a workbook was last saved, as it says itself."""
    book = openpyxl.load_workbook(workbook, read_only=True)
    try:
        moment: dt.datetime | None = book.properties.modified
    finally:
        book.close()
    return moment.date() if moment else None


def edition_for(workbook: Path, table: ExpenditureTable, options: argparse.Namespace) -> Edition:
    """Return the edition with what the options say of it; raises `UnexpectedValueError` for an unusable key."""
    source = table.edition.source
    saved = None if options.date or source.date else saved_on(workbook)
    date = options.date or source.date or saved
    remark = f"published by this day, on which the workbook was saved ({saved})" if saved else ""
    key = options.key or (f"{date:%Y-%m}" if date else "")
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", key):
        raise UnexpectedValueError("the key of an edition", key, "year and month of publication, as in --key 2027-04")
    if date and options.key and f"{date:%Y-%m}" != key:
        print(f"note: the edition {key} bears the date {date}; --date sets another", file=sys.stderr)
    return attrs.evolve(
        table.edition,
        key=key,
        note=" ".join(filter(None, (options.note, table.edition.note))),
        source=attrs.evolve(
            source,
            title=options.title or source.title,
            url=options.url,
            date=date,
            accessed=options.accessed,
            note="; ".join(filter(None, (options.source_note, remark))),
        ),
    )


def add(workbook: Path, options: argparse.Namespace) -> str:
    """Package a workbook under the folder ``options.root``, and return the changelog's entry.

    Raises what the reader raises for a workbook that it cannot read whole, and `UnexpectedValueError` for an unusable
    key or one that is packaged already.
    """
    folder = options.root / "src/natoburden/datasets/data/nato"
    manifest, changelog = folder / "editions.toml", options.root / "CHANGELOG.md"
    text, log = manifest.read_text(encoding="utf-8"), changelog.read_text(encoding="utf-8")
    known = tomllib.loads(text)
    packaged = {item["key"]: folder / item["file"] for item in known["edition"]}
    newest = max(packaged)
    table = read_workbook(workbook, options.key)
    edition = edition_for(workbook, table, options)
    if edition.key in packaged:
        raise UnexpectedValueError("the key of another edition", edition.key, "it is packaged already; give --key")
    if log.count(PLACE) != 1:
        raise UnexpectedValueError("the changelog", changelog.name, f"it has this line once: {PLACE}")
    rows = [row_of(item, edition) for item in table.observations]
    in_every_edition = {(item["entity"], name) for item in known["omission"] for name in item["measures"]}
    content = document(rows)
    with packaged[newest].open(encoding="utf-8", newline="") as file:
        news = changelog_entry(attrs.evolve(table, edition=edition), rows, newest, list(csv.DictReader(file)))
    for blank in blanks(rows, edition):
        print(f"note: blank without a reason, which {manifest.name} could give: {blank}", file=sys.stderr)
    replace(
        {
            folder / f"defence_expenditure_{edition.key}.csv": content,
            changelog: log.replace(PLACE, f"{PLACE}\n\n{news.rstrip()}"),
            manifest: f"{text.rstrip()}\n\n{entry(edition, content, frozenset(in_every_edition))}",
        }
    )
    return news


def replace(texts: Mapping[Path, str]) -> None:
    """Write files beside those that they replace, and rename them when all are written, the last one last."""
    written: list[tuple[Path, Path]] = []
    try:
        for path, text in texts.items():
            beside = path.with_name(f".{path.name}.new")
            written.append((beside, path))
            beside.write_text(text, encoding="utf-8", newline="\n")
        for beside, path in written:
            beside.replace(path)
    finally:
        for beside, _ in written:
            beside.unlink(missing_ok=True)


def parsed(arguments: list[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Package NATO's next workbook as an edition.")
    parser.add_argument("workbook", type=Path, help="NATO's workbook, .xlsx")
    parser.add_argument("--key", help="year and month of publication; the default is that of the date")
    parser.add_argument(
        "--date",
        type=dt.date.fromisoformat,
        help="day of publication; the default is that of a name like NATO's 240617-..., or the day of the last saving",
    )
    parser.add_argument("--title", help="title of the publication; the default is made from the tables and their years")
    parser.add_argument("--url", default="", help="address of the publication")
    parser.add_argument(
        "--accessed", type=dt.date.fromisoformat, default=dt.date.today(), help="day of the download; today"
    )
    parser.add_argument("--note", default="", help="what a user should know of the edition")
    parser.add_argument("--source-note", default="", help="what a user should know of the publication")
    parser.add_argument("--root", type=Path, default=ROOT, help="root of the project; this one")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> None:
    """Package the workbook that the command line names, and print the changelog's entry."""
    options = parsed(arguments)
    try:
        print(add(options.workbook, options), end="")
    except (NatoBurdenError, OSError) as error:
        sys.exit(f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    main()
