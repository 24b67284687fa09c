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
# Rows of the collection that ask others to spend: demands and calls, not promises of the country that voices them.
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

COLUMNS = (
    *("key", "party", "share", "component", "start", "deadline", "kind", "modality", "definition"),
    *("announced", "precision", "standing", "superseded_by", "repeats", "refused", "addressed_to"),
    *("grade", "url", "second_url", "note"),
)


def share(text: str) -> str:
    """Write ``3-3.5`` as ``3-3.5 %`` and ``2.0`` as ``2 %``."""
    return "-".join(f"{float(part):g}" for part in text.split("-")) + " %"


def grade(row: dict[str, str]) -> str:
    """Say how well a row is sourced."""
    if "weak source" in row["notes"]:
        return "weak"
    if row["source_kind"] == "primary":
        return "primary"
    return "two sources" if row["second_source_url"] else "press"


def repeats(row: dict[str, str]) -> str:
    """Give the key of the row that this one tells again."""
    found = re.search(r"(?:SAME AS|SAME TARGET AS|ROUNDING OF|CORE PART OF) ([A-Z0-9][\w.-]+)", row["notes"])
    return found[1].rstrip(";.,") if found else ""


def packaged(row: dict[str, str]) -> dict[str, str]:
    """Map one row onto the model's words."""
    standing, _, superseded_by = row["status"].partition(" by ")
    key = row["commitment_id"]
    return {
        "key": key,
        "party": "EU" if row["country_iso3"] == "EUU" else row["country_iso3"],
        "share": share(row["share_percent"]),
        "component": "related" if key in RELATED else COMPONENTS[row["component"]],
        "start": row["from_year"],
        "deadline": row["by_year"],
        "kind": "demand" if key in ADDRESSED_TO_OTHERS else KINDS[row["kind"]],
        "modality": "threshold" if key in FISCAL_RULES else row["modality"],
        "definition": row["basis"],
        "announced": row["announced_date"],
        "precision": row["date_precision"],
        "standing": standing,
        "superseded_by": superseded_by,
        "repeats": repeats(row),
        "refused": "yes" if row["kind"] == "opt-out" and key not in ACCEPTED else "",
        "addressed_to": ADDRESSED_TO_OTHERS.get(key, ""),
        "grade": grade(row),
        "url": row["source_url"],
        "second_url": row["second_source_url"],
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
