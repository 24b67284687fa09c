"""News articles as data: their claims, their actors, and the relations between claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

import attrs

from natoburden.errors import DocumentFault, UnexpectedValueError, UnknownNameError
from natoburden.errors._documents import raise_faults
from natoburden.model._checks import noun
from natoburden.model._terms import Term
from natoburden.model._vocabulary import nearest
from natoburden.model.claim_checks import EstimateCheck
from natoburden.model.claims import Actor, Area, Attribution, Claim, ClaimedQuantity, ClaimModality
from natoburden.model.dates import DateSpan
from natoburden.model.keyed import Keyed
from natoburden.model.shares import Share
from natoburden.model.sources import Source

__all__ = ["Article", "Aside", "AsideKind", "Link", "LinkKind"]


class LinkKind(Term):
    """How one claim is related to other claims."""

    CONDITIONAL_ON = "conditional on"
    QUALIFIES = "qualifies"
    DEPARTS_FROM = "departs from"
    CONTRASTS_WITH = "contrasts with"
    SUPPORTS = "supports"
    WEIGHS_AGAINST = "weighs against"
    ELABORATES = "elaborates"
    PRECEDES = "precedes"
    LEAVES_OPEN = "leaves open"


@attrs.frozen(kw_only=True)
class Link:
    """A relation of one claim to one or more other claims; all conditions of a claim together form one link."""

    claim: str
    kind: LinkKind
    to: tuple[str, ...]
    note: str = ""

    def __str__(self) -> str:
        return f"{self.claim} {self.kind} {', '.join(self.to)}"


class AsideKind(Term):
    """The kind of a paragraph that is in an article but not part of its story."""

    LINK = "link"
    HEADING = "heading"


@attrs.frozen(kw_only=True)
class Aside:
    """A paragraph that is not part of an article's story: navigation to another story, or a heading."""

    key: str
    paragraph: int
    kind: AsideKind
    text: str
    date: DateSpan = attrs.field(factory=DateSpan)
    quantity: ClaimedQuantity | None = None
    note: str = ""


