"""A web service of nothing but the standard library, in threads; and what a process pool asks of the library."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import natoburden as nb

YEAR = 2025


def answer(ally: str) -> dict[str, object]:
    """Return an ally's gap, with what its tables of contracts, notices and gas say of it; nothing is read before."""
    table = nb.datasets.defence_expenditure("2026-07")
    gap = nb.targets.gap(table, ally, YEAR, "hague-core", opposite_signs_ok=True)
    country = nb.Country.find(ally)
    return {
        "points": str(gap.points),
        "amount": str(gap.amount),
        "contracts": sum(country in item.buyers for item in nb.datasets.announced_contracts()),
        "commitments": sum(item.party == country for item in nb.datasets.commitments()),
        "gas": sum(item.importer == country for item in nb.datasets.gas_imports()),
    }


class Handler(BaseHTTPRequestHandler):
    """Answers ``/gap/POL`` with JSON, and ``/brief`` with a page."""

    def do_GET(self) -> None:
        """Answer one request."""
        what, _, ally = urlsplit(self.path).path.strip("/").partition("/")
        if what == "brief":
            text = nb.brief(nb.datasets.defence_expenditure("2026-07"), year=YEAR).to_html()
        else:
            text = json.dumps(answer(ally))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(text.encode("utf-8"))

    def log_message(self, *_said: object) -> None:
        """Say nothing."""


class Service(ThreadingHTTPServer):
    """A server with a thread for each request, and room for all of them to come at once."""

    daemon_threads = True
    request_queue_size = 64
