"""What the files of editions say among themselves, and of each other: read from the files, not through the library."""

from __future__ import annotations

import csv
import itertools
import subprocess
import sys
import tomllib
from decimal import Decimal
from functools import cache
from statistics import fmean

import pytest

import natoburden as nb
from natoburden.datasets import _files
from natoburden.errors import NoObservationError

FOLDER = _files.DATA / "nato"
KEYS = tuple(sorted(path.stem[-7:] for path in FOLDER.glob("defence_expenditure_*.csv")))
CATEGORIES = ("equipment_share", "personnel_share", "infrastructure_share", "other_share")
EXACTLY_TWO = {  # printed as 2, where the edition's own amounts give a little less
    "2022-06": {("FRA", "2020")},
    "2024-06": {("FRA", "2020"), ("LTU", "2019"), ("SVK", "2024")},
}
Cells = dict[tuple[str, str, str, str], Decimal]


@cache
def cells(key: str) -> Cells:
    """Return the figures of an edition's file, money in dollars, by measure, entity, year and price basis."""
    with (FOLDER / f"defence_expenditure_{key}.csv").open(encoding="utf-8", newline="") as file:
        return {
            (row["measure"], row["entity"], row["year"], row["price_basis"]): Decimal(row["value"])
            for row in csv.DictReader(file)
            if row["unit"] == "million USD" or not row["unit"].startswith("million ")
        }


def shares(key: str) -> dict[tuple[str, str], Decimal]:
    return {
        (entity, year): value for (measure, entity, year, _), value in cells(key).items() if measure == "share_of_gdp"
    }


def rounding(key: str, share: Decimal, spent: Decimal, produced: Decimal) -> Decimal:
    """Return how far a share may lie from its ratio: half a printed digit of each of the three figures."""
    if key != "2026-07":
        return Decimal("1e-10")  # full precision
    half = Decimal("0.5")
    return Decimal("0.005") + share * (half / spent + half / produced) * Decimal("1.01")


@pytest.mark.parametrize("key", KEYS)
def test_shares_are_expenditure_over_gdp_at_constant_prices_within_the_printed_rounding(key: str) -> None:
    found, compared, otherwise = cells(key), 0, set()
    for (measure, entity, year, basis), share in found.items():
        whole = found.get(("gdp", entity, year, basis))
        if measure != "share_of_gdp" or whole is None or ("expenditure", entity, year, basis) not in found:
            continue
        compared += 1
        spent = found["expenditure", entity, year, basis]
        if abs(100 * spent / whole - share) > rounding(key, share, spent, whole):
            otherwise.add((entity, year))
            assert share == 2
    assert otherwise == EXACTLY_TWO.get(key, set())
    assert compared == {"2016-01": 238, "2019-06": 224, "2022-06": 279, "2024-06": 363, "2026-07": 429}.get(key, 0)


@pytest.mark.parametrize("key", KEYS)
def test_categories_add_up_to_the_whole_within_the_printed_rounding(key: str) -> None:
    sums: dict[tuple[str, str], list[Decimal]] = {}
    for (measure, entity, year, _), value in cells(key).items():
        if measure in CATEGORIES:
            sums.setdefault((entity, year), []).append(value)
    whole = [sum(parts, Decimal(0)) for parts in sums.values() if len(parts) == len(CATEGORIES)]
    most = Decimal("0.02") if key == "2026-07" else Decimal("0.0055")  # half a digit of four; else Lithuania 2012
    assert all(abs(found - 100) <= most for found in whole)
    assert len(whole) == {"2016-01": 214, "2019-06": 216, "2022-06": 261, "2024-06": 341, "2026-07": 401}.get(key, 0)


@pytest.mark.parametrize(("one", "other"), [*itertools.combinations(("2019-06", "2022-06", "2024-06"), 2)])
def test_outcomes_of_2014_to_2017_hardly_move_between_editions_of_one_base_year(one: str, other: str) -> None:
    before, after = shares(one), shares(other)
    moves = [
        abs(share - after[cell])
        for cell, share in before.items()
        if cell in after and cell[1] in ("2014", "2015", "2016", "2017")
    ]
    assert len(moves) >= 28 * 4
    assert fmean(map(float, moves)) < 0.05


@pytest.mark.parametrize("key", ["2016-01", "2022-06"])
def test_every_hole_of_the_editions_of_2016_and_2022_says_why(key: str) -> None:
    table, there = nb.datasets.defence_expenditure(key), {cell[:3] for cell in cells(key)}
    groups = [nb.Group.find(name) for name in ("NATO", "NATO_EUR_CAN", "NATO_EUROPE", "NORTH_AMERICA")]
    entities: list[nb.Country | nb.Group] = [*nb.model.Bloc.find("NATO").members(2026), *groups]
    silent, holes = [], 0
    for entity, measure, year in itertools.product(entities, nb.Measure, table.years):
        if (measure.value, entity.key, str(year)) in there:
            continue
        asked = (table.edition.constant_prices, nb.Currency("USD"))
        is_money = measure in (nb.Measure.EXPENDITURE, nb.Measure.GDP)
        with pytest.raises(NoObservationError) as raised:
            table.observation(measure, entity, year, *(asked if is_money else ()))
        holes += 1
        said = str(raised.value).rpartition("; ")[2]
        if said.startswith("valid: "):
            silent.append((entity.key, measure.value, year))
    assert not silent
    assert holes > 500


def test_the_newest_edition_reads_its_own_file_alone() -> None:
    program = (
        "import sys\nopened = []\n"
        "sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == 'open' else None)\n"
        "import natoburden\nnatoburden.datasets.defence_expenditure()\n"
        "names = {name.replace(chr(92), '/').rpartition('/data/nato/')[2] for name in opened if '/nato/' in name}\n"
        "print(*sorted(filter(None, names)), 'natoburden.registers' in sys.modules)"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert found.split() == [f"defence_expenditure_{KEYS[-1]}.csv", "editions.toml", "False"]


@pytest.mark.parametrize("key", KEYS)
def test_reasons_kept_in_a_file_of_their_own_are_those_of_the_edition(key: str) -> None:
    entry = next(
        item for item in tomllib.loads((FOLDER / "editions.toml").read_text("utf-8"))["edition"] if item["key"] == key
    )
    beside = FOLDER / f"omissions_{key}.toml"
    assert (entry.get("omissions_in") == beside.name) == beside.exists()
    listed = tomllib.loads(beside.read_text("utf-8"))["omission"] if beside.exists() else entry.get("omissions", [])
    reasons = {item.reason for item in nb.datasets.defence_expenditure(key).edition.omissions}
    assert {item["reason"] for item in listed} < reasons
