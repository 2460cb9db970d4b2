"""Whatever a book holds, its statements add up, and every form of them says the same."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from collector.fields import LETTER_LANGUAGES, exponent
from collector.letters.formats import money
from collector.letters.statement import statement_files
from collector.model import Statement
from collector.plan.statements import month_statements
from collector.rules import assess
from collector.rules.statements import make_account
from tests.book import POLICY, assessed, book
from tests.letters.samples import SENDER, draft, write

AS_OF = date(2026, 11, 20)
# A thousand take more than a minute: COLLECTOR_RANDOM_BOOKS=1000 for a look before a release.
BOOKS = int(os.environ.get("COLLECTOR_RANDOM_BOOKS", "100"))
HEADINGS = ["Customer", "Email", "Invoice No.", "Invoice Date", "Due Date", "Amount", "Paid",
            "Paid on", "Currency"]  # fmt: skip


@dataclass(frozen=True)
class Row:
    """An invoice or credit note, in minor units."""

    customer: str
    currency: str
    issued: date
    days: int
    amount: int
    paid: int
    after: int

    def cells(self, number: int) -> list[object]:
        places = exponent(self.currency)
        issued = datetime.combine(self.issued, datetime.min.time())
        paid_on = min(issued + timedelta(days=self.after), datetime(2026, 11, 19))
        return [
            self.customer, f"{self.customer.lower()}@x.example", f"N-{number}", issued,
            issued + timedelta(days=self.days), float(Decimal(self.amount).scaleb(-places)),
            float(Decimal(self.paid).scaleb(-places)),
            max(paid_on, issued) if self.paid else None, self.currency,
        ]  # fmt: skip


@st.composite
def rows(draw: st.DrawFn) -> Row:
    amount = draw(st.one_of(st.integers(1, 10**7), st.integers(-(10**5), -1)))
    paid = draw(st.sampled_from([0, 0, amount, amount // 2])) if amount > 0 else 0
    return Row(
        draw(st.sampled_from(["Ada", "Bo"])), draw(st.sampled_from(["USD", "EUR", "JPY", "KWD"])),
        date(2026, 8, 1) + timedelta(days=draw(st.integers(0, 108))), draw(st.integers(0, 60)),
        amount, paid, draw(st.integers(0, 90)),
    )  # fmt: skip


def sheet(found: list[Row]) -> list[list[object]]:
    return [list(HEADINGS), *(row.cells(number) for number, row in enumerate(found))]


def owed(found: list[Row], customer: str) -> dict[str, Decimal]:
    """Return what the sheet says a customer owes, per currency, reckoned from the cells alone."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for row in found:
        if row.customer == customer:
            left = Decimal(row.amount - row.paid).scaleb(-exponent(row.currency))
            sums[row.currency] += left
    return sums


def outstanding(found: list[Row], customer: str, language: str = "en") -> Statement:
    assessment = assessed(sheet(found), AS_OF, terms=NO_TOLERANCE)  # type: ignore[arg-type]
    return make_account(assessment, NO_TOLERANCE).outstanding(customer.lower(), language)


NO_TOLERANCE = type(POLICY)(book="book", currency="USD", tolerance=Decimal(0))


@settings(max_examples=BOOKS, deadline=None)
@given(st.lists(rows(), min_size=1, max_size=8), st.sampled_from(["2026-08", "2026-09", "2026-10"]))
def test_statements_of_random_books_add_up(found: list[Row], month: str) -> None:
    tabs = sheet(found)
    read = book(tabs, terms=NO_TOLERANCE)  # type: ignore[arg-type]
    assessment = assess(read, NO_TOLERANCE, AS_OF)
    account = make_account(assessment, NO_TOLERANCE)
    for customer in {row.customer for row in found}:
        statement = account.outstanding(customer.lower(), "en")
        closing = {section.currency: section.closing for section in statement.sections}
        sums = owed(found, customer)
        assert {c: total for c, total in closing.items() if total} == {
            c: total for c, total in sums.items() if total
        }
        for section in statement.sections:
            listed = sum((line.balance for line in section.lines), Decimal(0))
            assert listed - section.unapplied == section.closing == sum(section.aging.values())
    names = sorted({row.customer.lower() for row in found})
    for statement in month_statements(read, assessment, NO_TOLERANCE, month, names).values():
        assert statement.period == month
        for section in statement.sections:
            assert section.opening is not None
            running = section.opening
            for movement in section.movements:
                running += movement.amount
                assert movement.balance == running
            assert running == section.closing
            moved = section.invoiced - section.credited - section.received
            assert section.opening + moved == section.closing


@settings(max_examples=60, deadline=None)
@given(st.lists(rows(), min_size=1, max_size=6), st.sampled_from(LETTER_LANGUAGES))
def test_mail_and_workbook_close_with_the_same_sum(found: list[Row], language: str) -> None:
    customer = found[0].customer
    statement = outstanding(found, customer, language)
    if not statement.sections:
        return
    wanted = draft(step="statement", language=language, overdue=(), totals=(), statement=statement)
    text = write(wanted).text
    (file,) = statement_files(statement, SENDER, ["xlsx"])
    opened = CalamineWorkbook.from_filelike(BytesIO(file.content))
    for section in statement.sections:
        assert money(language, section.closing, section.currency) in text
        assert section.closing == owed(found, customer)[section.currency]
        shown = opened.get_sheet_by_name(section.currency).to_python()
        ends = [row[6] for row in shown if isinstance(row[6], float)]
        assert Decimal(str(ends[-1])) == section.closing


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("seed", range(3))
def test_the_workbook_recalculated_by_another_program_says_the_same(
    seed: int, tmp_path: Path
) -> None:
    found = [
        Row(
            "Ada",
            ("USD", "EUR", "JPY")[(n + seed) % 3],
            date(2026, 9, 1 + n),
            20,
            10**5 + 137 * n,
            (n % 4) * 1000,
            5,
        )
        for n in range(12)
    ]
    statement = outstanding(found, "Ada")
    (file,) = statement_files(statement, SENDER, ["xlsx"])
    # Without the values we computed, the other program has nothing to copy.
    path = tmp_path / "statement.xlsx"
    path.write_bytes(without_values(file.content))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path / 'profile'}", "--headless",
         "--convert-to", "ods", "--outdir", str(tmp_path), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    opened = CalamineWorkbook.from_path(str(tmp_path / "statement.ods"))
    for section in statement.sections:
        shown = opened.get_sheet_by_name(section.currency).to_python()
        ends = [row[6] for row in shown if isinstance(row[6], float)]
        assert Decimal(str(round(ends[-1], 2))) == section.closing


def without_values(content: bytes) -> bytes:
    """Return a workbook whose formulas were never calculated."""
    from zipfile import ZipFile

    out = BytesIO()
    with ZipFile(BytesIO(content)) as before, ZipFile(out, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name.startswith("xl/worksheets/"):
                data = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", data)
            after.writestr(name, data)
    return out.getvalue()
