"""The European Central Bank's reference rates, in invented copies of both layouts."""

from __future__ import annotations

import datetime as dt
import os
from decimal import Decimal
from pathlib import Path

import pytest

import natoburden as nb
from natoburden.errors import ReaderError
from natoburden.readers.ecb import read_reference_rates

SAMPLES = Path(os.environ.get("NATOBURDEN_SAMPLES", "../shared/samples")) / "ecb"
HISTORY = """\
Date,USD,JPY,BGN,ROL,RON,TRL,TRY,
2026-01-05,1.17,184.5,N/A,N/A,5.09,N/A,50.3,
2026-01-02,1.16,184,N/A,N/A,5.1,N/A,50.2,
2025-12-31,1.15,183,1.9558,N/A,5.1,N/A,50.1,
"""
DAILY = "Date, USD, JPY, CZK, DKK, \n13 April 2026, 1.1684, 186.75, 24.378, 7.4727, \n"


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "eurofxref-hist.csv"
    path.write_text(text, encoding=encoding, newline="")
    return path


@pytest.mark.parametrize(
    "text", [HISTORY, HISTORY.replace("\n", "\r\n"), "\ufeff" + HISTORY, HISTORY.replace(",", ";")]
)
def test_the_history_is_read_however_it_was_saved(tmp_path: Path, text: str) -> None:
    history = read_reference_rates(written(tmp_path, text))
    assert history.days == (dt.date(2025, 12, 31), dt.date(2026, 1, 2), dt.date(2026, 1, 5))
    assert history.on(dt.date(2026, 1, 2)).per_base(nb.Currency("USD")) == Decimal("1.16")
    assert nb.Currency("TRL") not in history.on(dt.date(2026, 1, 2)).currencies


def test_the_lev_turns_from_a_quotation_into_its_fixed_rate(tmp_path: Path) -> None:
    history, lev = read_reference_rates(written(tmp_path, HISTORY)), nb.Currency("BGN")
    assert history.on(dt.date(2025, 12, 31)).per_base(lev) == Decimal("1.9558")
    assert history.on(dt.date(2026, 1, 2)).per_base(lev) == Decimal("1.95583")


def test_the_daily_file_is_read_with_its_blanks_and_its_date_in_words(tmp_path: Path) -> None:
    history = read_reference_rates(written(tmp_path, DAILY))
    assert history.days == (dt.date(2026, 4, 13),)
    assert history.on(dt.date(2026, 4, 13)).convert(nb.Money.millions(1, "EUR"), "CZK").in_millions == Decimal("24.378")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file is empty"),
        ("<html><title>404</title>", "the file is a web page"),
        ("Day,USD,JPY,CZK,DKK\n", "line 1: the first line begins 'Day,USD"),
        ("Date,,\n2026-01-02,,\n", "line 1: the first line begins 'Date,,"),
        ("Date,USD,JPY,CZK,XXQ,\n", "line 1: unknown currency 'XXQ'"),
        ("Date,USD,JPY,CZK,USD,\n", "line 1: a currency appears twice"),
        ("Date,USD,JPY,CZK,DKK,\n", "no day follows the header"),
        (DAILY.replace("13 April", "31 April"), "line 2: '31 April 2026' is not a day"),
        (DAILY.replace("13 April", "13 Aprilis"), "^(?!.*no day)"),
        (DAILY.replace("13 April 2026", "2026-4-13"), "line 2: '2026-4-13' is not a day; valid: 2026-04-13 or"),
        (DAILY.replace("186.75", "186;75"), "line 2: JPY: '186;75' is not usable"),
        (DAILY.replace("186.75", "-1"), "line 2: JPY: '-1' is not usable; valid: more than zero"),
        (HISTORY + "2026-01-05,1,1,1,1,1,1,1,\n", "line 5: 2026-01-05 appears twice"),
        (HISTORY + "2025-12-30,1.1\n", "line 5: 2 cells; valid: 9, as in the header; is it cut short"),
        (
            HISTORY.replace(",", ";").replace("1.17", "1,17"),
            "line 2: USD: '1,17' is not usable; valid: a number with a dec",
        ),
    ],
)
def test_a_file_that_cannot_be_meant_is_refused_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    if message.startswith("^"):  # a longer name of a month is still that month
        assert read_reference_rates(written(tmp_path, text)).days == (dt.date(2026, 4, 13),)
        return
    with pytest.raises(ReaderError, match=message):
        read_reference_rates(written(tmp_path, text))


@pytest.mark.skipif(not SAMPLES.exists(), reason="needs the European Central Bank's files")
def test_averages_of_the_published_history_are_the_published_ones() -> None:
    history = read_reference_rates(SAMPLES / "eurofxref-hist.csv")
    assert history.year_end(2024).per_base(nb.Currency("USD")) == Decimal("1.0389")
    assert history.on(dt.date(2024, 12, 31)).per_base(nb.Currency("USD")) == Decimal("1.0389")
    shipped = nb.datasets.exchange_rates()
    read = history.on(shipped.date)
    assert {(item.currency, item.per_base) for item in shipped.quotations} <= {
        (item.currency, item.per_base) for item in read.quotations
    }
    daily = read_reference_rates(SAMPLES / "eurofxref.csv")
    [day] = daily.days
    same = {item.currency: item.per_base for item in history.on(day).quotations}
    assert all(same[item.currency] == item.per_base for item in daily.on(day).quotations)


@pytest.mark.skipif(not SAMPLES.exists(), reason="needs the European Central Bank's files")
def test_shipped_averages_are_those_of_the_published_history() -> None:
    history = read_reference_rates(SAMPLES / "eurofxref-hist.csv")
    shipped = nb.datasets.yearly_exchange_rates()
    for year in range(2013, 2026):
        computed = history.annual_average(year, partial_ok=True)
        for item in shipped.for_year(year).quotations:
            if not item.note:
                assert abs(item.per_base / computed.per_base(item.currency) - 1) < Decimal("1e-5"), (year, item)


def test_blank_lines_between_days_are_passed_over(tmp_path: Path) -> None:
    file = written(tmp_path, "Date,USD,JPY,CHF,PLN\n\n2026-01-02,1,2,3,4\n\n2026-01-01,1,2,3,4\n")
    assert len(read_reference_rates(file).by_day) == 2


def test_a_copy_cut_down_to_one_currency_is_read(tmp_path: Path) -> None:
    rates = read_reference_rates(written(tmp_path, "Date,USD\n2026-01-02,1.25\n"))
    assert rates.on(dt.date(2026, 1, 2)).per_base(nb.Currency("USD")) == Decimal("1.25")
