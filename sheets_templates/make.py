"""Makes the starter workbooks: ``python sheets_templates/make.py`` writes both beside itself.

The rows stand here as a sheet shows them; the same rows always give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.worksheet import Worksheet

HERE: Final = Path(__file__).parent
LAST_ROW: Final = 500  # how far down the lists to choose from reach
MADE: Final = datetime(2026, 11, 20, 9, 0)

INK, MUTED, HEADER, LINE, BAND = "1F2937", "6B7280", "1F4E79", "D5DBE3", "F6F8FB"
DATE, MONEY, WHOLE = "yyyy-mm-dd", '#,##0.00;[Red]-#,##0.00;"–"', '#,##0;[Red]-#,##0;"–"'
WITHOUT_DECIMALS: Final = ("JPY",)


@dataclass(frozen=True)
class Column:
    """A column: its heading, width, what its cells are, and what one may choose from."""

    heading: str
    width: float
    kind: str = "text"  # text | date | money
    choices: str = ""
    free: bool = False  # other words than the choices are fine too
    wrap: bool = False


@dataclass(frozen=True)
class Tab:
    """A tab: what stands above the table, its columns, and its rows as text."""

    name: str
    title: str
    note: str
    columns: Sequence[Column]
    rows: str
    frozen: int  # columns that stay in view
    colour: str


# ── English ──────────────────────────────────────────────────────────────────────────────────

CURRENCIES = "USD,EUR,GBP,JPY,CNY,HKD,SGD"

ENGLISH = (
    Tab(
        "Receivables",
        "Farhill Instruments · Accounts receivable",
        "As of 20 November 2026. One row per invoice, credit note or instalment; amounts in the invoice's currency, tax included.",
        (
            Column("Invoice No.", 15),
            Column("Customer Code", 13),
            Column("Customer", 33),
            Column("Invoice Date", 14, "date"),
            Column("Due Date", 14, "date"),
            Column(
                "Payment Terms",
                13,
                choices="Net 14,Net 30,Net 45,Net 60,EOM,Due on receipt",
                free=True,
            ),
            Column("Currency", 12, choices=CURRENCIES),
            Column("Amount", 16, "money"),
            Column("Paid", 16, "money"),
            Column("Paid On", 14, "date"),
            Column("PO No", 15),
            Column("Dispute", 27, choices="No,Yes", free=True, wrap=True),
            Column("Promised On", 14, "date"),
            Column("Note", 36, wrap=True),
        ),
        """
