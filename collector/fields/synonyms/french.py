"""French headings."""

from __future__ import annotations

from typing import Final

FRENCH: Final = {
    "invoice":
        "Facture|N° facture|N° de facture|N° de la facture|Numéro facture|Numéro de facture"
        "|Num facture|Num. facture|Nº facture|Nr facture|No facture|No de facture"
        "|Réf facture|Référence facture|Référence de facture|N° pièce|N° de pièce"
        "|Numéro de pièce|Pièce|N° document|Numéro document|Facture n°|Facture No"
        "|Code facture",
    "customer":
        "Nom du client|Nom client|Nom de client|Raison sociale|Raison sociale client"
        "|Clients|Débiteur|Nom du débiteur|Tiers|Nom du tiers|Nom tiers|Société"
        "|Société cliente|Intitulé client|Libellé client|Client facturé|Client (nom)",
    "customer_id":
        "Code client|N° client|N° de client|Numéro client|Numéro de client|Num client"
        "|Réf client|Référence client|Compte client|N° compte client|Identifiant client"
        "|ID client|Code tiers|N° tiers|Compte tiers|Compte auxiliaire|Code débiteur",
    "email":
        "Courriel|Adresse courriel|Adresse e-mail|Adresse email|Adresse mail|E-mail client"
        "|Email client|Mail client|Courriel client|Adresse électronique|Email facturation"
        "|E-mail de facturation|Mail de facturation",
    "cc": "Copie à|En copie",
    "contact":
        "Interlocuteur|Personne à contacter|Personne de contact|Contact client"
        "|Nom du contact|Contact comptable",
    "phone": "Téléphone|Tél|N° téléphone|N° de téléphone|Numéro de téléphone|Portable",
    "invoice_date":
        "Date facture|Date de facture|Date de la facture|Date facturation"
        "|Date de facturation|Date d'émission|Date émission|Date de pièce|Date pièce"
        "|Date du document|Date document|Émise le|Facturé le|Date comptable",
    "due_date":
        "Échéance|Date d'échéance|Date échéance|Date d'échéance de paiement|Échéance le"
        "|Date limite de paiement|Date limite de règlement|À payer avant le|À payer avant"
        "|Échéance facture|Date d'échéance facture|Échéance de paiement|Échu le|Éch.",
    "terms":
        "Conditions de paiement|Condition de paiement|Conditions paiement"
        "|Conditions de règlement|Condition de règlement|Modalités de paiement"
        "|Modalités de règlement|Délai de paiement|Délai paiement|Délai de règlement"
        "|Délais de paiement|Délai de paiement (jours)|Échéance (jours)",
    "amount":
        "Montant|Montant TTC|Total TTC|TTC|Montant facture|Montant de la facture"
        "|Montant facturé|Montant facture TTC|Facturé TTC|Montant total|Montant total TTC"
        "|Total facture|Total facture TTC|Montant initial|Montant d'origine|Montant brut"
        "|Total facturé|Montant (TTC)|Prix TTC",
    "paid":
        "Payé|Réglé|Montant payé|Montant réglé|Montant encaissé|Encaissé|Règlements"
        "|Paiements|Encaissements|Déjà payé|Déjà réglé|Total payé|Total réglé"
        "|Montant déjà payé|Montant déjà réglé|Paiements reçus|Règlements reçus"
        "|Montant reçu|Total encaissé",
    "balance":
        "Solde|Solde dû|Solde restant|Solde restant dû|Solde à payer|Solde ouvert"
        "|Solde facture|Reste à payer|Reste dû|Restant dû|Montant restant"
        "|Montant restant dû|Restant à payer|Reste à recouvrer|Reste à encaisser"
        "|Montant impayé|Solde impayé|Montant ouvert|Reste à régler|Solde TTC|Reste",
    "paid_status":
        "Statut de paiement|Statut paiement|Statut du paiement|Statut de la facture"
        "|Statut facture|Statut de règlement|État de paiement|État du paiement|État facture"
        "|État de la facture|Payé ?|Réglé ?|Payée ?|Payé (O/N)|Statut|État",
    "currency": "Devise|Monnaie|Code devise|Devise facture|Devise de facturation",
    "paid_date":
        "Date de paiement|Date paiement|Date du paiement|Date de règlement|Date règlement"
        "|Date du règlement|Date d'encaissement|Date encaissement|Payé le|Réglé le|Payée le"
        "|Réglée le|Encaissé le|Date de réception du paiement",
    "owner":
        "Commercial|Représentant|Vendeur|Responsable|Gestionnaire|Chargé de compte"
        "|Chargé de clientèle|Responsable client|Responsable commercial"
        "|Chargé de recouvrement|Nom du commercial",
    "language": "Langue",
    "dispute":
        "Litige|En litige|Litige ?|Contestation|Motif du litige|Motif litige|Contesté",
    "promise_date":
        "Promesse de paiement|Date de promesse|Date promise|Date promesse"
        "|Date de promesse de paiement",
    "promise_amount": "Montant promis",
    "do_not_chase": "Ne pas relancer|Pas de relance|Blocage relance",
    "pause_until": "Relance suspendue jusqu'au|Ne pas relancer avant",
    "credit_limit":
        "Limite de crédit|Limite crédit|Plafond de crédit|Plafond|Encours autorisé"
        "|Plafond d'encours|Plafond encours",
    "country": "Pays|Code pays", "project": "Projet|Nom du projet|Chantier|N° projet|Affaire",
    "contract": "Contrat|N° contrat|N° de contrat|Numéro de contrat",
    "po":
        "Bon de commande|N° bon de commande|N° commande|N° de commande|Numéro de commande"
        "|Commande|Réf commande|Référence commande",
    "instalment": "N° échéance|Numéro d'échéance|Tranche",
    "note": "Commentaire|Commentaires|Remarque|Remarques|Observation|Observations",
    "method": "Mode de paiement|Mode de règlement|Moyen de paiement", "reference": "Référence",
}  # fmt: skip
