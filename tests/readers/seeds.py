"""Where fuzzing begins: by publisher, one invented file of every form and schema version that its reader takes."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from natoburden.readers import eurostat, kiel, ocds, sipri
from natoburden.readers.ted import read_notices, read_table
from tests.readers import (
    test_eurostat,
    test_eurostat_government,
    test_kiel,
    test_ocds,
    test_sipri_register,
    test_sipri_tiv,
    test_ted,
    test_ted_eforms,
    test_ted_schemas,
)
from tests.readers.small_files import READERS, SMALL, workbook

__all__ = ["SEEDS", "Seed", "words_of"]


class Seed(NamedTuple):
    """A file: its name, what is in it, and the function that reads it."""

    file: str
    content: bytes
    reader: Callable[[Path], Any]


def _notices() -> Iterator[str]:
    """Return notices of every schema: the old forms, those of R2.0.9 with each of its versions, and eForms."""
    ted = test_ted_schemas
    yield from map(ted.old_notice, ted.OLD_FORMS)
    yield test_ted.defence()
    for schema in ted.SCHEMAS:
        for form in ted.FORMS:
            changed = ted.modifications(schema, form, "3000000") if form == "F20" else ""
            yield ted.notice(schema, form, ted.award(schema, form, lot="1", number="7"), rest=changed)
        yield ted.notice(
            schema, "F03", ted.award(schema, "F03", ted.RANGE), framework=True, earlier="2018/S 001-000123"
        )
    eforms = test_ted_eforms
    tenders = eforms.tender("T1", "O1", 4_000_000, "L1") + eforms.tender("T2", "O2")
    yield eforms.notice(tenders + eforms.contract("C1", "T1"), rest=eforms.lots("L1", "L2"))
    yield eforms.notice(tenders + eforms.hidden("ten-val"), kind="can-modif", rest=eforms.modification("n1", "C1"))
    yield test_ted.EFORM


def _others() -> Iterator[tuple[str, Seed]]:
    for number, text in enumerate(_notices()):
        yield "ted", Seed(f"notice-{number}.xml", text.encode(), read_notices)
    yearly = "\n".join((test_ted.HEADER, test_ted.row(), test_ted.row(B_FRA_AGREEMENT="Y", AWARD_VALUE_EURO=""), ""))
    yield "ted", Seed("export_CAN_2022-all.csv", yearly.encode(), read_table)
    for number, document in enumerate(test_ocds.CONTAINERS.values()):
        yield "ocds", Seed(f"container-{number}.json", json.dumps(document).encode(), ocds.read_contracts)
    forms = {
        "monthly.tsv": test_eurostat.TSV,
        "balances.csv": test_eurostat.CSV,
        "labelled.csv": test_eurostat.LABELLED,
        "gas.json": json.dumps(test_eurostat.JSON),
        "cofog.csv": test_eurostat.COFOG.format("p", "C"),
        "government.tsv": test_eurostat_government.TSV,
    }
    for file, text in forms.items():
        yield "eurostat", Seed(file, text.encode(), eurostat.read_dataset)
    yield "eurostat", Seed("government.xlsx", workbook(test_eurostat_government.BROWSER), eurostat.read_dataset)
    for file, text in test_kiel.FILES.items():
        yield "kiel", Seed(file, text.encode(), kiel.read_tracker)
    register = test_sipri_register
    for file, text in {
        "orders.csv": register.PREAMBLE + register.ORDER_HEADER + register.ORDER_ROWS + register.BROKEN_ROW,
        "deliveries.csv": register.DELIVERY_HEADER + register.DELIVERY_ROWS,
    }.items():
        yield "sipri", Seed(file, text.encode(), sipri.read_register)
    values = test_sipri_tiv.PREAMBLE + test_sipri_tiv.HEADER + test_sipri_tiv.ROWS
    yield "sipri", Seed("values.csv", values.encode(), sipri.read_tiv_table)


def _all() -> dict[str, tuple[Seed, ...]]:
    found: defaultdict[str, list[Seed]] = defaultdict(list)
    for file, content in SMALL.items():
        found[READERS[file].__module__.split(".")[2]].append(Seed(file, content, READERS[file]))
    for publisher, seed in _others():
        found[publisher].append(seed)
    return {publisher: tuple(found[publisher]) for publisher in sorted(found)}


SEEDS: Final = _all()


def words_of(publisher: str) -> list[bytes]:
    """Return what the forms of a publisher are made of: the tags, keys, headers and codes of its seeds."""
    found: dict[bytes, None] = {}
    for seed in SEEDS[publisher]:
        if not seed.content.startswith((b"PK", b"\xd0\xcf")):
            for mark in (b"<", b">", b'"', b",", b"\t", b"\n", b":", b"/", b" ", b"="):
                found |= dict.fromkeys(piece for piece in seed.content.split(mark) if 1 < len(piece) < 40)
    return list(found)
