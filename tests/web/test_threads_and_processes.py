"""A service of many threads and a pool of processes give what one call does, from the first request on."""

from __future__ import annotations

import json
import multiprocessing
import subprocess
import sys
import textwrap
from concurrent.futures import ProcessPoolExecutor

import pytest

from tests.web.service import answer

ALLIES = ("DEU", "POL", "FRA", "ITA", "NLD", "EST", "GRC", "CAN")
THREADS = 32


def test_the_first_requests_of_32_threads_get_what_one_call_does() -> None:
    """In a process of its own, where nothing has been read yet."""
    script = f"""
        import json, threading
        from concurrent.futures import ThreadPoolExecutor
        from urllib.request import urlopen
        from tests.web.service import Handler, Service

        server = Service(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        barrier = threading.Barrier({THREADS})

        def ask(address):
            barrier.wait()
            with urlopen(f"http://127.0.0.1:{{server.server_port}}/{{address}}", timeout=120) as told:
                return told.read().decode()

        addresses = [f"gap/{{ally}}" for ally in {ALLIES!r}] * 4
        addresses[-2:] = ["brief", "brief"]
        with ThreadPoolExecutor({THREADS}) as pool:
            told = [*zip(addresses, pool.map(ask, addresses))]
        server.shutdown()
        print(json.dumps(told))
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], check=False, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    told: list[tuple[str, str]] = json.loads(done.stdout)
    pages = {text for address, text in told if address == "brief"}
    assert len(pages) == 1
    assert pages.pop().startswith("<!DOCTYPE html>")
    alone = {f"gap/{ally}": answer(ally) for ally in ALLIES}
    gaps = [(address, json.loads(text)) for address, text in told if address != "brief"]
    assert len(gaps) == THREADS - 2
    assert gaps == [(address, alone[address]) for address, _ in gaps]


@pytest.mark.slow
@pytest.mark.parametrize("method", ["spawn", "fork", "forkserver"])
def test_a_pool_of_processes_gives_what_one_call_does(method: str) -> None:
    if method not in multiprocessing.get_all_start_methods():
        pytest.skip(f"there is no {method} here")
    alone = [answer(ally) for ally in ALLIES]
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context(method)) as pool:
        assert [*pool.map(answer, ALLIES)] == alone
