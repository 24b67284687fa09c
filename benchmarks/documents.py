"""Contracts as JSON to typed objects and back, beside Pydantic v2 with the same fields and the same rules.

Pydantic's models here refuse what the library's refuse, and nothing else: countries, currencies and enumerations that
do not exist, figures that are not exact, shares without their sign or beyond the whole, price bases, dates and
addresses that are none, ranges and years out of order, origins that name a country twice, keys that are not known.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import json
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import pydantic

import natoburden as nb
from natoburden.model._vocabulary import read_vocabulary
from natoburden.model.capabilities import CapabilityArea
from natoburden.model.dates import Precision
from natoburden.model.origins import OriginBasis
from natoburden.model.procurement import Bound, Channel, ContractStatus, ValueKind
from natoburden.serialization import to_data
from natoburden.serialization.lines import from_json, read_lines, to_json, write_lines

COUNTRIES = {country.alpha_3 for country in nb.Country.all()}
CURRENCIES = {row["code"] for row in read_vocabulary("currencies.csv")}
DATE = re.compile("([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
LENGTHS = {Precision.DAY: 10, Precision.MONTH: 7}
SCHEME = re.compile(r"\s*([^/?#]*?)\s*:")


def _country(code: str) -> str:
    if code not in COUNTRIES:
        raise ValueError(f"{code} is no country")
    return code


def _currency(code: str) -> str:
    if code not in CURRENCIES:
        raise ValueError(f"{code} is no currency")
    return code


def _share(text: str) -> Decimal:
    if not text.endswith(" %"):
        raise ValueError("write the sign with the figure")
    figure = Decimal(text[:-2])
    if not 0 <= figure <= 100:
        raise ValueError("a share is from 0 to 100 %")
    return figure.scaleb(-2)


def _address(text: str) -> str:
    scheme = SCHEME.match(text)
    if not text.isprintable() or (scheme and scheme[1].lower() not in ("http", "https")):
        raise ValueError("an address begins with https://")
    return text


CountryCode = Annotated[str, pydantic.AfterValidator(_country)]
CurrencyCode = Annotated[str, pydantic.AfterValidator(_currency)]
Percent = Annotated[
    Decimal,
    pydantic.BeforeValidator(_share),
    pydantic.PlainSerializer(lambda share: f"{share.scaleb(2).normalize():f} %"),
]


Figure = Annotated[Decimal, pydantic.Field(max_digits=34, ge=-(10**31), le=10**31, allow_inf_nan=False)]
Basis = Annotated[str, pydantic.Field(pattern="^(current|unstated|constant (19[0-9][0-9]|2[01][0-9][0-9]|2200))$")]
Address = Annotated[str, pydantic.AfterValidator(_address)]


class Model(pydantic.BaseModel):
    """What all of Pydantic's models share."""

    model_config = pydantic.ConfigDict(extra="forbid", frozen=True)


class PMoney(Model):
    """An amount."""

    amount: Figure
    currency: CurrencyCode
    basis: Basis


class PSupplier(Model):
    """A supplier."""

    name: str
    countries: tuple[CountryCode, ...]
    share: Percent | None


class PQuantity(Model):
    """A quantity."""

    count: int | None
    unit: str
    bound: Bound
    wording: str


class PValue(Model):
    """A value, whose lower end comes first."""

    kind: ValueKind
    low: PMoney | None
    high: PMoney | None
    wording: str

    @pydantic.model_validator(mode="after")
    def _in_order(self) -> PValue:
        if (self.low is None) is not (self.high is None):
            raise ValueError("a range has a lower end too")
        if self.low and self.high:
            if (self.low.currency, self.low.basis) != (self.high.currency, self.high.basis):
                raise ValueError("both ends are of one currency and price basis")
            if not 0 <= self.low.amount <= self.high.amount:
                raise ValueError("the lower comes first")
        return self


class PAnnounced(Model):
    """A date as far as it is known."""

    date: str
    precision: Precision

    @pydantic.model_validator(mode="after")
    def _is_a_day(self) -> PAnnounced:
        if (self.precision is Precision.NONE) is bool(self.date):
            raise ValueError("a date goes with a precision")
        if self.date:
            found = DATE.fullmatch(self.date)
            if not found or not 1900 <= int(found[1]) <= 2200 or len(self.date) < LENGTHS.get(self.precision, 4):
                raise ValueError("write YYYY, YYYY-MM or YYYY-MM-DD")
            dt.date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
        return self


class PShare(Model):
    """A country's part."""

    country: CountryCode
    share: Percent


class POrigin(Model):
    """Where goods come from."""

    basis: OriginBasis
    shares: tuple[PShare, ...]
    unsplit: tuple[CountryCode, ...]
    note: str

    @pydantic.model_validator(mode="after")
    def _is_one_whole(self) -> POrigin:
        named = [*(item.country for item in self.shares), *self.unsplit]
        if len(set(named)) < len(named):
            raise ValueError("each country stands in it once")
        if sum((item.share for item in self.shares), Decimal(0)) > 1:
            raise ValueError("shares of more than the whole")
        return self


