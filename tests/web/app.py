"""A web service of gaps and briefs; run it with `fastapi run app.py`."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse

import natoburden as nb

TABLE = nb.datasets.defence_expenditure("2026-07")  # read once; it is frozen, so that threads share it
app = FastAPI(title="Gaps to targets")


@app.exception_handler(nb.errors.NatoBurdenError)
def refused(_request: Request, error: Exception) -> JSONResponse:
    """Say what was wrong and what is valid, as the library does."""
    return JSONResponse({"detail": str(error)}, status_code=422)


@app.get("/gap/{ally}")
def gap(ally: str, year: int = 2025, target: str = "hague-core") -> dict[str, Any]:
    """Return an ally's gap with its inputs and sources; figures are texts, so that nothing is rounded."""
    return nb.targets.gap(TABLE, ally, year, nb.datasets.target(target), opposite_signs_ok=True).to_dict()


@app.get("/brief", response_class=HTMLResponse)
def brief(year: int = 2025, group: str = "NATO", locale: str = "en") -> str:
    """Return the brief as a page that sorts and prints."""
    return nb.brief(TABLE, year=year, group=group).to_html(locale=locale)
