"""Exporting the templates, the gallery, balance confirmations, and files that go with letters."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from collector.fields import LETTER_LANGUAGES
from collector.letters.gallery import LETTERS, gallery
from collector.letters.proof import prove_templates
from collector.letters.templating import STEPS
from collector.wiring import letter_templates
from tests.letters.samples import AS_OF, SENDER
from tests.mail_server import MailServer
from tests.office import HEAD, Office, due

MONDAY = date(2026, 11, 30)


@pytest.fixture
def office(tmp_path: Path, mail_server: MailServer) -> Office:
    office = Office(tmp_path, mail_server.server)
    office.fill(due(20), due(10, "Beta GmbH"), due(-20, "Gamma"))
    return office


def test_every_letter_is_in_the_gallery_in_every_language_and_gmail_shows_it_whole() -> None:
    shown = list(gallery(SENDER, {}))
    assert {(each.language, each.letter) for each in shown} == {
        (language, letter) for language in LETTER_LANGUAGES for letter in LETTERS
    }
    for each in shown:
        assert len(each.html.encode()) < 100_000
        assert each.text.count("\n") > 10
    texts = [each.text for each in shown if each.text]
    assert len(set(texts)) == len(texts)


def test_exported_templates_are_whole_and_can_be_used_as_they_are(office: Office) -> None:
    folder = office.folder / "letters"
    assert office.collector("letters", "export", str(folder)).status == 0
    exported = letter_templates(folder)
    assert "de/reminder_third.j2" in exported
    assert "style.css" in exported
    prove_templates(exported, STEPS, SENDER, AS_OF)
    (folder / "de" / "thanks.j2").write_text("mine", encoding="utf-8")
    again = office.collector("letters", "export", str(folder))
    assert again.status == 2
    assert "thanks.j2 is there already" in again.err
    assert (folder / "de" / "thanks.j2").read_text(encoding="utf-8") == "mine"


def test_a_confirmation_goes_from_sent_to_agreed(office: Office) -> None:
    folder = office.folder / "out"
    drawn = office.collector("confirm", "Acme Ltd", "--out", str(folder), "--json").json
    assert drawn["balances"] == {"USD": "100.00"}
    assert Path(drawn["files"][0]).read_bytes().startswith(b"%PDF")
    assert not office.ledger.exists()
    early = office.collector("confirm", "Acme Ltd", "agreed")
    assert early.status == 2
    assert "No confirmation was sent to Acme Ltd" in early.err
    office.collector("confirm", "Acme Ltd", "sent")
    office.collector("confirm", "Acme Ltd", "differs", "--note", "they show 90")
    (found,) = office.collector("confirm", "--json").json["confirmations"]
    assert (found["state"], found["note"]) == ("differs", "they show 90")
    assert "differs (they show 90)" in office.collector("confirm").out


def test_a_message_whose_file_is_missing_is_held_and_the_next_run_sends_it(
    office: Office, mail_server: MailServer
) -> None:
    office.configure(letters={"attachments": "files"})
    head = [*HEAD, "Invoice PDF"]
    office.fill([*due(20), "INV.pdf"], [*due(10, "Beta GmbH"), None], head=head)
    (office.folder / "files").mkdir()
    ran = office.run()
    assert ran.held["Acme Ltd"] == "its attachment INV.pdf cannot go with it: the file is not there"
    assert ran.json["messages"]["sent"] == 1
    (office.folder / "files" / "INV.pdf").write_bytes(b"%PDF-1.7 invoice")
    assert office.run().json["messages"]["sent"] == 1


@pytest.mark.parametrize(
    ("letters", "said"),
    [
        ({"bank": {"account_holder": "A", "iban": "DE89370400440532013001"}}, "is no IBAN"),
        ({"bank": {"iban": "DE89370400440532013000"}}, "account_holder: is missing"),
        ({"bank": {"account_holder": "A", "bic": "COBA"}}, "should be a BIC"),
        ({"accent": "red"}, "should be a colour"),
        ({"logo": "none.png"}, "cannot be read"),
        ({"logo": "receivables.xlsx"}, "is no PNG or JPEG"),
    ],
)
def test_a_mistake_in_how_letters_look_is_said(
    office: Office, letters: dict[str, object], said: str
) -> None:
    office.configure(letters=letters)
    ran = office.collector("preview")
    assert ran.status == 2
    assert said in ran.err


def paid(office: Office) -> None:
    """Let Acme pay what we had reminded of, two days before the next pass."""
    with office.editing() as sheet:
        heads = [cell.value for cell in sheet[1]]
        sheet.cell(2, heads.index("Paid") + 1, 100)
        sheet.cell(2, heads.index("Paid on") + 1, date(2026, 11, 26))


@pytest.fixture
def grateful(office: Office) -> Office:
    office.configure(letters={"thanks": True})
    office.fill([*due(20), None], head=[*HEAD, "Paid on"])
    assert office.run().json["messages"]["sent"] == 1
    paid(office)
    return office


def test_a_payment_is_thanked_for_once(grateful: Office) -> None:
    (said,) = grateful.collector("preview", "--json", as_of=MONDAY).json["would_send"]
    assert said["subject"] == "Payment received: Acme Ltd"
    assert grateful.run(MONDAY).json["messages"]["sent"] == 1
    assert grateful.run(MONDAY).json["messages"]["sent"] == 0


def test_thanks_wait_for_a_person_where_everything_does(grateful: Office) -> None:
    grateful.configure(letters={"thanks": True}, mail={"mode": "approve"})
    ran = grateful.run(MONDAY).json["messages"]
    assert (ran["sent"], ran["waiting"]) == (0, 1)
    grateful.collector("approve", "--yes")
    assert grateful.run(MONDAY).json["messages"]["sent"] == 1


@pytest.mark.parametrize("mode", ["send", "rehearse"])
def test_a_template_without_an_end_holds_the_one_customer_whose_letter_it_is(
    office: Office, mail_server: MailServer, mode: str
) -> None:
    own = office.folder / "own" / "de"
    own.mkdir(parents=True)
    endless = "{% macro go(n) %}{% if n %}{{ go(n - 1) }}{{ go(n - 1) }}{% endif %}{% endmacro %}"
    (own / "reminder_first.txt.j2").write_text(f"Hallo\n{endless}{{{{ go(50) }}}}")
    office.configure(mail={"mode": mode}, letters={"folder": "own"})
    rows = [[*due(20), "en"], [*due(9, "Bauer GmbH"), "de"], [*due(8, "Cole Ltd"), "en"]]
    office.fill(*rows, head=[*HEAD, "Language"])
    ran = office.run()
    assert ran.status == 1
    (said,) = [text for name, text in ran.held.items() if name == "Bauer GmbH"]
    assert said == (
        "the letter cannot be written: The letter template de/reminder_first.txt.j2 cannot be "
        "used: line 2: it does not come to an end, so it was stopped"
    )
    sent = sorted(message.parsed["To"] for message in mail_server.received)
    assert sent == (["ap@acme.example", "ap@cole.example"] if mode == "send" else [])