INV-26-0188 | C-1001 | Brightwater Analytical Ltd            | 2026-05-12 | 2026-06-11 | Net 30 | USD | 9860.00    | 9860.00  | 2026-06-09 | BW-40117   |  |  |
INV-26-0203 | C-1006 | Tamarind Foods Pte Ltd                | 2026-05-28 | 2026-06-27 | Net 30 | USD | 14200.00   | 14200.00 | 2026-08-03 | TF/2291    |  |  |
INV-26-0219 | C-1002 | Cobalt Ridge Mining Inc.              | 2026-06-09 | 2026-07-09 | Net 30 | USD | 6310.00    | 6310.00  | 2026-07-07 | 4500018823 |  |  |
INV-26-0236 | C-1001 | Brightwater Analytical Ltd            | 2026-06-30 | 2026-07-30 | Net 30 | USD | 11245.00   | 11245.00 | 2026-07-31 | BW-40162   |  |  |
INV-26-0251 | C-1006 | Tamarind Foods Pte Ltd                | 2026-07-14 | 2026-08-13 | Net 30 | USD | 9780.00    | 9780.00  | 2026-09-21 | TF/2340    |  |  |
INV-26-0262 | C-1013 | Alder & Rowe Engineering Ltd          | 2026-07-23 | 2026-08-22 | Net 30 | USD | 7415.00    | 7415.00  | 2026-08-20 | AR-7719    |  |  |
INV-26-0274 | C-1006 | Tamarind Foods Pte Ltd                | 2026-08-11 | 2026-09-10 | Net 30 | USD | 18300.00   | 0        |            | TF/2377    |  |  | Deliveries stopped until this is paid
INV-26-0281 | C-1001 | Brightwater Analytical Ltd            | 2026-08-18 | 2026-09-17 | Net 30 | USD | 8020.00    | 8020.00  | 2026-09-16 | BW-40205   |  |  |
INV-26-0298 | C-1006 | Tamarind Foods Pte Ltd                | 2026-09-01 | 2026-10-01 | Net 30 | USD | 22900.00   | 0        |            | TF/2391    |  |  |
INV-26-0305 | C-1009 | Harrow & Finch Laboratories           | 2026-09-10 | 2026-10-10 | Net 30 | USD | 5640.00    | 0        |            | HF-0932    |  |  |
INV-26-0311 | C-1005 | Palisade Water Works                  | 2026-09-16 | 2026-10-16 | Net 30 | USD | 4275.00    | 0        |            | 88-20417   |  |  |
INV-26-0322 | C-1007 | Vantage Aero Components LLC           | 2026-09-25 | 2026-10-25 | Net 30 | USD | 13150.00   | 0        |            | VAC-5518   | 2 of 10 sensors missing |  | Warehouse is looking into it
INV-26-0330 | C-1003 | Lindqvist Marin AB                    | 2026-10-01 | 2026-10-31 | Net 30 | USD | 15600.00   | 5600.00  | 2026-11-04 | 71-3304    |  |  | First part arrived, rest outstanding
INV-26-0333 | C-1008 | Meridian Dairy Cooperative            | 2026-10-02 | 2026-11-01 | Net 30 | USD | 9480.00    | 0        |            | MDC-2604   |  | 2026-11-27 |
CN-26-0019  | C-1005 | Palisade Water Works                  | 2026-10-06 | 2026-10-06 |        | USD | -675.00    | 0        |            | 88-20417   |  |  | Credit note: returned probe, INV-26-0311
INV-26-0341 | C-1010 | Quintero Agroindustrial S.A.          | 2026-10-09 | 2026-11-08 | Net 30 | USD | 6990.00    | 0        |            | OC-11872   |  |  |
INV-26-0345 | C-1004 | Ostermann Messtechnik GmbH            | 2026-10-12 |            | Net 30 | EUR | 7340.50    | 0        |            | 4600233109 |  |  |
INV-26-0349 | C-1011 | Northgate Hospital Trust              | 2026-10-14 | 2026-11-13 | Net 30 | USD | 3180.00    | 0        |            | NHT-60021  |  |  |
INV-26-0352 | C-1001 | Brightwater Analytical Ltd            | 2026-10-15 | 2026-11-14 | Net 30 | USD | 12480.00   | 0        |            | BW-40248   |  |  |
INV-26-0354 | C-1015 | Yuanfeng Instruments (Suzhou) Co., Ltd. | 2026-10-16 | 2026-11-15 | Net 30 | USD | 10960.00 | 0        |            | YF20261009 |  |  |
INV-26-0358 | C-1012 | Sable Point Shipping Co.              | 2026-10-22 | 05/11/2026 | Net 14 | USD | 4725.00    | 0        |            | SP-3081    |  |  |
INV-26-0361 | C-1002 | Cobalt Ridge Mining Inc.              | 2026-10-23 | 2026-11-22 | Net 30 | USD | 8950.00    | 0        |            | 4500019467 |  |  |
INV-26-0366 | C-1014 | Kestrel Optics K.K.                   | 2026-10-27 | 2026-11-26 | Net 30 | JPY | 1250000    | 0        |            | KO-261027  |  |  |
INV-26-0372 | C-1013 | Alder & Rowe Engineering Ltd          | 2026-11-05 | 2026-12-05 | Net 30 | USD | 14300.00   | 0        |            | AR-7856    |  |  |
INV-26-0377 | C-1013 | Alder & Rowe Engineering Ltd          | 2026-11-12 | 2026-12-12 | Net 30 | USD | 12450.00   | 0        |            | AR-7871    |  |  |
INV-26-0380 | C-1002 | Cobalt Ridge Mining Inc.              | 2026-11-16 |            | Net 30 | USD | 3120.00    | 0        |            | 4500019602 |  |  |
""",
        3,
        HEADER,
    ),
    Tab(
        "Customers",
        "Customers",
        "One row per customer. Letters go to Email, copies to CC; credit limits are in USD.",
        (
            Column("Customer Code", 13),
            Column("Customer", 38),
            Column("Contact", 20),
            Column("Email", 36),
            Column("CC", 31),
            Column("Phone", 20),
            Column("Language", 12, choices="en,zh"),
            Column("Country", 11),
            Column(
                "Payment Terms",
                13,
                choices="Net 14,Net 30,Net 45,Net 60,EOM,Due on receipt",
                free=True,
            ),
            Column("Credit Limit", 15, "money"),
            Column("On Hold", 11, choices="Yes,No"),
            Column("Do Not Chase", 12, choices="Yes,No"),
            Column("Salesperson", 17),
            Column("Note", 36, wrap=True),
        ),
        """
