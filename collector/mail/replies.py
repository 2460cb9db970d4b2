"""A mail server's answers, read within bounds: it may be slow, endless or at odds with itself."""

from __future__ import annotations

import smtplib
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

LONGEST_LINE: Final = 8192
MOST_LINES: Final = 200
# Not a code that any server has: the answer means nothing.
NO_CODE: Final = -1


class Session(smtplib.SMTP):
    """A session whose every answer is there, whole, within its timeout, or it is given up.

    The timeout of a socket begins anew with each byte: a server that drips could hold a run for
    days, and one that never ends its answer fill the memory.
    """

    def getreply(self) -> tuple[int, bytes]:
        """Return the code and the text of an answer, NO_CODE where its lines differ in it.

        Raises SMTPServerDisconnected, and SMTPResponseException for one beyond all bounds.
        """
        try:
            lines = self._lines()
        except OSError as exc:
            self.close()
            if isinstance(exc, smtplib.SMTPException):
                raise
            raise smtplib.SMTPServerDisconnected(str(exc)) from exc
        text = b"\n".join(line[4:].strip() for line in lines)
        codes = {_code(line) for line in lines}
        return (codes.pop() if len(codes) == 1 else NO_CODE), text

    def _lines(self) -> list[bytes]:
        deadline = time.monotonic() + self.timeout
        lines = [self._line(self._piece(), deadline)]
        while lines[-1][3:4] == b"-" and _code(lines[-1]) != NO_CODE:
            if len(lines) == MOST_LINES:
                raise smtplib.SMTPResponseException(500, "Answer too long.")
            lines.append(self._line(b"", deadline))
        return lines

    def _line(self, line: bytes, deadline: float) -> bytes:
        """Return a line to its end; what did not come at once has what is left of the timeout."""
        while not line.endswith(b"\n"):
            with self._hurrying(deadline):
                piece = self._piece()
            line += piece
            if not line:
                raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")
            if len(line) > LONGEST_LINE:
                raise smtplib.SMTPResponseException(500, "Line too long.")
            if not piece:
                break
        return line

    def _piece(self) -> bytes:
        """Return what is there up to the end of a line, waiting once at most; b'' at the end."""
        if self.file is None:
            self.file = self._socket().makefile("rb")
        seen = self.file.peek(1)
        return self.file.read1(seen.find(b"\n") + 1 or len(seen)) if seen else b""

    @contextmanager
    def _hurrying(self, deadline: float) -> Iterator[None]:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("timed out")
        self._socket().settimeout(left)
        yield
        self._socket().settimeout(self.timeout)

    def _socket(self) -> socket.socket:
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected("please run connect() first")
        return self.sock


def _code(line: bytes) -> int:
    code = line[:3]
    return int(code) if len(code) == 3 and code.isdigit() else NO_CODE


class TlsSession(smtplib.SMTP_SSL, Session):
    """The same, with TLS from the first byte."""
