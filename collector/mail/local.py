"""A mail server on this machine that keeps each message as a file; nothing leaves it."""

from __future__ import annotations

import asyncio
import os
import re
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from aiosmtpd.smtp import SMTP, Envelope, Session

LOOPBACK: Final = "127.0.0.1"
NAME_LENGTH: Final = 80


class LocalServer:
    """A real SMTP server on a free loopback port, for the time of a ``with`` block.

    Each message becomes ``0001-ap@acme.example.eml`` in ``folder``, byte for byte as it was
    handed over, and is on the disk before the server says 250. Earlier files are never replaced.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._running = ExitStack()
        self._port = 0
        self.kept: list[Path] = []

    def __enter__(self) -> Self:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._port = self._running.enter_context(listening(self._protocol))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        exc: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._running.close()

    @property
    def server(self) -> str:
        """Its address, as ``mail.server`` in a configuration; ``mail.security`` is ``none``."""
        return f"{LOOPBACK}:{self._port}"

    def _protocol(self) -> asyncio.BaseProtocol:
        from aiosmtpd.smtp import SMTP

        return SMTP(self, hostname="localhost", ident="Collector", enable_SMTPUTF8=True)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        try:
            path = self._keep(envelope.original_content or b"", envelope.rcpt_tos[0])
        except OSError as exc:
            return f"452 cannot be kept: {exc.strerror}"
        self.kept.append(path)
        return f"250 kept as {path.name!a}"

    def _keep(self, content: bytes, recipient: str) -> Path:
        path = self._folder / f"{self._next_number():04d}-{_file_name(recipient)}.eml"
        with path.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        return path

    def _next_number(self) -> int:
        numbers = (re.match(r"\d+", path.name) for path in self._folder.glob("*.eml"))
        return max((int(number.group()) for number in numbers if number), default=0) + 1


def _file_name(address: str) -> str:
    return re.sub(r"[^\w@.+-]+", "_", address).strip(".")[:NAME_LENGTH]


@contextmanager
def listening(
    protocol: Callable[[], asyncio.BaseProtocol],
    context: ssl.SSLContext | None = None,
    port: int = 0,
) -> Iterator[int]:
    """Serve a protocol on loopback in a thread of its own; yields the port, a free one for 0."""
    loop = asyncio.new_event_loop()

    async def start() -> asyncio.Server:
        # Inside the loop, so that a protocol made later finds it running.
        return await loop.create_server(protocol, LOOPBACK, port, ssl=context)

    server = loop.run_until_complete(start())
    thread = threading.Thread(target=loop.run_forever, name="mail server", daemon=True)
    thread.start()
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        asyncio.run_coroutine_threadsafe(_end(server), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _end(server: asyncio.Server) -> None:
    server.close()
    sessions = asyncio.all_tasks() - {asyncio.current_task()}
    for session in sessions:
        session.cancel()
    await asyncio.gather(*sessions, return_exceptions=True)
    # Once more round the loop, for the connections to be closed in.
    await asyncio.sleep(0)
