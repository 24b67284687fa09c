"""Frame functions beside hand-written Polars, pandas and DuckDB, on award lines that are made here; ratios in one run.

``python benchmarks/frames.py`` measures at a million and ten million lines, ``--rows 100000000`` at a hundred million
too. Ours and theirs take turns in one process; medians. What is found goes to ``docs/performance.json``, which the
documentation shows.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import json
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd  # type: ignore[import-untyped] # it ships no types
import polars as pl

import natoburden as nb
from natoburden import frames
from natoburden.frames._places import _spans
from natoburden.model.exchange import ExchangeRates, Quotation

RESULTS = Path(__file__).parent.parent / "docs" / "performance.json"
CHUNK = 5_000_000
BUYERS = [country.alpha_3 for country in nb.Group.find("NATO").members(2026)]
SUPPLIERS = [
    None,
    "USA",
    "DEU",
    "FRA",
    "KOR",
    "ISR",
    "GBR",
    "ITA",
    "SWE",
    "ESP",
    "NLD",
    "NOR",
    "TUR",
    "BRA",
    "JPN",
    "CHE",
]
CURRENCIES = ["EUR", "USD", "GBP", "PLN", "NOK", "DKK", "SEK", "CZK"]
YEARS = range(2014, 2025)
SOURCE = nb.Source(title="Invented rates", publisher="natoburden")
RATES = {
    year: ExchangeRates(
        base=nb.Currency("EUR"),
        date=dt.date(year, 12, 31),
        quotations=tuple(
            Quotation(nb.Currency(code), f"{1 + n}.{year - 2000}") for n, code in enumerate(CURRENCIES[1:])
        ),
        source=SOURCE,
    )
    for year in YEARS
}
RATE_TABLE = {
    "currency": [code for year in YEARS for code in CURRENCIES],
    "year": [year for year in YEARS for _ in CURRENCIES],
    "rate": [
        float(RATES[year].per_base(nb.Currency("USD")) / RATES[year].per_base(nb.Currency(code)))
        for year in YEARS
        for code in CURRENCIES
    ],
}


def make_lines(rows: int, file: Path) -> None:
    """Write award lines: few large buyers and suppliers and a long tail, lognormal amounts, some unknown origins."""
    generator = np.random.default_rng(2025)

    def skewed(count: int, size: int) -> Any:
        weights = 1 / np.arange(1, count + 1)
        return generator.choice(count, size=size, p=weights / weights.sum())

    import pyarrow as pa  # type: ignore[import-untyped] # it ships no types
    import pyarrow.parquet as pq  # type: ignore[import-untyped] # it ships no types

    writer = None
    for start in range(0, rows, CHUNK):
        size = min(CHUNK, rows - start)
        table = pa.table(
            {
                "buyer": pa.array(np.array(BUYERS, dtype=object)[skewed(len(BUYERS), size)], pa.string()),
                "supplier": pa.array(np.array(SUPPLIERS, dtype=object)[skewed(len(SUPPLIERS), size)], pa.string()),
                "year": pa.array(generator.integers(YEARS.start, YEARS.stop, size)),
                "currency": pa.array(np.array(CURRENCIES, dtype=object)[skewed(len(CURRENCIES), size)], pa.string()),
                "amount": pa.array(np.round(generator.lognormal(12, 2, size), 2)),
            }
        )
        writer = writer or pq.ParquetWriter(file, table.schema)
        writer.write_table(table, row_group_size=1_000_000)
    assert writer is not None
    writer.close()


# --- Polars by hand ---------------------------------------------------------------------------------------


def polars_shares(lines: pl.LazyFrame, *, by: str = "supplier") -> pl.LazyFrame:
    """Shares of every supplier within every buyer."""
    amounts = lines.filter(pl.col("amount").is_not_null()).group_by("buyer", by).agg(pl.col("amount").sum())
    known = pl.when(pl.col(by).is_not_null()).then(pl.col("amount")).otherwise(0)
    totals = amounts.with_columns(total=pl.col("amount").sum().over("buyer"), known=known.sum().over("buyer"))
    measured = pl.col("total") != 0
    return totals.select(
        "buyer",
        by,
        "amount",
        "total",
        share=pl.when(measured).then(pl.col("amount") / pl.col("total")),
        coverage=pl.when(measured).then(pl.col("known") / pl.col("total")),
    )


def polars_hhi(lines: pl.LazyFrame) -> pl.LazyFrame:
    """Give the Herfindahl-Hirschman index of every buyer."""
    shares = polars_shares(lines)
    return (
        shares.group_by("buyer")
        .agg(
            hhi_low=(pl.col("share").filter(pl.col("supplier").is_not_null()) ** 2).sum(),
            largest=pl.col("share").filter(pl.col("supplier").is_not_null()).max(),
            known=pl.col("coverage").max(),
            total=pl.col("total").max(),
        )
        .with_columns(
            hhi_high=pl.col("hhi_low") + (1 - pl.col("known")) * (2 * pl.col("largest") + 1 - pl.col("known")),
            effective=1 / pl.col("hhi_low"),
        )
    )


def polars_rates(lines: pl.LazyFrame) -> pl.LazyFrame:
    """Shares in dollars, by a join of rates."""
    joined = lines.join(pl.LazyFrame(RATE_TABLE), on=["currency", "year"], how="left")
    return polars_shares(joined.with_columns(amount=pl.col("amount") * pl.col("rate")))


def polars_blocs(lines: pl.LazyFrame) -> pl.LazyFrame:
    """Shares of blocs, by dated memberships."""
    who, year = pl.col("supplier"), pl.col("year").fill_null(2200)
    european = pl.lit(value=False)
    for first, last, codes in _spans(("EU", "EEA-EFTA")):
        inside = who.is_in(codes) & (year >= first)
        european = european | (inside & (year <= last) if last < 2200 else inside)
    bloc = (
        pl.when(who == "GBR")
        .then(pl.lit("United Kingdom"))
        .when(who == "USA")
        .then(pl.lit("United States"))
        .when(european)
        .then(pl.lit("EU and EEA-EFTA"))
        .when(who.is_not_null())
        .then(pl.lit("other"))
    )
    return polars_shares(lines.with_columns(bloc=bloc), by="bloc")


# --- pandas by hand ---------------------------------------------------------------------------------------


def pandas_shares(lines: Any, *, by: str = "supplier") -> Any:
    """Shares of every supplier within every buyer."""
    kept = lines[lines["amount"].notna()]
    amounts = kept.groupby(["buyer", by], dropna=False, sort=False, as_index=False)["amount"].sum()
    amounts["total"] = amounts.groupby("buyer")["amount"].transform("sum")
    amounts["known"] = amounts["amount"].where(amounts[by].notna(), 0)
    amounts["coverage"] = amounts.groupby("buyer")["known"].transform("sum") / amounts["total"]
    amounts["share"] = amounts["amount"] / amounts["total"]
    return amounts


def pandas_hhi(lines: Any) -> Any:
    """Give the Herfindahl-Hirschman index of every buyer."""
    shares = pandas_shares(lines)
    known = shares[shares["supplier"].notna()].assign(square=lambda rows: rows["share"] ** 2)
    return known.groupby("buyer").agg({"square": "sum", "share": "max", "coverage": "max"})


def pandas_rates(lines: Any) -> Any:
    """Shares in dollars, by a join of rates."""
    joined = lines.merge(pd.DataFrame(RATE_TABLE), on=["currency", "year"], how="left")
    joined["amount"] = joined["amount"] * joined["rate"]
    return pandas_shares(joined)


def pandas_blocs(lines: Any) -> Any:
    """Shares of blocs, by dated memberships."""
    who, year = lines["supplier"], lines["year"]
    european = pd.Series(data=False, index=lines.index)
    for first, last, codes in _spans(("EU", "EEA-EFTA")):
        european = european | (who.isin(codes) & (year >= first) & (year <= last))
    bloc = np.select(
        [who.eq("GBR").fillna(value=False), who.eq("USA").fillna(value=False), european, who.notna()],
        ["United Kingdom", "United States", "EU and EEA-EFTA", "other"],
        default="",
    )
    return pandas_shares(lines.assign(bloc=pd.Series(bloc, index=lines.index).replace("", None)), by="bloc")


# --- DuckDB by hand ---------------------------------------------------------------------------------------

DUCK_SHARES = """
WITH amounts AS (SELECT buyer, {by}, sum(amount) AS amount FROM lines WHERE amount IS NOT NULL GROUP BY ALL),
totals AS (SELECT *, sum(amount) OVER (PARTITION BY buyer) AS total,
  sum(CASE WHEN {by} IS NULL THEN 0 ELSE amount END) OVER (PARTITION BY buyer) AS known FROM amounts)
