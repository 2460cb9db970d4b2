"""Spanish headings."""

from __future__ import annotations

from typing import Final

SPANISH: Final = {
    "invoice":
        "Factura|Nº factura|Nº de factura|N° factura|N° de factura|N.º factura"
        "|N.º de factura|Número de factura|Número factura|Núm. factura|Num. factura"
        "|Núm factura|No. factura|No. de factura|Factura nº|Factura No|Folio factura|Folio"
        "|Comprobante|Nº documento|N° documento|Núm. documento|Número de documento"
        "|Número documento|No. documento|Ref. factura|Referencia factura"
        "|Referencia de factura|Código factura|Nº comprobante|N.º documento",
    "customer":
        "Cliente|Clientes|Nombre del cliente|Nombre de cliente|Nombre cliente"
        "|Cliente nombre|Razón social|Razón social cliente|Deudor|Nombre del deudor"
        "|Nombre deudor|Empresa|Nombre empresa|Empresa cliente|Comprador",
    "customer_id":
        "Código cliente|Código de cliente|Código del cliente|Cód. cliente|Cod. cliente"
        "|Cod cliente|Nº cliente|Nº de cliente|N° cliente|N.º cliente|Número de cliente"
        "|Número cliente|Núm. cliente|No. cliente|ID cliente|ID de cliente|Cuenta cliente"
        "|Cuenta de cliente|Clave cliente|Clave de cliente|Código deudor",
    "email":
        "Correo|Correo electrónico|Correos|Correo del cliente|Correo cliente"
        "|Dirección de correo|Dirección de correo electrónico|E-mail cliente|Email cliente"
        "|Email del cliente|Correo de contacto|Correo facturación|Email facturación"
        "|Correo electrónico del cliente",
    "cc": "Copia a|Con copia",
    "contact":
        "Contacto|Persona de contacto|Nombre de contacto|Nombre contacto|Contacto cliente"
        "|Atención a",
    "phone":
        "Teléfono|Telefono|Tlf|Tfno|Móvil|Celular|Nº teléfono|Número de teléfono"
        "|Teléfono de contacto",
    "invoice_date":
        "Fecha factura|Fecha de factura|Fecha de la factura|Fecha de emisión|Fecha emisión"
        "|Fecha de facturación|Fecha facturación|Fecha|Fecha documento|Fecha de documento"
        "|Fecha del documento|Fecha expedición|Fecha de expedición|F. factura|F. emisión"
        "|Fecha contable|Emisión|Fecha comprobante",
    "due_date":
        "Vencimiento|Fecha vencimiento|Fecha de vencimiento|Fecha vto|Fecha vto."
        "|F. vencimiento|F. vto|Vto|Vto.|Vence|Vence el|Fecha límite de pago"
        "|Fecha límite pago|Fecha límite de cobro|Vencimiento factura"
        "|Fecha de vencimiento de pago|Fecha de vcto|Vcto",
    "terms":
        "Condiciones de pago|Condición de pago|Condiciones pago|Términos de pago"
        "|Término de pago|Plazo de pago|Plazo pago|Plazo de cobro|Días de crédito"
        "|Dias credito|Días crédito|Plazo (días)|Plazo de crédito|Plazo en días"
        "|Días de plazo|Plazo",
    "amount":
        "Importe|Importe factura|Importe de la factura|Importe de factura|Importe total"
        "|Importe facturado|Importe original|Importe con IVA|Importe (IVA incluido)"
        "|Importe IVA incluido|Monto|Monto factura|Monto de la factura|Monto de factura"
        "|Monto total|Monto facturado|Monto original|Monto con IVA|Total factura"
        "|Total con IVA|Total IVA incluido|Total (IVA incl.)|Total facturado|Importe bruto"
        "|Monto bruto",
    "paid":
        "Pagado|Cobrado|Recibido|Importe pagado|Importe cobrado|Monto pagado|Monto cobrado"
        "|Total pagado|Total cobrado|Pagos|Cobros|Pagos recibidos|Pago recibido"
        "|Cobros recibidos|Monto recibido|Importe recibido|Pagos realizados|Pagos a cuenta",
    "balance":
        "Saldo|Saldo pendiente|Saldo pendiente de pago|Saldo por cobrar|Saldo insoluto"
        "|Saldo actual|Saldo vencido y por vencer|Pendiente|Importe pendiente"
        "|Monto pendiente|Pendiente de cobro|Pendiente de pago|Pendiente cobro|Por cobrar"
        "|Importe por cobrar|Monto por cobrar|Importe adeudado|Monto adeudado|Adeudado"
        "|Saldo factura|Saldo de la factura|Importe pendiente de cobro|Saldo deudor|Resto"
        "|Resto por pagar|Importe pendiente de pago|Total pendiente|Saldo restante"
        "|Importe restante",
    "paid_status":
        "Estado de pago|Estado del pago|Estado pago|Estado de cobro|Estado cobro"
        "|Estado factura|Estado de factura|Estado de la factura|Situación de pago|Estatus"
        "|Estatus de pago|Estado|Pagado?|¿Pagado?|¿Pagada?|¿Cobrado?|Pagada (S/N)|Situación",
    "currency": "Moneda|Divisa|Código moneda|Código de moneda|Tipo de moneda",
    "paid_date":
        "Fecha de pago|Fecha pago|Fecha del pago|Fecha de cobro|Fecha cobro|Fecha del cobro"
        "|Pagado el|Cobrado el|F. pago|F. cobro|Fecha de último pago|Fecha último pago"
        "|Fecha de liquidación",
    "owner":
        "Vendedor|Comercial asignado|Ejecutivo|Ejecutivo de cuenta|Ejecutivo comercial"
        "|Gestor|Gestor de cobro|Gestor de cobros|Responsable de cobro|Agente comercial"
        "|Asesor comercial|Nombre vendedor",
    "language": "Idioma",
    "dispute":
        "Disputa|En disputa|Litigio|En litigio|Reclamación|Incidencia|En reclamación"
        "|Motivo de disputa|¿En disputa?",
    "promise_date":
        "Promesa de pago|Fecha promesa|Fecha de promesa|Fecha promesa de pago"
        "|Fecha compromiso|Fecha de compromiso|Compromiso de pago|Fecha compromiso de pago"
        "|Fecha de compromiso de pago",
    "promise_amount":
        "Importe prometido|Monto prometido|Importe comprometido|Monto comprometido",
    "do_not_chase": "No reclamar|No contactar|No recordar",
    "credit_limit":
        "Límite de crédito|Límite crédito|Limite de credito|Crédito autorizado"
        "|Línea de crédito|Crédito máximo",
    "country": "País", "project": "Proyecto|Nombre del proyecto|Obra|Nº proyecto",
    "contract": "Contrato|Nº contrato|Nº de contrato|N° contrato|Número de contrato",
    "po":
        "Orden de compra|Nº orden de compra|N° orden de compra|No. orden de compra|OC"
        "|Pedido|Nº pedido|Nº de pedido|N° pedido|Número de pedido|Pedido cliente|Su pedido",
    "instalment": "Cuota|Nº cuota|N° cuota|Número de cuota|Nº plazo",
    "note": "Observaciones|Observación|Notas|Nota|Comentario|Comentarios",
    "method": "Forma de pago|Medio de pago|Método de pago|Forma de cobro",
    "reference": "Referencia",
}  # fmt: skip
