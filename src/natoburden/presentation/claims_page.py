"""The list of an article's claims: who is said to have said it, how firmly, and what data say of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import IO, Any

import attrs

from natoburden.calculators.results import ResultTable
from natoburden.fixtures import article as packaged_article
from natoburden.fixtures.articles import ClaimCheck, check
from natoburden.model.articles import Article
from natoburden.model.claims import Attribution, Claim, ClaimModality, Count
from natoburden.presentation._harmless import visible
from natoburden.presentation.messages import Translate, translation
from natoburden.presentation.tables import Column, Page, TextTable, as_csv
from natoburden.serialization import to_data

__all__ = ["ClaimList", "claim_list", "quantity_text"]


@attrs.frozen(kw_only=True, repr=False)
class ClaimList(Page):
    """Claims of an article, each with what data say of it."""

    article: Article
    claims: tuple[Claim, ...]
    checks: ResultTable[ClaimCheck]

    def to_table(self, *, locale: str = "en") -> TextTable:
        """Lay the list out for reading; the claims and the names in them stay as they were recorded."""
        _ = translation(locale)
        headings = (_("Claim"), "¶", _("attributed to"), _("how"), _("what is claimed"), _("data"))
        title = _("{count} of {all} claims of {source}")
        return TextTable(
            title=title.format(count=len(self.claims), all=len(self.article.claims), source=self.article.source),
            columns=tuple(Column(name, is_figure=name == "¶") for name in headings),
            rows=tuple(self._cells(claim, _) for claim in self.claims),
            notes=(
                _("Claims in our own words. 'natoburden claims KEY' shows one claim in full."),
                _(
                    "data: checked, recomputed and found so; consistent, data agree and do not prove it; not "
                    "reproducible, none tell."
                ),
            ),
        )

    def in_full(self, *, locale: str = "en") -> str:
        """Return each claim in full: with its date, its links, and the working of its checks, which is in English."""
        return "\n".join(self._in_full(claim, translation(locale)) for claim in self.claims)

    def to_csv(self) -> str:
        """Write one line per check of a claim."""
        header = (
            "key,paragraph,topic,actors,audience,said_by,attribution,modality,earliest,latest,certainty,quantity,of,years,"
            "text,verdict,finding"
        )
        return as_csv(header.split(","), map(self._csv_line, self.checks))

    def to_json(self) -> str:
        """Write the claims as documents that can be read back, each with its verdicts and links."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2) + "\n"

    def to_dict(self) -> dict[str, Any]:
        """Give the list as plain data."""
        return {
            "article": self.article.key,
            "source": to_data(self.article.source),
            "claims": [
                {
                    "claim": to_data(claim),
                    "links": [to_data(link) for link in self.article.links_of(claim.key)],
                    "checks": [
                        {"verdict": row.verdict.value, "finding": row.finding} for row in self._checks_of(claim)
                    ],
                }
                for claim in self.claims
            ],
        }

    def _write_on_terminal(self, file: IO[str], locale: str) -> None:
        """Write the list as a table; a claim that stands alone in full."""
        if len(self.claims) == 1:
            file.write(self.in_full(locale=locale))
        else:
            super()._write_on_terminal(file, locale)

    def _checks_of(self, claim: Claim) -> list[ClaimCheck]:
        return [row for row in self.checks if row.claim == claim]

    def _cells(self, claim: Claim, _: Translate) -> tuple[str, ...]:
        quantity = f" [{quantity_text(claim)}]" if claim.quantity else ""
        verdicts = dict.fromkeys(_(row.verdict.value) for row in self._checks_of(claim))
        informant = self.article.actors[claim.said_by].name
        return (
            claim.key,
            str(claim.paragraph),
            informant,
            _(claim.modality.value),
            f"{claim.text}{quantity}",
            "; ".join(verdicts),
        )

    def _in_full(self, claim: Claim, _: Translate) -> str:
        actors, checks = self.article.actors, self._checks_of(claim)
        certainty, how = _(claim.date.certainty.value), ", ".join((_(claim.attribution.value), _(claim.modality.value)))
        facts: tuple[tuple[str, Iterable[object]], ...] = (
            (_("who"), [actors[key] for key in claim.actors]),
            (_("to whom"), [actors[key] for key in claim.audience]),
            (_("said by"), [actors[claim.said_by]]),
            (_("fields"), [self.article.areas[key] for key in claim.areas]),
            (_("links"), self.article.links_of(claim.key)),
            (_("when"), [f"{claim.date} ({certainty}{f': {claim.date.note}' if claim.date.note else ''})"]),
            (_("quantity"), [quantity_text(claim)] if claim.quantity else []),
            (_("note"), [claim.note] if claim.note else []),
        )
        data, source = _("data"), _("source")
        width = max(len(label) for label in (data, source, *(label for label, _parts in facts)))
        lines = [f"  {label:{width}} {', '.join(map(str, parts))}" for label, parts in facts if parts]
        for row in checks:
            verdict = _(row.verdict.value)
            lines += [f"  {data:{width}} {verdict}: {row.finding}", *_working(row)]
            lines += [f"  {source:{width}} {document}" for document in row.sources]
        lines = [f"{claim.key} (¶{claim.paragraph}, {how}): {claim.text}", *lines]
        return "\n".join(map(visible, lines)) + "\n"

    def _csv_line(self, row: ClaimCheck) -> list[object]:
        claim = row.claim
        return [
            claim.key,
            claim.paragraph,
            claim.topic,
            " ".join(claim.actors),
            " ".join(claim.audience),
            claim.said_by,
            claim.attribution,
            claim.modality,
            claim.date.earliest,
            claim.date.latest,
            claim.date.certainty,
            claim.quantity,
            claim.of,
            claim.years,
            claim.text,
            row.verdict,
            row.finding,
        ]


def _working(row: ClaimCheck) -> Iterator[str]:
    for result in row.results:
        yield from (f"    {result.headline}", f"      {result.formula}")
        yield from (f"      {label}: {value}" for label, value in result.findings)


def quantity_text(claim: Claim) -> str:
    """Write what a claim counts, of what, and over how long."""
    quantity = claim.quantity
    if quantity is None:
        return ""
    of = f"{'' if isinstance(quantity, Count) else ' of'} {claim.of}" if claim.of else ""
    return f"{quantity}{of}{f', over {claim.years} years' if claim.years else ''}"


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
    """List an article's claims that agree with every argument given, with what data say of them.

    The article that ships unless another is given. Raises `UnknownNameError` for a key, topic or actor that the
    article does not have.

    >>> page = claim_list(attribution=Attribution.SPOKESPERSON)
    >>> [claim.key for claim in page.claims]
    ['A11', 'A12']
    """
    report = packaged_article() if article is None else article
    chosen = report.select(attribution=attribution, modality=modality, topic=topic, actor=actor, paragraph=paragraph)
    if key is not None:
        chosen = tuple(claim for claim in chosen if claim == report.claims[key])
    rows = tuple(row for row in check(report) if row.claim in chosen)
    return ClaimList(article=report, claims=chosen, checks=ResultTable(rows=rows))