C-1001 | Brightwater Analytical Ltd     | Helen Marsh     | payables.brightwater@example.com |  | +44 20 7946 0117 | en | GB | Net 30 | 40000 | No  | No  | Tom Avery |
C-1002 | Cobalt Ridge Mining Inc.       | Dana Whitlock   | ap.cobaltridge@example.com |  | +1 303 555 0142 | en | US | Net 30 | 25000 | No  | No  | Maya Lindholm |
C-1003 | Lindqvist Marin AB             | Erik Sandell    | faktura.lindqvist@example.com | e.sandell@example.com | +46 31 390 06 12 | en | SE | Net 30 | 30000 | No  | No  | Tom Avery |
C-1004 | Ostermann Messtechnik GmbH     | Jutta Krämer    | rechnung.ostermann@example.com |  | +49 30 23125 114 | en | DE | Net 30 |  | No  | No  | Tom Avery | Invoiced in EUR
C-1005 | Palisade Water Works           | Ruth Delgado    | accounts.palisade@example.com |  | +1 503 555 0188 | en | US | Net 30 | 15000 | No  | No  | Maya Lindholm |
C-1006 | Tamarind Foods Pte Ltd         | Kelvin Tan      | finance.tamarind@example.com | kelvin.tan@example.com | +65 6123 0456 | en | SG | Net 30 | 45000 | No  | No  | Wei Zhang | Slow since the summer
C-1007 | Vantage Aero Components LLC    | Marcus Hale     | payables.vantage@example.com |  | +1 206 555 0173 | en | US | Net 30 | 30000 | No  | No  | Maya Lindholm |
C-1008 | Meridian Dairy Cooperative     | Aroha Ngata     | accounts.meridian@example.com |  | +64 7 555 0129 | en | NZ | Net 30 | 20000 | No  | No  | Wei Zhang |
C-1009 | Harrow & Finch Laboratories    | Simon Finch     | office.harrowfinch@example.com |  | +44 113 496 0155 | en | GB | Net 30 | 15000 | No  | Yes | Tom Avery | Settlement agreed with the sales director
C-1010 | Quintero Agroindustrial S.A.   | Lucía Quintero  | cuentas.quintero@@example.com |  | +52 55 5555 0164 | en | MX | Net 30 | 10000 | No  | No  | Maya Lindholm |
C-1011 | Northgate Hospital Trust       | Accounts office |  |  | +44 161 496 0138 | en | GB | Net 30 | 10000 | No  | No  | Tom Avery | Ask for an e-mail address
C-1012 | Sable Point Shipping Co.       | Nadia Brandt    | ap.sablepoint@example.com |  | +1 504 555 0197 | en | US | Net 14 | 10000 | No  | No  | Maya Lindholm |
C-1013 | Alder & Rowe Engineering Ltd   | Peter Rowe      | ledger.alderrowe@example.com |  | +44 117 496 0121 | en | GB | Net 30 | 20000 | No  | No  | Tom Avery |
C-1014 | Kestrel Optics K.K.            | Haruka Mori     | keiri.kestrel@example.com |  | +81 3 5550 0183 | en | JP | Net 30 |  | No  | No  | Wei Zhang | Invoiced in JPY
C-1015 | Yuanfeng Instruments (Suzhou) Co., Ltd. | 陈晓岚 | caiwu.yuanfeng@example.com |  | +86 512 5550 0139 | zh | CN | Net 30 | 25000 | No  | No  | Wei Zhang | Letters in Chinese
""",
        2,
        "2E7D6B",
    ),
    Tab(
        "Receipts",
        "Receipts",
        "Every payment received. The Paid column of the Receivables tab already contains them.",
        (
            Column("Date", 14, "date"),
            Column("Customer Code", 13),
            Column("Customer", 33),
            Column("Invoice No.", 15),
            Column("Amount", 16, "money"),
            Column("Currency", 12, choices=CURRENCIES),
            Column("Method", 17, choices="Bank transfer,Card,Cheque,Cash", free=True),
            Column("Reference", 22),
        ),
        """
