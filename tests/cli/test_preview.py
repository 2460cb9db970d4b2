"""Preview shows the whole pass and changes nothing."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import pytest

from tests.mail_server import MailServer
from tests.office import FRIDAY, HEAD, Office, due


@pytest.fixture
def office(tmp_path: Path, mail_server: MailServer) -> Office:
    office = Office(tmp_path, mail_server.server)
    office.configure(mail={"archive": "archive@seller.example"})
    office.fill(due(20), due(-2), due(10, "Beta <b>& Söhne</b>"), due(1, "Gamma"))
    return office


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_preview_changes_no_file_and_connects_to_nobody(
    office: Office, mail_server: MailServer
) -> None:
    before = everything(office.folder)
    assert office.collector("preview", as_of=FRIDAY).status == 0
    assert office.collector("check", as_of=FRIDAY).status == 0
    assert everything(office.folder) == before
    assert mail_server.sessions == 0
    office.run()
    before = everything(office.folder)
    assert office.collector("preview", as_of=FRIDAY).status == 0
    after = everything(office.folder)
    assert {path: after[path] for path in before} == before


def test_preview_json_says_what_a_run_then_does(office: Office, mail_server: MailServer) -> None:
    seen = office.collector("preview", "--json", as_of=FRIDAY).json
    done = office.run().json
    same = ("as_of", "rows", "status", "open", "overdue", "buckets", "flags", "held", "problems")
    assert [seen[key] for key in same] == [done[key] for key in same]
    # A run marks besides whom it wrote to: three rows here.
    assert seen["edits"] == done["edits"] - 3
    assert seen["messages"]["rehearsed"] == done["messages"]["sent"] == 2
    acme, _beta = seen["would_send"]
    assert acme | {"to": ["ap@acme.example"], "cc": []} == acme
    assert set(acme["invoices"]) == {"ACME-1031", "ACME-1122"}
    assert len(acme["occasions"]) == 2
    sent = [message.parsed for message in mail_server.received]
    assert [message["subject"] for message in seen["would_send"]] == [m["Subject"] for m in sent]
    assert [", ".join(message["occasions"]) for message in seen["would_send"]] == [
        m["X-Collector-Occasions"] for m in sent
    ]
    assert office.collector("preview", "--json", as_of=FRIDAY).json["would_send"] == []


def test_preview_html_is_a_page_that_runs_nothing_from_the_sheet(office: Office) -> None:
    page = office.folder / "page.html"
    assert office.collector("preview", "--html", str(page), as_of=FRIDAY).status == 0
    text = page.read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>")
    assert text.count('<iframe sandbox=""') == 2 * 4
    assert "2 messages would go out." in text
    assert "<b>& Söhne" not in text
    assert "<script" not in text


def test_preview_needs_no_mail_secret_and_a_page_nowhere_is_wrong_usage(office: Office) -> None:
    office.configure(mail={"user": "ar", "password": "env:NOT_SET_ANYWHERE"})
    ran = office.collector("preview", "--html", "/nowhere/page.html", as_of=FRIDAY)
    assert ran.status == 2
    assert ran.err == "collector: /nowhere/page.html: No such file or directory\n"
    assert office.collector("preview", as_of=FRIDAY).status == 0


def test_every_mail_is_shown_at_two_widths_on_a_light_and_a_dark_screen(office: Office) -> None:
    page = office.folder / "page.html"
    office.collector("preview", "--html", str(page), as_of=FRIDAY)
    text = page.read_text(encoding="utf-8")
    for width in ("desktop", "phone"):
        for scheme in ("light", "dark"):
            assert text.count(f'<figure class="{width} {scheme}">') == 2
    # The mails ask the reader's screen; here each frame answers for the screen it stands for.
    assert "prefers-color-scheme: dark" not in text
    assert text.count("content=&quot;dark&quot;") == text.count("content=&quot;light&quot;") == 4
    assert text.count("<summary>The text part</summary>") == 2
    assert "http://" not in text.replace("http://www.w3.org", "")


def test_a_page_is_opened_in_the_browser_or_its_place_is_said(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = office.folder / "page.html"
    browser = office.folder / "browser"
    browser.write_text('#!/bin/sh\necho "$1" > "$(dirname "$0")/opened"\n')
    browser.chmod(0o755)
    monkeypatch.setattr(webbrowser, "_tryorder", [])
    monkeypatch.setattr(webbrowser, "_browsers", {})
    monkeypatch.setenv("BROWSER", "nothing-of-this-name")
    ran = office.collector("preview", "--html", str(page), "--open", as_of=FRIDAY)
    assert ran.err == f"There is no browser here to open it with. To look at: {page}\n"
    webbrowser.register("ours", None, webbrowser.GenericBrowser(str(browser)), preferred=True)
    ran = office.collector("preview", "--open", "--json", as_of=FRIDAY)
    assert ran.json["would_send"]
    assert ran.err.startswith("Opened in your browser: ")
    opened = (office.folder / "opened").read_text().strip()
    assert Path(opened.removeprefix("file://")).read_text(encoding="utf-8").count("<figure") == 8


@pytest.mark.parametrize("written", [b"{{ customer.nme }}", "Gr\u00fc\u00dfe".encode("latin-1")])
def test_a_template_nobody_can_use_holds_only_its_own_customers(
    office: Office, written: bytes
) -> None:
    (office.folder / "letters" / "de").mkdir(parents=True)
    (office.folder / "letters" / "de" / "reminder_first.j2").write_bytes(written)
    office.configure(letters={"folder": "letters"})
    german = [*due(10, "Delta GmbH"), "de"]
    office.fill([*due(20), ""], german, head=[*HEAD, "Language"])
    seen = office.collector("preview", "--json", as_of=FRIDAY)
    assert [message["customer"] for message in seen.json["would_send"]] == ["Acme Ltd"]
    assert "de/reminder_first.j2" in seen.held["Delta GmbH"]
    done = office.run()
    assert done.held == seen.held
    assert (seen.status, done.status) == (1, 1)
    assert done.json["messages"]["sent"] == 1


@pytest.mark.parametrize(("content", "why"), [(None, "is not there"), (b"", "is empty")])
def test_a_letter_without_its_file_needs_a_person(
    office: Office, content: bytes | None, why: str
) -> None:
    office.configure(letters={"attachments": "files"})
    (office.folder / "files").mkdir()
    if content is not None:
        (office.folder / "files" / "inv.pdf").write_bytes(content)
    office.fill([*due(20), "inv.pdf"], head=[*HEAD, "Invoice PDF"])
    for ran in (office.collector("preview", "--json", as_of=FRIDAY), office.run()):
        assert (ran.status, why in ran.held["Acme Ltd"]) == (1, True)
