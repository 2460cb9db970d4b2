"""The commands about letters themselves: export the templates, look at every letter."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collector.cli.options import DEFAULT_CONFIG, ConfigPath, Quiet, read_config
from collector.cli.output import tell
from collector.errors import UsageError
from collector.phrases import Phrase, say

if TYPE_CHECKING:
    from collector.letters.gallery import Shown

letters = typer.Typer(
    name="letters", help="The letters themselves: your own templates, and how all of them look.",
    no_args_is_help=True, rich_markup_mode=None,
)  # fmt: skip

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
_PATIENCE = 60
# The longest letter on a phone, so that none is cut.
_HEIGHT = 1700


@letters.command()
def export(
    folder: Annotated[Path, typer.Argument(help="The folder the templates go to.")],
    config: ConfigPath = DEFAULT_CONFIG,
    quiet: Quiet = False,
) -> None:
    """Write our templates as files to edit; name the folder as `letters.folder`."""
    from collector.letters.templating import template_texts

    words = read_config(config).language if config.is_file() else "en"
    texts = template_texts()
    for name, text in texts.items():
        path = folder / name
        if path.exists() and path.read_text(encoding="utf-8") != text:
            raise UsageError(Phrase("letters_there", path=path))
    for name, text in texts.items():
        _write(folder / name, text.encode())
    tell(say(words, "letters_exported", count=len(texts), folder=folder), quiet=quiet)


@letters.command()
def gallery(
    folder: Annotated[Path, typer.Argument(help="The folder the gallery goes to.")],
    config: ConfigPath = DEFAULT_CONFIG,
    quiet: Quiet = False,
) -> None:
    """Write every letter in every language as HTML, text, PDF, XLSX and, with chromium, PNG."""
    from collector.letters.gallery import gallery as shown_letters
    from collector.letters.gallery import index
    from collector.model import Sender
    from collector.wiring import letter_templates

    sender = Sender("Northwind Accounts", "ar@northwind.example", company="Northwind Trading Ltd")
    words, templates = "en", {}
    if config.is_file():
        settings = read_config(config)
        words, sender = settings.language, settings.sender()
        templates = letter_templates(settings.letters_folder)
    shown = list(shown_letters(sender, templates))
    for each in shown:
        _write_letter(folder, each)
    pictures = _pictures(folder, shown)
    _write(folder / "index.html", index(shown, pictures).encode())
    facts = {"count": len(shown), "path": folder / "index.html", "pictures": len(pictures)}
    tell(say(words, "letters_gallery", **facts), quiet=quiet)


def _write_letter(folder: Path, each: Shown) -> None:
    place = folder / each.language
    if each.html:
        _write(place / f"{each.letter}.html", each.html.encode())
        _write(place / f"{each.letter}.txt", each.text.encode())
    for file in each.files:
        _write(place / file.name, file.content)


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error


def _pictures(folder: Path, shown: Sequence[Shown]) -> dict[str, str]:
    """Take pictures where a browser is at hand: phone and desktop, light and dark."""
    browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if browser is None:
        return {}
    taken: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for each in shown:
            if not each.html:
                continue
            stem = f"{each.language}/{each.letter}"
            page = _contact_sheet(Path(scratch), each)
            for dark in (False, True):
                name = f"{stem}{'-dark' if dark else ''}.png"
                if _shoot(browser, page, folder / name, Path(scratch), dark=dark):
                    taken.setdefault(stem, name)
    return taken


def _contact_sheet(scratch: Path, each: Shown) -> Path:
    from html import escape

    from collector.letters.gallery import WIDTHS

    frames = "".join(
        f'<iframe style="border:0;width:{width}px;height:{_HEIGHT}px" '
        f'srcdoc="{escape(each.html, quote=True)}"></iframe>'
        for width in WIDTHS
    )
    page = scratch / "sheet.html"
    page.write_text(f'<body style="margin:0;display:flex;gap:8px">{frames}', encoding="utf-8")
    return page


def _shoot(browser: str, page: Path, picture: Path, scratch: Path, *, dark: bool) -> bool:
    command = [
        browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--hide-scrollbars", f"--user-data-dir={scratch / 'profile'}",
        f"--window-size=1096,{_HEIGHT}",
        f"--screenshot={picture.absolute()}", *(["--blink-settings=preferredColorScheme=0"] * dark),
        page.as_uri(),
    ]  # fmt: skip
    try:
        subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return picture.is_file()