2026-06-09 | C-1001 | Brightwater Analytical Ltd   | INV-26-0188 | 9860.00  | USD | Bank transfer | BWA PAY 30117
2026-07-07 | C-1002 | Cobalt Ridge Mining Inc.     | INV-26-0219 | 6310.00  | USD | Bank transfer | ACH 7730921
2026-07-31 | C-1001 | Brightwater Analytical Ltd   | INV-26-0236 | 11245.00 | USD | Bank transfer | BWA PAY 30164
2026-08-03 | C-1006 | Tamarind Foods Pte Ltd       | INV-26-0203 | 14200.00 | USD | Bank transfer | TT 26080311
2026-08-20 | C-1013 | Alder & Rowe Engineering Ltd | INV-26-0262 | 7415.00  | USD | Bank transfer | A&R 5582
2026-09-16 | C-1001 | Brightwater Analytical Ltd   | INV-26-0281 | 8020.00  | USD | Bank transfer | BWA PAY 30209
2026-09-21 | C-1006 | Tamarind Foods Pte Ltd       | INV-26-0251 | 9780.00  | USD | Bank transfer | TT 26092107
2026-11-04 | C-1003 | Lindqvist Marin AB           | INV-26-0330 | 5600.00  | USD | Bank transfer | LM 71-3304 DEL 1
""",
        0,
        "8A6D1F",
    ),
    Tab(
        "Contact log",
        "Contact log",
        "Calls and meetings, as people note them. Collector adds a row, with a key, for every message it sends.",
        (
            Column("Date", 14, "date"),
            Column("Customer", 33),
            Column("Channel", 13, choices="Email,Phone,Meeting", free=True),
            Column("What", 38, wrap=True),
            Column("Invoices", 17),
            Column("Amount", 17),
            Column("Result", 44, wrap=True),
            Column("By", 18),
            Column("Key", 14),
        ),
        """
2026-10-28 | Vantage Aero Components LLC | Phone | Delivery short by two sensors | INV-26-0322 | USD 13,150.00 | Warehouse to check the packing list | Maya Lindholm |
2026-11-09 | Harrow & Finch Laboratories | Meeting | Settlement of the September order | INV-26-0305 | USD 5,640.00 | Sales director has agreed instalments; no reminders | Tom Avery |
2026-11-16 | Meridian Dairy Cooperative | Phone | Asked for a payment date | INV-26-0333 | USD 9,480.00 | Ms Ngata promises payment by 27 November | Wei Zhang |
""",
        0,
        "6B4E9B",
    ),
)

# ── 中文 ─────────────────────────────────────────────────────────────────────────────────────

CHINESE = (
    Tab(
        "应收",
        "远岫仪器有限公司　应收账款明细",
        "截至 2026年11月20日　单位：元　每张发票、红字发票或每期一行，金额含税",
        (
            Column("单据编号", 17),
            Column("客户编码", 12),
            Column("客户名称", 30),
            Column("开票日期", 14, "date"),
            Column("到期日", 14, "date"),
            Column("账期", 13, choices="30天,60天,月结,月结30天,月结60天,货到付款", free=True),
            Column("币种", 10, choices="CNY,USD,EUR,HKD,JPY"),
            Column("应收金额", 16, "money"),
            Column("已收金额", 16, "money"),
            Column("收款日期", 14, "date"),
            Column("合同编号", 18),
            Column("争议", 22, choices="否,是", free=True, wrap=True),
            Column("承诺付款日", 14, "date"),
            Column("备注", 32, wrap=True),
        ),
        """
