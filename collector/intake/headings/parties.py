"""Words for whoever owes in trades that have no customers: tenants, students, patients, members."""

from __future__ import annotations

import re
from typing import Final

from collector.intake.headings.folding import fold, fold_all

PARTIES: Final = fold_all(
    "Tenant", "Tenant Name", "Lessee", "Resident", "Resident Name", "Student", "Student Name",
    "Pupil", "Pupil Name", "Patient", "Patient Name", "Member", "Member Name", "Subscriber",
    "Subscriber Name", "Dealer", "Dealer Name", "Distributor", "Distributor Name", "Policyholder",
    "Mieter", "Mietername", "Schüler", "Mitglied", "Händler", "Locataire", "Élève", "Adhérent",
    "Membre", "Inquilino", "Arrendatario", "Alumno", "Paciente", "Socio", "Conduttore", "Inquilini",
    "Huurder", "Leerling", "租户", "租户名称", "租客", "承租人", "承租方", "业主", "业主名称",
    "业主姓名",
    "学员", "学员姓名", "学生", "学生姓名", "患者", "患者姓名", "会员", "会员名称", "会员姓名",
    "经销商",
    "经销商名称", "代理商", "代理商名称", "商户", "商户名称",
)  # fmt: skip
_ADDRESS: Final = re.compile(
    r"(?:contact)?(?:e?mails?|emailaddress|mailaddress|courriel|correo|邮箱|电子邮箱|邮件)(?:address|地址)?"
)
# Who pays for them, and who sees to it there.
_FOR_THEM: Final = re.compile(
    r"(?:parents?|guardians?|carers?|mother|father|family|payers?|billing|accounts|finance|ap|eltern"
    r"|parents?|padres?|tutor|genitori|家长|监护人|父母|联系人|付款人|财务)?(?:s|name|名称|姓名)?"
)


def is_address_of(heading: str, party: str) -> bool:
    """Tell whether a heading is of the addresses of a party, by its own word or of who pays."""
    form, own = fold(heading), re.sub(r"name$|名称$|姓名$", "", fold(party))
    rest = _ADDRESS.sub("", form, count=1)
    return rest != form and (rest.removesuffix("s") == own or bool(_FOR_THEM.fullmatch(rest)))
