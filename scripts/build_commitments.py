"""Rebuild the packaged national commitments from the collection of stated commitments.

The collection is a CSV file with one row per statement. This script maps its words onto the model's (its *total* is
what the alliance calls core, its *defence+related* is the total), splits what one column holds together, and
refreshes the hash in the manifest. It invents nothing: what it cannot map stops it.

Run it from the project's root: ``.venv/bin/python scripts/build_commitments.py COLLECTION.csv``.
"""

from __future__ import annotations

import csv
import hashlib
import re
import sys
from pathlib import Path

DATA = Path(__file__).parents[1] / "src/natoburden/datasets/data"
TARGET = DATA / "commitments.csv"

COMPONENTS = {"total": "core", "core": "core", "defence+related": "total", "Ukraine aid": "ukraine aid"}
KINDS = {
    "leader statement": "statement",
    "government plan": "plan",
    "coalition agreement": "agreement",
    "opposition or parliamentary resolution": "resolution",
    "budget": "budget",
    "law": "law",
    "opt-out": "opt-out",
}
# Rows of the collection that ask others to spend: demands and calls, not promises of the country that voices them, to
# whom they are addressed. The collection has the speaker in the place of the party.
ADDRESSED_TO_OTHERS = {
    "USA-2018-4.0-DEMAND": "NATO_EUR_CAN",
    "USA-2025-5.0-DEMAND": "NATO_EUR_CAN",
    "ALLIES-2024-0.25-RAMSTEINCALL": "NATO",
    "EST-2024-2.5-3-NATOCALL": "NATO",
    "POL-2024-3.0-NATOCALL": "NATO",
    "LTU-2024-0.25-UKRPROPOSAL": "NATO",
}
# Rows on what The Hague counts beside core spending, which the collection has no component of its own for.
RELATED = {
    "DEU-2025-1.5-INFRA",
    "ISL-2025-1.5-10Y",
    "ISL-2025-1.5-RELATED",
    "ISL-2026-1.5-OBJECTIVE",
    "SWE-2025-1.5-COND",
}
# Room in fiscal rules: a share that may be exempted, which asks nobody to spend it.
FISCAL_RULES = {"EUU-2025-1.5-ESCAPE", "EUU-2025-1.5-PROPOSAL"}
# An opt-out names the share that is refused, but for this one, which names the share that is accepted.
ACCEPTED = {"ESP-2025-2.1-CEILING"}

# Shares that are to hold over several years taken together, not in each.
AVERAGES = {"DEU-2022-2.0-LAW", "EST-2025-5.4-2029"}
# Years that the notes tell otherwise than the two columns: a floor of 2027 "and after"; one kept for ten years; one
# whose first year is that of the path towards it; an aim for the next parliament, 2029 to 2034.
YEARS = {
    "LVA-2023-3.0-2027": ("2027", ""),
    "ROU-2015-2.0-2017": ("2017", "2026"),
    "POL-2021-2.5-2026": ("", "2026"),
    "GBR-2025-3.0-NEXTPARL": ("", "2029-2034"),
}
# A remark that its own note calls superseded by the alliance's decision of June 2025.
OVERTAKEN = {"HUN-2024-NOMORE-2.0": "hague-total"}
# The same demand, told again in June 2025; the first telling is among the targets.
SAME_AS = {"USA-2025-5.0-DEMAND": "us-demand"}

COLUMNS = (
    *("key", "party", "share", "component", "of_gni", "is_average", "start", "deadline", "kind", "modality"),
    *("definition", "announced", "precision", "voiced_by", "standing", "superseded_by", "repeats", "refused"),
    *("grade", "url", "second_urls", "note"),
)


def share(text: str) -> str:
    """Write ``3-3.5`` as ``3-3.5 %`` and ``2.0`` as ``2 %``."""
    return "-".join(f"{float(part):g}" for part in text.split("-")) + " %"


def grade(row: dict[str, str]) -> str:
    """Say how well a row is sourced; a primary text is one even where the collection found it weakly reported."""
    if row["source_kind"] == "primary":
        return "primary"
    if "weak source" in row["notes"]:
        return "weak"
    return "two sources" if row["second_source_url"] else "press"


def repeats(row: dict[str, str]) -> str:
    """Give the key of the row that this one tells again; the core part of a total says something of its own."""
    found = re.search(r"(?:SAME AS|SAME TARGET AS|ROUNDING OF) ([A-Z0-9][\w.-]+)", row["notes"])
    return found[1].rstrip(";.,") if found else SAME_AS.get(row["commitment_id"], "")


def years(row: dict[str, str]) -> tuple[str, str]:
    """Give start and deadline; a floor whose two years are one holds from that year on."""
    start, deadline = row["from_year"], row["by_year"]
    if row["modality"] == "floor" and start == deadline:
        deadline = ""
    return YEARS.get(row["commitment_id"], (start, deadline))


def packaged(row: dict[str, str]) -> dict[str, str]:
    """Map one row onto the model's words."""
    standing, _, superseded_by = row["status"].partition(" by ")
    key = row["commitment_id"]
    start, deadline = years(row)
    if key in OVERTAKEN:
        standing, superseded_by = "superseded", OVERTAKEN[key]
    said_by = "EU" if row["country_iso3"] == "EUU" else row["country_iso3"]
    return {
        "key": key,
        "party": ADDRESSED_TO_OTHERS.get(key, said_by),
        "share": share(row["share_percent"]),
        "component": "related" if key in RELATED else COMPONENTS[row["component"]],
        "of_gni": "yes" if re.search(r"\bGNI\b|gross national income", row["notes"], re.IGNORECASE) else "",
        "is_average": "yes" if key in AVERAGES else "",
        "start": start,
        "deadline": deadline,
        "kind": "demand" if key in ADDRESSED_TO_OTHERS else KINDS[row["kind"]],
        "modality": "threshold" if key in FISCAL_RULES else row["modality"],
        "definition": row["basis"],
        "announced": row["announced_date"],
        "precision": row["date_precision"],
        "voiced_by": said_by if key in ADDRESSED_TO_OTHERS else "",
        "standing": standing,
        "superseded_by": superseded_by,
        "repeats": repeats(row),
        "refused": "yes" if row["kind"] == "opt-out" and key not in ACCEPTED else "",
        "grade": grade(row),
        "url": row["source_url"],
        "second_urls": re.sub(r"\s+;\s+", " ", row["second_source_url"]),
        "note": re.sub(r"\s*\|\s*", "; ", row["notes"]).strip(),
    }


def main(collection: Path) -> None:
    """Write commitments.csv and refresh its hash."""
    with collection.open(encoding="utf-8", newline="") as file:
        rows = [packaged(row) for row in csv.DictReader(file)]
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda row: (row["party"], row["key"])))
    manifest = DATA / "commitments.toml"
    digest = hashlib.sha256(TARGET.read_bytes()).hexdigest()
    text = re.sub(r'sha256 = "[0-9a-f]*"', f'sha256 = "{digest}"', manifest.read_text(encoding="utf-8"))
    manifest.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: build_commitments.py COLLECTION.csv")
    main(Path(sys.argv[1]))