YS-2605-018 | K001 | 青屿水务科技有限公司     | 2026-05-12 | 2026-06-11 | 30天 | CNY | 68500.00   | 68500.00  | 2026-06-10 | QY-2026-011 |  |  |
YS-2605-027 | K006 | 澜石新材料有限公司       | 2026-05-28 | 2026-06-27 | 30天 | CNY | 92000.00   | 92000.00  | 2026-08-03 | LS-2026-004 |  |  |
YS-2606-009 | K002 | 云桥食品有限公司         | 2026-06-09 | 2026-07-09 | 30天 | CNY | 43160.00   | 43160.00  | 2026-07-08 | YQ-2026-023 |  |  |
YS-2606-031 | K001 | 青屿水务科技有限公司     | 2026-06-30 | 2026-07-30 | 30天 | CNY | 75240.00   | 75240.00  | 2026-07-31 | QY-2026-011 |  |  |
YS-2607-014 | K006 | 澜石新材料有限公司       | 2026-07-14 | 2026-08-13 | 30天 | CNY | 66800.00   | 66800.00  | 2026-09-21 | LS-2026-004 |  |  |
YS-2607-022 | K013 | 蓝雀印刷包装有限公司     | 2026-07-23 | 2026-08-22 | 30天 | CNY | 51900.00   | 51900.00  | 2026-08-20 | LQ-2026-007 |  |  |
YS-2608-011 | K006 | 澜石新材料有限公司       | 2026-08-11 | 2026-09-10 | 30天 | CNY | 128000.00  | 0         |            | LS-2026-009 |  |  | 款到前暂停发货
YS-2608-019 | K001 | 青屿水务科技有限公司     | 2026-08-18 | 2026-09-17 | 30天 | CNY | 58300.00   | 58300.00  | 2026-09-16 | QY-2026-015 |  |  |
YS-2609-002 | K006 | 澜石新材料有限公司       | 2026-09-01 | 2026-10-01 | 30天 | CNY | 156400.00  | 0         |            | LS-2026-009 |  |  |
YS-2609-010 | K009 | 鹿鸣书业有限公司         | 2026-09-10 | 2026-10-10 | 30天 | CNY | 37200.00   | 0         |            | LM-2026-002 |  |  |
YS-2609-016 | K005 | 星柏医疗器械有限公司     | 2026-09-16 | 2026-10-16 | 30天 | CNY | 29800.00   | 0         |            | XB-2026-018 |  |  |
YS-2609-021 | K004 | 禾川农业发展有限公司     | 2026-09-18 |            | 月结30天 | CNY | 48650.00 | 0       |            | HC-2026-006 |  |  |
YS-2609-025 | K007 | 远帆国际物流有限公司     | 2026-09-25 | 2026-10-25 | 30天 | CNY | 88400.00   | 0         |            | YF-2026-013 | 少发传感器两只 |  | 仓库正在核对
YS-2610-001 | K003 | 北岸精密机械有限公司     | 2026-10-01 | 2026-10-31 | 30天 | CNY | 106000.00  | 40000.00  | 2026-11-04 | BA-2026-021 |  |  | 首笔已到，余款待收
YS-2610-004 | K008 | 松塔电子商务有限公司     | 2026-10-09 | 2026-11-08 | 30天 | CNY | 64300.00   | 0         |            | ST-2026-005 |  | 2026-11-27 |
HZ-2610-002 | K005 | 星柏医疗器械有限公司     | 2026-10-12 | 2026-10-12 |      | CNY | -4800.00   | 0         |            | XB-2026-018 |  |  | 红字发票：退回探头，冲 YS-2609-016
YS-2610-008 | K010 | 云杉建筑设计有限公司     | 2026-10-12 | 2026-11-11 | 30天 | CNY | 45900.00   | 0         |            | YS-2026-003 |  |  |
YS-2610-012 | K011 | 潮汐能源工程有限公司     | 2026-10-14 | 2026-11-13 | 30天 | CNY | 21700.00   | 0         |            | CX-2026-010 |  |  |
YS-2610-015 | K001 | 青屿水务科技有限公司     | 2026-10-15 | 2026-11-14 | 30天 | CNY | 83600.00   | 0         |            | QY-2026-019 |  |  |
YS-2610-017 | K014 | Halcyon Trading (HK) Limited | 2026-10-16 | 2026-11-15 | 30天 | CNY | 74500.00 | 0       |            | HT-2026-001 |  |  |
YS-2610-020 | K012 | 赤岩矿业有限公司         | 2026-10-20 | 11月上旬   | 30天 | CNY | 33500.00   | 0         |            | CY-2026-008 |  |  |
YS-2610-023 | K002 | 云桥食品有限公司         | 2026-10-23 | 2026-11-22 | 30天 | CNY | 59800.00   | 0         |            | YQ-2026-031 |  |  |
YS-2610-027 | K003 | 北岸精密机械有限公司     | 2026-10-27 | 2026-11-26 | 30天 | CNY | 38750.00   | 0         |            | BA-2026-024 |  |  |
YS-2611-003 | K013 | 蓝雀印刷包装有限公司     | 2026-11-05 | 2026-12-05 | 30天 | CNY | 97500.00   | 0         |            | LQ-2026-012 |  |  |
YS-2611-009 | K013 | 蓝雀印刷包装有限公司     | 2026-11-12 | 2026-12-12 | 30天 | CNY | 82600.00   | 0         |            | LQ-2026-012 |  |  |
YS-2611-012 | K004 | 禾川农业发展有限公司     | 2026-11-16 |            | 月结30天 | CNY | 26400.00 | 0       |            | HC-2026-009 |  |  |
""",
        3,
        HEADER,
    ),
    Tab(
        "客户",
        "客户资料",
        "每个客户一行。信函发至“邮箱”，抄送至“抄送”；信用额度以人民币计。",
        (
            Column("客户编码", 12),
            Column("客户名称", 32),
            Column("联系人", 12),
            Column("邮箱", 36),
            Column("抄送", 31),
            Column("电话", 20),
            Column("语言", 10, choices="zh,en"),
            Column("国家/地区", 12),
            Column("账期", 13, choices="30天,60天,月结,月结30天,月结60天,货到付款", free=True),
            Column("信用额度", 16, "money"),
            Column("停供", 10, choices="是,否"),
            Column("不催", 10, choices="是,否"),
            Column("业务员", 12),
            Column("备注", 32, wrap=True),
        ),
        """
