"""Replications: what a page says agrees is recomputed from the packaged files, without the library's calculators."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs/replications"
DATA = ROOT / "src/natoburden/datasets/data"
JOINED = {"MNE": 2017, "MKD": 2020, "FIN": 2023, "SWE": 2024}
DOLLARS, SHARE = "million USD", "percent"
FIRST, SECOND, THIRD, FOURTH = "statistics-netherlands-2025", "ministry-of-defence-2024", "ifo-2024", "notices-2025"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def text(name: str) -> str:
    return (FOLDER / f"{name}.md").read_text(encoding="utf-8")


def counts(name: str) -> dict[str, tuple[tuple[int, int] | None, ...]]:
    """Return the lines "n of m" of a page's tables, by what stands in their first column."""
    found: dict[str, tuple[tuple[int, int] | None, ...]] = {}
    for line in text(name).splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        told = [re.fullmatch(r"(\d+) of (\d+)", cell) for cell in cells[1:]]
        if line.startswith("|") and any(told):
            found[cells[0]] = tuple((int(item[1]), int(item[2])) if item else None for item in told)
    return found


def as_printed(value: float, told: str, step: str) -> bool:
    """Return whether a value rounds to the published one at the step to which that is printed."""
    unit = Decimal(step)
    return (Decimal(repr(value)) / unit).quantize(Decimal(1), ROUND_HALF_UP) * unit == Decimal(told)


