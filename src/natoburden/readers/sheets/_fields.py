"""The fields of a contract that a column can fill, with the words that people use for them in headers."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Final

import attrs

from natoburden.cldr import bare
from natoburden.model._vocabulary import nearest
from natoburden.model.capabilities import CapabilityArea
from natoburden.model.procurement import ContractStatus, ValueKind

__all__ = ["AMBIGUOUS", "FIELDS", "NOTHING", "STATUSES", "Field", "fields_named", "near_fields"]


def _to_words(text: str) -> tuple[str, ...]:
    return tuple(map(bare, text.split(",")))


@attrs.frozen(kw_only=True)
class Field:
    """A field of a contract: its name, which is its header in the template, and other usual headers.

    `example` is the value in the template's example. `valid` lists the permitted words, if they are few.
    """

    name: str
    words: tuple[str, ...] = attrs.field(converter=_to_words)
    example: str = ""
    valid: tuple[str, ...] = ()
    is_needed: bool = False


FIELDS: Final = (
    Field(
        name="key",
        words="id,contract id,contract key,contract number,identifiant,vertragsnummer,lfd nr",
        example="example-1",
    ),
    Field(
        name="buyer",
        words="buyer country,buying country,purchaser,purchasing country,customer,customer country,recipient,"
        "recipient country,ordering country,acheteur,pays acheteur,client,Käufer,Käuferland,Besteller,Auftraggeber,"
        "comprador,país comprador,acquirente,paese acquirente,nabywca,kraj nabywcy,zamawiający,koper,kjøper,köpare",
        example="Poland",
        is_needed=True,
    ),
    Field(
        name="supplier",
        words="supplier name,vendor,vendor name,seller,contractor,prime contractor,manufacturer,company,maker,"
        "producer,fournisseur,industriel,titulaire,constructeur,Lieferant,Hersteller,Auftragnehmer,Unternehmen,Firma,"
        "proveedor,fabricante,contratista,fornitore,produttore,dostawca,wykonawca,producent,leverancier,leverandør,"
        "leverantör",
        example="Boeing",
    ),
    Field(
        name="origin",
        words="country of origin,origin country,supplier country,supplying country,seller country,vendor country,"
        "producer country,manufacturer country,country of supplier,exporter,exporting country,pays d'origine,origine,"
        "pays fournisseur,pays du fournisseur,Herkunft,Herkunftsland,Lieferland,Land des Lieferanten,Ursprungsland,"
        "país de origen,origen,país proveedor,paese di origine,paese fornitore,kraj pochodzenia,kraj dostawcy,"
        "land van herkomst",
        example="United States",
    ),
    Field(
        name="system",
        words="title,description,item,equipment,weapon,weapon system,product,programme,program,object,subject,platform,"
        "système,matériel,objet,désignation,intitulé,équipement,Gegenstand,Bezeichnung,Waffensystem,Produkt,Gerät,"
        "Vorhaben,objeto,sistema,título,descripción,oggetto,descrizione,przedmiot,opis,sprzęt",
        example="AH-64E Apache",
    ),
    Field(
        name="area",
        words="capability area,capability,category,domain,equipment type,weapon category,domaine,catégorie,Kategorie,"
        "Bereich,Fähigkeitsbereich,categoría,categoria,ambito,kategoria,obszar",
        example="helicopters",
        valid=tuple(map(str, CapabilityArea)),
    ),
    Field(
        name="value",
        words="amount,contract value,contract amount,price,cost,deal value,montant,valeur,prix,coût,Betrag,Wert,"
        "Auftragswert,Vertragswert,Preis,Kosten,importe,valor,precio,importo,valore,prezzo,kwota,wartość,cena,bedrag,"
        "waarde,beløp,verdi,belopp",
        example="10000000000",
        is_needed=True,
    ),
    Field(
        name="value_high",
        words="value high,upper value,maximum value,value to",
    ),
    Field(
        name="currency",
        words="currency code,devise,monnaie,Währung,moneda,divisa,valuta,waluta",
        example="USD",
    ),
    Field(
        name="kind",
        words="value kind,kind of value,type of value,nature du montant,Art des Werts",
        example="contract",
        valid=tuple(map(str, ValueKind)),
    ),
    Field(
        name="date",
        words="signed,signature date,date signed,signing date,contract date,announced,announcement date,date announced,"
        "date of contract,order date,date of order,order year,year,year of contract,contract year,year signed,"
        "year of order,award date,date de signature,date du contrat,année,date d'annonce,date de notification,Datum,"
        "Vertragsdatum,Unterzeichnung,Unterzeichnet am,Jahr,Auftragsdatum,fecha,fecha de firma,año,data,data firma,"
        "anno,data podpisania,rok,data zawarcia,jaar,år,dato",
        example="2024-08-13",
    ),
    Field(
        name="status",
        words="contract status,stage,statut,état,Stand,estado,stato",
        example="signed",
        valid=tuple(map(str, ContractStatus)),
    ),
    Field(
        name="quantity",
        words="quantity ordered,number ordered,count,qty,quantité,Anzahl,Stückzahl,Menge,cantidad,quantità,ilość,"
        "liczba,aantal,antal",
        example="96",
    ),
    Field(
        name="part_of",
        words="part of,framework,framework key",
    ),
    Field(
        name="source",
        words="sources,quelle,fuente,fonte,źródło,bron",
        example="Press release of the ministry",
    ),
    Field(
        name="url",
        words="link,source url,web address,lien,enlace",
        example="https://www.example.org/",
    ),
    Field(
        name="note",
        words="notes,comment,comments,remark,remarks,remarque,commentaire,Bemerkung,Anmerkung,observaciones,uwagi",
        example="rows that begin with # are not read",
    ),
)

_LONGEST: Final = 200  # characters of a header that may name a field

# Headers that may mean either of two fields, until another column fills one of the two.
AMBIGUOUS: Final = {
    bare(word): ("buyer", "origin")
    for word in ("country", "pays", "Land", "país", "paese", "kraj", "nation", "nationality", "country code", "iso3")
}

_NOTHING: Final = (
    "n/a|na|n.a.|n/d|nd|n.d.|nc|n.c.|n/c|k.a.|k. a.|b.d.|-|–|—|--|?|..|...|…|tbd|tbc|unknown|undisclosed|not disclosed",
    "not known|not stated|none|null|nan|inconnu|inconnue|non communiqué|non divulgué|non précisé|unbekannt",
    "keine angabe|keine angaben|desconocido|no disponible|sconosciuto|non noto|brak danych|nieznany|brak|onbekend",
)
NOTHING: Final = frozenset(word for line in _NOTHING for word in line.split("|"))

STATUSES: Final = {
    **dict.fromkeys(("signé", "signée", "unterzeichnet", "firmado", "firmato", "podpisany", "podpisana"), "signed"),
    **dict.fromkeys(("contract signed", "under contract"), "signed"),
    **dict.fromkeys(("annoncé", "annoncée", "angekündigt", "anunciado", "annunciato"), "announced"),
    **dict.fromkeys(("livré", "livrée", "geliefert", "entregado", "consegnato", "dostarczony"), "delivered"),
    **dict.fromkeys(("prévu", "prévue", "geplant", "previsto", "planowany"), "planned"),
    **dict.fromkeys(("annulé", "annulée", "canceled", "storniert", "cancelado", "annullato"), "cancelled"),
    **dict.fromkeys(("en cours", "laufend", "in progress", "in delivery"), "executing"),
}


@functools.cache
def by_name() -> Mapping[str, Field]:
    """Return the fields by their names."""
    return {field.name: field for field in FIELDS}


@functools.cache
def _by_words() -> Mapping[str, str]:
    return {word: field.name for field in FIELDS for word in (bare(field.name), *field.words)}


def fields_named(words: str) -> tuple[str, ...]:
    """Return the field that a header usually means; two fields if the header has two meanings.

    >>> fields_named("Auftragswert"), fields_named("Country"), fields_named("Colour")
    (('value',), ('buyer', 'origin'), ())
    """
    if len(words) > _LONGEST:
        return ()
    plain = bare(words.replace("_", " "))
    if plain in AMBIGUOUS:
        return AMBIGUOUS[plain]
    found = _by_words().get(plain) or _by_words().get(bare(words))
    return (found,) if found else ()


def near_fields(words: str) -> tuple[str, ...]:
    """Return the fields that a header may mean, best first; such a header contains or resembles a usual header.

    >>> near_fields("Vendr"), near_fields("Net contract value")
    (('supplier',), ('value',))
    """
    if len(words) > _LONGEST:
        return ()
    plain = bare(words.replace("_", " "))
    inside = [word for word in _by_words() if f" {word} " in f" {plain} "]
    close = nearest(plain, _by_words(), most=2, likeness=0.8) if len(plain) > 4 else ()
    return tuple(dict.fromkeys(_by_words()[word] for word in (*sorted(inside, key=len, reverse=True), *close)))