class PSource(Model):
    """A source."""

    title: str
    publisher: str
    url: Address
    date: dt.date | None
    accessed: dt.date | None
    licence: str
    locator: str
    note: str

    @pydantic.model_validator(mode="after")
    def _is_traceable(self) -> PSource:
        if not self.title.strip() or not (self.publisher.strip() or self.url.strip()):
            raise ValueError("a source needs a title, and a publisher or an address")
        return self


class PCancellation(Model):
    """What of it was cancelled."""

    date: PAnnounced
    part: Percent
    source: PSource
    note: str

    @pydantic.model_validator(mode="after")
    def _is_something(self) -> PCancellation:
        if not self.part:
            raise ValueError("give more than 0 %")
        return self


class PContract(Model):
    """A contract."""

    key: str
    buyers: tuple[CountryCode, ...]
    suppliers: tuple[PSupplier, ...]
    system: str
    family: str
    areas: tuple[CapabilityArea, ...]
    quantity: PQuantity | None
    value: PValue
    date: PAnnounced
    date_of: str
    delivery_start: int | None
    delivery_end: int | None
    channel: Channel
    status: ContractStatus
    status_note: str
    origins: tuple[POrigin, ...]
    part_of: str | None
    cancellation: PCancellation | None
    is_maker_named: bool
    source: PSource
    more_sources: tuple[PSource, ...]
    note: str

    @pydantic.model_validator(mode="after")
    def _is_whole(self) -> PContract:
        if not (self.buyers and self.suppliers and self.areas):
            raise ValueError("it needs a buyer, a supplier and a capability area")
        if len({origin.basis for origin in self.origins}) < len(self.origins):
            raise ValueError("it gives two origins on one basis")
        if self.delivery_start and self.delivery_end and self.delivery_end < self.delivery_start:
            raise ValueError("the first year comes first")
        shares = [supplier.share for supplier in self.suppliers]
        if any(shares) and None in shares:
            raise ValueError("give every supplier a share, or none")
        if self.part_of == self.key:
            raise ValueError("it is not a part of itself")
        if self.status is ContractStatus.CANCELLED and self.cancellation and self.cancellation.part < 1:
            raise ValueError("only a part of it is cancelled")
        return self


def documents(count: int) -> list[dict[str, Any]]:
    """Contracts that ship, over and over, each under a key and with an amount and a source of its own."""
    data = [to_data(item) for item in nb.datasets.announced_contracts()]
    return [_varied(data[number % len(data)], number) for number in range(count)]


def _varied(data: dict[str, Any], number: int) -> dict[str, Any]:
    value, source = data["value"], data["source"]
    ends = {
        end: value[end] and {**value[end], "amount": f"{value[end]['amount']}.{number + 1}"} for end in ("low", "high")
    }
    source = {**source, "title": f"{source['title']} {number}", "url": f"https://example.org/{number}"}
    return {**data, "key": f"k{number}", "part_of": None, "value": {**value, **ends}, "source": source}


def timed(run: Callable[[], Any], rounds: int) -> float:
    """Median seconds."""
    times = []
    for _ in range(rounds):
        gc.collect()
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    """Print contracts a second, ours and Pydantic's, and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contracts", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    given = documents(options.contracts)
    text = json.dumps(given, ensure_ascii=False).encode()
    of_pydantic = pydantic.TypeAdapter(tuple[PContract, ...])
    of_one = pydantic.TypeAdapter(PContract)
    with tempfile.TemporaryDirectory() as folder:
        lines, out = Path(folder) / "contracts.jsonl", Path(folder) / "out.jsonl"
        lines.write_text("".join(json.dumps(item, ensure_ascii=False) + "\n" for item in given), encoding="utf-8")

        def ours_kept() -> None:
            kept = from_json(text, tuple[nb.Contract, ...])
            to_json(kept)

        def theirs_kept() -> None:
            of_pydantic.dump_json(of_pydantic.validate_json(text))

        def ours_streamed() -> None:
            write_lines(out, read_lines(lines, nb.Contract))

        def theirs_streamed() -> None:
            def parsed() -> Iterator[PContract]:
                with lines.open("rb") as file:
                    yield from map(of_one.validate_json, file)

            with out.open("wb") as file:
                for item in parsed():
                    file.write(of_one.dump_json(item) + b"\n")

        for name, ours, theirs in (
            ("kept in a list", ours_kept, theirs_kept),
            ("streamed", ours_streamed, theirs_streamed),
        ):
            mine, other = timed(ours, options.rounds), timed(theirs, options.rounds)
            rates = [options.contracts / seconds for seconds in (mine, other)]
            print(f"{name:16}{rates[0]:10,.0f} a second, Pydantic {rates[1]:10,.0f}: {other / mine:.2f} times as fast")


if __name__ == "__main__":
    main()