SELECT buyer, {by}, amount, total, amount / nullif(total, 0) AS share, known / nullif(total, 0) AS coverage FROM totals
"""


def duck_shares(lines: Any) -> Any:
    """Shares of every supplier within every buyer."""
    return lines.query("lines", DUCK_SHARES.format(by="supplier")).fetchall()


def duck_hhi(lines: Any) -> Any:
    """Give the Herfindahl-Hirschman index of every buyer."""
    shares = DUCK_SHARES.format(by="supplier")
    return lines.query(
        "lines",
        f"SELECT buyer, sum(share * share) AS hhi, max(share) AS largest, max(coverage) AS known FROM ({shares}) "
        "WHERE supplier IS NOT NULL GROUP BY buyer",
    ).fetchall()


# --- measuring --------------------------------------------------------------------------------------------


def ours(case: str) -> Callable[[Any], Any]:
    """Our function of a case, on any engine."""
    return {
        # The lines are of several currencies, which only the case of rates heeds.
        "shares": lambda lines: frames.supplier_shares(lines, within="buyer", currency=None),
        "HHI": lambda lines: frames.concentration(lines, within="buyer", top=1, currency=None),
        "FX join": lambda lines: frames.supplier_shares(frames.convert(lines, RATES, to="USD"), within="buyer"),
        "bloc split": lambda lines: frames.supplier_shares(
            frames.supplier_blocs(lines), by="bloc", within="buyer", currency=None
        ),
    }[case]


POLARS: dict[str, Callable[[pl.LazyFrame], pl.LazyFrame]] = {
    "shares": polars_shares,
    "HHI": polars_hhi,
    "FX join": polars_rates,
    "bloc split": polars_blocs,
}
PANDAS: dict[str, Callable[[Any], Any]] = {
    "shares": pandas_shares,
    "HHI": pandas_hhi,
    "FX join": pandas_rates,
    "bloc split": pandas_blocs,
}
DUCK: dict[str, Callable[[Any], Any]] = {"shares": duck_shares, "HHI": duck_hhi}


def medians(*runs: Callable[[], Any], rounds: int) -> list[float]:
    """Median seconds of each, taking turns, after one turn that does not count."""
    times: list[list[float]] = [[] for _ in runs]
    for number in range(rounds + 1):
        for run, found in zip(runs, times, strict=True):
            gc.collect()
            start = time.perf_counter()
            run()
            if number:
                found.append(time.perf_counter() - start)
    return [statistics.median(found) for found in times]


def in_memory(rows: int, file: Path, rounds: int) -> list[dict[str, Any]]:
    """Measure every case on frames in memory."""
    eager = pl.read_parquet(file)
    lines = eager.lazy()
    pandas = eager.to_pandas() if rows <= 10_000_000 else None
    connection = duckdb.connect()
    connection.execute(f"CREATE TABLE award_lines AS SELECT * FROM read_parquet('{file}')")
    relation = connection.table("award_lines")
    found = []
    for case in POLARS:
        row = measured(case, rows, lines, pandas, relation, rounds)
        found.append(row)
        print(line_of(row), flush=True)
    return found


def measured(case: str, rows: int, lines: pl.LazyFrame, pandas: Any, relation: Any, rounds: int) -> dict[str, Any]:
    """Measure one case on every engine."""
    run = ours(case)
    mine, theirs = medians(lambda: run(lines).collect(), lambda: POLARS[case](lines).collect(), rounds=rounds)
    row: dict[str, Any] = {"case": case, "rows": rows, "ours": mine, "Polars by hand": theirs}
    if pandas is not None:
        [row["pandas by hand"]] = medians(lambda: PANDAS[case](pandas), rounds=max(1, rounds // 3))
    if case in DUCK:
        row["ours on DuckDB"], row["DuckDB by hand"] = medians(
            lambda: run(relation).fetchall(), lambda: DUCK[case](relation), rounds=max(3, rounds // 2)
        )
    return row


def line_of(row: dict[str, Any]) -> str:
    """One line of what was measured, as ratios."""
    parts = [f"{row['rows']:>11,} {row['case']:<11}{row['ours'] * 1000:9.1f} ms"]
    parts.append(f"Polars by hand ×{row['ours'] / row['Polars by hand']:.2f}")
    if "pandas by hand" in row:
        parts.append(f"pandas {row['pandas by hand'] / row['ours']:.1f} times as long")
    if "ours on DuckDB" in row:
        parts.append(f"DuckDB by hand ×{row['ours on DuckDB'] / row['DuckDB by hand']:.2f}")
    return "  ".join(parts)


def peak_of(file: Path) -> tuple[float, float]:
    """Seconds and peak MiB of shares from a Parquet file, in a process of their own."""
    code = (
        "import pathlib, re, time, polars as pl\n"
        "from natoburden import frames\n"
        "start = time.perf_counter()\n"
        f"found = frames.supplier_shares(pl.scan_parquet({str(file)!r}), within='buyer', currency=None)\n"
        "found.collect(engine='streaming')\n"
        "seconds = time.perf_counter() - start\n"
        # Of this process alone: what getrusage gives starts at what the parent had.
        "peak = re.search(r'VmHWM:\\s+(\\d+)', pathlib.Path('/proc/self/status').read_text())[1]\n"
        "print(seconds, int(peak) / 1024)"
    )
    out = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    seconds, peak = map(float, out.split())
    return seconds, peak


def small_call() -> float:
    """Milliseconds of a call on a thousand rows of Polars."""
    generator = np.random.default_rng(1)
    lines = pl.DataFrame(
        {
            "buyer": generator.choice(BUYERS, 1_000),
            "supplier": generator.choice([code for code in SUPPLIERS if code], 1_000),
            "amount": 1.0,
        }
    )
    times = []
    for _ in range(200):
        start = time.perf_counter()
        frames.supplier_shares(lines, within="buyer")
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def main() -> None:
    """Measure at each size, print ratios, and write them for the documentation."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000_000, 10_000_000])
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    results: dict[str, Any] = {
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "versions": {module.__name__: module.__version__ for module in (pl, pd, duckdb)},
        "memory": [],
        "from_parquet": [],
        "small_call_ms": small_call(),
    }
    print(f"a call on 1,000 rows: {results['small_call_ms']:.2f} ms")
    with tempfile.TemporaryDirectory() as folder:
        for rows in options.rows:
            file = Path(folder) / f"{rows}.parquet"
            make_lines(rows, file)
            if rows <= 20_000_000:
                results["memory"] += in_memory(rows, file, options.rounds)
            seconds, peak = peak_of(file)
            results["from_parquet"].append({"rows": rows, "seconds": seconds, "peak_mib": peak})
            print(f"{rows:>11,} from Parquet: {seconds:.2f} s, {peak:,.0f} MiB at the peak", flush=True)
            file.unlink()
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
