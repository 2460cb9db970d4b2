"""The bytes of a message: headers that nothing in the sheet can break, the same every time."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime
from email import message_from_bytes
from email.header import Header
from email.headerregistry import Address, BaseHeader, HeaderRegistry
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256
from typing import Final

from collector.letters.plain import clean
from collector.model import Attachment, Message

_MESSAGE_ID: Final = re.compile(r"<[!-;=?-~]{1,900}>")
_LINE: Final = 900
_MOST_HEADERS: Final = 1000


class _Headers(HeaderRegistry):
    """Makes each sort of header once, and reads each plain text once.

    Its parent makes a class for every single header, and most headers of most letters are alike.
    """

    def __init__(self) -> None:
        super().__init__()
        self._sorts: dict[str, type[BaseHeader]] = {}
        self._read: dict[tuple[str, str], BaseHeader] = {}

    def __getitem__(self, name: str) -> type[BaseHeader]:
        key = name.lower()
        if key not in self._sorts:
            self._sorts[key] = super().__getitem__(name)
        return self._sorts[key]

    def __call__(self, name: str, value: object) -> BaseHeader:
        if not isinstance(value, str) or len(self._read) > _MOST_HEADERS:
            return super().__call__(name, value)
        known = self._read.get((name, value))
        if known is None:
            known = self._read[name, value] = super().__call__(name, value)
        return known


POLICY: Final = SMTP.clone(cte_type="7bit", header_factory=_Headers())


def build(
    *,
    sender: tuple[str, str],
    to: Sequence[str],
    cc: Sequence[str],
    reply_to: str,
    subject: str,
    date: datetime,
    message_id: str,
    thread: Sequence[str],
    occasions: Sequence[str],
    text: str,
    html: str,
    attachments: Sequence[Attachment],
    images: Sequence[Attachment] = (),
) -> bytes:
    """Return a message as CRLF-ended, 7-bit bytes; ``sender`` is name and address.

    ``images`` stand in the HTML, which names them by ``content_id``; nothing is fetched from afar.
    """
    message = EmailMessage(policy=POLICY)
    message["From"] = address(sender[1], sender[0])
    message["To"] = [address(one) for one in to]
    if cc:
        message["Cc"] = [address(one) for one in cc]
    message["Reply-To"] = address(reply_to)
    message["Subject"] = clean(subject)
    message["Date"] = date
    message.set_content(text, cte=_encoding(text))
    message.add_alternative(html, subtype="html", cte=_encoding(html))
    for image in images:
        _embed(message, image)
    for attachment in attachments:
        _attach(message, attachment)
    _set_boundaries(message, message_id)
    return _fixed_headers(message_id, thread, occasions) + message.as_bytes()


def address(spec: str, name: str = "") -> Address:
    """Return an address for a header; a domain in other letters becomes its ASCII form."""
    local, _, domain = clean(spec).rpartition("@")
    ascii_domain = domain if domain.isascii() else domain.encode("idna").decode("ascii")
    if '"' in local:
        return Address(display_name=clean(name), addr_spec=f"{local}@{ascii_domain}")
    return Address(display_name=clean(name), username=local, domain=ascii_domain)


def _encoding(text: str) -> str:
    """Readable in the raw where it can be; base64 otherwise, which is quicker than its rival."""
    plain = text.isascii() and all(len(line) <= _LINE for line in text.split("\n"))
    return "7bit" if plain else "base64"


def _attach(message: EmailMessage, attachment: Attachment) -> None:
    main, _, sub = attachment.media_type.partition("/")
    message.add_attachment(
        attachment.content, maintype=main, subtype=sub, filename=clean(attachment.name)
    )


def content_id(image: Attachment) -> str:
    """Return what an image is called inside a message: its name, and its content as a number."""
    stem = image.name.rpartition(".")[0] or image.name
    plain = re.sub(r"[^A-Za-z0-9_-]", "", stem) or "image"
    return f"{plain}.{sha256(image.content).hexdigest()[:12]}@collector"


def _embed(message: EmailMessage, image: Attachment) -> None:
    html = message.get_body(("html",))
    assert html is not None
    main, _, sub = image.media_type.partition("/")
    html.add_related(
        image.content, maintype=main, subtype=sub, cid=f"<{content_id(image)}>",
        filename=clean(image.name), disposition="inline",
    )  # fmt: skip


def shown_html(message: Message) -> str:
    """Return a message's HTML for a browser, with its images inside instead of beside it."""
    if "cid:" not in message.html:
        return message.html
    html = message.html
    for part in message_from_bytes(message.content, policy=POLICY).walk():
        name = str(part["Content-ID"] or "").strip("<> ")
        if name and part.get_content_maintype() == "image":
            data = b64encode(_bytes_of(part)).decode("ascii")
            html = html.replace(f"cid:{name}", f"data:{part.get_content_type()};base64,{data}")
    return html


def file_names(message: Message) -> tuple[str, ...]:
    """Return the names of the files that go with a message; pictures inside it are none."""
    parts = message_from_bytes(message.content, policy=POLICY).iter_attachments()
    return tuple(name for part in parts if (name := part.get_filename()))


def _bytes_of(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _set_boundaries(message: EmailMessage, message_id: str) -> None:
    """Derive the boundaries from the Message-ID: by chance they would differ every time."""
    seed = sha256(message_id.encode()).hexdigest()[:32]
    parts = (part for part in message.walk() if part.is_multipart())
    for number, part in enumerate(parts):
        part.set_boundary(f"=_{seed}_{number}")


# ── headers made of tokens ───────────────────────────────────────────────────────────────────
# The email package would wrap a long token as an encoded word, which breaks threads and makes the
# occasions unreadable; ours hold nothing but printable ASCII, so they are folded here.


def _fixed_headers(message_id: str, thread: Sequence[str], occasions: Sequence[str]) -> bytes:
    earlier = [one for one in thread if _MESSAGE_ID.fullmatch(one)]
    headers = [("Message-ID", [message_id])]
    if earlier:
        headers += [("In-Reply-To", earlier[-1:]), ("References", earlier)]
    headers += [("Auto-Submitted", ["auto-generated"]),
                ("X-Collector-Occasions", _occasion_tokens(occasions))]  # fmt: skip
    return "".join(_folded(name, tokens) for name, tokens in headers).encode("ascii")


def _folded(name: str, tokens: Sequence[str]) -> str:
    return f"{name}: " + "\r\n ".join(tokens) + "\r\n"


def _occasion_tokens(occasions: Sequence[str]) -> list[str]:
    """Return each occasion as it is; one beyond ASCII as encoded words, which readers decode."""
    plain = [clean(one) for one in occasions]
    listed = [f"{one}," for one in plain[:-1]] + plain[-1:]
    return [token for one in listed for token in _tokens(one)]


def _tokens(text: str) -> list[str]:
    if text.isascii() and len(text) <= _LINE:
        return [text]
    return Header(text, "utf-8").encode().split()


def occasions_of(header: str) -> tuple[str, ...]:
    """Return the occasions that a decoded ``X-Collector-Occasions`` header names."""
    return tuple(one.strip() for one in header.split(",") if one.strip())
