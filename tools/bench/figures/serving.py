"""The office behind its server: requests a second of one person and of eight at once."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from tools.bench.asking import COLUMNS, REGISTER, Person
from tools.bench.watch import Watch

SECONDS = 2.5
CLIENTS = 8


def measure(watch: Watch, size: int, database: str) -> None:
    cookie = Person("reader").client.cookies["sessionid"].value
    with served() as port:
        pages = [("list page", f"{REGISTER}?{COLUMNS}"), ("floor page", "/floor/"), ("home", "/")]
        for clients in (1, CLIENTS):
            seen = {}
            for name, address in pages:
                seen[name] = pace(port, address, cookie, clients)
            for name, (rate, middle) in seen.items():
                share = "" if name == "floor page" else f", {rate / seen['floor page'][0]:.2f} of the floor page"
                watch.note(
                    f"{name}, {clients} at once",
                    middle,
                    seen["floor page"][1] if name != "floor page" else None,
                    against="the floor page" if name != "floor page" else "",
                    note=f"{rate:.0f} requests/s{share}",
                )
        # The target speaks of requests a second, of which the processes that answer have one share or another each.
        own, floor = (1000 / seen[name][0] for name in ("list page", "floor page"))
        words = {"against": "the floor page", "target": "T22", "at_most": 3.03}
        watch.note(f"list page, {CLIENTS} at once, milliseconds of the server a request", own, floor, **words)


@contextmanager
def served() -> Iterator[int]:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    words = [str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--host", "127.0.0.1"]
    words += ["--port", str(port), "--http", "1", "--no-ws", "--workers", "2", "--blocking-threads", "1"]
    words += ["--runtime-threads", "1", "--log-level", "warning", "tools.bench.wsgi:application"]
    server = subprocess.Popen(words, env=os.environ, stdout=subprocess.DEVNULL)
    try:
        for _try in range(200):
            time.sleep(0.1)
            with socket.socket() as door:
                if door.connect_ex(("127.0.0.1", port)) == 0:
                    break
        yield port
    finally:
        server.terminate()
        server.wait(20)


def pace(port: int, address: str, cookie: str, clients: int) -> tuple[float, float]:
    """(requests a second, median milliseconds of one) of so many who ask again as soon as they are answered."""

    def asking(until: float) -> list[float]:
        door = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        taken = []
        while (began := time.perf_counter()) < until:
            door.request("GET", address, headers={"Cookie": f"sessionid={cookie}"})
            answer = door.getresponse()
            answer.read()
            if answer.status != 200:
                raise AssertionError(f"{address} answered {answer.status}")
            taken.append((time.perf_counter() - began) * 1000)
        return taken

    asking(time.perf_counter() + 0.5)
    with ThreadPoolExecutor(clients) as people:
        began = time.perf_counter()
        every = list(people.map(asking, [began + SECONDS] * clients))
    times = [each for taken in every for each in taken]
    return len(times) / (time.perf_counter() - began), median(times)
