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
from tools.bench.turns import by_the_other
from tools.bench.watch import Watch

#: Each page is asked for in so many rounds of so many seconds, in turn with the others. Asked one after the other, for
#: 2.5 s each, the list page took 2.0 and 4.5 of the floor page: what the machine did besides met one of them alone, and
#: of two processes one had not been asked before eight came.
ROUNDS, SECONDS = 5, 0.5
CLIENTS = 8
PAGES = {"list page": f"{REGISTER}?{COLUMNS}", "floor page": "/floor/", "home": "/"}
FLOOR = "floor page"


def measure(watch: Watch, size: int, database: str) -> None:
    cookie = Person("reader").client.cookies["sessionid"].value
    with served() as port:
        # Whoever answers has answered before: each connection is some process's, as it happens.
        for address in PAGES.values():
            pace(port, address, cookie, CLIENTS)
        for clients in (1, CLIENTS):
            seen = {name: [pace(port, PAGES[name], cookie, clients)] for name in PAGES}
            for _round in range(ROUNDS - 1):
                for name, address in PAGES.items():
                    seen[name].append(pace(port, address, cookie, clients))
            rates = {name: [rate for rate, _middle in each] for name, each in seen.items()}
            middles = {name: median(middle for _rate, middle in each) for name, each in seen.items()}
            for name in PAGES:
                share = "" if name == FLOOR else f", {by_the_other(rates[name], rates[FLOOR]):.2f} of the floor page"
                watch.note(
                    f"{name}, {clients} at once",
                    middles[name],
                    middles[FLOOR] if name != FLOOR else None,
                    against="the floor page" if name != FLOOR else "",
                    note=f"{median(rates[name]):.0f} requests/s{share}",
                )
        # The target speaks of requests a second, of which the processes that answer have one share or another each.
        floor = 1000 / median(rates[FLOOR])
        own = floor * by_the_other(rates[FLOOR], rates["list page"])
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

    with ThreadPoolExecutor(clients) as people:
        began = time.perf_counter()
        every = list(people.map(asking, [began + SECONDS] * clients))
    times = [each for taken in every for each in taken]
    return len(times) / (time.perf_counter() - began), median(times)
