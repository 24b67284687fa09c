"""The brief's column of promises: the end of each ally's stated path, as short text."""

from __future__ import annotations

import datetime as dt

import attrs

from natoburden.calculators.promises import stated_path
from natoburden.datasets import commitments
from natoburden.datasets.targets import HAGUE
from natoburden.model.countries import Country
from natoburden.model.expenditure import ExpenditureTable, Measure
from natoburden.model.shares import ShareRange
from natoburden.model.spending_commitments import Component
from natoburden.presentation.formatting import MISSING, day_in_text, format_number
from natoburden.presentation.messages import Translate

__all__ = ["BriefPromise", "promised_by", "promised_notes", "promised_text"]


@attrs.frozen(kw_only=True)
class BriefPromise:
    """The end of an ally's stated path, by the promises in force when the edition was published.

    `share` is the share of core expenditure in the last dated promise, and `by` is the promise's year. `share` and `by`
    are None if the ally has neither a dated promise nor a ceiling. With `is_ceiling`, `share` is a share that the ally
    promised not to exceed, and `by` is None. `of_total` marks a promise of core and related spending together. With
    `of_total`, `share` is the promised share minus the most that may count as related spending. `counts_otherwise`
    marks a promise that uses a national definition or a share of GNI. `keys` are the keys of the commitments, and
    `refusals` are the keys of commitments that refuse a share.
    """

    share: ShareRange | None
    by: int | None
    is_ceiling: bool
    of_total: bool
    counts_otherwise: bool
    refusals: tuple[str, ...]
    keys: tuple[str, ...]


def _edition_day(table: ExpenditureTable) -> dt.date:
    return table.edition.source.date or dt.date(table.latest_year, 12, 31)


def promised_by(table: ExpenditureTable, country: Country) -> BriefPromise | None:
    """Return the end of an ally's path; None if the edition has no share for a year before its publication.

    The path follows the promises in force when the edition was published. The path starts before the edition's year;
    promises for the edition's year are therefore included.
    """
    day = _edition_day(table)
    shares = table.select(measure=Measure.SHARE_OF_GDP, entity=country)
    start = max((share.year for share in shares if share.year < day.year), default=None)
    if start is None:
        return None
    # The column shows the promises and marks other definitions, so that no warning is needed.
    stated = stated_path(
        table, commitments(), country, on=day, start_year=start, hague=HAGUE, mixed_definitions_ok=True
    )
    ceiling = stated.ceilings.get(stated.last_year)
    by = stated.holds_from if stated.milestones and not ceiling else None
    due = stated.due[by] if by else stated.used if ceiling else ()
    return BriefPromise(
        share=ceiling or (stated.milestones[by] if by else None),
        by=by,
        is_ceiling=ceiling is not None,
        of_total=bool(due) and all(item.component is Component.TOTAL for item in due),
        counts_otherwise=any(item.counts_otherwise for item in due),
        refusals=tuple(item.key for item in stated.opt_outs if item.refused),
        keys=tuple(item.key for item in stated.used),
    )


def promised_text(promised: BriefPromise | None, _: Translate) -> str:
    """Return a promise as short text, such as 3.5/35, 3-3.5/30, 3.5*/35, 3n/27 or ≤2.1; a refusal adds a final !."""
    if promised is None:
        return MISSING
    refused = "!" if promised.refusals else ""
    if promised.share is None:
        return refused
    ends = dict.fromkeys((promised.share.low, promised.share.high))
    share = "-".join(format_number(end.as_percent, 2, locale=_.locale, trim=True) for end in ends)
    marks = f"{'*' if promised.of_total else ''}{'n' if promised.counts_otherwise else ''}"
    by = f"/{promised.by % 100:02}" if promised.by else ""
    return f"{'≤' if promised.is_ceiling else ''}{share}{marks}{by}{refused}"


def promised_notes(table: ExpenditureTable, _: Translate) -> tuple[str, ...]:
    """Return notes on the meaning of the signs in the column of promises."""
    return (
        _(
            "Promised: core share of the last promise in force on {when}, and the year to reach it, as 'natoburden "
            "commitments --on {day}' lists them; ≤: a ceiling of its own; blank: no promise with such a year."
        ).format(when=day_in_text(_edition_day(table), locale=_.locale), day=_edition_day(table)),
        _(
            "*: of a promise of core and related spending, less the most that counts as related. n: in a national "
            "definition or of GNI. !: the ally refuses a share that was declared or asked."
        ),
    )
