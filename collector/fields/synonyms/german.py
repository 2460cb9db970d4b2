"""German headings."""

from __future__ import annotations

from typing import Final

GERMAN: Final = {
    "invoice":
        "Rechnung|Rechnungsnummer|Rechnungs-Nr|Rechnungsnr|Rechnung Nr|Rechnung-Nr|Rg-Nr"
        "|RgNr|Rg. Nr.|Re-Nr|ReNr|R-Nr|Faktura|Fakturanummer|Faktura-Nr|Fakturanr"
        "|Belegnummer|Belegnr|Beleg-Nr|Beleg|Beleg Nr|Belegfeld 1|Ausgangsrechnung"
        "|Ausgangsrechnungsnummer|OP-Nummer|OP-Nr",
    "customer":
        "Kontobeschriftung|Kontobezeichnung"
        "|Kunde|Kundenname|Name des Kunden|Kunde Name|Kundenbezeichnung|Debitor|Debitorname"
        "|Debitorenname|Debitor Name|Debitorenbezeichnung|Rechnungsempfänger"
        "|Rechnungsempfaenger|Auftraggeber|Auftraggeber Name|Regulierer|Firma|Firmenname",
    "customer_id":
        "Kundennummer|Kundennr|Kunden-Nr|Kunden Nr|Kunde Nr|Kundenkonto|Kd-Nr|KdNr|Kd. Nr."
        "|Kunden-ID|Kundencode|Debitorennummer|Debitorennr|Debitoren-Nr|Debitornummer"
        "|Debitor-Nr|Debitornr|Debitorenkonto|Debitorkonto|Personenkonto|Debitoren-ID",
    "email":
        "E-Mail-Adresse|E-Mail Kunde|Mailadresse|Mail-Adresse|E-Mail Adresse"
        "|Rechnungs-E-Mail|E-Mail Rechnung|Kunden-E-Mail|Emailadresse",
    "contact": "Ansprechpartner|Ansprechpartnerin|Kontakt|Kontaktperson|Ansprechperson",
    "phone":
        "Telefon|Telefonnummer|Telefon-Nr|Telefonnr|Tel-Nr|Handy|Handynummer|Mobil"
        "|Mobilnummer|Rufnummer",
    "invoice_date":
        "Rechnungsdatum|Rechnungs-Datum|Datum der Rechnung|Rechnung vom|Re-Datum|Rg-Datum"
        "|Belegdatum|Datum|Ausstellungsdatum|Fakturadatum|Buchungsdatum|Rechnungsausgang",
    "due_date":
        "Fälligkeit|Faelligkeit|Fälligkeitsdatum|Faelligkeitsdatum|Fälligkeitstermin"
        "|Fällig am|Faellig am|Fällig|Faellig|Nettofälligkeit|Netto-Fälligkeit"
        "|Nettofälligkeitsdatum|Zahlbar bis|Zahlung bis|Zu zahlen bis|Fällig zum|Fällig bis",
    "terms":
        "Zahlungsbedingung|Zahlungsbedingungen|Zahlungskondition|Zahlungskonditionen"
        "|Zahlungsfrist|Zahlungsziel|Zahlungsziel (Tage)|Zahlungsziel Tage"
        "|Zahlungsziel in Tagen|Zahlungsfrist (Tage)|Konditionen|Zlg-Bed|Zahlbed",
    "amount":
        "Betrag|Rechnungsbetrag|Rechnungssumme|Gesamtbetrag|Bruttobetrag|Betrag brutto"
        "|Betrag (brutto)|Brutto|Rechnungsbetrag brutto|Bruttorechnungsbetrag"
        "|Gesamtbetrag brutto|Rechnungsbetrag (brutto)|Fakturabetrag|Forderungsbetrag"
        "|Ursprungsbetrag|Ursprünglicher Betrag|Rechnungsendbetrag|Endbetrag",
    "paid":
        "Bezahlt|Gezahlt|Bereits bezahlt|Bezahlter Betrag|Gezahlter Betrag|Bereits gezahlt"
        "|Zahlungen|Zahlbetrag|Geleistete Zahlungen|Erhaltene Zahlungen|Zahlungseingänge"
        "|Zahlungseingang|Eingegangen|Erhalten|Teilzahlungen|Zahlung",
    "balance":
        "Offen|Offener Betrag|Offene Summe|Offener Posten|Offener Restbetrag"
        "|Offene Forderung|Offener Saldo|Restbetrag|Restforderung|Restsaldo|Rest|Noch offen"
        "|Ausstehend|Ausstehender Betrag|Saldo|OP-Betrag|OP-Saldo|Offener Rechnungsbetrag"
        "|Unbezahlt|Betrag offen|Restschuld|Außenstand|Noch zu zahlen",
    "paid_status":
        "Zahlungsstatus|Rechnungsstatus|Bezahlt?|Bezahlt ja/nein|Bezahlt (J/N)|Zahlstatus",
    "currency":
        "Währung|Waehrung|Whg|Währ|Währungsschlüssel|Belegwährung|Rechnungswährung"
        "|Hauswährung|Währungscode|Währungskennzeichen|WKZ",
    "paid_date":
        "Zahlungsdatum|Zahldatum|Bezahlt am|Gezahlt am|Zahlungseingang am"
        "|Datum Zahlungseingang|Zahlungseingangsdatum|Ausgleichsdatum|Ausgleich am"
        "|Datum der Zahlung|Ausgeglichen am",
    "owner":
        "Vertreter|Verkäufer|Sachbearbeiter|Sachbearbeiterin|Kundenbetreuer"
        "|Vertriebsmitarbeiter|Betreuer|Zuständig|Vertriebler|Vertrieb|Außendienst"
        "|Verantwortlich|Verantwortlicher|Bearbeiter",
    "language": "Sprache|Korrespondenzsprache|Sprachcode",
    "dispute":
        "Strittig|Streitig|Reklamation|Reklamiert|Klärungsfall|Streitfall|In Klärung"
        "|Strittig?",
    "promise_date": "Zahlungszusage|Zugesagt am|Zahlungszusage am|Zahlungsversprechen",
    "do_not_chase": "Mahnsperre|Nicht mahnen|Keine Mahnung",
    "pause_until": "Mahnsperre bis|Nicht mahnen bis",
    "credit_limit": "Kreditlimit|Kreditrahmen|Kreditlinie|Verfügungsrahmen",
    "country": "Land|Länderkennzeichen|Ländercode",
    "project": "Projekt|Projektname|Projektnummer|Bauvorhaben",
    "contract": "Vertrag|Vertragsnummer|Vertragsnr|Vertrags-Nr",
    "po":
        "Bestellnummer|Bestell-Nr|Bestellnr|Auftragsnummer|Auftragsnr|Auftrags-Nr"
        "|Bestellung|Auftrag|Kundenbestellnummer",
    "instalment": "Teilzahlung Nr|Ratennummer|Rate Nr",
    "note":
        "Bemerkung|Bemerkungen|Notiz|Notizen|Kommentar|Kommentare|Anmerkung|Anmerkungen"
        "|Hinweis|Hinweise",
    "method": "Zahlungsart|Zahlweg", "reference": "Verwendungszweck|Referenz",
}  # fmt: skip
