"""The apps of the documentation: they answer, refuse in words, and give the same in many threads."""

from __future__ import annotations

import runpy
import sys
import types
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import natoburden as nb

TABLE = nb.datasets.defence_expenditure("2026-07")
HERE = Path(__file__).parent
DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def client() -> Any:
    testing = pytest.importorskip("fastapi.testclient", reason="the group web has FastAPI")
    from tests.web.app import app

    return testing.TestClient(app)


def test_a_service_answers_with_the_figure_its_inputs_and_sources(client: Any) -> None:
    found = client.get("/gap/Germany")
    assert found.status_code == 200
    answer = found.json()
    assert (answer["points"], answer["amount"]["amount"]) == ("1.28 pp", "64841085000")
    assert answer["inputs"][0]["edition"] == "2026-07"
    assert answer["sources"][0]["publisher"] == "NATO"


@pytest.mark.parametrize(
    ("address", "text"),
    [("/gap/Germny", "Germany"), ("/gap/Germany?target=hague", "hague-core"), ("/gap/Germany?year=1999", "2014-2026")],
)
def test_a_service_says_what_is_valid_where_it_refuses(client: Any, address: str, text: str) -> None:
    found = client.get(address)
    assert found.status_code == 422
    assert text in found.json()["detail"]


def test_a_service_gives_the_brief_as_a_page(client: Any) -> None:
    found = client.get("/brief", params={"group": "NATO_EU", "locale": "fr"})
    assert found.headers["content-type"].startswith("text/html")
    assert found.text == nb.brief(TABLE, year=2025, group="NATO_EU").to_html(locale="fr")


def test_many_threads_get_what_one_does(client: Any) -> None:
    allies = [country.alpha_3 for country in nb.Group.find("NATO").members(2025) if country.alpha_3 != "ISL"]
    addresses = [f"/gap/{ally}?year={year}" for ally in allies for year in (2024, 2025)] + ["/brief"] * 6
    alone = {address: client.get(address).text for address in dict.fromkeys(addresses)}
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda address: client.get(address).text, addresses))
    assert together == [alone[address] for address in addresses]


def test_first_calls_in_many_threads_read_each_table_whole() -> None:
    """In a process of its own, where nothing has been read yet."""
    import subprocess

    code = (
        "from concurrent.futures import ThreadPoolExecutor\n"
        "import natoburden as nb\n"
        "def one(ally):\n"
        "    table = nb.datasets.defence_expenditure('2026-07')\n"
        "    return str(nb.targets.gap(table, ally, 2025, nb.HAGUE_CORE).amount)\n"
        "with ThreadPoolExecutor(16) as pool:\n"
        "    print(set(pool.map(one, ['Germany', 'DEU', 'Deutschland', 'DE'] * 16)))\n"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.strip() == "{'USD 64.84 bn (current prices)'}"


@pytest.mark.parametrize(("ally", "shown"), [("Germany", {"metric", "text"}), ("Iceland", {"warning"})])
def test_the_page_of_streamlit_runs_whole(monkeypatch: pytest.MonkeyPatch, ally: str, shown: set[str]) -> None:
    """With what stands for Streamlit, which is too large to install for one page."""
    calls: dict[str, tuple[Any, ...]] = {}
    stand_in: Any = types.ModuleType("streamlit")
    answers = {"Year": 2025, "Ally": ally}

    def selectbox(label: str, options: list[object]) -> object:
        assert answers[label] in options
        return answers[label]

    stand_in.selectbox = selectbox
    for name in ("warning", "metric", "text", "dataframe", "pyplot"):
        monkeypatch.setattr(
            stand_in, name, lambda *given, name=name, **_more: calls.update({name: given}), raising=False
        )
    monkeypatch.setitem(sys.modules, "streamlit", stand_in)
    runpy.run_path(str(HERE / "streamlit_app.py"))
    assert set(calls) == {*shown, "dataframe", "pyplot"}
    assert len(calls["dataframe"][0]) == 31
    if ally == "Germany":
        assert calls["metric"][1:] == ("USD 64.84 bn (current prices)", "+1.28 pp")


def test_the_documentation_shows_the_apps_that_are_tested() -> None:
    page = (DOCS / "how-to" / "use-in-a-web-app.md").read_text(encoding="utf-8")
    for name in ("app.py", "streamlit_app.py"):
        assert f"```{{literalinclude}} ../../tests/web/{name}" in page
