"""A reader that costs little: requests written once, answers counted and not parsed.

Each connection is a thread with a socket that stays open. The client shares the machine with the
server, so what it spends is the same for both sides of each measurement.
"""

import socket
import threading
import time
from dataclasses import dataclass, field

BUFFER = 1 << 18


@dataclass(frozen=True)
class Ask:
    """One thing to ask, and what must come back."""

    path: str
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    length: int | None = None  # of the body, where it is known

    def check(self, status: int, length: int) -> None:
        if status != self.status or self.length not in {None, length}:
            raise AssertionError(f"{self.path} answered {status} and {length} bytes.")

    def request(self, port: int) -> bytes:
        lines = [f"GET {self.path} HTTP/1.1", f"Host: 127.0.0.1:{port}"]
        lines += [f"{name}: {value}" for name, value in self.headers]
        return "\r\n".join([*lines, "", ""]).encode()


class Connection:
    """One kept-open connection."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = bytearray(BUFFER)

    def ask(self, request: bytes) -> tuple[int, bytes, bytes]:
        """Send and read: status, head, body."""
        self.socket.sendall(request)
        received = bytearray()
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += self._more()
        head = bytes(received[:end])
        status = int(head[9:12])
        length = 0 if status in (204, 304) else self._length(head)
        while len(received) < end + 4 + length:
            received += self._more()
        return status, head, bytes(received[end + 4 :])

    def _more(self) -> memoryview:
        count = self.socket.recv_into(self.buffer)
        if not count:
            raise ConnectionError("The server closed the connection.")
        return memoryview(self.buffer)[:count]

    @staticmethod
    def _length(head: bytes) -> int:
        for line in head.split(b"\r\n"):
            if line[:15].lower() == b"content-length:":
                return int(line[15:])
        raise ValueError("An answer without a length.")


@dataclass
class Result:
    """What one round saw: seconds for each answer, and how long it all took."""

    times: list[float] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def throughput(self) -> float:
        return len(self.times) / self.seconds

    def percentile(self, share: float) -> float:
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def drive(port: int, ask: Ask, *, connections: int, seconds: float) -> Result:
    """Ask again and again over this many connections; every answer is checked."""
    result = Result()
    request = ask.request(port)
    barrier = threading.Barrier(connections + 1)
    faults: list[BaseException] = []
    stop = threading.Event()

    def one() -> None:
        times = []
        try:
            connection = Connection(port)
            connection.ask(request)
            barrier.wait()
            while not stop.is_set():
                began = time.perf_counter()
                status, _, body = connection.ask(request)
                times.append(time.perf_counter() - began)
                ask.check(status, len(body))
            connection.socket.close()
        except BaseException as error:
            faults.append(error)
            barrier.abort()
        result.times += times

    threads = [threading.Thread(target=one) for _ in range(connections)]
    for thread in threads:
        thread.start()
    try:
        barrier.wait()
    except threading.BrokenBarrierError:
        pass
    else:
        began = time.perf_counter()
        time.sleep(seconds)
        stop.set()
        result.seconds = time.perf_counter() - began
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return result
