"""The scripts that write packaged data: hashes, averages of exchange rates, and macroeconomic figures."""

from __future__ import annotations

import csv
import datetime as dt
import os
import runpy
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import natoburden as nb
from natoburden.model.exchange import RateHistory
from natoburden.readers.ecb import read_reference_rates

DATA = Path(nb.__file__).parent / "datasets/data"
SCRIPTS = Path(__file__).parents[2] / "scripts"
HISTORY = Path(os.environ.get("NATOBURDEN_SAMPLES", "../shared/samples")) / "ecb/eurofxref-hist.csv"


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(SCRIPTS)
    return lambda name: runpy.run_path(str(SCRIPTS / f"{name}.py"))


def test_every_hash_that_ships_is_up_to_date_and_one_that_is_not_is_renewed(script: Any, tmp_path: Path) -> None:
    hashes = script("renew_hashes")
    shutil.copytree(DATA, tmp_path / "data")
    shutil.copytree(Path(nb.__file__).parent / "model/vocabulary", tmp_path / "vocabulary")
    manifests = hashes["manifests"](tmp_path)
    assert len(manifests) >= 6
    assert not any(map(hashes["renew"], manifests))
    with (tmp_path / "data/commitments.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert [manifest.name for manifest in manifests if hashes["renew"](manifest)] == ["commitments.toml"]
    assert not any(map(hashes["renew"], manifests))


def test_averages_are_means_of_the_days_that_quote_a_currency(script: Any) -> None:
    usd, isk = nb.Currency("USD"), nb.Currency("ISK")
    by_day = {
        dt.date(2023, 12, 29): {usd: Decimal("2")},
        dt.date(2024, 1, 2): {usd: Decimal("1.1")},
        dt.date(2024, 12, 31): {usd: Decimal("1.2"), isk: Decimal("150.5")},
        dt.date(2025, 3, 3): {usd: Decimal("1.05"), isk: Decimal("151")},
    }
    history = RateHistory(
        base=nb.Currency("EUR"), by_day=by_day, source=nb.Source(title="Made", publisher="natoburden")
    )
    rows = script("build_exchange_rates")["averages"](history, ["ISK", "USD"], 2024)
    assert [tuple(row.values()) for row in rows] == [
        ("ISK", "2024", "150.5", "1", "2024-12-31", "yes"),
        ("ISK", "2025", "151", "1", "2025-03-03", "no"),
        ("USD", "2024", "1.15", "2", "2024-12-31", "yes"),
        ("USD", "2025", "1.05", "1", "2025-03-03", "no"),
    ]


@pytest.mark.skipif(not HISTORY.exists(), reason="needs the European Central Bank's history of reference rates")
def test_the_packaged_averages_are_those_of_the_banks_history(script: Any) -> None:
    with (DATA / "yearly_exchange_rates.csv").open(encoding="utf-8", newline="") as file:
        packaged = {(row["currency"], row["year"]): row for row in csv.DictReader(file)}
    codes = sorted({currency for currency, _ in packaged})
    found = list(script("build_exchange_rates")["averages"](read_reference_rates(HISTORY), codes, 2013))
    whole = [row for row in found if row["complete"] == "yes"]
    assert len(whole) > 200
    assert [packaged[row["currency"], row["year"]] for row in whole] == whole


def test_the_script_lays_the_years_across_and_finds_the_base_year(script: Any) -> None:
    build = script("build_macro")
    head = ("country_iso3", "year", "measure", "value", "unit", "price_basis", "weo_code")
    given = [
        ("POL", "2020", "gdp", "2500", "billion national currency", "current prices", "NGDP"),
        ("POL", "2021", "gdp", "2900", "billion national currency", "current prices", "NGDP"),
        ("POL", "2020", "gdp", "2500", "billion national currency", "constant prices", "NGDP_R"),
        ("POL", "2021", "gdp", "2600", "billion national currency", "constant prices", "NGDP_R"),
        ("POL", "2020", "gdp_deflator", "100.0", "index", "", "NGDP_D"),
        ("POL", "2021", "gdp_growth", "6.9", "percent", "constant prices", "NGDP_RPCH"),
    ]
    lines = list(build["outlook"]([dict(zip(head, row, strict=True)) for row in given], {}))
    names = ("unit", "currency", "base_year", "2020", "2021")
    assert [tuple(map(line.get, names)) for line in lines] == [
        ("national currency", "PLN", "", "2500", "2900"),
        ("national currency at constant prices", "PLN", "2020", "2500", "2600"),
        ("index", "", "", "100.0", None),
        ("percent", "", "", None, "6.9"),
    ]  # fmt: skip


def test_the_script_refuses_an_estimate_without_a_denominator(script: Any) -> None:
    row = {"scope": "a", "measure": "b", "period": "c"}
    with pytest.raises(SystemExit, match="give this estimate a key"):
        list(script("build_macro")["estimates"]([row], []))
