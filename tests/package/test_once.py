"""What ships is read once in a process, whoever asks first and how many they are."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

import natoburden as nb
from natoburden._once import once
from natoburden.serialization import to_data
from natoburden.serialization._converter import Converter

THREADS = 32


def told_by(script: str) -> str:
    """Run a script in a process of its own, where nothing has been read yet."""
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], check=False, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_threads_that_come_together_get_one_object_for_each_argument() -> None:
    barrier, made = threading.Barrier(THREADS), []

    @once
    def slow(key: str) -> list[str]:
        made.append(key)
        time.sleep(0.01)
        return [key]

    def ask(number: int) -> list[str]:
        barrier.wait()
        return slow(str(number % 2))

    with ThreadPoolExecutor(THREADS) as pool:
        found = [*pool.map(ask, range(THREADS))]
    assert sorted(made) == ["0", "1"]
    assert {id(item) for item in found} == {id(slow("0")), id(slow("1"))}


def test_what_fails_is_tried_again_and_what_is_forgotten_is_made_again() -> None:
    faults = [ValueError("not yet")]

    @once
    def value() -> list[int]:
        if faults:
            raise faults.pop()
        return [1]

    with pytest.raises(ValueError, match="not yet"):
        value()
    first = value()
    assert value() is first
    value.cache_clear()
    assert value() is not first


def test_one_may_be_made_of_another_by_the_same_function() -> None:
    @once
    def factorial(number: int) -> int:
        return number * factorial(number - 1) if number else 1

    assert factorial(5) == 120


def test_32_threads_read_each_packaged_file_as_often_as_one_does() -> None:
    script = """
        import collections, inspect, json, sys, threading
        import natoburden as nb
        from natoburden import _packaged
        from natoburden.datasets import _files

        sys.setswitchinterval(1e-4)
        read, lock, content = collections.Counter(), threading.Lock(), _packaged.content

        def counted(path):
            with lock:
                read["/".join(path.parts[-2:])] += 1
            return content(path)

        _packaged.content = _files.content = counted
        functions = [getattr(nb.datasets, name) for name in nb.datasets.__all__]
        plain = [
            function for function in functions
            if all(item.default is not item.empty or item.kind is item.VAR_POSITIONAL
                   for item in inspect.signature(function).parameters.values())
        ]
        plain += [lambda fuel=fuel: nb.datasets.us_energy_exports(fuel) for fuel in ("lng", "crude", "distillate")]
        found, barrier = collections.defaultdict(list), threading.Barrier(THREADS)

        def ask():
            barrier.wait()
            for number, function in enumerate(plain):
                value = function()
                found[number].append([*map(id, value)] if type(value) is tuple else id(value))

        threads = [threading.Thread(target=ask) for _ in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        same = all(len(items) == THREADS and items.count(items[0]) == THREADS for items in found.values())
        print(json.dumps([read, same, len(found)], sort_keys=True))
    """
    alone, together = (json.loads(told_by(script.replace("THREADS", str(threads)))) for threads in (1, THREADS))
    assert together == alone
    read, same, functions = together
    assert same
    assert functions > 20
    assert sum(read.values()) > 25


@pytest.mark.skipif(sys.platform == "win32", reason="no fork there")
def test_a_child_of_a_fork_does_not_wait_for_a_thread_that_it_does_not_have() -> None:
    script = """
        import os, threading, warnings
        from natoburden._once import once

        warnings.simplefilter("ignore")  # newer versions of Python warn of forks with threads
        begun, goes_on = threading.Event(), threading.Event()

        @once
        def value():
            if not begun.is_set():
                begun.set()
                goes_on.wait()
            return os.getpid()

        thread = threading.Thread(target=value)
        thread.start()
        begun.wait()
        child = os.fork()
        if child == 0:
            os._exit(0 if value() == os.getpid() else 1)
        _, status = os.waitpid(child, 0)
        goes_on.set()
        thread.join()
        print(status, value() == os.getpid())
    """
    assert told_by(script).split() == ["0", "True"]


def test_threads_that_meet_a_class_first_read_it_by_its_hooks_and_not_by_its_fields() -> None:
    """One thread registers the hooks of dates, money and shares while the others ask for them; twenty times."""
    contract = next(iter(nb.datasets.announced_contracts()))
    written = to_data(contract)
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            for _ in range(20):
                made, barrier = Converter(), threading.Barrier(8)

                def read(made: Converter = made, barrier: threading.Barrier = barrier) -> object:
                    barrier.wait()
                    return made.structure(written, nb.Contract)

                assert [item.result() for item in [pool.submit(read) for _ in range(8)]] == [contract] * 8
    finally:
        sys.setswitchinterval(interval)


@pytest.mark.parametrize("reads", [True, False], ids=["reading", "writing"])
def test_a_thread_that_was_overtaken_while_it_looked_for_a_hook_looks_again(*, reads: bool) -> None:
    """The other thread registers the hook at a place in their list that this thread has passed already."""
    date = next(iter(nb.datasets.announced_contracts())).date
    made, late_is_halfway, others_are_done = Converter(), threading.Event(), threading.Event()

    def wait(kind: object) -> bool:
        if kind is type(date) and threading.current_thread().name.startswith("late"):
            late_is_halfway.set()
            assert others_are_done.wait(60)
        return False

    def convert() -> object:
        return made.structure(to_data(date), type(date)) if reads else made.unstructure(date)

    made.register_structure_hook_func(wait, lambda value, _: value)
    made.register_unstructure_hook_func(wait, lambda value: value)
    with ThreadPoolExecutor(1, "late") as pool:
        late = pool.submit(convert)
        assert late_is_halfway.wait(60)
        expected = convert()
        others_are_done.set()
        assert late.result() == expected == convert() == (date if reads else to_data(date))
