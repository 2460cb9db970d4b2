"""The team's word for what is paid, beside figures that say it too, in many languages."""

from __future__ import annotations

from datetime import date

import pytest

from collector.intake.book import read_book
from collector.intake.cells.flags import paid_word
from collector.model import Cell, Grid, Policy

DUE = date(2026, 2, 1)
KEYS = ["Customer", "Invoice No", "Due Date", "Amount", "Paid", "Balance", "Status"]


def held(*rows: tuple[Cell, Cell, Cell, str], leave: tuple[str, ...] = ()) -> list[int]:
    """Return the numbers of the rows (amount, paid, balance, status) that hold their customer."""
    grid: list[list[Cell]] = [
        KEYS,
        *([f"C{at}", f"A{at}", DUE, *row] for at, row in enumerate(rows)),
    ]
    places = [at for at, text in enumerate(KEYS) if text not in leave]
    tab = Grid("S", [[row[at] for at in places] for row in grid], "")
    problems = read_book([tab], Policy("book")).problems
    return [(each.where.row or 0) - 2 for each in problems if each.holds == "customer"]


# Words that a column of Paid and Unpaid has among them.
USUAL: list[tuple[Cell, Cell, Cell, str]] = [(100, 100, 0, "Paid"), (100, 0, 100, "Unpaid")] * 2


@pytest.mark.parametrize(
    ("word", "status"),
    [("Teilzahlung", "part"), ("Paiement partiel", "part"), ("Pagada Parcialmente", "part"),
     ("Parzialmente pagato", "part"), ("Deels betaald", "part"), ("Parcialmente pago", "part"),
     ("一部入金", "part"), ("部分结算", "part"), ("Überfällig", "unpaid"),
     ("ueberfaellig", "unpaid"),
     ("En attente", "unpaid"), ("Non payée", "unpaid"), ("Pendiente", "unpaid"),
     ("Vencida", "unpaid"), ("Scaduta", "unpaid"), ("Openstaand", "unpaid"),
     ("Em aberto", "unpaid"),
     ("未入金", "unpaid"), ("Bezahlt", "paid"), ("Payee", "paid"), ("Réglée", "paid"),
     ("PAGADA", "paid"), ("Betaald", "paid"), ("Pago", "paid"), ("入金済み", "paid"),
     ("Storniert", "void"), ("Annulée", "void"), ("Ja", "paid"), ("Non", "unpaid"), ("Sí", "paid"),
     ("Cancelado", "unknown"), ("Vervallen", "unknown"), ("Erledigt", "unknown")],
)  # fmt: skip
def test_words_of_other_languages_are_known(word, status):
    assert paid_word(word.casefold()) == status


@pytest.mark.parametrize(
    "word",
    ["Acompte versé", "1. Rate erhalten, Rest offen", "Anticipo recibido", "50% paid",
     "Part-bezahlt",
     "Awaiting remainder", "En curso", "首付已到", "Follow-up"],
)  # fmt: skip
def test_a_word_that_figures_of_a_part_payment_bear_out_is_not_asked_about(word):
    assert held((100, 40, 60, word), *USUAL) == []
    assert held((100, 40, 60, word), leave=("Balance",)) == []


@pytest.mark.parametrize(
    "word",
    ["In Bearbeitung", "Waiting for PO", "En curso", "Da verificare", "To be invoiced again",
     "Noch nicht beglichen", "Pas encore soldée", "已寄出", "Not cleared yet", "Low priority"],
)  # fmt: skip
def test_a_word_beside_figures_that_leave_all_owed_is_not_asked_about(word):
    assert held((100, 0, 100, word), *USUAL) == []


@pytest.mark.parametrize(
    "word",
    ["Vollständig bezahlt (Bar)", "Abgeschrieben 2026", "Payé intégralement",
     "Cancelada por cliente",
     "Credit note issued", "Paid 3/11", "Erledigt", "作废(重开)", "Legal", "In administration",
     "Disputed by sales", "In Klärung", "Reklamation", "On hold", "Baixado", "破产"],
)  # fmt: skip
def test_a_word_that_may_say_otherwise_is(word):
    assert held((100, 40, 60, word), *USUAL) == [0]
    assert held((100, 0, 100, word), *USUAL) == [0]


@pytest.mark.parametrize(
    "word",
    ["uncollectible", "Done", "OK", "P", "Banked", "Doubtful", "Cheque rec'd",
     "Forderung uneinbringlich",
     "Pending cancellation", "Awaiting credit note", "Acompte versé", "Promised", "待作废"],
)  # fmt: skip
def test_what_is_to_be_cancelled_or_was_paid_in_part_is_asked_about_where_all_is_owed(word):
    assert held((100, 0, 100, word), *USUAL) == [0]


def test_figures_that_contradict_or_say_nothing_prove_nothing():
    assert held((100, 40, 70, "En curso"), *USUAL)[0] == 0
    assert held((100, None, None, "En curso"), *USUAL)[0] == 0
    assert held((100, 0, 100, "En curso"), leave=("Paid", "Balance")) == [0]


def test_a_settled_row_asks_nothing():
    assert held((100, 100, 0, "Erledigt"), *USUAL) == []
