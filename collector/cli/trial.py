"""The command for a first try: demo."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from collector.cli.options import Json, Quiet, opened, read_config
from collector.cli.output import print_json, print_report, tell
from collector.phrases import say

# The starter workbooks are written as of this Friday.
DEMO_DAY = date(2026, 11, 20)
_MARK = "# Written by `collector demo`, which may use everything in this folder.\n"


def demo(
    folder: Annotated[Path, typer.Argument(help="Where to build it.")] = Path("collector-demo"),
    language: Annotated[str, typer.Option("--language", help="en or zh.")] = "en",
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Build a sample book and do the whole job here: a local mail server, nothing leaves."""
    from collector.wiring import local_server, sending_to
    from collector.worker import run_pass
    from collector.worker.report import report_json

    _prepare(folder, language)
    settings = read_config(folder / "config.yaml")
    mail = folder / "mail"
    with (
        local_server(mail) as server,
        opened(settings, DEMO_DAY.isoformat(), quiet=quiet or json) as job,
    ):
        report, trouble = run_pass(sending_to(job, server))
    if trouble is not None:
        raise trouble
    if json:
        print_json(report_json(report) | {"folder": str(folder), "mail": _mails(mail)})
        return
    print_report(report, job.policy, quiet=quiet)
    words = settings.language
    tell(say(words, "demo_book", path=folder / settings.workbook), quiet=quiet)
    tell(say(words, "demo_mail", path=mail, count=len(_mails(mail))), quiet=quiet)
    tell(say(words, "demo_next", config=folder / "config.yaml"), quiet=quiet)


def _mails(folder: Path) -> list[str]:
    return [str(path) for path in sorted(folder.glob("*.eml"))]


def _prepare(folder: Path, language: str) -> None:
    """Lay out the sample book and its configuration, unless they are there already."""
    from collector.errors import UsageError
    from collector.fields import LANGUAGES
    from collector.phrases import Phrase
    from collector.wiring import starter

    if language not in LANGUAGES:
        raise UsageError(Phrase("usage_language", text=language, known=", ".join(LANGUAGES)))
    book, config = folder / "receivables.xlsx", folder / "config.yaml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()) and not _is_demo(config):
            raise UsageError(Phrase("demo_foreign", folder=str(folder)))
        if not config.exists():
            text = starter("config.yaml").read_text(encoding="utf-8")
            config.write_text(_MARK + _in_language(text, language), encoding="utf-8")
        if not book.exists():
            shutil.copyfile(starter(f"receivables_{language}.xlsx"), book)
    except OSError as error:
        raise UsageError(f"{folder}: {error.strerror}") from error


def _is_demo(config: Path) -> bool:
    """Tell whether a folder is a demo's: a team's own book and ledger are not to play with."""
    return config.is_file() and config.read_bytes().startswith(_MARK.encode())


def _in_language(text: str, language: str) -> str:
    """Return the annotated configuration for a book in a language."""
    if language == "en":
        return text
    return text.replace("\nlanguage: en ", f"\nlanguage: {language} ").replace(
        "\ncurrency: USD ", "\ncurrency: CNY "
    )
