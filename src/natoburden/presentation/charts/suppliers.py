"""Charts of suppliers: their shares over time, energy by origin, and the effect of a change of contracts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from natoburden.calculators.dependency import ContractsWhatIf, SupplierShares
from natoburden.calculators.energy import SupplyShares
from natoburden.errors import TooFewError
from natoburden.model._checks import expect
from natoburden.model.energy import OtherPlace
from natoburden.model.record_coverage import RecordCoverage, RecordKind
from natoburden.presentation._harmless import for_chart
from natoburden.presentation.charts._fonts import in_letters
from natoburden.presentation.charts._style import (
    COLOURS,
    DARK,
    HATCHES,
    UNKNOWN,
    axes_for,
    finished,
    percent_axis,
    points,
)
from natoburden.presentation.formatting import country_name
from natoburden.presentation.messages import N_, Translate, translation

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["before_and_after", "composition", "energy_by_origin"]

_OTHERS, _UNKNOWN = "others", "unknown"
_KINDS = {
    RecordKind.SAMPLE: N_("a sample"),
    RecordKind.REGISTER: N_("a register"),
    RecordKind.SELECTION: N_("a selection of a register"),
    RecordKind.LIST: N_("a list of the caller's own"),
}


@in_letters
def composition(
    shares: Mapping[str, SupplierShares], *, largest: int = 6, ax: Axes | None = None, locale: str = "en"
) -> Axes:
    """Return axes with a stacked bar of suppliers' shares for each label, such as a year; unknown shares are shown.

    Below each label is the number of records behind its bar. The title's second line states whether the records are a
    sample.

    >>> import natoburden as nb
    >>> rates = nb.datasets.exchange_rates()
    >>> of = {ally: nb.dependency.supplier_shares(nb.datasets.announced_contracts(), buyer=ally, rates=rates,
    ...     currency="USD", few_records_ok=True) for ally in ("POL", "NLD")}
    >>> print(composition(of).get_title(loc="left"))
    Suppliers of arms by origin
    a sample, records counted: 1 to 21, 2018 to 2026
    >>> [text.get_text() for text in composition(of).get_legend().texts]
    ['Israel', 'United States', 'South Korea', 'United Kingdom', 'Sweden', 'Italy', 'unknown']
    """
    _ = translation(locale)
    expect(shares, Mapping, "suppliers to draw", "give a mapping of labels to shares: {'Poland': supplier_shares(...)}")
    parts = {
        f"{label}\nn = {found.rests_on.counted}": {
            **{row.label: float(row.share.as_percent) for row in found},
            _UNKNOWN: float(found.unknown.as_percent),
        }
        for label, found in shares.items()
    }
    names = {
        row.label: country_name(row.country, locale=locale) if row.country else row.label
        for found in shares.values()
        for row in found
    }
    ax = _stacked(parts, names, largest, ax, _)
    rests_on = [found.rests_on for found in shares.values()]
    return finished(ax, _with_records(_("Suppliers of arms by origin"), rests_on, _), shares.values(), _)


@in_letters
def energy_by_origin(
    supplies: Mapping[str, SupplyShares], *, largest: int = 6, ax: Axes | None = None, locale: str = "en"
) -> Axes:
    """Return axes with the origins of imported energy as stacked bars; imports without an origin are shown as unknown.

    >>> import natoburden as nb
    >>> flows = nb.datasets.gas_imports()
    >>> of = {str(year): nb.energy.supply_shares(flows, "Poland", year, fuel=nb.Fuel.LNG) for year in (2021, 2022)}
    >>> len(energy_by_origin(of).get_legend().texts) > 2
    True
    """
    _ = translation(locale)
    expect(supplies, Mapping, "supplies to draw", "give a mapping of labels to shares: {'2022': supply_shares(...)}")
    parts = {
        label: {
            **{row.partner.name: float(row.share.as_percent) for row in found.suppliers},
            _UNKNOWN: float(found.hhi.unknown.as_percent),
        }
        for label, found in supplies.items()
    }
    partners = {row.partner.name: row.partner for found in supplies.values() for row in found.suppliers}
    names = {name: country_name(partner, locale=locale) for name, partner in partners.items()}
    ax = _stacked(parts, names, largest, ax, _)
    found = list(supplies.values())
    who = ", ".join(dict.fromkeys(_importer(item, locale) for item in found))
    fuels = ", ".join(dict.fromkeys(_(str(item.fuel)) for item in found))
    when = sorted({item.period.year for item in found})
    years = str(when[0])
    if len(when) > 1:
        years = _("{first} to {last}").format(first=when[0], last=when[-1])
    title = _("Imports of energy by origin: {buyer}\n{fuel}, {years}, as importers report")
    return finished(ax, title.format(buyer=who, fuel=fuels, years=years), found, _)


def _importer(supplies: SupplyShares, locale: str) -> str:
    who = supplies.importer
    return who.name if isinstance(who, OtherPlace) else country_name(who, locale=locale)


def _stacked(
    parts: Mapping[str, Mapping[str, float]], names: Mapping[str, str], largest: int, ax: Axes | None, _: Translate
) -> Axes:
    """Return axes with stacked bars: the largest parts of all bars together, all other parts, and the unknown part."""
    if not parts:
        raise TooFewError("a chart of suppliers", 0, 1)
    ax = axes_for(ax, (max(4.5, 0.8 * len(parts) + 3), 4.2))
    sums: dict[str, float] = {}
    for part in parts.values():
        for name, share in part.items():
            if name != _UNKNOWN:
                sums[name] = sums.get(name, 0.0) + share
    leading = sorted(sums, key=lambda name: (-sums[name], name))[:largest]
    rows: list[tuple[str, str, str, Callable[[Mapping[str, float]], float]]] = [
        (names.get(name, name), COLOURS[n % len(COLOURS)], HATCHES[n % len(HATCHES)], _getter(name))
        for n, name in enumerate(leading)
    ]
    rest = set(sums) - set(leading)
    if rest:
        rows.append((_(_OTHERS), "white", "////", lambda part: sum(part.get(name, 0.0) for name in rest)))
    rows.append((_(_UNKNOWN), UNKNOWN, "", _getter(_UNKNOWN)))
    below = [0.0] * len(parts)
    for name, colour, hatch, figure in rows:
        heights = [figure(part) for part in parts.values()]
        if any(heights):
            edge = "0.5" if hatch == "////" else "white"
            style: dict[str, Any] = {"color": colour, "hatch": hatch, "edgecolor": edge, "linewidth": 0.6, "width": 0.7}
            ax.bar(range(len(parts)), heights, bottom=below, label=name, **style)
            below = [low + height for low, height in zip(below, heights, strict=True)]
    ax.set_xticks(range(len(parts)), [*map(for_chart, parts)])
    ax.set_ylim(0, 100)
    percent_axis(ax.yaxis, locale=_.locale)
    handles, labels = ax.get_legend_handles_labels()
    ax.legend(handles, labels, frameon=False, fontsize=points(8), loc="upper left", bbox_to_anchor=(1, 1))
    return ax


def _with_records(title: str, rests_on: Sequence[RecordCoverage], _: Translate) -> str:
    """Return a title with a second line on the records: whether they are a sample, their number and their years."""
    kinds = dict.fromkeys(coverage.kind for coverage in rests_on)
    counts = [coverage.counted for coverage in rests_on]
    years = [year for each in rests_on for year in (each.first_year, each.last_year) if year is not None]
    fewest, most = min(counts), max(counts)
    if len(counts) == 1 or fewest == most:
        records = _("records counted: {count}").format(count=most)
    else:
        records = _("records counted: {fewest} to {most}").format(fewest=fewest, most=most)
    said = [*(_(_KINDS[kind]) for kind in kinds), records]
    if years:
        first, last = str(min(years)), str(max(years))
        said.append(first if first == last else _("{first} to {last}").format(first=first, last=last))
    return "\n".join((title, ", ".join(said)))


def _getter(name: str) -> Callable[[Mapping[str, float]], float]:
    return lambda part: part.get(name, 0.0)


@in_letters
def before_and_after(
    result: ContractsWhatIf, names: Sequence[str] | None = None, *, ax: Axes | None = None, locale: str = "en"
) -> Axes:
    """Return axes with shares of blocs, or of `names`, before (hollow) and after (filled) a change of contracts.

    >>> import natoburden as nb
    >>> result = nb.dependency.what_if(nb.datasets.announced_contracts(), remove=["C09"], buyer="POL",
    ...     rates=nb.datasets.exchange_rates(), currency="USD")
    >>> [label.get_text() for label in before_and_after(result).get_yticklabels()]
    ['United States', 'other', 'EU and EEA-EFTA', 'United Kingdom', 'unknown']
    """
    _ = translation(locale)
    expect(result, ContractsWhatIf, "a change to draw", "give what dependency.what_if returns")
    chosen: list[tuple[str, float, float]] = []
    blocs = ("share by bloc, ", "unknown by bloc")
    wanted = names or [ratio.name for ratio in result.ratios if ratio.name.startswith(blocs)]
    for name in wanted:
        ratio = result[name]
        ends = [100 * float(end.low) if end else 0.0 for end in (ratio.before, ratio.after)]
        label = name.partition(", ")[2] or (_UNKNOWN if name.startswith("unknown") else name)
        chosen.append((_(label), ends[0], ends[1]))
    if not chosen:
        raise TooFewError("a chart of ratios", 0, 1)
    ax = axes_for(ax, (7, 0.45 * len(chosen) + 1.6))
    for number, (_label, before, after) in enumerate(chosen):
        ax.plot([before, after], [number, number], color="0.6", linewidth=2, zorder=1)
        ax.scatter([before], [number], s=46, facecolors="white", edgecolors=DARK, zorder=2)
        ax.scatter([after], [number], s=46, color=DARK, zorder=3)
    ax.set_yticks(range(len(chosen)), [for_chart(label) for label, *_ends in chosen])
    ax.invert_yaxis()
    ax.margins(y=0.25)
    percent_axis(ax.xaxis, locale=locale)
    title = _with_records(_("What would change: before (open) and after"), list(result.rests_on.values()), _)
    return finished(ax, title, result, _)