class Edition:
    """One packaged edition, as its file has it."""

    def __init__(self, key: str) -> None:
        self._figures = {
            (row["entity"], int(row["year"]), row["measure"], row["unit"], row["price_basis"].split(" ")[0]): row
            for row in rows(DATA / f"nato/defence_expenditure_{key}.csv")
        }

    def __call__(self, entity: str, year: int, measure: str, unit: str = DOLLARS, basis: str = "current") -> float:
        return float(self._figures[entity, year, measure, unit, basis]["value"])

    def own(self, entity: str, year: int) -> tuple[float, str]:
        """Return expenditure at current prices in the ally's own money, and its currency."""
        units = {
            unit
            for who, when, measure, unit, _ in self._figures
            if (who, when, measure) == (entity, year, "expenditure")
        }
        unit = next((unit for unit in sorted(units) if unit != DOLLARS), DOLLARS)
        return self(entity, year, "expenditure", unit), unit.removeprefix("million ")

    def allies(self, year: int) -> list[str]:
        spenders = {who for who, when, measure, *_ in self._figures if when == year and measure == "expenditure"}
        return sorted(who for who in spenders if len(who) == 3 and JOINED.get(who, 1949) <= year)

    def share(self, entity: str, year: int) -> Decimal:
        value = self(entity, year, "share_of_gdp", SHARE, "constant")
        return Decimal(repr(value)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def outlook(country: str, measure: str, year: int) -> float:
    found = [
        row
        for row in rows(DATA / "macro/outlook_2026-04.csv")
        if (row["country"], row["measure"]) == (country, measure)
    ]
    return float(found[0][str(year)])


def per_euro(currency: str, year: int) -> float:
    if currency == "EUR":
        return 1.0
    found = rows(DATA / "yearly_exchange_rates.csv")
    return next(
        float(row["average_per_euro"]) for row in found if (row["currency"], row["year"]) == (currency, str(year))
    )


JUNE_2024, JUNE_2019 = Edition("2024-06"), Edition("2019-06")


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.csv")), ids=lambda path: path.name)
def test_each_published_value_has_a_unit_and_an_address_and_its_file_is_offered_by_a_page(path: Path) -> None:
    found = rows(path)
    assert found
    assert all(row["unit"] and row["url"].startswith("http") for row in found)
    assert any(f"{{download}}`{path.name}`" in text(page.stem) for page in FOLDER.glob("*.md"))


def test_each_page_stands_in_the_index() -> None:
    listed = re.findall(r"^([a-z0-9-]+)$", text("index").split("```")[1], re.M)
    assert sorted(listed) == sorted(page.stem for page in FOLDER.glob("*.md") if page.stem != "index")


def test_per_head_and_at_parity_agree_as_often_as_the_page_says() -> None:
    heads = {ally: outlook(ally, "population", 2024) * 1_000_000 for ally in JUNE_2024.allies(2024)}
    dollars = per_euro("USD", 2024)
    euros = {ally: JUNE_2024(ally, 2024, "expenditure") * 1_000_000 / dollars for ally in heads}
    parity = {}
    for ally, count in heads.items():
        amount, currency = JUNE_2024.own(ally, 2024)
        amount = amount / per_euro(currency, 2024) if ally == "BGR" else amount
        parity[ally] = amount * 1_000_000 / outlook(ally, "ppp_conversion_rate", 2024) / count / dollars
    per_head = {ally: euros[ally] / heads[ally] for ally in heads}
    rest = [ally for ally in heads if ally != "USA"]
    per_head["NATO"] = sum(euros.values()) / sum(heads.values())
    per_head["NATO without USA"] = sum(euros[ally] for ally in rest) / sum(heads[ally] for ally in rest)
    totals = {"NATO": sum(euros.values()) / 1e9, "USA": euros["USA"] / 1e9, "NLD": JUNE_2024.own("NLD", 2024)[0] / 1000}

    def rank(figures: dict[str, float], ally: str) -> float:
        return float(1 + sum(figures[other] > figures[ally] for other in heads))

    agrees: dict[str, list[bool]] = {}
    near = []
    for row in rows(FOLDER / f"{FIRST}.csv"):
        item, entity = row["item"], row["entity"]
        value = {
            "total": lambda entity=entity: totals[entity],
            "per head": lambda entity=entity: per_head[entity],
            "per head at parity": lambda entity=entity: parity[entity],
            "rank": lambda entity=entity: rank(per_head, entity),
            "rank at parity": lambda entity=entity: rank(parity, entity),
        }[item]()
        kind = "all per head" if item == "per head" and entity not in heads else item
        agrees.setdefault(kind, []).append(as_printed(value, row["value"], row["step"]))
        if kind == "per head":
            near.append(abs(value / float(row["value"]) - 1))
    told = counts(FIRST)
    for label, kind in (
        ("Totals in euros", "total"),
        ("Allies per head", "per head"),
        ("All allies per head", "all per head"),
        ("Ranks at purchasing power", "rank at parity"),
        ("Euros at purchasing power", "per head at parity"),
        ("Rank of the Netherlands", "rank"),
    ):
        assert told[label][0] == (sum(agrees[kind]), len(agrees[kind])), label
    steps = [sum(item <= step for item in near) for step in (0.005, 0.01, 0.015)]
    assert "{} within 0.5 %, {} within 1 %, {} within 1.5 %".format(*steps) in text(FIRST)
    everything = [item for kind in agrees.values() for item in kind]
    assert f"| {len(everything)} | {sum(everything)} | populations" in text("index")


def _key_points(bulletin: int) -> dict[str, float | str]:
    """Return a bulletin's key points, recomputed with who was a member when it was written."""
    year = bulletin - 1
    table, more = {2024: (JUNE_2024, ["SWE"]), 2023: (JUNE_2024, ["FIN"]), 2017: (JUNE_2019, [])}[bulletin]
    members = table.allies(year)
    allies = [*members, *more]
    change = {
        ally: table(ally, year, "expenditure")
        * (
            1
            - table(ally, year - 1, "expenditure", basis="constant")
            / table(ally, year, "expenditure", basis="constant")
        )
        for ally in allies
    }
    meets = [ally for ally in members if table.share(ally, year) >= 2]
    met = [ally for ally in table.allies(year - 1) if table.share(ally, year - 1) >= 2]
    poland = table("POL", year, "expenditure", basis="constant") / table(
        "POL", year - 1, "expenditure", basis="constant"
    )
    return {
        "total": sum(table(ally, year, "expenditure") for ally in allies) / 1000,
        "real change": sum(change.values()) / 1000,
        "meeting 2 %": float(len(meets)),
        "who meets 2 %": " ".join(meets),
        "new at 2 %": " ".join(sorted({*meets} - {*met})),
        "United Kingdom": float(table.share("GBR", year)),
        "change of the United Kingdom": float(table.share("GBR", year) - table.share("GBR", year - 1)),
        "rank of the United Kingdom": float(
            sum(table(ally, year, "expenditure") >= table("GBR", year, "expenditure") for ally in members)
        ),
        "Poland's real change": 100 * (poland - 1),
        "Poland's real change in money": change["POL"] / 1000,
    }


@pytest.mark.parametrize("bulletin", [2024, 2023, 2017])
def test_a_bulletin_agrees_as_often_as_the_page_says(bulletin: int) -> None:
    found = _key_points(bulletin)
    agrees = []
    for row in rows(FOLDER / f"{SECOND}.csv"):
        if int(row["bulletin"]) == bulletin:
            value = found[row["item"]]
            same = value == row["value"] if isinstance(value, str) else as_printed(value, row["value"], row["step"])
            agrees.append(same)
    assert counts(SECOND)[f"Bulletin of {bulletin}, on {bulletin - 1}"][0] == (sum(agrees), len(agrees))


def _europe(year: int) -> list[str]:
    return [ally for ally in JUNE_2024.allies(year) if ally not in ("USA", "CAN")]


def _lacking(ally: str, year: int, basis: str = "current") -> float:
    spent, gdp = (JUNE_2024(ally, year, measure, basis=basis) for measure in ("expenditure", "gdp"))
    return 0.02 * gdp - spent


def _sum_lacking(year: int, basis: str) -> float:
    return sum(max(0.0, _lacking(ally, year, basis)) for ally in _europe(year))


def test_gaps_to_two_per_cent_agree_as_often_as_the_page_says() -> None:
    dollars = per_euro("USD", 2023) * 1000
    march = {row["country"]: float(row["share_of_gdp"]) for row in rows(FOLDER / "annual-report-2024-03.csv")}
    by_share = {
        ally: (2 - march[ally]) / 100 * JUNE_2024(ally, 2023, "gdp") / dollars
        for ally in _europe(2023)
        if march[ally] < 2
    }
    agrees: dict[str, list[bool]] = {"june": [], "march": [], "halved": []}
    for row in rows(FOLDER / f"{THIRD}.csv"):
        who, told = row["entity"], (row["value"], row["step"])
        if row["unit"] == "ratio":
            now, then = (
                _sum_lacking(year, "constant") if who == "European members" else _lacking(who, year, "constant")
                for year in (2023, 2014)
            )
            agrees["halved"].append(as_printed(now / then, *told))
            continue
        june = (_sum_lacking(2023, "current") if who == "European members" else _lacking(who, 2023)) / dollars
        agrees["june"].append(as_printed(june, *told))
        agrees["march"].append(
            as_printed(sum(by_share.values()) if who == "European members" else by_share[who], *told)
        )
    shown = {key: (sum(found), len(found)) for key, found in agrees.items()}
    told_by_page = counts(THIRD)
    assert told_by_page["Gaps in euros"][:2] == (shown["june"], shown["march"])
    assert told_by_page["Halved at constant prices"][0] == shown["halved"]


def _notices(first: str, last: str) -> Iterable[dict[str, str]]:
    elsewhere = ("AUS", "CAN", "JPN", "KOR")
    for row in rows(DATA / "american/us_arms_notifications.csv"):
        if row["buyer"] not in elsewhere and first <= row["notified_on"] <= last:
            yield row


def test_notices_agree_as_often_as_the_page_says() -> None:
    found = {row["item"]: row for row in rows(FOLDER / f"{FOURTH}.csv")}
    told = counts(FOURTH)
    for label, item in (
        ("Fiscal year 2018, Bloomberg Government", "US fiscal year 2018"),
        ("Calendar year 2024, Bruegel", "2024"),
    ):
        row = found[item]
        value = sum(float(notice["ceiling_million_usd"]) for notice in _notices(row["first"], row["last"])) / 1000
        assert told[label][0] == (int(as_printed(value, row["value"], row["step"])), 1), label
        assert abs(value / float(row["value"]) - 1) < 0.01
    level = {year: outlook("USA", "gdp_deflator", int(year)) for year in ("2022", "2023", "2024", "2025")}
    row = found["2022 to 2025 in prices of 2024"]
    value = sum(
        float(notice["ceiling_million_usd"]) / 1000 * level["2024"] / level[notice["notified_on"][:4]]
        for notice in _notices(row["first"], "2025-06-30")
    )
    assert f"| {value:.1f} if the count ends in June 2025 |" in text(FOURTH)


@pytest.mark.parametrize(
    ("told", "step", "same"), [("33", "1", True), ("34", "1", False), ("33.4", "0.1", True), ("30", "10", True)]
)
def test_a_value_agrees_at_the_step_to_which_it_is_printed(told: str, step: str, same: bool) -> None:
    assert as_printed(33.41, told, step) is same