K001 | 青屿水务科技有限公司 | 许若宁 | caiwu.qingyu@example.com |  | 0755-5550 0117 | zh | CN | 30天 | 300000 | 否 | 否 | 林晓彤 |
K002 | 云桥食品有限公司 | 高子谦 | yingfu.yunqiao@example.com |  | 028-5550 0142 | zh | CN | 30天 | 150000 | 否 | 否 | 周启明 |
K003 | 北岸精密机械有限公司 | 邵文博 | caiwu.beian@example.com | shaowb@example.com | 0574-5550 0112 | zh | CN | 30天 | 250000 | 否 | 否 | 林晓彤 |
K004 | 禾川农业发展有限公司 | 潘丽 | caiwu.hechuan@example.com |  | 0431-5550 0114 | zh | CN | 月结30天 | 120000 | 否 | 否 | 周启明 |
K005 | 星柏医疗器械有限公司 | 丁一凡 | yingfu.xingbai@example.com |  | 025-5550 0188 | zh | CN | 30天 | 100000 | 否 | 否 | 林晓彤 |
K006 | 澜石新材料有限公司 | 贺建军 | caiwu.lanshi@example.com | hejj@example.com | 0592-5550 0156 | zh | CN | 30天 | 300000 | 否 | 否 | 周启明 | 夏季以来回款变慢
K007 | 远帆国际物流有限公司 | 白露 | yingfu.yuanfan@example.com |  | 021-5550 0173 | zh | CN | 30天 | 200000 | 否 | 否 | 林晓彤 |
K008 | 松塔电子商务有限公司 | 孟佳 | caiwu.songta@example.com |  | 0571-5550 0129 | zh | CN | 30天 | 150000 | 否 | 否 | 周启明 |
K009 | 鹿鸣书业有限公司 | 秦牧 | bangong.luming@example.com |  | 010-5550 0155 | zh | CN | 30天 | 80000 | 否 | 是 | 林晓彤 | 销售总监已与对方商定分期
K010 | 云杉建筑设计有限公司 | 陶然 | caiwu.yunshan@@example.com |  | 027-5550 0164 | zh | CN | 30天 | 100000 | 否 | 否 | 周启明 |
K011 | 潮汐能源工程有限公司 | 财务部 |  |  | 0532-5550 0138 | zh | CN | 30天 | 100000 | 否 | 否 | 林晓彤 | 待索取邮箱
K012 | 赤岩矿业有限公司 | 蒋海 | caiwu.chiyan@example.com |  | 0871-5550 0197 | zh | CN | 30天 | 80000 | 否 | 否 | 周启明 |
K013 | 蓝雀印刷包装有限公司 | 宋雨桐 | caiwu.lanque@example.com |  | 0769-5550 0121 | zh | CN | 30天 | 150000 | 否 | 否 | 林晓彤 |
K014 | Halcyon Trading (HK) Limited | Grace Lam | accounts.halcyon@example.com |  | +852 5550 0139 | en | HK | 30天 | 150000 | 否 | 否 | 周启明 | 信函用英文
""",
        2,
        "2E7D6B",
    ),
    Tab(
        "收款",
        "收款记录",
        "每笔到账一行。应收表的“已收金额”已包含这些收款。",
        (
            Column("收款日期", 14, "date"),
            Column("客户编码", 12),
            Column("客户名称", 30),
            Column("单据编号", 17),
            Column("收款金额", 16, "money"),
            Column("币种", 10, choices="CNY,USD,EUR,HKD,JPY"),
            Column("收款方式", 14, choices="银行转账,承兑汇票,现金,支票", free=True),
            Column("流水号", 24),
        ),
        """
