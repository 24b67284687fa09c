"""The claims of an article: who made each claim, how firmly it was made, and what the data show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from natoburden.calculators.results import ResultTable
from natoburden.fixtures import article as packaged_article
from natoburden.fixtures.aftermath import WhatFollowed
from natoburden.fixtures.checks import ClaimCheck, check
from natoburden.model.articles import Article
from natoburden.model.claims import Attribution, Claim, ClaimedQuantity, ClaimModality, Count
from natoburden.model.money import Money
from natoburden.model.shares import Share
from natoburden.model.sources import Source
from natoburden.presentation.columns import Column, Columns, Figure, Several, attributes, words
from natoburden.presentation.formatting import basis_text, format_money, format_share
from natoburden.presentation.messages import Translate, translation
from natoburden.presentation.tables import Page
from natoburden.serialization import to_data

__all__ = ["ClaimList", "claim_list", "quantity_text"]


@attrs.frozen(kw_only=True, repr=False)
class ClaimList(Page):
    """Claims of an article, each with the result of its check against the data."""

    article: Article
    rows: tuple[Claim, ...]
    checks: ResultTable[ClaimCheck]

    @property
    def sources(self) -> tuple[Source, ...]:
        """The document of the article."""
        return (self.article.source,)

    def _title(self, _: Translate) -> str:
        return _("{count} of {all} claims of {source}").format(
            count=len(self.rows), all=len(self.article.claims), source=self.article.source
        )

    def _columns(self, _: Translate) -> Columns[Claim]:
        return (
            Column("key", lambda claim: claim.key, (_("Claim"),)),
            Column("paragraph", lambda claim: claim.paragraph, ("¶",), Figure(decimals=0)),
            *attributes("topic", "actors", "audience", "said_by", "attribution"),
            Column("", lambda claim: self.article.actors[claim.said_by].name, (_("attributed to"),)),
            Column("modality", lambda claim: claim.modality, (_("how"),)),
            *attributes("earliest", "latest", "certainty", of="date"),
            Column("quantity", lambda claim: claim.quantity and str(claim.quantity)),
            *attributes("of", "years", "text"),
            Column("", lambda claim: claim, (_("what is claimed"),), _text_with_quantity),
            Column("", lambda claim: tuple(self._checks_of(claim)), (_("data"),), _verdicts),
            Column("", self._followed_of, (_("followed"),), _aftermaths),
            Column("followed", lambda claim: _joined(item.aftermath for item in self._followed_of(claim))),
            Column("what_followed", lambda claim: _joined(item.finding for item in self._followed_of(claim))),
            Column("follow_ups", lambda claim: [_plain(item) for item in self._followed_of(claim)], in_csv=False),
            Several("checks", self._checks_of, (*attributes("verdict", "finding"),)),
            Column("claim", to_data, in_csv=False),
            Column("links", lambda claim: to_data(self.article.links_of(claim.key)), in_csv=False),
        )

    def _notes(self, _: Translate) -> tuple[str, ...]:
        return (
            _("Claims in our own words. 'natoburden claims KEY' shows one claim in full."),
            _(
                "data: checked: recomputed, with the same result; consistent: data agree but do not prove it; not "
                "reproducible: data cannot tell."
            ),
            _(
                "followed: what records show after the day: more, less, no clear change, on record. It does not say "
                "why, nor whether the claim was so."
            ),
        )

    def _facts(self) -> dict[str, Any]:
        return {"article": self.article.key}

    def _as_lines(self, _: Translate) -> Iterable[str] | None:
        return self._in_full(self.rows[0], _) if len(self.rows) == 1 else None

    def _checks_of(self, claim: Claim) -> list[ClaimCheck]:
        return [row for row in self.checks if row.claim == claim]

    def _followed_of(self, claim: Claim) -> tuple[WhatFollowed, ...]:
        return next((row.followed for row in self._checks_of(claim)), ())

    def _in_full(self, claim: Claim, _: Translate) -> Iterator[str]:
        """Yield a claim with its date, its links and the calculations of its checks, which are in English."""
        actors, said = self.article.actors, _("{what}: {said}")
        certainty = _(claim.date.certainty.value)
        if claim.date.note:
            certainty = said.format(what=certainty, said=claim.date.note)
        facts: tuple[tuple[str, Iterable[object]], ...] = (
            (_("who"), [actors[key] for key in claim.actors]),
            (_("to whom"), [actors[key] for key in claim.audience]),
            (_("said by"), [actors[claim.said_by]]),
            (_("fields"), [self.article.areas[key] for key in claim.areas]),
            (_("links"), self.article.links_of(claim.key)),
            (_("when"), [f"{claim.date} ({certainty})"]),
            (_("quantity"), [quantity_text(claim, locale=_.locale)] if claim.quantity else []),
            (_("note"), [claim.note] if claim.note else []),
        )
        data, source = _("data"), _("source")
        width = max(len(label) for label in (data, source, *(label for label, _parts in facts)))
        how = ", ".join((f"¶{claim.paragraph}", _(claim.attribution.value), _(claim.modality.value)))
        yield said.format(what=f"{claim.key} ({how})", said=claim.text)
        yield from (f"  {label:{width}} {', '.join(map(str, parts))}" for label, parts in facts if parts)
        for row in self._checks_of(claim):
            yield f"  {data:{width}} {said.format(what=_(row.verdict.value), said=row.finding)}"
            yield from _working(row)
            yield from (f"  {source:{width}} {document}" for document in row.sources)
        followed = self._followed_of(claim)
        if followed:
            yield _("What followed, which says nothing of whether the claim was so:")
        for item in followed:
            record = f" ({item.record})" if item.record else ""
            yield f"  {said.format(what=_(item.aftermath.value), said=item.finding)}{record}"
            shown = dict.fromkeys(document.publisher or document.title for document in item.sources)
            yield from (f"    {source} {name}" for name in shown)


def _text_with_quantity(claim: Claim, _: Translate) -> str:
    return f"{claim.text} [{quantity_text(claim, locale=_.locale)}]" if claim.quantity else claim.text


def _verdicts(checks: tuple[ClaimCheck, ...], _: Translate) -> str:
    return "; ".join(dict.fromkeys(words(check.verdict, _) for check in checks))


def _aftermaths(followed: tuple[WhatFollowed, ...], _: Translate) -> str:
    return "; ".join(dict.fromkeys(words(item.aftermath, _) for item in followed))


def _joined(told: Iterable[object]) -> str:
    return "; ".join(dict.fromkeys(map(str, told)))


def _plain(item: WhatFollowed) -> dict[str, str]:
    return {"aftermath": str(item.aftermath), "finding": item.finding, "record": item.record}


def _working(row: ClaimCheck) -> Iterator[str]:
    for result in row.results:
        yield from (f"    {result.headline}", f"      {result.formula}")
        yield from (f"      {item}" for item in result.findings)


def quantity_text(claim: Claim, *, locale: str = "en") -> str:
    r"""Return the figure of a claim with its quantity and years, or an empty text for a claim without a figure.

    The unit keeps the wording of the article's record. Figures are written in the format of the locale.

    >>> claim = packaged_article().claims["A07"]
    >>> quantity_text(claim), quantity_text(claim, locale="fr")
    ('5.00 % of economic output, read as GDP', '5,00\xa0%\xa0: economic output, read as GDP')
    """
    quantity, _ = claim.quantity, translation(locale)
    if quantity is None:
        return ""
    text = _figure_text(quantity, _)
    if claim.of:
        text = (_("{number} {what}") if isinstance(quantity, Count) else _("{figure} of {what}")).format(
            number=text, figure=text, what=claim.of
        )
    return _("{quantity}, over {years} years").format(quantity=text, years=claim.years) if claim.years else text


def _figure_text(quantity: ClaimedQuantity, _: Translate) -> str:
    """Return a claimed figure as text, in the locale's notation if the locale is not English."""
    match quantity:
        case Count(at_least=least, at_most=None):
            return _("at least {number}").format(number=least)
        case Share() if not _.is_english:
            return format_share(quantity, 2, locale=_.locale)
        case Money() if not _.is_english:
            prices = basis_text(quantity.basis, locale=_.locale)
            return f"{format_money(quantity, 0, locale=_.locale)} ({prices})"
        case _other:
            return str(quantity)


def claim_list(
    article: Article | None = None,
    *,
    key: str | None = None,
    attribution: Attribution | None = None,
    modality: ClaimModality | None = None,
    topic: str | None = None,
    actor: str | None = None,
    paragraph: int | None = None,
) -> ClaimList:
    """Return the claims of an article that match every argument, each with the result of its check against the data.

    The default is the packaged article. Raises `UnknownNameError` for a key, topic or actor that the article does not
    have.

    >>> page = claim_list(attribution=Attribution.SPOKESPERSON)
    >>> [claim.key for claim in page.rows]
    ['A11', 'A12']
    """
    report = packaged_article() if article is None else article
    chosen = report.select(attribution=attribution, modality=modality, topic=topic, actor=actor, paragraph=paragraph)
    if key is not None:
        chosen = tuple(claim for claim in chosen if claim == report.claims[key])
    rows = tuple(row for row in check(report) if row.claim in chosen)
    return ClaimList(article=report, rows=chosen, checks=ResultTable(rows=rows))