@attrs.frozen(kw_only=True)
class Article:
    """An article as claims, with its actors, capability areas, links between claims, and text outside its story.

    `schema` is the version of the document format; only one version exists. `demand` lists the keys of the claims that
    together state the demand. Raises one `DocumentError` for keys that are used twice, references to missing keys, and
    paragraphs beyond the text. The error also lists a named informant with an anonymous attribution, and an unnamed
    informant with an attribution that is not anonymous.
    """

    schema: int = 1
    key: str
    subject: str
    source: Source
    published: DateSpan
    paragraphs: int
    demand: tuple[str, ...] = ()
    claims: Keyed[Claim] = attrs.field(repr=lambda items: f"<{len(items)} claims>")
    actors: Keyed[Actor] = attrs.field(repr=lambda items: f"<{len(items)} actors>")
    areas: Keyed[Area] = attrs.field(factory=Keyed, repr=False)
    links: tuple[Link, ...] = attrs.field(default=(), repr=False)
    asides: Keyed[Aside] = attrs.field(factory=Keyed, repr=False)
    note: str = attrs.field(default="", repr=False)

    def __attrs_post_init__(self) -> None:
        raise_faults(f"article {self.key}", self.faults_in(self))

    @classmethod
    def faults_in(cls, article: Article | Mapping[str, Any]) -> Iterator[DocumentFault]:
        """Return the contradictions between the parts of an article, or between the parts of its plain data.

        Faults of other kinds, such as missing fields, are not found.
        """
        return _faults(article)

    @property
    def demanded(self) -> Claim | None:
        """The claim that states the demanded share; None if no claim of the demand states a share."""
        claims = (self.claims[key] for key in self.demand)
        return next((claim for claim in claims if isinstance(claim.quantity, Share)), None)

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics of the claims, in the order of the article."""
        return tuple(dict.fromkeys(claim.topic for claim in self.claims))

    def select(
        self,
        *,
        attribution: Attribution | None = None,
        modality: ClaimModality | None = None,
        topic: str | None = None,
        actor: str | None = None,
        paragraph: int | None = None,
    ) -> tuple[Claim, ...]:
        """Return the claims that match all given arguments, in the order of the article.

        `actor` is the key of an actor who acts, is addressed or is quoted. Raises `UnknownNameError` for an actor or
        topic that the article does not have, and `UnexpectedValueError` for a paragraph that the article does not have.
        """
        if topic is not None and topic not in self.topics:
            raise UnknownNameError("topic", str(topic), self.topics, nearest(str(topic), self.topics))
        if paragraph is not None and not 1 <= paragraph <= self.paragraphs:
            raise UnexpectedValueError("a paragraph", str(paragraph), f"valid: 1 to {self.paragraphs}")
        who = None if actor is None else self.actors[actor].key
        return tuple(
            claim
            for claim in self.claims
            if attribution in (None, claim.attribution)
            and modality in (None, claim.modality)
            and topic in (None, claim.topic)
            and paragraph in (None, claim.paragraph)
            and (who is None or who in (*claim.actors, *claim.audience, claim.said_by))
        )

    def links_of(self, key: str, kind: LinkKind | None = None) -> tuple[Link, ...]:
        """Return the links from or to a claim, of one kind or of all kinds."""
        found = self.claims[key].key
        return tuple(link for link in self.links if found in (link.claim, *link.to) and kind in (None, link.kind))


# --- faults between the parts ---------------------------------------------------------------------

_SECTIONS = {"actors": Actor, "areas": Area, "claims": Claim, "asides": Aside}
_Part: TypeAlias = Any  # a value of the model, or the table of keys and values that it would be built from


def _faults(article: _Part) -> Iterator[DocumentFault]:
    schema = _get(article, "schema")
    if schema not in (None, 1):
        yield DocumentFault("schema", str(UnknownNameError("schema", str(schema), ("1",))))
    keys: dict[str, set[str]] = {name: set() for name in _SECTIONS}
    for name, known in keys.items():
        for path, item in _parts(article, name):
            key = _get(item, "key")
            if isinstance(key, str):
                if key in known:
                    yield DocumentFault(f"{path}.key", f"{key!r} is used twice")
                known.add(key)
    valid = {name: tuple(sorted(known)) for name, known in keys.items()}
    for path, name, reference in _references(article):
        if reference not in keys[name]:
            unknown = UnknownNameError(noun(_SECTIONS[name]), reference, valid[name], nearest(reference, valid[name]))
            yield DocumentFault(path, str(unknown))
    yield from _misplaced(article)
    yield from _misattributed(article)


def _references(article: _Part) -> Iterator[tuple[str, str, str]]:
    """Yield each reference, with its path and the section that must contain its key."""
    for path, actor in _parts(article, "actors"):
        yield from _named(path, actor, "part_of", "actors")
    for path, claim in _parts(article, "claims"):
        for field in ("actors", "audience", "said_by"):
            yield from _named(path, claim, field, "actors")
        yield from _named(path, claim, "areas", "areas")
        for number, check in enumerate(_listed(_get(claim, "checks"))):
            if isinstance(check, EstimateCheck | Mapping):
                yield from _named(f"{path}.checks[{number}]", check, "candidates_of", "actors")
    for path, link in _parts(article, "links"):
        yield from _named(path, link, "claim", "claims")
        yield from _named(path, link, "to", "claims")
    yield from _named("", article, "demand", "claims")


def _named(path: str, item: _Part, field: str, section: str) -> Iterator[tuple[str, str, str]]:
    value = _get(item, field)
    place = f"{path}.{field}".lstrip(".")
    if isinstance(value, str):
        yield place, section, value
    for number, name in enumerate(_listed(value)):
        if isinstance(name, str):
            yield f"{place}[{number}]", section, name


def _misplaced(article: _Part) -> Iterator[DocumentFault]:
    last = _get(article, "paragraphs")
    for name in ("claims", "asides"):
        for path, item in _parts(article, name):
            number = _get(item, "paragraph")
            if type(number) is type(last) is int and not 1 <= number <= last:
                valid = f"1 to {last}"
                yield DocumentFault(f"{path}.paragraph", f"there is no paragraph {number}; valid: {valid}")


def _misattributed(article: _Part) -> Iterator[DocumentFault]:
    """Yield a fault for each informant who is named but has an anonymous attribution, or the reverse."""
    actors = reversed(_parts(article, "actors"))  # of two entries with one key, the first counts
    named = {str(_get(actor, "key")): _get(actor, "is_named") is not False for _, actor in actors}
    kinds = {str(kind): kind for kind in Attribution}
    for path, claim in _parts(article, "claims"):
        kind, informant = kinds.get(str(_get(claim, "attribution"))), str(_get(claim, "said_by"))
        if kind and informant in named and kind.is_anonymous is named[informant]:
            word = "named" if named[informant] else "not named"
            yield DocumentFault(f"{path}.attribution", f"{kind} does not fit {informant!r}, who is {word}")


def _parts(article: _Part, name: str) -> list[tuple[str, _Part]]:
    """Return the entries of a section that are tables, with their paths; another check reports the other entries."""
    found = _get(article, name)
    entries = enumerate(found if isinstance(found, Keyed) else _listed(found))
    return [
        (f"{name}[{number}]", item) for number, item in entries if isinstance(item, Mapping) or attrs.has(type(item))
    ]


def _listed(value: _Part) -> tuple[_Part, ...]:
    return tuple(value) if isinstance(value, list | tuple) else ()


def _get(item: _Part, name: str) -> _Part:
    return item.get(name) if isinstance(item, Mapping) else getattr(item, name, None)