2026-06-10 | K001 | 青屿水务科技有限公司 | YS-2605-018 | 68500.00 | CNY | 银行转账 | LS20260610-0117
2026-07-08 | K002 | 云桥食品有限公司     | YS-2606-009 | 43160.00 | CNY | 银行转账 | LS20260708-0092
2026-07-31 | K001 | 青屿水务科技有限公司 | YS-2606-031 | 75240.00 | CNY | 银行转账 | LS20260731-0164
2026-08-03 | K006 | 澜石新材料有限公司   | YS-2605-027 | 92000.00 | CNY | 承兑汇票 | LS20260803-0031
2026-08-20 | K013 | 蓝雀印刷包装有限公司 | YS-2607-022 | 51900.00 | CNY | 银行转账 | LS20260820-0055
2026-09-16 | K001 | 青屿水务科技有限公司 | YS-2608-019 | 58300.00 | CNY | 银行转账 | LS20260916-0209
2026-09-21 | K006 | 澜石新材料有限公司   | YS-2607-014 | 66800.00 | CNY | 银行转账 | LS20260921-0107
2026-11-04 | K003 | 北岸精密机械有限公司 | YS-2610-001 | 40000.00 | CNY | 银行转账 | LS20261104-0078
""",
        0,
        "8A6D1F",
    ),
    Tab(
        "催收记录",
        "催收记录",
        "电话、拜访等由经办人自行登记；Collector 每发出一封邮件会追加一行，并在“键”列留下标识。",
        (
            Column("日期", 14, "date"),
            Column("客户", 30),
            Column("渠道", 11, choices="邮件,电话,拜访,微信", free=True),
            Column("内容", 32, wrap=True),
            Column("发票", 17),
            Column("金额", 19),
            Column("结果", 42, wrap=True),
            Column("经办人", 12),
            Column("键", 14),
        ),
        """
2026-10-28 | 远帆国际物流有限公司 | 电话 | 反映少发传感器两只 | YS-2609-025 | CNY 88,400.00 | 仓库核对装箱单后答复 | 林晓彤 |
2026-11-09 | 鹿鸣书业有限公司 | 拜访 | 商谈九月订单付款 | YS-2609-010 | CNY 37,200.00 | 销售总监同意分期，暂不发催款函 | 林晓彤 |
2026-11-16 | 松塔电子商务有限公司 | 电话 | 询问付款日期 | YS-2610-004 | CNY 64,300.00 | 孟经理承诺 11月27日前付款 | 周启明 |
""",
        0,
        "6B4E9B",
    ),
)

BOOKS: Final = {
    "receivables_en.xlsx": (ENGLISH, "Calibri"),
    "receivables_zh.xlsx": (CHINESE, "Microsoft YaHei"),
}

# ── from rows to a workbook ──────────────────────────────────────────────────────────────────

HEADER_ROW: Final = 4


def build(tabs: Sequence[Tab], font: str) -> bytes:
    """Return a workbook of these tabs, the same bytes every time."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator, book.properties.created = "Collector", MADE
    for tab in tabs:
        _fill(book.create_sheet(tab.name), tab, font)
    made = BytesIO()
    book.save(made)
    return _timeless(made.getvalue())


def _fill(sheet: Worksheet, tab: Tab, font: str) -> None:
    sheet["A1"], sheet["A2"] = tab.title, tab.note
    sheet["A1"].font = Font(font, 15, bold=True, color=INK)
    sheet["A2"].font = Font(font, 10, color=MUTED)
    sheet.row_dimensions[1].height, sheet.row_dimensions[2].height = 26, 18
    sheet.row_dimensions[HEADER_ROW].height = 32
    for place, column in enumerate(tab.columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width
        _head(sheet.cell(HEADER_ROW, place, column.heading), column, font)
    rows = list(_rows(tab))
    for number, row in enumerate(rows, start=HEADER_ROW + 1):
        _write(sheet, number, tab, row, font)
    _furnish(sheet, tab, HEADER_ROW + len(rows))


def _rows(tab: Tab) -> Iterator[list[str]]:
    for line in tab.rows.strip().splitlines():
        row = [text.strip() for text in line.split("|")]
        assert len(row) == len(tab.columns), line
        yield row


def _head(cell: Cell, column: Column, font: str) -> None:
    cell.font = Font(font, 10, bold=True, color="FFFFFF")
    cell.fill = PatternFill("solid", fgColor=HEADER)
    cell.alignment = _alignment(column, wrap=True)


def _alignment(column: Column, *, wrap: bool) -> Alignment:
    side = "right" if column.kind == "money" else "left"
    return Alignment(horizontal=side, vertical="center", wrap_text=wrap, indent=1)


def _write(sheet: Worksheet, number: int, tab: Tab, row: Sequence[str], font: str) -> None:
    sheet.row_dimensions[number].height = 19
    whole = any(text in WITHOUT_DECIMALS for text in row)
    for place, (column, text) in enumerate(zip(tab.columns, row, strict=True), start=1):
        cell = sheet.cell(number, place, _value(column.kind, text))
        cell.font = Font(font, 10, color=INK)
        cell.border = Border(bottom=Side("hair", color=LINE))
        cell.alignment = _alignment(column, wrap=column.wrap)
        if number % 2:
            cell.fill = PatternFill("solid", fgColor=BAND)
        if column.kind == "date":
            cell.number_format = DATE
        elif column.kind == "money":
            cell.number_format = WHOLE if whole else MONEY


def _value(kind: str, text: str) -> str | date | Decimal | None:
    if not text:
        return None
    if kind == "money":
        return Decimal(text)
    # One due date is text, as it happens in real books.
    if kind == "date" and re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return date.fromisoformat(text)
    return text


def _furnish(sheet: Worksheet, tab: Tab, last_row: int) -> None:
    right = get_column_letter(len(tab.columns))
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{right}{last_row}"
    sheet.freeze_panes = f"{get_column_letter(tab.frozen + 1)}{HEADER_ROW + 1}"
    sheet.sheet_properties.tabColor = tab.colour
    sheet.sheet_view.showGridLines = False
    sheet.sheet_view.zoomScale = 100
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins = PageMargins(0.4, 0.4, 0.6, 0.75, footer=0.35)
    sheet.oddFooter.right.text = "&P / &N"
    for place, column in enumerate(tab.columns, start=1):
        if column.choices:
            _choose(sheet, get_column_letter(place), column)


def _choose(sheet: Worksheet, letter: str, column: Column) -> None:
    choices = DataValidation(type="list", formula1=f'"{column.choices}"', allow_blank=True)
    choices.showErrorMessage = not column.free
    choices.add(f"{letter}{HEADER_ROW + 1}:{letter}{LAST_ROW}")
    sheet.add_data_validation(choices)


def _timeless(content: bytes) -> bytes:
    """Return a package without the moment it was made at."""
    moment, made = MADE.isoformat().encode() + b"Z", BytesIO()
    with ZipFile(BytesIO(content)) as package, ZipFile(made, "w") as timeless:
        for name in package.namelist():
            entry = ZipInfo(name, MADE.timetuple()[:6])
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o600 << 16
            part = package.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"\d{4}-\d\d-\d\dT[\d:.]+Z", moment, part)
            timeless.writestr(entry, part)
    return made.getvalue()


def main() -> None:
    """Write both workbooks."""
    for name, (tabs, font) in BOOKS.items():
        (HERE / name).write_bytes(build(tabs, font))


if __name__ == "__main__":
    main()
