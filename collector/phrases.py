"""The one catalogue: every sentence we say, in every language, filled with facts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

PHRASES: Final[Mapping[str, Mapping[str, str]]] = {
    # ── errors: configuration ──
    "config_mistakes": {"en": "{mistakes}", "zh": "{mistakes}"},
    "config_missing": {
        "en": "{path} is not there. Run `collector init BOOK` to write one, or name it with --config.",
        "zh": "找不到 {path}。请运行 `collector init BOOK` 生成，或用 --config 指定。",
    },
    "config_line": {"en": "line {line}", "zh": "第 {line} 行"},
    "config_unreadable": {"en": "cannot be read: {what}", "zh": "无法读取：{what}"},
    "config_encoding": {
        "en": "is not UTF-8 text; save it again as UTF-8",
        "zh": "不是 UTF-8 文本；请另存为 UTF-8 编码",
    },
    "config_character": {
        "en": "holds a character that no text has; is this the right file?",
        "zh": "含有文本中不应出现的字符；文件是否选错？",
    },
    "config_empty": {
        "en": "is empty; it needs at least `workbook: receivables.xlsx`",
        "zh": "是空文件；至少需要 `workbook: receivables.xlsx`",
    },
    "config_no_mapping": {
        "en": "is no list of keys; it starts like `workbook: receivables.xlsx`",
        "zh": "不是“键: 值”的格式；应以 `workbook: receivables.xlsx` 这样的行开头",
    },
    "config_tab": {
        "en": "a tab stands where only spaces may; indent with spaces",
        "zh": "缩进处有制表符；请改用空格缩进",
    },
    "config_syntax": {
        "en": "is not understood here ({what}); look for a missing colon, quotation mark, bracket "
        "or a wrong indent on this line or the one above",
        "zh": "此处无法解析（{what}）；请检查本行或上一行是否缺少冒号、引号、括号，或缩进有误",
    },
    "config_too_deep": {"en": "is nested too deep", "zh": "嵌套层数过多"},
    "config_tag": {
        "en": "a value may not start with `!`; put it in quotation marks",
        "zh": "值不能以 `!` 开头；请加引号",
    },
    "config_alias": {
        "en": "refers to another place with `*`; write it out here",
        "zh": "用 `*` 引用了别处；请在此写出完整内容",
    },
    "config_twice": {
        "en": "is here for the second time, first on {first}; keep one",
        "zh": "重复出现，首次在{first}；请只保留一处",
    },
    "config_required": {"en": "is missing", "zh": "缺失"},
    "config_unknown_key": {
        "en": "is not a key that is known here; known are {choices}",
        "zh": "不是可用的键；可用的有 {choices}",
    },
    "config_unknown_key_near": {
        "en": "is not a key that is known here; did you mean `{nearest}`?",
        "zh": "不是可用的键；是否指 `{nearest}`？",
    },
    "config_choice": {
        "en": "should be one of {choices}, not {value}",
        "zh": "应为 {choices} 之一，而非 {value}",
    },
    "config_choice_near": {
        "en": "{value} is not known here; did you mean `{nearest}`?",
        "zh": "此处没有 {value} 这一选项；是否指 `{nearest}`？",
    },
    "config_text": {
        "en": "should be text on one line, not {value}",
        "zh": "应为单行文字，而非 {value}",
    },
    "config_flag": {
        "en": "should be true or false, not {value}",
        "zh": "应为 true 或 false，而非 {value}",
    },
    "config_whole_number": {
        "en": "should be a whole number, not {value}",
        "zh": "应为整数，而非 {value}",
    },
    "config_number": {"en": "should be a number, not {value}", "zh": "应为数字，而非 {value}"},
    "config_at_least": {
        "en": "should be {limit} or more, not {value}",
        "zh": "应不小于 {limit}，而非 {value}",
    },
    "config_more_than": {
        "en": "should be more than {limit}, not {value}",
        "zh": "应大于 {limit}，而非 {value}",
    },
    "config_at_most": {
        "en": "should be {limit} or less, not {value}",
        "zh": "应不大于 {limit}，而非 {value}",
    },
    "config_list": {
        "en": "should be a list with something in it, like [a, b], not {value}",
        "zh": "应为非空列表，如 [a, b]，而非 {value}",
    },
    "config_mapping": {
        "en": "should be keys with values, like {{key: value}}, not {value}",
        "zh": "应为“键: 值”，如 {{key: value}}，而非 {value}",
    },
    "config_ascending": {
        "en": "{value} stands after {before}; these rise from one to the next",
        "zh": "{value} 排在 {before} 之后；应逐个递增",
    },
    "config_repeated": {"en": "{value} is there twice", "zh": "{value} 重复"},
    "config_book": {"en": "a book's name has no `/`", "zh": "账簿名称不能含 `/`"},
    "config_step_name": {
        "en": "should be small letters, digits, `-` and `_`, and not `statement`; this is {value}",
        "zh": "只能用小写字母、数字、`-` 和 `_`，且不能是 `statement`，而非 {value}",
    },
    "config_currency": {
        "en": "should be a currency by ISO 4217, like USD or CNY, not {value}",
        "zh": "应为 ISO 4217 币种代码，如 CNY 或 USD，而非 {value}",
    },
    "config_timezone": {
        "en": "should be a time zone like Asia/Shanghai, not {value}",
        "zh": "应为时区，如 Asia/Shanghai，而非 {value}",
    },
    "config_timezone_near": {
        "en": "should be a time zone like Asia/Shanghai, not {value}; did you mean `{nearest}`?",
        "zh": "应为时区，如 Asia/Shanghai，而非 {value}；是否指 `{nearest}`？",
    },
    "config_country": {
        "en": "should be a country code like CN, or `customer`, not {value}",
        "zh": "应为国家代码，如 CN，或 `customer`，而非 {value}",
    },
    "config_time": {
        "en": "should be a time like \"09:00\", not {value}",
        "zh": "应为时间，如 \"09:00\"，而非 {value}",
    },
    "config_span": {
        "en": "should be hours like \"09:00-18:00\", the earlier first, not {value}",
        "zh": "应为时间段，如 \"09:00-18:00\"，先早后晚，而非 {value}",
    },
    "config_iban": {
        "en": "is no IBAN: {value} has a wrong length or wrong check digits",
        "zh": "不是有效的 IBAN：{value} 的长度或校验位有误",
    },
    "config_bic": {
        "en": "should be a BIC like COBADEFFXXX, not {value}",
        "zh": "应为 BIC（SWIFT 代码），如 COBADEFFXXX，而非 {value}",
    },
    "config_colour": {
        "en": "should be a colour like \"#14506b\", in quotation marks, not {value}",
        "zh": "应为颜色，如 \"#14506b\"（须加引号），而非 {value}",
    },
    "logo_unreadable": {
        "en": "The logo {path} cannot be read: {what}. Check letters.logo in the configuration.",
        "zh": "无法读取标志 {path}：{what}。请检查配置中的 letters.logo。",
    },
    "logo_unusable": {
        "en": "The logo {path} is no PNG or JPEG of at most {size} KB, which mail programs need.",
        "zh": "标志 {path} 不是不超过 {size} KB 的 PNG 或 JPEG，邮件程序无法显示。",
    },
    "file_empty": {"en": "the file is empty", "zh": "文件是空的"},
    "file_missing": {"en": "the file is not there", "zh": "文件不存在"},
    "file_outside": {"en": "it lies outside the folder letters.attachments", "zh": "它不在 letters.attachments 文件夹内"},
    "file_too_large": {
        "en": "it is larger than {size} MB", "zh": "它大于 {size} MB",
    },
    "file_too_large_together": {
        "en": "with it the files exceed {size} MB", "zh": "加上它，附件合计超过 {size} MB",
    },
    "file_no_folder": {
        "en": "letters.attachments is not set, so nobody knows which folder it is in",
        "zh": "未设置 letters.attachments，无从得知其所在文件夹",
    },
    "file_unreadable": {"en": "it cannot be read ({what})", "zh": "无法读取（{what}）"},
    "enclosure": {"en": "{name}: {what}", "zh": "{name}：{what}"},
    "config_address": {
        "en": "should be an e-mail address, not {value}",
        "zh": "应为电子邮件地址，而非 {value}",
    },
    "config_domain": {
        "en": "should be a domain, like example.com, not {value}",
        "zh": "应为域名，如 example.com，而非 {value}",
    },
    "config_oauth": {
        "en": "needs either `token_command`, or `client_id` and `refresh_token`",
        "zh": "需要 `token_command`，或 `client_id` 与 `refresh_token`",
    },
    "config_oauth_url": {
        "en": "needs `token_url`, since `mail.provider` names neither gmail nor microsoft365",
        "zh": "需要 `token_url`，因为 `mail.provider` 不是 gmail 或 microsoft365",
    },
    "config_oauth_https": {
        "en": "should be an address that starts with https://",
        "zh": "应为以 https:// 开头的地址",
    },
    "config_server": {
        "en": "should be host:port and nothing else, like smtp.example.com:465",
        "zh": "应仅为 主机:端口，如 smtp.example.com:465",
    },
    "config_secret": {
        "en": "a secret is not written here; say where it is: env:NAME, keyring:SERVICE or "
        "file:PATH (what is written is not shown)",
        "zh": "此处不写密钥本身，只写其所在：env:名称、keyring:服务 或 file:路径（所写内容不予显示）",
    },
    "config_ledger": {
        "en": "should be sqlite:///collector.db, postgresql://… or env:NAME",
        "zh": "应为 sqlite:///collector.db、postgresql://… 或 env:名称",
    },
    "config_ledger_secret": {
        "en": "holds a password (not shown); put the whole address in a variable and write env:NAME",
        "zh": "含有密码（不予显示）；请将完整地址放入环境变量，并写 env:名称",
    },
    "config_send_needs": {
        "en": "is missing; without it the mode stays `rehearse`",
        "zh": "缺失；没有它，模式只能为 `rehearse`",
    },
    "config_plain_mail": {
        "en": "`none` is only for a server on this machine; use `tls` or `starttls`",
        "zh": "`none` 仅限本机服务器；请用 `tls` 或 `starttls`",
    },
    "config_user_needs_password": {
        "en": "is missing: a user logs in with one, like env:COLLECTOR_MAIL_PASSWORD; no user means "
        "no login",
        "zh": "缺失：有 user 就需要密码，如 env:COLLECTOR_MAIL_PASSWORD；不写 user 则不登录",
    },
    "secret_missing": {
        "en": "{key}: the secret {reference} is not set. Set it, then run again.",
        "zh": "{key}：未设置密钥 {reference}。设置后请重新运行。",
    },
    "usage": {"en": "{what}", "zh": "{what}"},
    "template_broken": {
        "en": "The letter template {template} cannot be used: {what}",
        "zh": "信函模板 {template} 无法使用：{what}",
    },
    # ── errors: the workbook ──
    "workbook_missing": {
        "en": "{path} is not there. Check `workbook:` in the configuration.",
        "zh": "找不到 {path}。请检查配置中的 `workbook:`。",
    },
    "workbook_format": {
        "en": "{path} cannot be read: {what}",
        "zh": "无法读取 {path}：{what}",
    },
    "workbook_encrypted": {
        "en": "{path} is encrypted. Save it without a password to open, then run again.",
        "zh": "{path} 已加密。请取消打开密码后再运行。",
    },
    "workbook_locked": {
        "en": "{path} is open: {holder}. Close it, or run again later.",
        "zh": "{path} 正被打开：{holder}。请关闭后再运行，或稍后重试。",
    },
    "workbook_changed": {
        "en": "{path} was changed by someone while it was being worked on. Nothing was written; run again.",
        "zh": "处理期间 {path} 被他人修改。未写入任何内容，请重新运行。",
    },
    "google_address": {
        "en": "{address} is not the address of a Google spreadsheet. Copy it from the browser: https://docs.google.com/spreadsheets/d/…",
        "zh": "{address} 不是 Google 表格的地址。请从浏览器复制：https://docs.google.com/spreadsheets/d/…",
    },
    "google_your_account": {"en": "the account of `google.credentials`", "zh": "`google.credentials` 的账户"},
    "google_key": {
        "en": "Google does not accept the key of `google.credentials`: {what}. Make a new key and put it in its place.",
        "zh": "Google 不接受 `google.credentials` 的密钥：{what}。请新建密钥并替换。",
    },
    "google_key_no_json": {"en": "it is not the JSON file that Google gave out", "zh": "不是 Google 提供的 JSON 文件"},
    "google_key_kind": {
        "en": "it is neither a service account's key nor an authorised user's",
        "zh": "既不是服务账户的密钥，也不是已授权用户的凭据",
    },
    "google_key_malformed": {"en": "it is malformed", "zh": "格式有误"},
    "google_not_shared": {
        "en": "The sheet {address} is not shared with {account}. In Google Sheets: Share, add that address as Editor; then run again.",
        "zh": "表格 {address} 未与 {account} 共享。请在 Google 表格中点击“共享”，将该地址添加为编辑者，然后重新运行。",
    },
    "google_read_only": {
        "en": "The sheet {address} is shared with {account} for viewing only, and we must write in it. In Google Sheets: Share, make that address an Editor; then run again.",
        "zh": "表格 {address} 仅以“查看者”权限共享给 {account}，而我们需要写入。请在 Google 表格中点击“共享”，将该地址改为“编辑者”，然后重新运行。",
    },
    "google_scope": {
        "en": "The key of `google.credentials` is not allowed to use spreadsheets. Give consent again with the scope https://www.googleapis.com/auth/spreadsheets and put the new file in its place.",
        "zh": "`google.credentials` 的密钥没有使用表格的权限。请以范围 https://www.googleapis.com/auth/spreadsheets 重新授权，并替换文件。",
    },
    "google_certificate": {
        "en": "its certificate is not trusted here. Where a proxy stands in between, name its authority's file in REQUESTS_CA_BUNDLE",
        "zh": "其证书在本机不受信任。如经过代理，请用 REQUESTS_CA_BUNDLE 指定其证书颁发机构的文件",
    },
    "google_api_off": {
        "en": "The Google Sheets API is not enabled in the project of this key. Enable it at {link} , wait a few minutes and run again.",
        "zh": "此密钥所属的项目未启用 Google Sheets API。请在 {link} 启用，等待几分钟后重新运行。",
    },
    "google_server": {
        "en": "Google Sheets cannot be reached: {what}. Nothing was changed by this call; run again later.",
        "zh": "无法访问 Google 表格：{what}。本次调用未作任何更改，请稍后重新运行。",
    },
    "google_unsure": {
        "en": "Google Sheets did not say whether our cells were written: {what}. Run again: the next run looks, and writes only what is missing.",
        "zh": "Google 表格未确认单元格是否已写入：{what}。请重新运行：下次运行会先查看，只补写缺少的内容。",
    },
    "google_refused": {
        "en": "Google Sheets refused: {what}. Nothing was written.",
        "zh": "Google 表格拒绝了请求：{what}。未写入任何内容。",
    },
    "google_protected": {
        "en": "The range {where} is protected ({description}) and we must write in it. In Google Sheets: Data, Protect sheets and ranges, let {account} edit it; then run again.",
        "zh": "区域 {where} 受保护（{description}），而我们需要写入。请在 Google 表格的“数据 - 保护工作表和范围”中允许 {account} 编辑，然后重新运行。",
    },
    "google_no_description": {"en": "without a description", "zh": "无说明"},
    "google_no_answer": {"en": "no answer ({what})", "zh": "没有应答（{what}）"},
    "google_no_json": {"en": "the answer was cut short or is no answer of Google's", "zh": "应答不完整，或不是 Google 的应答"},
    "google_quota": {"en": "the quota of calls is used up", "zh": "调用配额已用完"},
    "google_office_file": {
        "en": "it is an Office file kept in Google Drive. In Google Sheets: File, Save as Google Sheets, and use that address",
        "zh": "这是保存在 Google 云端硬盘中的 Office 文件。请在 Google 表格中选择“文件 - 另存为 Google 表格”，并使用新的地址",
    },
    "google_write_moved": {
        "en": "somebody changed {count} rows of {tab} in the very moment it was written; what we show there may be missing or out of date until the next run",
        "zh": "写入 {tab} 的瞬间有 {count} 行被他人更改；这些行中我们的内容在下次运行前可能缺失或过时",
    },
    "google_unproved": {
        "en": "our cells were written, but could not be read back to prove it: {what}",
        "zh": "单元格已写入，但无法读回核对：{what}",
    },
    "google_write_differs": {
        "en": "our cells in {tab} do not show what was written ({count} of them, the first {cell}); somebody is editing them. The next run writes them again",
        "zh": "{tab} 中我们的单元格与写入内容不符（共 {count} 个，第一个是 {cell}），有人正在编辑。下次运行会重新写入",
    },
    "write_differs": {"en": "{what}", "zh": "{what}"},
    "google_columns_moved": {
        "en": "somebody moved columns of {tab} in the very moment it was written: look whether column {columns} shows what it should (File, Version history has the former cells)",
        "zh": "写入 {tab} 的瞬间有人移动了列：请检查 {columns} 列的内容是否正确（“文件 - 版本历史记录”中有原来的单元格）",
    },
    "workbook_save": {
        "en": "{path} could not be saved: {what}. The file is as it was.",
        "zh": "{path} 无法保存：{what}。文件保持原样。",
    },
    "tab_missing": {
        "en": "There is no tab {tab}. The workbook has: {tabs}.",
        "zh": "没有名为 {tab} 的工作表。现有：{tabs}。",
    },
    "tabs_alike": {
        "en": "{tab} looks like receivables, and so do other tabs: {others}. Bring them together on "
        "one tab, or name the one to be worked on under tabs: invoices: name: in the configuration.",
        "zh": "{tab} 像应收表，以下工作表同样像：{others}。请合并到一张工作表，或在配置的 tabs: invoices: "
        "name: 中指定要处理的一张。",
    },
    "tab_taken": {
        "en": "{path} has a tab {tab} already, which is not Collector's. Rename it, so that Collector "
        "can add its own.",
        "zh": "{path} 中已有名为 {tab} 的工作表，且不是 Collector 建立的。请将其改名，以便 Collector 添加自己的工作表。",
    },
    "no_table": {
        "en": "No receivables table was found in {workbook} (tabs: {tabs}). It needs headings for "
        "the customer, the amount and the due date or terms; name them under `tabs:` in the "
        "configuration.",
        "zh": "在 {workbook} 中未找到应收表（工作表：{tabs}）。表头须含客户、金额、到期日或账期；"
        "可在配置的 `tabs:` 中指定。",
    },
    "heading_missing": {
        "en": "{where} has no column for {field}. {hint}",
        "zh": "{where} 缺少“{field}”列。{hint}",
    },
    "headings_moved": {
        "en": "The headings of {tab} stood in row {before} and now stand in row {now}. Nothing was "
        "written. If that is right, set header_row: {now} under tabs: {kind}: in the "
        "configuration, or run `collector check --repair`.",
        "zh": "{tab} 的表头原在第 {before} 行，现在第 {now} 行。未写入任何内容。若确认无误，请在配置的 "
        "tabs: {kind}: 下设 header_row: {now}，或运行 `collector check --repair`。",
    },
    "heading_twice": {
        "en": "{first} and {second} could both be {field}. Say which in the configuration: "
        "tabs: {{{kind}: {{columns: {{{field}: \"heading\"}}}}}}",
        "zh": "{first} 与 {second} 都可能是“{field}”。请在配置中指定："
        "tabs: {{{kind}: {{columns: {{{field}: \"表头\"}}}}}}",
    },
    # ── what is wrong with a workbook file ──
    "format_empty": {"en": "the file is empty", "zh": "文件为空"},
    "format_folder": {"en": "it is a folder, not a file", "zh": "它是文件夹，不是文件"},
    "format_unreadable": {
        "en": "the disk or its permissions refuse it ({what})",
        "zh": "磁盘或权限不允许读取（{what}）",
    },
    "format_csv": {
        "en": "it is plain text, such as CSV. Open it in Excel and save it as Excel workbook (.xlsx)",
        "zh": "它是纯文本（如 CSV）。请用 Excel 打开并另存为“Excel 工作簿 (.xlsx)”",
    },
    "format_html": {
        "en": "it is a web page or XML text under a workbook's name. Open it in Excel and save it as "
        "Excel workbook (.xlsx)",
        "zh": "它是以工作簿命名的网页或 XML 文本。请用 Excel 打开并另存为“Excel 工作簿 (.xlsx)”",
    },
    "format_xls": {
        "en": "it is in the old .xls format. Open it in Excel and save it as Excel workbook (.xlsx)",
        "zh": "它是旧版 .xls 格式。请用 Excel 打开并另存为“Excel 工作簿 (.xlsx)”",
    },
    "format_xlsb": {
        "en": "it is a binary workbook (.xlsb). Open it in Excel and save it as Excel workbook (.xlsx)",
        "zh": "它是二进制工作簿 (.xlsb)。请用 Excel 打开并另存为“Excel 工作簿 (.xlsx)”",
    },
    "format_ods": {
        "en": "it is an OpenDocument spreadsheet (.ods). Open it and save it as Excel workbook (.xlsx)",
        "zh": "它是 OpenDocument 表格 (.ods)。请打开并另存为“Excel 工作簿 (.xlsx)”",
    },
    "format_other": {
        "en": "it is not an Excel workbook. Open the right file, or save it as Excel workbook (.xlsx)",
        "zh": "它不是 Excel 工作簿。请选择正确的文件，或另存为“Excel 工作簿 (.xlsx)”",
    },
    "format_damaged": {
        "en": "the file is damaged ({part}). Open it in Excel, let it repair, and save it; or take a "
        "backup",
        "zh": "文件已损坏（{part}）。请用 Excel 打开修复后保存，或使用备份",
    },
    "format_signed": {
        "en": "it is digitally signed, and any change would break the signature. Save an unsigned copy",
        "zh": "它带有数字签名，任何改动都会使签名失效。请另存一份未签名的副本",
    },
    "format_too_large": {
        "en": "it would unpack to more than {limit}. Delete unused tabs and pictures, then save it again",
        "zh": "解压后超过 {limit}。请删除无用的工作表与图片后重新保存",
    },
    "format_bomb": {
        "en": "{part} is packed so tightly that it looks like an attack. Open it in Excel and save it "
        "again if you trust it",
        "zh": "{part} 的压缩率异常，疑似攻击文件。若确认可信，请用 Excel 打开并重新保存",
    },
    "format_doctype": {
        "en": "{part} declares XML entities, which no spreadsheet program does. Open it in Excel and "
        "save it again if you trust it",
        "zh": "{part} 声明了 XML 实体，表格程序不会这样做。若确认可信，请用 Excel 打开并重新保存",
    },
    "format_encoding": {
        "en": "{part} is written in {encoding}, which is not supported. Open it in Excel and save it "
        "again",
        "zh": "{part} 使用 {encoding} 编码，暂不支持。请用 Excel 打开并重新保存",
    },
    "format_rows": {
        "en": "the rows of {tab} are not in order (row {row}). Open it in Excel and save it again",
        "zh": "{tab} 的行顺序错乱（第 {row} 行）。请用 Excel 打开并重新保存",
    },
    "format_wide": {
        "en": "{tab} has cells too far apart ({rows} rows by {columns} columns). Delete what lies far "
        "from the table, then save it again",
        "zh": "{tab} 的单元格相距太远（{rows} 行 × {columns} 列）。请删除远离表格的内容后重新保存",
    },
    "format_full": {
        "en": "{tab} has no room for further rows. Move old rows elsewhere",
        "zh": "{tab} 已无空行可写。请将旧的行移到别处",
    },
    "no_room": {
        "en": "{tab} has no room for our {count} columns at the right of the table: a worksheet ends at "
        "column XFD. Delete or move what lies far to the right, then run again.",
        "zh": "{tab} 的表格右侧没有位置放我们的 {count} 列：工作表到 XFD 列为止。"
        "请删除或移走远在右侧的内容，然后重新运行。",
    },
    "format_tab_name": {
        "en": "“{tab}” cannot be the name of a tab: 1 to 31 characters, none of them []:*?/\\",
        "zh": "“{tab}”不能用作工作表名：须为 1 至 31 个字符，且不含 []:*?/\\",
    },
    "format_choices": {
        "en": "the choices of column {column} cannot be a list: they hold a comma, or are none or too "
        "long (255 characters)",
        "zh": "{column} 列的选项不能作为列表：含有逗号，或为空，或过长（255 个字符）",
    },
    "format_cell": {
        "en": "{cell} is not the address of a cell",
        "zh": "{cell} 不是单元格地址",
    },
    "open_in": {
        "en": "{who} has it open in {program} (or a crash left the file {lock})",
        "zh": "{who} 正在用 {program} 打开（或程序崩溃遗留了文件 {lock}）",
    },
    "open_in_by_nobody_known": {
        "en": "someone has it open in {program} (or a crash left the file {lock})",
        "zh": "有人正在用 {program} 打开（或程序崩溃遗留了文件 {lock}）",
    },
    "open_for_writing": {
        "en": "another program on this machine has it open for writing",
        "zh": "本机上的另一个程序正以写入方式打开它",
    },
    "save_full": {"en": "the disk is full", "zh": "磁盘已满"},
    "save_readonly": {
        "en": "the file or its folder is read-only",
        "zh": "文件或所在文件夹为只读",
    },
    "save_refused": {"en": "the disk refused ({what})", "zh": "磁盘拒绝写入（{what}）"},
    "save_unsound": {
        "en": "the new file did not read back as written ({what})",
        "zh": "新文件回读与写入不一致（{what}）",
    },
    # ── intake: what is wrong with a cell, a row or a heading ──
    "payables": {
        "en": "{where} speaks of what you owe (heading “{heading}”), not of what customers owe "
        "you. If these are receivables after all, name the customer's column in the "
        "configuration: tabs: {{invoices: {{name: tab, columns: {{customer: "
        "\"heading\"}}}}}}",
        "zh": "{where} 看起来是应付表（表头“{heading}”）"
        "，而不是应收表。若确为应收，请在配置中指定客户列：tabs:"
        " {{invoices: {{name: 工作表, colu"
        "mns: {{customer: \"表头\"}}}}}}",
    },
    "hint_due": {
        "en": "Add a column with the due date, or with payment terms beside the invoice date; "
        "or name it under `tabs:` in the configuration.",
        "zh": "请增加到期日列，或在开票日期旁增加账期列；也可在配置的 `tabs:` 中指定。",
    },
    "hint_terms_need_date": {
        "en": "Payment terms count from the invoice date: add that column, or name it under "
        "`tabs:` in the configuration.",
        "zh": "账期从开票日期起算：请增加开票日期列，或在配置的 `tabs:` 中指定。",
    },
    "hint_heading_gone": {
        "en": "The configuration calls it “{heading}”, which is not there any more. The "
        "headings are: {seen}.",
        "zh": "配置中写的是“{heading}”，但该表头已不存在。现有表头：{seen}。",
    },
    "hint_heading_near": {
        "en": "Was it renamed to “{nearest}”? Then say so in the configuration, or run `collector check "
        "--repair`.",
        "zh": "是否改名为“{nearest}”？若是，请改配置，或运行 `collector check --repair`。",
    },
    "hint_headings": {
        "en": "The headings are: {seen}. Name the column under `tabs:` in the configuration.",
        "zh": "现有表头：{seen}。请在配置的 `tabs:` 中指定该列。",
    },
    "hint_tax": {
        "en": "“{heading}” stands beside a column of tax and does not say whether tax is in it. Name "
        "the column with what the customer owes under `tabs:` in the configuration.",
        "zh": "“{heading}”旁有税额列，但未说明是否含税。请在配置的 `tabs:` 中指定客户应付总额所在的列。",
    },
    "hint_local": {
        "en": "Amounts are in local currency, and “{heading}” may be that of the document. Name it as "
        "{field} under `tabs:` in the configuration if amounts are in it, else write {field}: \"-\" there.",
        "zh": "金额为本位币，而“{heading}”可能是单据币种。若金额确为该币种，请在配置的 `tabs:` 中将其指定为 {field}，否则写 {field}: \"-\"。",
    },
    "hint_left": {
        "en": "“{heading}” beside what was paid may be the amount before that or what is left after it. "
        "Name it as amount or as balance under `tabs:` in the configuration.",
        "zh": "“{heading}”旁有已收列，它可能是收款前的金额，也可能是收款后的余额。请在配置的 `tabs:` 中指定为 amount 或 balance。",
    },
    "hint_running": {
        "en": "“{heading}” looks like a running balance, not what is left of each row. Name the right "
        "column under `tabs:` in the configuration, or write {field}: \"-\" there.",
        "zh": "“{heading}”像是逐行累计的余额，而非每行的未收余额。请在配置的 `tabs:` 中指定正确的列，或写 {field}: \"-\"。",
    },
    "problem_uncalculated": {
        "en": "The formula was never calculated; open the workbook in Excel and save it once.",
        "zh": "公式尚未计算；请用 Excel 打开并保存一次。",
    },
    "problem_error_value": {
        "en": "The cell shows {text}; mend the formula.",
        "zh": "单元格显示 {text}；请修正公式。",
    },
    "problem_date_unreadable": {
        "en": "“{text}” is not a date; write it as a date.",
        "zh": "“{text}”不是日期；请改为日期。",
    },
    "problem_date_two_ways": {
        "en": "“{text}” could be {first} or {second}; write it as a date, or set date_order in "
        "the configuration.",
        "zh": "“{text}”可能是 {first} 或 {second}；请改为日期，或在配置中设置 date_order。",
    },
    "problem_date_month_only": {
        "en": "“{text}” names no day; write the whole date.",
        "zh": "“{text}”没有写明哪一天；请写完整日期。",
    },
    "problem_date_no_year": {
        "en": "“{text}” names no year; write the whole date.",
        "zh": "“{text}”没有写明年份；请写完整日期。",
    },
    "problem_date_weekday": {
        "en": "The weekday and the date in “{text}” do not go together; correct one of them.",
        "zh": "“{text}”中的星期与日期不符；请更正。",
    },
    "problem_date_impossible": {
        "en": "There is no such day as “{text}”; correct the date.",
        "zh": "“{text}”这一天不存在；请更正日期。",
    },
    "problem_date_range": {
        "en": "The year of “{text}” cannot be right; correct the date.",
        "zh": "“{text}”的年份不合理；请更正日期。",
    },
    "problem_money_unreadable": {
        "en": "“{text}” is not an amount; write a number.",
        "zh": "“{text}”不是金额；请改为数字。",
    },
    "problem_money_two_ways": {
        "en": "“{text}” could be {first} or {second}; write it as a number.",
        "zh": "“{text}”可能是 {first} 或 {second}；请改为数字。",
    },
    "problem_money_percent": {
        "en": "“{text}” is a percentage, not an amount; write a number.",
        "zh": "“{text}”是百分比而非金额；请改为数字。",
    },
    "problem_money_too_large": {
        "en": "“{text}” is too large to be an amount; correct it.",
        "zh": "“{text}”数额过大；请更正。",
    },
    "problem_money_fraction": {
        "en": "“{text}” has more decimals than {currency} has; write the exact amount as a number.",
        "zh": "“{text}”的小数位数超出该币种（{currency}）；请以数字填写准确金额。",
    },
    "problem_money_currency": {
        "en": "“{text}” does not go with the row's currency, {currency}; say the currency in a "
        "column of its own.",
        "zh": "“{text}”与该行币种 {currency} 不符；请单设币种列写明。",
    },
    "problem_amount_missing": {
        "en": "There is no amount; fill it in.",
        "zh": "没有金额；请填写。",
    },
    "problem_currency": {
        "en": "“{text}” is no currency for certain; write its code, such as USD or CNY.",
        "zh": "“{text}”不是明确的币种；请写代码，如 USD 或 CNY。",
    },
    "problem_address_malformed": {
        "en": "“{text}” is not an e-mail address; correct it.",
        "zh": "“{text}”不是有效的邮箱地址；请更正。",
    },
    "problem_address_mixed": {
        "en": "“{text}” has letters of two alphabets that look alike; nobody has such an address by "
        "accident. Type it anew.",
        "zh": "“{text}”混用了外形相似的两种字母（如西里尔字母 а），不像正常邮箱；请重新输入。",
    },
    "problem_addresses_differ": {
        "en": "The rows of this customer give different addresses ({first}; {second}); agree "
        "on one, or write it on the customers tab.",
        "zh": "该客户各行邮箱不一致（{first}；{second}）；请统一，或写在客户表中。",
    },
    "problem_no_address": {
        "en": "There is no e-mail address for this customer; fill it in.",
        "zh": "该客户没有邮箱地址；请填写。",
    },
    "problem_customer_from_above": {
        "en": "Here the customer stands only on the first row of each group; the rows below it "
        "({rows}) are read as the same customer's.",
        "zh": "此表客户只写在每组第一行；其下各行（共 {rows} 行）按同一客户读取。",
    },
    "problem_same_customer": {
        "en": "“{second}” may be the same customer as “{first}”; write both alike, or give them "
        "one customer code.",
        "zh": "“{second}”与“{first}”可能是同一客户；请统一写法，或填写同一客户编码。",
    },
    "problem_id_cut": {
        "en": "“{text}” is too long for a number, Excel has lost its last digits; type it again as "
        "text.",
        "zh": "“{text}”作为数字过长，Excel 已丢失末尾几位；请以文本重新录入。",
    },
    "problem_id_overflow": {
        "en": "“{text}” is what a program writes for a number too large for it; write the right "
        "one.",
        "zh": "“{text}”是程序溢出后的数值；请填写正确的编号。",
    },
    "problem_not_an_invoice": {
        "en": "“{text}” is not an invoice; take the row out, or write the invoice's number once "
        "there is one.",
        "zh": "“{text}”不是正式发票；请移除该行，或在开票后填写发票号码。",
    },
    "problem_credit_positive": {
        "en": "“{text}” looks like a credit note, but its amount is positive; write it as a "
        "negative amount.",
        "zh": "“{text}”像是贷项（红字）凭证，金额却为正；请以负数填写。",
    },
    "problem_currency_heading": {
        "en": "The heading of the amounts says {currency}, this row another currency; correct either.",
        "zh": "金额表头写明 {currency}，本行却是另一币种；请更正其一。",
    },
    "problem_currency_sign": {
        "en": "The heading or title says “{text}”, which is not {currency}; write the currency's "
        "code there, or set currency: in the configuration.",
        "zh": "金额表头或标题写的是“{text}”，不是 {currency}；请在该处写明币种代码，或在配置中设定 currency:。",
    },
    "problem_currency_unsaid": {
        "en": "Most amounts in this column name {currency}, this one names no currency; write it "
        "in a column of its own.",
        "zh": "本列多数金额注明 {currency}，此处未注明币种；请单设币种列写明。",
    },
    "problem_no_customer": {
        "en": "There is no customer on this row; fill it in.",
        "zh": "该行没有客户；请填写。",
    },
    "problem_flag": {
        "en": "“{text}” is neither yes nor no; write Y or N. Until then it counts as yes.",
        "zh": "“{text}”既非是也非否；请写“是”或“否”。在此之前按“是”处理。",
    },
    "problem_language": {
        "en": "“{text}” is no language for certain; write its code, such as en or zh.",
        "zh": "“{text}”不是明确的语言；请写代码，如 en 或 zh。",
    },
    "problem_no_letters": {
        "en": "There are no letters in “{text}” yet; this customer is written to in the book's language. "
        "Write one of en, zh, zh-hant, de, fr, es, or clear the cell.",
        "zh": "暂无“{text}”的信函；将以账簿语言致函该客户。请写 en、zh、zh-hant、de、fr、es 之一，或清空该单元格。",
    },
    "problem_paid_negative": {
        "en": "Paid is negative ({text}): write what was received as a positive amount, or a refund as "
        "a row of its own",
        "zh": "已收金额为负（{text}）：收款请写正数，退款请另起一行",
    },
    "problem_carried": {
        "en": "“{text}” carries a sum over or takes one off; it is not read as a receivable. Take "
        "the row out, or write it as its customer's invoice, credit or payment.",
        "zh": "“{text}”是结转或扣减，不按应收款读取；请移除该行，或改写为该客户的发票、贷项或收款。",
    },
    "problem_under_heading": {
        "en": "This row stands under “{text}”; if it is settled, write so in a column of its own, "
        "or else take that line out.",
        "zh": "该行位于“{text}”之下；若已结清，请另设一列写明，否则请移除该标题行。",
    },
    "problem_under_currency": {
        "en": "This row stands under “{text}”, but no column says its currency; write it in a "
        "column of its own.",
        "zh": "该行位于“{text}”之下，但没有列写明币种；请单设币种列写明。",
    },
    "problem_payment_positive": {
        "en": "“{text}” is no invoice, but its amount is positive and would be asked for; write it "
        "as a negative amount, or take the row out.",
        "zh": "“{text}”不是发票，金额却为正；请以负数填写，或移除该行。",
    },
    "problem_money_rounded": {
        "en": "“{text}” has more decimals than {currency}; it is read as {read}.",
        "zh": "“{text}”的小数位多于 {currency} 的最小单位；按 {read} 读取。",
    },
    "problem_of_rows": {
        "en": "{what} ({rows} rows: {places} …)",
        "zh": "{what}（共 {rows} 行：{places} …）",
    },
    "problem_currency_partly": {
        "en": "Some amounts in this column name {currency}, this one names no currency; write it "
        "in a column of its own.",
        "zh": "本列部分金额注明 {currency}，此处未注明币种；请单设币种列写明。",
    },
    "problem_dollars": {
        "en": "“$” may be US, Hong Kong, Australian or other dollars, and the book is in {currency}; "
        "write the code in a column of its own, or set currency: in the configuration.",
        "zh": "“$”可能是美元、港元、澳元等，而账簿币种为 {currency}；请单设币种列写明代码，或在配置中设定 currency:。",
    },
    "problem_shown_currency": {
        "en": "The cell's number format shows “{text}”, but the row is in {currency}; write the row's "
        "currency in a column of its own, or set currency: in the configuration.",
        "zh": "单元格格式显示“{text}”，但该行币种为 {currency}；请单设币种列写明，或在配置中设定 currency:。",
    },
    "problem_shown_unit": {
        "en": "The cell's number format shows the unit “{text}”, which no heading says; write the unit "
        "in the heading, or take it out of the format.",
        "zh": "单元格格式显示单位“{text}”，但表头未写明；请在表头写明单位，或去掉格式中的单位。",
    },
    "problem_shown_local": {
        "en": "The format of these amounts ({rows} rows) shows the currency of whoever opens the book; "
        "they are read as {currency}. Write the currency in the heading, such as Amount ({currency}).",
        "zh": "这些金额（共 {rows} 行）的格式显示打开者本机的货币符号；现按 {currency} 读取。"
        "请在表头写明币种，如“金额（{currency}）”。",
    },
    "problem_credit_tab": {
        "en": "The tab {tab} is not read, but what stands there may lessen what is owed. Write it into "
        "the invoices tab as negative rows or payments; if that is done already, put the tab's name "
        "under tabs: invoices: unused: in the configuration.",
        "zh": "工作表 {tab} 未被读取，但其内容可能减少欠款。请在应收表中以负数行或收款记入；若已记入，"
        "请将该表名写入配置 tabs: invoices: unused:。",
    },
    "problem_all_negative": {
        "en": "Not one figure in this column is positive; if negative figures are what customers owe, "
        "write them as positive ones.",
        "zh": "该列没有一个正数；若负数表示客户欠款，请改写为正数。",
    },
    "problem_currency_blank": {
        "en": "There is no currency on this row, though others in this column name {currency}; fill it "
        "in.",
        "zh": "该行没有填写币种，而本列其他行写明 {currency}；请填写。",
    },
    "problem_code_shared": {
        "en": "The code {code} stands for {first} and for {second}; correct whichever is wrong.",
        "zh": "编码 {code} 同时对应 {first} 和 {second}；请更正其一。",
    },
    "problem_owner_address": {
        "en": "The addresses go with “{heading}” and not with the customer: several customers share one. "
        "Name the customers' own column, or none, under tabs: invoices: columns: email:.",
        "zh": "邮箱随“{heading}”而非客户变化，多个客户共用一个。请在 tabs: invoices: columns: email: "
        "指定客户邮箱列，或写无。",
    },
    "problem_due_early": {
        "en": "It is due on {due_date}, long before its invoice date {invoice_date}; correct either.",
        "zh": "到期日 {due_date} 远早于开票日期 {invoice_date}；请更正其一。",
    },
    "problem_due_late": {
        "en": "It is due on {due_date}, years after its invoice date {invoice_date}; correct either.",
        "zh": "到期日 {due_date} 比开票日期 {invoice_date} 晚数年；请更正其一。",
    },
    "problem_colour": {
        "en": "{where} says “{text}”, but colours and strokes are not read; say in a column of its own "
        "what is paid, then take that line out.",
        "zh": "{where} 写有“{text}”，但颜色和划线不会被读取；请另设一列写明是否已付，再删去该说明。",
    },
    "problem_currency_theirs": {
        "en": "The customers tab says {currency} for this customer, and this row names no currency; "
        "give the rows a column of currencies.",
        "zh": "客户表中该客户的币种为 {currency}，而此行没有币种；请为各行增设币种列。",
    },
    "problem_unit_below": {
        "en": "The note at {where} says “{text}”, the heading or a line above says another unit or "
        "currency; correct whichever is wrong.",
        "zh": "{where} 的附注写明“{text}”，与表头或表上方写明的单位或币种不同；请更正其一。",
    },
    "problem_ditto": {
        "en": "“{text}” names no customer; write the name out.",
        "zh": "“{text}”未写明客户；请写出客户名称。",
    },
    "problem_ditto_filled": {
        "en": "Ditto marks stand for the customer in the row above ({rows} rows).",
        "zh": "同上符号按上一行的客户读取（共 {rows} 行）。",
    },
    "problem_balance_blank": {
        "en": "The balance is blank here, though other rows have one, and nothing says what was "
        "paid; write it (0 when nothing is owed).",
        "zh": "其他行都写有未收金额，此处为空，也未写明已收多少；请填写（已结清请写 0）。",
    },
    "problem_paid_share": {
        "en": "“{text}” in the paid column looks like a share of the amount (1 = 100 %), not like "
        "money; write the amount that was paid.",
        "zh": "已收列中的“{text}”像是比例（1 = 100%），而非金额；请填写已收金额。",
    },
    "problem_paid_date_alone": {
        "en": "There is a paid date here, but nothing says how much was paid; write the amount "
        "paid, or take the date out.",
        "zh": "此处有收款日期，却未写明已收多少；请填写已收金额，或删去该日期。",
    },
    "problem_paid_date_denied": {
        "en": "There is a paid date here, but the figures leave the whole amount owed; correct one "
        "of them.",
        "zh": "此处有收款日期，但数字显示全额未收；请更正其一。",
    },
    "problem_paid_date_ahead": {
        "en": "The paid date is still to come; is this paid? Write an amount or a word for it in a "
        "column of its own.",
        "zh": "收款日期尚未到来，该笔是否已付？请另设一列写明已收金额或收款状态。",
    },
    "problem_paid_by_date": {
        "en": "No column says how much was paid: rows with a paid date ({rows}) are read as paid "
        "in full.",
        "zh": "没有列写明已收多少：有收款日期的行（共 {rows} 行）按已全额收款读取。",
    },
    "problem_status_unknown": {
        "en": "“{text}” does not say whether this is paid; write paid, part paid, unpaid or void.",
        "zh": "“{text}”未说明是否已付；请写已核销、部分核销、未核销或作废。",
    },
    "problem_duplicate_invoice": {
        "en": "Invoice {invoice} stands here more than once (rows {rows}); remove one, or "
        "number the instalments.",
        "zh": "发票 {invoice} 重复出现（第 {rows} 行）；请删除其一，或注明期次。",
    },
    "problem_number_alike": {
        "en": "Invoice {invoice} has the customer, date and amount of another whose number differs in "
        "its spelling alone (rows {rows}); remove one, or correct the number.",
        "zh": "发票 {invoice} 与另一行仅号码写法不同，客户、日期和金额均相同（第 {rows} 行）；请删除其一，"
        "或更正号码。",
    },
    "problem_invoice_elsewhere": {
        "en": "Invoice {invoice} is also another customer's (rows {rows}); check the number.",
        "zh": "发票 {invoice} 也出现在其他客户名下（第 {rows} 行）；请核对号码。",
    },
    "problem_rows_alike": {
        "en": "Rows {rows} are alike in customer, due date and amount, and have no invoice "
        "number; number them.",
        "zh": "第 {rows} 行的客户、到期日和金额相同，且没有发票号码；请填写号码。",
    },
    "problem_unused_column": {
        "en": "Column {column} “{heading}” may lessen what is owed and is not read. Name it under "
        "tabs: invoices: columns: in the configuration, or list it under tabs: invoices: unused:.",
        "zh": "{column} 列“{heading}”可能减少应收金额，但未被读取。请在配置的 tabs: invoices: columns: "
        "中指定，或列入 tabs: invoices: unused:。",
    },
    "problem_other_payer": {
        "en": "Column {column} “{heading}” says “{text}”, which is not this row's customer or address: "
        "who is to be asked? Write the customer and the address that the mail goes to, or list the "
        "heading under tabs: invoices: unused: in the configuration.",
        "zh": "{column} 列“{heading}”为“{text}”，与本行的客户或邮箱不同：应向谁催款？请将客户和邮箱改为收件方，"
        "或在配置的 tabs: invoices: unused: 中列出该表头。",
    },
    "problem_customer_state": {
        "en": "“{text}” under “{heading}”: is this customer still to be reminded? If not, write Y in a "
        "Do not chase column; if so, correct the cell, or list the heading under tabs: invoices: "
        "unused: in the configuration.",
        "zh": "“{heading}”为“{text}”：该客户是否仍应催款？若不催，请在“不催”列写“是”；若应催，请更正该单元格，"
        "或在配置的 tabs: invoices: unused: 中列出该表头。",
    },
    "problem_address_dead": {
        "en": "“{text}” under “{heading}” says that mail does not reach this customer. Write an "
        "address that works and clear that cell; if it says something else, list the heading under "
        "tabs: invoices: unused: in the configuration.",
        "zh": "“{heading}”为“{text}”，表明邮件无法送达该客户。请填写有效邮箱并清空该单元格；若另有所指，"
        "请在配置的 tabs: invoices: unused: 中列出该表头。",
    },
    "problem_unread_figure": {
        "en": "Column {column} “{heading}” says “{text}”: that may leave less to be asked for, and it "
        "is not read. If it does, put it into the paid amount (a Paid column); if not, list the "
        "heading under tabs: invoices: unused: in the configuration.",
        "zh": "{column} 列“{heading}”为“{text}”，可能使应收减少，但该列未被读取。若确应扣减，请计入已收金额"
        "（已收列）；若无关，请在配置的 tabs: invoices: unused: 中列出该表头。",
    },
    "problem_unread_flag": {
        "en": "Column {column} “{heading}” says “{text}”, and it is not read: is this invoice still to "
        "be chased? If the column says what is paid, disputed or not to be chased, name it under "
        "tabs: invoices: columns: in the configuration; if not, list it under tabs: invoices: unused:.",
        "zh": "{column} 列“{heading}”为“{text}”，但该列未被读取：该发票是否仍应催收？若该列表示已付、争议或不催，"
        "请在配置的 tabs: invoices: columns: 中指定；若无关，请列入 tabs: invoices: unused:。",
    },
    "problem_unread_day": {
        "en": "Column {column} “{heading}” has days after the due date and is not read: a promise, a later "
        "due date, a payment? Name it under tabs: invoices: columns: in the configuration "
        "(promise_date, pause_until, paid_date), or list it under tabs: invoices: unused:.",
        "zh": "{column} 列“{heading}”有晚于到期日的日期，但未被读取：是承诺付款日、展期到期日还是收款日？请在配置的 "
        "tabs: invoices: columns: 中指定（promise_date、pause_until、paid_date），或列入 tabs: invoices: unused:。",
    },
    "problem_ages_beyond": {
        "en": "The columns of ages hold more than the amount of this row; correct one of them.",
        "zh": "账龄各列之和超出本行金额；请更正其一。",
    },
    "problem_balance_of_customer": {
        "en": "“{text}” stands in the balance column on every row of this customer and is more than "
        "some of its amounts: it looks like the customer's total. Write what is left of each "
        "invoice, or write `balance: \"-\"` under tabs: invoices: columns: in the configuration.",
        "zh": "该客户每一行的余额都是“{text}”，且大于部分行的金额，像是客户合计。请逐行填写未收金额，"
        "或在配置的 tabs: invoices: columns: 中写 `balance: \"-\"`。",
    },
    "problem_note_settled": {
        "en": "“{text}” says that this is paid, settled or cancelled, yet the figures say that it is "
        "owed. Fill in what was paid, or take the row out; if it means something else, reword it.",
        "zh": "“{text}”表明该笔已收、已结清或已作废，但按金额仍需收款。请填写已收金额或移除该行；若另有所指，请改写。",
    },
    "problem_note_disputed": {
        "en": "“{text}” says that this is disputed, and no column does. Write the reason in a column "
        "“Dispute”; if it means something else, or is over, reword it.",
        "zh": "“{text}”表明该笔有争议，但没有列注明。请在“争议”列填写原因；若另有所指或已解决，请改写。",
    },
    "problem_note_quiet": {
        "en": "“{text}” says that nobody should write about this, and no column does. Write yes in a "
        "column “Do not chase”, or a day under “Hold until”; if it means something else, reword it.",
        "zh": "“{text}”表明暂勿催收，但没有列注明。请在“不催”列填“是”，或在“暂停至”列填日期；若另有所指，请改写。",
    },
    "problem_note_address": {
        "en": "“{text}” says that mail to this address goes astray. Put the address right, then take "
        "the remark out.",
        "zh": "“{text}”表明该邮件地址有误。请更正地址，再删去该备注。",
    },
    "problem_comment_settled": {
        "en": "The comment here, “{text}”, says that this is paid, settled or cancelled, yet the "
        "figures say that it is owed. Fill in what was paid, or take the row out; if it means "
        "something else, reword or delete the comment.",
        "zh": "此处批注“{text}”表明该笔已收、已结清或已作废，但按金额仍需收款。请填写已收金额或移除该行；"
        "若另有所指，请改写或删除批注。",
    },
    "problem_comment_disputed": {
        "en": "The comment here, “{text}”, says that this is disputed, and no column does. Write the "
        "reason in a column “Dispute”; if it means something else, or is over, delete the comment or "
        "mark it as resolved.",
        "zh": "此处批注“{text}”表明该笔有争议，但没有列注明。请在“争议”列填写原因；若另有所指或已解决，"
        "请删除批注或将其标为已解决。",
    },
    "problem_comment_quiet": {
        "en": "The comment here, “{text}”, says that nobody should write about this, and no column "
        "does. Write yes in a column “Do not chase”, or a day under “Hold until”; if it means "
        "something else, or is over, delete the comment or mark it as resolved.",
        "zh": "此处批注“{text}”表明暂勿催收，但没有列注明。请在“不催”列填“是”，或在“暂停至”列填日期；"
        "若另有所指或已过时，请删除批注或将其标为已解决。",
    },
    "problem_comment_address": {
        "en": "The comment here, “{text}”, says that mail to this address goes astray. Put the address "
        "right, then delete the comment or mark it as resolved.",
        "zh": "此处批注“{text}”表明该邮件地址有误。请更正地址，再删除批注或将其标为已解决。",
    },
    "problem_struck_row": {
        "en": "The row is struck through: does it still count? If it is paid or void, fill in what was "
        "paid or take the row out; if it is owed, take the line off.",
        "zh": "该行带有删除线：是否仍需收款？若已付或作废，请填写已收金额或移除该行；若仍应收，请去掉删除线。",
    },
    "problem_struck_column": {
        "en": "Column {column} is struck through as a whole, and its figures are read. If another "
        "column counts, name that one in the configuration under tabs: invoices: columns:; else take "
        "the line off.",
        "zh": "{column} 列整列带有删除线，但其金额会被读取。若应以其他列为准，请在配置的 tabs: invoices: columns: "
        "中指明；否则请去掉删除线。",
    },
    "problem_flag_blank": {
        "en": "“{text}” is filled in on other rows and blank here, so nobody can tell whether this "
        "is paid; write yes or no.",
        "zh": "其他行都填了“{text}”，此处为空，无法判断是否已付；请写“是”或“否”。",
    },
    "problem_sample_row": {
        "en": "“{text}” looks like a template's sample row; it is not read. Delete the row, or, if it "
        "is real, change that text.",
        "zh": "“{text}”像是模板的示例行，未读取。请删除该行；若为真实数据，请修改该文字。",
    },
    "problem_receipt_below": {
        "en": "This row holds nothing but a receipt of “{text}”, perhaps for the invoice above; it is "
        "not read. Add it to what that invoice has been paid, or put it on a receipts tab.",
        "zh": "该行只有一笔收款“{text}”，可能属于上方发票，未读取。请并入该发票的已收金额，或写到收款表。",
    },
    "problem_second_table": {
        "en": "Another table starts here; its rows are not read. Move it to a tab of its own.",
        "zh": "此处开始是另一张表，其内容未读取。请移到单独的工作表。",
    },
    "problem_past_tab": {
        "en": "Every invoice on this tab is settled, so {tab} is read. If this one is meant, name it "
        "under tabs: invoices: in the configuration.",
        "zh": "该工作表的发票均已结清，因此读取的是 {tab}。若应读取此表，请在配置的 tabs: invoices: 中指定。",
    },
    "problem_second_tab": {
        "en": "This tab looks like receivables too, but {tab} is the one that is read. Name "
        "the right one under tabs: invoices: in the configuration.",
        "zh": "该工作表也像应收表，但读取的是 {tab}。请在配置的 tabs: invoices: 中指定。",
    },
    # ── errors: mail ──
    "mail_server": {
        "en": "The mail server {server} cannot be used: {what}. Nothing more was sent; run again later.",
        "zh": "邮件服务器 {server} 无法使用：{what}。未再发送任何邮件，请稍后重试。",
    },
    "mail_certificate": {
        "en": "The certificate of {server} is not trusted: {what}. Check `mail.server`, or name your "
        "company's authority in `mail.ca_file`.",
        "zh": "{server} 的证书不可信：{what}。请检查 `mail.server`，或在 `mail.ca_file` 指定公司证书。",
    },
    "mail_login": {
        "en": "{server} refused the login of {user}: {what}. {hint}",
        "zh": "{server} 拒绝 {user} 登录：{what}。{hint}",
    },
    "login_hint_any": {
        "en": "Check `mail.user` and the password; many providers want an app password.",
        "zh": "请检查 `mail.user` 与密码；多数服务商需要授权码。",
    },
    "login_hint_gmail": {
        "en": "Google takes no account password: turn on 2-step verification and make an app password "
        "(myaccount.google.com/apppasswords), or use `mail.oauth`.",
        "zh": "Google 不接受账户密码：请开启两步验证并生成应用专用密码（myaccount.google.com/apppasswords），"
        "或使用 `mail.oauth`。",
    },
    "login_hint_microsoft": {
        "en": "Microsoft 365 wants `mail.oauth`; a password works only where the administrator allows "
        "SMTP AUTH for this mailbox.",
        "zh": "Microsoft 365 需要 `mail.oauth`；仅当管理员为该邮箱启用 SMTP AUTH 时才能使用密码。",
    },
    "login_hint_code": {
        "en": "Switch SMTP on in the mailbox's settings on the web and use the authorisation code (授权码) "
        "it gives you, not the password.",
        "zh": "请在网页邮箱设置中开启 SMTP 服务，并使用生成的授权码，而非登录密码。",
    },
    "login_hint_exmail": {
        "en": "Switch SMTP on in the mailbox's settings on the web; with secure login use a client "
        "password (客户端专用密码).",
        "zh": "请在网页邮箱设置中开启 SMTP 服务；启用安全登录后须使用客户端专用密码。",
    },
    "login_hint_aliyun": {
        "en": "Allow third-party clients in the mailbox's security settings and use the client password "
        "(三方客户端安全密码) it gives you.",
        "zh": "请在邮箱安全设置中允许三方客户端，并使用三方客户端安全密码。",
    },
    "token_none": {
        "en": "no access token came back for `mail.oauth`",
        "zh": "`mail.oauth` 未返回访问令牌",
    },
    "token_command": {
        "en": "`mail.oauth.token_command` failed ({what})",
        "zh": "`mail.oauth.token_command` 执行失败（{what}）",
    },
    "token_refused": {
        "en": "{url} gave no access token ({what})",
        "zh": "{url} 未给出访问令牌（{what}）",
    },
    "message_refused": {
        "en": "The message to {customer} was refused: {answer}. It was not delivered and may be tried again.",
        "zh": "发给 {customer} 的邮件被拒绝：{answer}。未送达，可重试。",
    },
    "message_in_doubt": {
        "en": "The message to {customer} may or may not have been delivered: {what}. It is not sent "
        "again by itself; see `collector doubts`.",
        "zh": "发给 {customer} 的邮件是否送达不明：{what}。不会自动重发；请看 `collector doubts`。",
    },
    # ── errors: ledger ──
    "ledger": {
        "en": "The ledger {ledger} cannot be used: {what}. Nothing more is sent without it.",
        "zh": "账本 {ledger} 无法使用：{what}。没有账本不会再发送任何邮件。",
    },
    "book_forgotten": {
        "en": "The sheet shows reminders up to {day} that the ledger {ledger} does not know{known}. "
        "Nobody is written to: put the right ledger back, or run `collector adopt` to record what "
        "was said.",
        "zh": "表中显示截至 {day} 的催收，但账本 {ledger} 中没有记录{known}。不会发送任何邮件："
        "请恢复正确的账本，或运行 `collector adopt` 补录已发送的内容。",
    },
    "book_forgotten_known": {
        "en": "; it knows {books}, so if the workbook was renamed, set `book:` to its old name",
        "zh": "；其中记录的是 {books}，若工作簿改过名，请将 `book:` 设为原名",
    },
    "book_claimed": {
        "en": "Another ledger writes to the customers of {workbook}: that of Collector on {host}, "
        "since {since}. {hint}",
        "zh": "{workbook} 的客户由另一账本负责催收：{host} 上的 Collector，自 {since} 起。{hint}",
    },
    "book_claimed_hint": {
        "en": "Two would write to everybody twice: stop that one, then run `{command}` here.",
        "zh": "两个账本会重复发送：请先停用那一个，再在此运行 `{command}`。",
    },
    "book_claimed_away": {
        "en": "It took the book over just now; nothing more is sent from here.",
        "zh": "它刚刚接管了此工作簿；此处不再发送任何邮件。",
    },
    "day_full": {
        "en": "This day's {limit} messages were all handed over: the rest waits for tomorrow.",
        "zh": "当日 {limit} 封邮件的额度已用完：其余明日再发。",
    },
    "already_claimed": {
        "en": "{occasion} is already served by another message.",
        "zh": "{occasion} 已由另一封邮件处理。",
    },
    "book_busy": {
        "en": "Another run of {book} is still under way. Wait for it to end, then run again.",
        "zh": "{book} 的另一次运行尚未结束。请待其结束后再运行。",
    },
    "unknown_run": {
        "en": "There is no run {run}. The last ones: {known}.",
        "zh": "没有运行记录 {run}。最近的有：{known}。",
    },
    "unknown_customer": {
        "en": "There is no customer {customer} in the workbook.",
        "zh": "工作簿中没有客户 {customer}。",
    },
    "unknown_customer_near": {
        "en": "There is no customer {customer} in the workbook. Nearest: {nearest}.",
        "zh": "工作簿中没有客户 {customer}。最接近的是：{nearest}。",
    },
    # ── what is wrong with mail ──
    "mail_silent": {"en": "no answer for {seconds} seconds", "zh": "{seconds} 秒内没有应答"},
    "mail_dropped": {"en": "the connection was dropped", "zh": "连接被断开"},
    "mail_nobody": {"en": "nothing answers there", "zh": "该地址没有服务在监听"},
    "mail_unknown_host": {"en": "its name is not known", "zh": "无法解析该服务器名"},
    "mail_goes_away": {"en": "it ended the session: {answer}", "zh": "服务器结束了会话：{answer}"},
    "mail_nonsense": {
        "en": "it gave an answer that means nothing: {answer}",
        "zh": "服务器的应答无法理解：{answer}",
    },
    "mail_no_tls": {
        "en": "it does not speak TLS as `mail.security` asks ({answer})",
        "zh": "它不支持 `mail.security` 要求的 TLS（{answer}）",
    },
    "mail_other": {"en": "{what}", "zh": "{what}"},
    "mail_no_auth": {"en": "it offers no login here", "zh": "它在此不提供登录"},
    "mail_no_password": {"en": "no password is set", "zh": "未设置密码"},
    "mail_password_letters": {
        "en": "a user or password with letters beyond ASCII cannot be sent",
        "zh": "用户名或密码含非 ASCII 字符，无法登录",
    },
    "mail_plain": {
        "en": "mail.security: none sends everything in the clear, so it is allowed only to this "
        "machine itself, not to {server}. Use tls or starttls.",
        "zh": "mail.security: none 为明文传输，只允许连接本机，不能用于 {server}。请改用 tls 或 starttls。",
    },
    "mail_address_of_server": {
        "en": "mail.server: {server} is not host:port, such as smtp.example.com:465.",
        "zh": "mail.server：{server} 不是 主机:端口 的形式，例如 smtp.example.com:465。",
    },
    "certificate_expired": {"en": "it has expired", "zh": "证书已过期"},
    "certificate_early": {"en": "it is not valid yet", "zh": "证书尚未生效"},
    "certificate_self_signed": {
        "en": "it is self-signed, or signed by an authority this machine does not know",
        "zh": "证书为自签名，或签发机构不受本机信任",
    },
    "certificate_name": {
        "en": "it was issued for another name",
        "zh": "证书不是签发给这个名称的",
    },
    "certificate_ca_file": {
        "en": "the authority file {path} cannot be read: {what}",
        "zh": "无法读取证书机构文件 {path}：{what}",
    },
    "address_unsafe": {
        "en": "{address} is not an address that can be handed to a mail server",
        "zh": "{address} 不是可以交给邮件服务器的地址",
    },
    "address_needs_utf8": {
        "en": "{address} has letters beyond ASCII, which this mail server does not take",
        "zh": "{address} 含非 ASCII 字符，该邮件服务器不支持",
    },
    "address_none": {"en": "it has no recipient", "zh": "没有收件人"},
    "content_unsafe": {
        "en": "its text is not 7-bit lines ended by CRLF",
        "zh": "邮件内容不是以 CRLF 结尾的 7 位文本",
    },
    # ── what is wrong with the ledger ──
    "ledger_full": {"en": "the disk is full", "zh": "磁盘已满"},
    "ledger_readonly": {
        "en": "it may not be written to. Check the permissions of the file and its folder",
        "zh": "没有写入权限。请检查文件及其所在文件夹的权限",
    },
    "ledger_no_database": {
        "en": "the file is damaged or is not a ledger. Put a backup in its place, or name another "
        "file with `ledger:`",
        "zh": "文件已损坏或不是账本。请换上备份，或用 `ledger:` 指定其他文件",
    },
    "ledger_foreign": {
        "en": "it is a database of another program. Name another file with `ledger:`",
        "zh": "它是其他程序的数据库。请用 `ledger:` 指定其他文件",
    },
    "ledger_newer": {
        "en": "a newer Collector wrote it (layout {found}, known here {known}). Update Collector",
        "zh": "它由更新版本的 Collector 写成（结构 {found}，本版本 {known}）。请升级 Collector",
    },
    "ledger_older": {
        "en": "an older Collector wrote it, and nothing may be changed here. `collector run` brings "
        "it up to date",
        "zh": "它由较早版本的 Collector 写成，而此命令不作任何改动。请运行 `collector run` 进行升级",
    },
    "ledger_folder": {
        "en": "it cannot be opened or created there. Check that the folder exists and may be "
        "written to",
        "zh": "无法在该处打开或创建。请检查文件夹是否存在、是否可写",
    },
    "ledger_busy": {
        "en": "another program kept it locked for {seconds} seconds",
        "zh": "它被其他程序锁定超过 {seconds} 秒",
    },
    "ledger_disk": {"en": "the disk reported an error ({what})", "zh": "磁盘报告错误（{what}）"},
    "ledger_memory": {
        "en": "a ledger must be a file or a PostgreSQL database",
        "zh": "账本必须是文件或 PostgreSQL 数据库",
    },
    "ledger_address": {
        "en": "this is neither sqlite:///FILE nor postgresql://…",
        "zh": "它不是 sqlite:///文件 或 postgresql://… 的形式",
    },
    "ledger_driver": {
        "en": "the driver for this database is not installed. Run: pip install 'psycopg[binary]'",
        "zh": "未安装该数据库的驱动。请运行：pip install 'psycopg[binary]'",
    },
    "ledger_state": {
        "en": "the message {message} should be {expected}, but is {found}",
        "zh": "邮件 {message} 的状态应为 {expected}，实为 {found}",
    },
    "ledger_gone": {"en": "nobody knows the message {message}", "zh": "没有邮件 {message}"},
    "ledger_other": {"en": "{what}", "zh": "{what}"},
    # ── letters ──
    "letter_invoice": {"en": "Invoice", "zh": "发票号码"},
    "letter_no_number": {"en": "(no number)", "zh": "（无编号）"},
    "letter_issued": {"en": "Issued", "zh": "开票日期"},
    "letter_issued_for": {"en": "Issued {day} for {amount}", "zh": "{day} 开具，金额 {amount}"},
    "letter_amount_of": {"en": "Amount {amount}", "zh": "金额 {amount}"},
    "letter_due": {"en": "Due", "zh": "到期日"},
    "letter_days": {"en": "Days overdue", "zh": "逾期天数"},
    "letter_days_short": {"en": "Days", "zh": "天数"},
    "letter_overdue_days": {"en": "{days} days overdue", "zh": "逾期 {days} 天"},
    "letter_overdue_day": {"en": "1 day overdue", "zh": "逾期 1 天"},
    "letter_credit": {"en": "credit", "zh": "贷项"},
    "letter_due_today": {"en": "due today", "zh": "今日到期"},
    "letter_due_tomorrow": {"en": "due tomorrow", "zh": "明日到期"},
    "letter_due_in": {"en": "due in {days} days", "zh": "{days} 天后到期"},
    "letter_amount": {"en": "Amount", "zh": "金额"},
    "letter_paid": {"en": "Paid", "zh": "已付"},
    "letter_paid_of": {"en": "{amount} paid", "zh": "已付 {amount}"},
    "letter_balance": {"en": "Balance", "zh": "未付余额"},
    "letter_running": {"en": "Balance", "zh": "余额"},
    "letter_project": {"en": "Project", "zh": "项目"},
    "letter_contract": {"en": "Contract", "zh": "合同"},
    "letter_po": {"en": "PO", "zh": "订单"},
    "letter_fact": {"en": "{name}: {value}", "zh": "{name}：{value}"},
    "letter_disputed": {"en": "disputed", "zh": "有争议"},
    "letter_overdue_title": {"en": "Overdue", "zh": "已逾期"},
    "letter_due_soon_title": {"en": "Falling due soon", "zh": "即将到期"},
    "letter_credits_title": {"en": "Credits in your favour", "zh": "贵司可抵扣款项"},
    "letter_on_account": {"en": "On account", "zh": "预收款"},
    "letter_more": {
        "en": "and {count} more, together {sums}",
        "zh": "另有 {count} 笔，合计 {sums}",
    },
    "letter_more_attached": {
        "en": "The attached statement lists them all.",
        "zh": "全部明细见随附对账单。",
    },
    "letter_more_asked": {
        "en": "We will gladly send you the complete list.",
        "zh": "如需完整明细，请告知我们，我们即刻提供。",
    },
    "letter_total_overdue": {"en": "Overdue", "zh": "逾期合计"},
    "letter_total_due_soon": {"en": "Falling due soon", "zh": "即将到期"},
    "letter_total_credit": {"en": "Less credits", "zh": "减：可抵扣款项"},
    "letter_total_now": {"en": "To pay now", "zh": "现应付"},
    "letter_total_later": {"en": "To pay when due", "zh": "到期应付"},
    "letter_total_discounted": {
        "en": "With the discount, if paid by {day}",
        "zh": "{day}或之前付款，折后应付",
    },
    "letter_attached": {
        "en": "Your statement of account is attached.",
        "zh": "随信附上贵司对账单，供核对。",
    },
    "letter_already_paid": {
        "en": "If you have already paid, thank you; please disregard this message. A short note with "
        "the date and reference of the payment helps us to match it.",
        "zh": "如贵司已付款，谨致谢意，请忽略本函；烦请告知付款日期及流水号，以便我们核对入账。",
    },
    "letter_questions": {
        "en": "Questions about any of this? {name} is glad to help: {address}",
        "zh": "如有疑问，请联系 {name}：{address}",
    },
    "letter_redirected": {
        "en": "Test copy. This message was written for {addresses} and was not sent there.",
        "zh": "测试邮件。本邮件原应发给 {addresses}，并未实际发送给对方。",
    },
    "letter_redirected_subject": {"en": "[to {addresses}]", "zh": "[to {addresses}]"},
    "letter_dear": {"en": "Dear {name},", "zh": "尊敬的{name}：\n您好！"},
    "letter_dear_customer": {"en": "Dear {name} team,", "zh": "尊敬的{name}：\n您好！"},
    "letter_dear_nobody": {"en": "Dear Sir or Madam,", "zh": "尊敬的客户：\n您好！"},
    "letter_regards": {"en": "Kind regards,", "zh": "顺颂商祺"},
    "letter_statement": {"en": "Statement of account", "zh": "对账单"},
    "letter_statement_file": {"en": "Statement", "zh": "对账单"},
    "letter_customer": {"en": "Customer", "zh": "客户"},
    "letter_from": {"en": "From", "zh": "出具方"},
    "letter_period": {"en": "Period", "zh": "对账期间"},
    "letter_as_at": {"en": "As at", "zh": "截止日期"},
    "letter_currency": {"en": "Currency", "zh": "币种"},
    "letter_opening": {"en": "Opening balance", "zh": "期初余额"},
    "letter_invoiced": {"en": "Invoiced", "zh": "本期开票"},
    "letter_credited": {"en": "Credited", "zh": "本期红冲"},
    "letter_received": {"en": "Received", "zh": "本期收款"},
    "letter_closing": {"en": "Closing balance", "zh": "期末余额"},
    "letter_outstanding": {"en": "Balance outstanding", "zh": "未付余额合计"},
    "letter_summary": {"en": "Summary", "zh": "汇总"},
    "letter_movements": {"en": "Movements", "zh": "往来明细"},
    "letter_open_items": {"en": "Open items", "zh": "未结清明细"},
    "letter_open_total": {"en": "Open items, total", "zh": "未结清合计"},
    "letter_unapplied": {"en": "Less payments not yet allocated", "zh": "减：未核销款项"},
    "letter_aging": {"en": "By age", "zh": "账龄分析"},
    "letter_age_days": {"en": "{span} days", "zh": "{span} 天"},
    "letter_date": {"en": "Date", "zh": "日期"},
    "letter_kind": {"en": "Type", "zh": "类型"},
    "letter_reference": {"en": "Reference", "zh": "单据号"},
    "letter_notes": {"en": "Notes", "zh": "备注"},
    "letter_kind_invoice": {"en": "Invoice", "zh": "发票"},
    "letter_kind_credit_note": {"en": "Credit note", "zh": "红字发票"},
    "letter_kind_receipt": {"en": "Payment", "zh": "收款"},
    "letter_page": {"en": "Page", "zh": "页码"},
    "letter_and": {"en": " and ", "zh": "、"},
    "letter_age_not_due": {"en": "Not due", "zh": "未到期"},
    "letter_age_credit": {"en": "Credit", "zh": "贷方"},
    "letter_pay_title": {"en": "How to pay", "zh": "付款方式"},
    "letter_account_holder": {"en": "Account name", "zh": "户名"},
    "letter_iban": {"en": "IBAN", "zh": "IBAN"},
    "letter_account": {"en": "Account number", "zh": "账号"},
    "letter_bank_code": {"en": "Bank code", "zh": "联行号"},
    "letter_bic": {"en": "BIC / SWIFT", "zh": "SWIFT 代码"},
    "letter_bank": {"en": "Bank", "zh": "开户行"},
    "letter_pay_reference": {"en": "Reference", "zh": "付款附言"},
    "letter_pay_online": {"en": "Pay online", "zh": "在线支付"},
    "letter_scan_epc": {
        "en": "Or scan this code with your banking app to pay {amount}.",
        "zh": "也可用银行应用扫描此码支付 {amount}。",
    },
    "letter_scan_discount": {
        "en": " This is the sum with the discount, for payment by {day}; after that it is {full}.",
        "zh": "此为{day}或之前付款的折后金额；之后应付 {full}。",
    },
    "letter_scan_swiss": {
        "en": "Or scan this Swiss QR code with your banking app to pay {amount}.",
        "zh": "也可用银行应用扫描此瑞士二维码支付 {amount}。",
    },
    "letter_discount": {
        "en": "{percent}% discount ({saved}) when you pay {pay} by {day}",
        "zh": "{day}前付款可享 {percent}% 现金折扣（减 {saved}），实付 {pay}",
    },
    "letter_interest_of": {"en": "interest to date {amount}", "zh": "截至今日利息 {amount}"},
    "letter_total_interest": {
        "en": "Interest to date ({rate}% a year)", "zh": "截至今日利息（年利率 {rate}%）",
    },
    "letter_total_fee": {"en": "Reminder fee", "zh": "催收手续费"},
    "letter_received_title": {"en": "Received with thanks", "zh": "已收款项"},
    "letter_promised_for": {"en": "promised for {day}", "zh": "承诺于 {day} 付款"},
    "letter_confirmation": {"en": "Balance confirmation", "zh": "对账函"},
    "letter_confirmation_file": {"en": "Balance_confirmation", "zh": "对账函"},
    "letter_to": {"en": "To", "zh": "致"},
    "letter_confirm_intro": {
        "en": "To reconcile our accounts, we would like to confirm the balance between us. At the close "
        "of {day} our books show:",
        "zh": "为核对双方往来账目，特就贵司与我司的往来余额函证如下。截至{day}，我司账面记录为：",
    },
    "letter_owed_to_us": {"en": "You owe us", "zh": "贵司欠我司"},
    "letter_owed_to_you": {"en": "We owe you", "zh": "我司欠贵司"},
    "letter_in_words": {"en": "in words", "zh": "大写"},
    "letter_confirm_ask": {
        "en": "Please compare this with your books, fill in the reply below, sign or stamp it, and "
        "return it to {address} by {day}.",
        "zh": "请贵司与账面记录核对，在下方回执中勾选并签章，于{day}前寄回或发送至 {address}。",
    },
    "letter_confirm_note": {
        "en": "This letter only serves to reconcile accounts and is no demand for payment. Payments after "
        "{day} are not included; please state the balance as at that day.",
        "zh": "本函仅为核对账目之用，并非催款结算。{day}之后的付款未包括在内，请按该日余额答复。",
    },
    "letter_reply": {"en": "Reply", "zh": "回执"},
    "letter_reply_of": {
        "en": "Balance with {company} as at {day}",
        "zh": "截至{day}与{company}的往来余额：",
    },
    "letter_agree": {"en": "The balance agrees with our books.", "zh": "信息证明无误。"},
    "letter_differ": {
        "en": "The balance differs. Our books show, and the difference is due to:",
        "zh": "信息不符。我司账面金额及差异原因：",
    },
    "letter_seal": {"en": "Company stamp", "zh": "（单位盖章）"},
    "letter_signature": {"en": "Name and signature", "zh": "经办人签字"},
    "letter_signed_on": {"en": "Date", "zh": "日期"},
    "letter_template_unused": {
        "en": "no letter uses a template of this name; nearest: {near}",
        "zh": "没有信函使用该名称的模板；最接近的是：{near}",
    },
    "letter_template_at": {"en": "line {line}: {what}", "zh": "第 {line} 行：{what}"},
    "letter_template_near": {"en": "{what} (nearest known: {near})", "zh": "{what}（最接近的是 {near}）"},
    "letter_template_subject": {
        "en": "it sets no subject. Add {{% set subject %}}…{{% endset %}}.",
        "zh": "未设置主题。请加上 {{% set subject %}}…{{% endset %}}。",
    },
    "letter_no_font": {
        "en": "{what}. Install the package noto-cjk-sans-otc, or send statements as xlsx only.",
        "zh": "{what}。请安装 noto-cjk-sans-otc，或仅使用 xlsx 对账单。",
    },
    # ── rules: what does not add up ──
    "problem_receipt_unknown": {
        "en": "This receipt names invoice {invoice}, which is not in the sheet; correct the number or clear it",
        "zh": "该收款对应的发票 {invoice} 不在表中；请更正或清空发票号",
    },
    "problem_receipt_other": {
        "en": "This receipt names invoice {invoice}, which is another customer's; correct the number "
        "or the payer",
        "zh": "该收款对应的发票 {invoice} 属于其他客户；请更正发票号或付款方",
    },
    "problem_receipt_currency": {
        "en": "This receipt is in {currency}, invoice {invoice} is not; correct one of them",
        "zh": "该收款币种为 {currency}，与发票 {invoice} 不符；请更正其一",
    },
    "problem_receipt_nobody": {
        "en": "Nobody in the sheet is the payer of this receipt ({payer}); correct the name, or name "
        "the invoice",
        "zh": "表中找不到该收款的付款方（{payer}）；请更正名称，或填写发票号",
    },
    "problem_receipts_differ": {
        "en": "Paid says {paid}, the receipts add up to {received}; correct one of them",
        "zh": "已收金额为 {paid}，收款记录合计 {received}；请更正其一",
    },
    "problem_balance_differs": {
        "en": "Balance says {balance}, Amount - Paid is {owed}; correct one of them",
        "zh": "余额为 {balance}，应收减已收为 {owed}；请更正其一",
    },
    "problem_status_contradicts": {
        "en": "The status says this is settled, the amounts leave {balance}; correct one of them",
        "zh": "状态显示已结清，但金额仍余 {balance}；请更正其一",
    },
    "problem_overpaid": {
        "en": "Paid is more than the amount: {balance} is in the customer's favour",
        "zh": "已收超过应收：{balance} 为客户贷方余额",
    },
    "problem_part_unknown": {
        "en": "Part paid, but nothing says how much; enter the paid amount or the balance",
        "zh": "标为部分收款，但未写明金额；请填写已收金额或余额",
    },
    "problem_no_due_date": {
        "en": "No due date and no payment terms; enter one of them",
        "zh": "没有到期日，也没有账期；请填写其一",
    },
    "problem_terms": {
        "en": "The payment terms \"{terms}\" cannot be read; write e.g. Net 30 or a due date",
        "zh": "无法识别账期“{terms}”；请写成如“月结30天”，或填写到期日",
    },
    "problem_no_invoice_date": {
        "en": "No invoice date to count the terms \"{terms}\" from; enter one, or a due date",
        "zh": "账期“{terms}”缺少开票日期；请填写开票日期或到期日",
    },
    # ── plan: who is held and why ──
    "held_do_not_chase": {"en": "do not chase", "zh": "已设为不催"},
    "held_problem": {"en": "unreadable: {problem}", "zh": "表中有问题：{problem}"},
    "held_file": {
        "en": "its attachment {file} cannot go with it: {what}",
        "zh": "附件 {file} 无法随信发送：{what}",
    },
    "held_letter": {
        "en": "the letter cannot be written: {what}",
        "zh": "无法生成信函：{what}",
    },
    "held_no_email": {"en": "no email address", "zh": "没有邮箱"},
    "held_bad_email": {"en": "no valid email address", "zh": "邮箱无效"},
    "held_disputed": {"en": "disputed ({invoice})", "zh": "有争议（{invoice}）"},
    "held_promised": {
        "en": "promised until {until} ({invoice})",
        "zh": "客户承诺 {until} 前付款（{invoice}）",
    },
    "held_paused": {"en": "paused until {until}", "zh": "暂停至 {until}"},
    "held_credit": {
        "en": "unapplied credit covers the balance",
        "zh": "未核销的贷方余额已足够抵扣",
    },
    "held_minimum": {"en": "below the minimum of {minimum}", "zh": "低于最低催收金额 {minimum}"},
    "held_gap": {
        "en": "within the gap: written to lately, again from {until}",
        "zh": "间隔未满：近期已发送，{until} 起可再发",
    },
    "held_day": {
        "en": "{day} is a weekend or public holiday there",
        "zh": "{day} 在客户所在地为周末或公共假日",
    },
    "held_hours": {"en": "outside the sending hours", "zh": "不在发送时段内"},
    "held_cap": {"en": "over the run's cap of {limit} messages", "zh": "超过每次运行 {limit} 封的上限"},
    "held_day_cap": {
        "en": "over the day's cap of {limit} messages; waits until {until}",
        "zh": "超过每日 {limit} 封的上限；{until} 起再发",
    },
    "held_refused": {"en": "refused by the mail server: {answer}", "zh": "被邮件服务器拒绝：{answer}"},
    "held_retry": {
        "en": "refused for now by the mail server: {answer}; tried again from {until}",
        "zh": "被邮件服务器暂时拒绝：{answer}；{until} 起重试",
    },
    "held_recipients": {
        "en": "not sent: its recipients are not those of the row",
        "zh": "未发送：收件人与表中不一致",
    },
    "held_domain": {
        "en": "mail may not go to {address}: see mail.allow_domains and mail.deny_domains",
        "zh": "不允许发送到 {address}：请看 mail.allow_domains 与 mail.deny_domains",
    },
    "held_doubt": {
        "en": "in doubt: {answer}; see collector doubts",
        "zh": "是否送达不明：{answer}；请看 collector doubts",
    },
    "doubt_killed": {
        "en": "the run was killed before the server's answer was noted",
        "zh": "运行在记下服务器应答之前被强行终止",
    },
    "doubt_found": {"en": "found in the archive", "zh": "已在存档邮箱中找到"},
    "archive_trouble": {"en": "{server}: {what}", "zh": "{server}：{what}"},
    "doubt_unasked": {
        "en": "{answer}, and the archive could not be asked ({what})",
        "zh": "{answer}，且无法查询存档邮箱（{what}）",
    },
    "held_unsent": {
        "en": "not sent: the mail server could not be used",
        "zh": "未发送：邮件服务器无法使用",
    },
    "held_claimed": {"en": "another run sends this", "zh": "已由另一次运行发送"},
    "held_stopped": {"en": "not sent: the run was stopped", "zh": "未发送：运行已停止"},
    "held_approval_mode": {"en": "waiting for approval: every message is", "zh": "等待批准：每封邮件均须批准"},
    "held_approval_step": {"en": "waiting for approval: this step needs it", "zh": "等待批准：该步骤须人工批准"},
    "held_approval_first": {
        "en": "waiting for approval: it is the first message to this customer",
        "zh": "等待批准：这是发给该客户的第一封邮件",
    },
    "held_approval_above": {
        "en": "waiting for approval: its total needs it",
        "zh": "等待批准：合计金额须人工批准",
    },
    "held_approval_address": {
        "en": "waiting for approval: the address changed since the last message; confirm it with the customer",
        "zh": "等待批准：邮箱自上次发送后已变更；请先与客户核实",
    },
    "task_climbed": {
        "en": "Every reminder was sent and it is still unpaid: call them",
        "zh": "所有催收均已发送仍未付款：请致电客户",
    },
    "task_address": {"en": "No valid email address: ask for one", "zh": "没有有效邮箱：请向客户索取"},
    # ── the mail to the operator ──
    "alert_subject": {
        "en": "{workbook}, {day}: something needs a person",
        "zh": "{workbook}，{day}：有事项需人工处理",
    },
    "alert_mute": {"en": "No valid email address:", "zh": "没有有效邮箱："},
    "alert_refused": {"en": "Not sent:", "zh": "未发送："},
    "alert_doubt": {
        "en": "In doubt, see `collector doubts`:",
        "zh": "是否送达不明，见 `collector doubts`：",
    },
    "alert_waiting": {
        "en": "Messages that wait for approval: {count}",
        "zh": "等待批准的邮件：{count} 封",
    },
    # ── plan: the Next action column ──
    "action_credit": {"en": "Credit in the customer's favour: apply it", "zh": "客户贷方余额：请核销"},
    "action_unreadable": {
        "en": "Not chased: this row cannot be read, see Problem",
        "zh": "不催：本行无法识别，见“问题”列",
    },
    "action_blocked": {"en": "Not chased: {reason}", "zh": "不催：{reason}"},
    "action_disputed": {"en": "Not chased: disputed", "zh": "不催：有争议"},
    "action_promised": {"en": "Not chased: promise until {until}", "zh": "不催：承诺 {until} 前付款"},
    "action_approved": {
        "en": "Released: goes with the next run",
        "zh": "已批准：下次运行时发送",
    },
    "action_doubt": {
        "en": "In doubt whether the last message arrived: see collector doubts",
        "zh": "上一封邮件是否送达不明：见 collector doubts",
    },
    "action_refused": {
        "en": "Refused by the mail server ({answer}): tried again with the next run",
        "zh": "被邮件服务器拒绝（{answer}）：下次运行时重试",
    },
    "action_climbed": {"en": "Every reminder sent: call the customer", "zh": "催收已全部发送：请致电客户"},
    "action_no_steps": {"en": "No reminders are set up", "zh": "未设置催收步骤"},
    "action_courtesy": {"en": "Courtesy reminder on {day}", "zh": "{day}发到期提醒"},
    "action_step_approve": {
        "en": "Reminder {number} on {day}, once approved",
        "zh": "{day}第{number}次催收（须先批准）",
    },
    "action_again": {"en": "Last reminder again on {day}", "zh": "{day}再次发送最后催告"},
    "action_step": {"en": "Reminder {number} on {day}", "zh": "{day}第{number}次催收"},
    # ── our own tabs: the outbox and the contact log ──
    "outbox_waiting": {"en": "waiting", "zh": "待批准"},
    "outbox_held": {"en": "held: {reason}", "zh": "暂缓：{reason}"},
    "outbox_void": {"en": "void: {what}", "zh": "作废：{what}"},
    "outbox_next": {"en": "released, goes with the next run", "zh": "已批准，下次运行时发送"},
    "outbox_more": {"en": "and {count} more", "zh": "另有 {count} 张"},
    "outbox_why_overdue": {
        "en": "{count} overdue, the oldest since {day}",
        "zh": "逾期 {count} 笔，最早于{day}到期",
    },
    "outbox_why_soon": {"en": "{count} about to fall due", "zh": "即将到期 {count} 笔"},
    "outbox_why_thanks": {"en": "a payment arrived", "zh": "款项已到账"},
    "outbox_why_confirmation": {"en": "you asked for it", "zh": "按要求发出"},
    "outbox_why_statement": {"en": "the monthly statement", "zh": "月度对账单"},
    "step_courtesy": {"en": "courtesy", "zh": "到期提醒"},
    "step_first": {"en": "first", "zh": "第一次催收"},
    "step_second": {"en": "second", "zh": "第二次催收"},
    "step_third": {"en": "third", "zh": "第三次催收"},
    "step_final": {"en": "final", "zh": "最后催告"},
    "step_statement": {"en": "statement", "zh": "对账单"},
    "step_thanks": {"en": "thanks", "zh": "致谢"},
    "step_confirmation": {"en": "balance confirmation", "zh": "对账函"},
    "void_total": {"en": "total was {was}, is {now}", "zh": "合计原为 {was}，现为 {now}"},
    "void_to": {"en": "address was {was}, is {now}", "zh": "收件人原为 {was}，现为 {now}"},
    "void_cc": {"en": "copy was {was}, is {now}", "zh": "抄送原为 {was}，现为 {now}"},
    "void_invoices": {"en": "invoices were {was}, are {now}", "zh": "发票原为 {was}，现为 {now}"},
    "void_step": {"en": "step was {was}, is {now}", "zh": "步骤原为 {was}，现为 {now}"},
    "void_subject": {"en": "subject was {was}, is {now}", "zh": "主题原为 {was}，现为 {now}"},
    "void_and": {"en": "{first}; {more}", "zh": "{first}；{more}"},
    "void_gone": {"en": "nothing is due any more", "zh": "已无应催款项"},
    "void_content": {"en": "what the letter says has changed", "zh": "邮件内容已变更"},
    "void_key": {"en": "this is no key of ours", "zh": "此键不是 Collector 写入的"},
    "void_problem": {"en": "unreadable, see {where}", "zh": "表中有问题，见 {where}"},
    "void_twice": {"en": "rows {rows} have the same key", "zh": "第 {rows} 行的键相同"},
    "void_edited": {
        "en": "“{now}” was edited into “{was}” here, where it changes nothing; edit the invoice or "
        "the customer instead",
        "zh": "此处将“{now}”改成了“{was}”，但不起作用；请修改发票或客户资料",
    },
    "problem_tick_void": {"en": "The tick is void: {what}", "zh": "批准无效：{what}"},
    "problem_tick_unclear": {
        "en": "“{text}” is neither yes nor no, so nothing is released; write yes or no",
        "zh": "“{text}”既非是也非否，未予批准；请写“是”或“否”",
    },
    "problem_tick_bare": {
        "en": "A tick without a key releases nothing (rows like this: {count}); tick the rows that "
        "Collector wrote",
        "zh": "没有键的行打勾无效（此类行：{count}）；请在 Collector 写入的行上批准",
    },
    "log_channel": {"en": "Email", "zh": "邮件"},
    "log_sent": {"en": "sent to {to}", "zh": "已发送至 {to}"},
    "log_flag": {"en": "Credit", "zh": "信用"},
    "out_flag_changes": {"en": "Changed since the last run:", "zh": "自上次运行以来的变动："},
    "out_outbox": {"en": "Outbox: {count} rows changed.", "zh": "待发：更改 {count} 行。"},
    "out_log": {"en": "Contact log: {count} rows added.", "zh": "催收记录：新增 {count} 行。"},
    # ── the command line ──
    "usage_as_of": {
        "en": "--as-of: {text} is not a day; write it as 2026-11-20",
        "zh": "--as-of：{text} 不是日期；请写成 2026-11-20",
    },
    "usage_month": {
        "en": "--month: {text} is not a month; write it as 2026-10",
        "zh": "--month：{text} 不是月份；请写成 2026-10",
    },
    "usage_month_open": {
        "en": "--month: {text} is not over yet; without --month the open items are stated",
        "zh": "--month：{text} 尚未结束；不加 --month 可列出未结款项",
    },
    "usage_month_undated": {
        "en": "--month: the movements of {text} cannot be stated for {customer}: not every payment "
        "has a date, or they do not add up to what is open; without --month the open items are "
        "stated",
        "zh": "--month：无法列出 {customer} {text} 的往来：有收款未写日期，或往来与未结余额不符；"
        "不加 --month 可列出未结款项",
    },
    "usage_language": {
        "en": "--language: {text} is not known; there is {known}",
        "zh": "--language：没有 {text}；可用的有 {known}",
    },
    "usage_no_message": {
        "en": "{text} names no such message; `collector log` lists them",
        "zh": "没有与 {text} 对应的邮件；请用 `collector log` 查看",
    },
    "usage_no_statement": {
        "en": "There is nothing to state for {customer}: nothing is open and nothing moved.",
        "zh": "{customer} 没有可列入对账单的内容：无未结款项，也无往来。",
    },
    "init_exists": {
        "en": "{path} is there already and is not overwritten. Name another with --config, or move it away.",
        "zh": "{path} 已存在，不会覆盖。请用 --config 指定其他文件，或先将其移走。",
    },
    "init_overwrite": {"en": "{path} is there already. Overwrite it?", "zh": "{path} 已存在，要覆盖吗？"},
    "init_done": {
        "en": "{rows} invoices found; {path} is written. Next: collector check, then collector preview.",
        "zh": "找到 {rows} 张发票，已生成 {path}。下一步：collector check，然后 collector preview。",
    },
    "init_open": {
        "en": "{count} questions are left in {path}, as comments.",
        "zh": "{path} 中以注释形式留有 {count} 个待确认的问题。",
    },
    "init_which_tab": {
        "en": "Several tabs look like receivables; name the one to be worked on:",
        "zh": "有多张工作表像应收表；请指定要处理的一张：",
    },
    "init_unused": {
        "en": "These headings or tabs speak of payment and are not read: every filled cell holds its "
        "customer. List here those that are of no concern:",
        "zh": "以下表头或工作表涉及付款但未被读取，其中有内容的行会暂停对该客户的发信。无关的请列在此处：",
    },
    "ask_credit_tab": {
        "en": "The tab {tab} may lessen what is owed (credit notes, payments …). Is all of it taken off "
        "in the invoices tab already?",
        "zh": "工作表 {tab} 的内容可能减少欠款（贷项、收款等）。是否都已在应收表中扣减？",
    },
    "check_other_tabs": {
        "en": "These tabs look like receivables too and are not read: {tabs}. If some of them are still "
        "owed, bring their rows into {tab}, or give each tab a configuration of its own.",
        "zh": "以下工作表也像应收表，未被读取：{tabs}。若其中仍有欠款，请将其行并入 {tab}，或为各表单独建立配置。",
    },
    "init_other_tabs": {
        "en": "These tabs look like receivables too and are not read: {tabs}.",
        "zh": "以下工作表也像应收表，未被读取：{tabs}。",
    },
    "init_past_tabs": {
        "en": "Every invoice on these tabs is settled, so they are not read: {tabs}.",
        "zh": "以下工作表的发票均已结清，因此不读取：{tabs}。",
    },
    "init_tab_missing": {
        "en": "--tab: there is no tab {tab}; there are {tabs}",
        "zh": "--tab：没有工作表 {tab}；现有 {tabs}",
    },
    "init_unread": {
        "en": "{path} is written, but something in it must be answered before the book can be read:",
        "zh": "已生成 {path}，但须先确认以下内容才能读取账簿：",
    },
    "ask_local": {
        "en": "Amounts are in local currency. Is that the {field} in this column?",
        "zh": "金额为本位币。该币种是否就是此列所写的 {field}？",
    },
    "ask_twice": {
        "en": "Several columns could be {field}. Which one is it?",
        "zh": "有多列都可能是 {field}。是哪一列？",
    },
    "ask_tax": {
        "en": "Is tax in this amount? If so it is {field}, what the customer owes.",
        "zh": "该金额是否含税？若含税，即为 {field}（客户应付总额）。",
    },
    "ask_left": {
        "en": "This may be the amount before payments, or what is left after them. Is it {field}?",
        "zh": "该列可能是收款前的金额，也可能是收款后的余额。它是 {field} 吗？",
    },
    "ask_net": {
        "en": "The tax beside it shows that this amount is without tax. Is it {field}, what the "
        "customer owes, all the same?",
        "zh": "从旁边的税额看，该金额不含税。它仍是 {field}（客户应付总额）吗？",
    },
    "ask_similar": {
        "en": "The heading is nearly one of {field}. Is it?",
        "zh": "该表头与 {field} 的写法相近。是它吗？",
    },
    "ask_may_mean": {
        "en": "The heading may mean {field}. Does it?",
        "zh": "该表头可能表示 {field}。是吗？",
    },
    "ask_values": {
        "en": "What stands in this column looks like {field}. Is it?",
        "zh": "该列内容看起来是 {field}。是吗？",
    },
    "ask_figures": {
        "en": "These figures lie within the amounts: they may be what was paid, or what is left. Are "
        "they {field}?",
        "zh": "该列金额均不超过应收金额，可能是已收金额，也可能是未收余额。它是 {field} 吗？",
    },
    "ask_odd": {
        "en": "The heading says {field}, but what stands below does not look like it. Is it?",
        "zh": "表头写的是 {field}，但列中内容不像。是它吗？",
    },
    "ask_reference": {
        "en": "No code comes back on another row: this may be the customer's own number of each order. "
        "Is it {field}?",
        "zh": "各行编号均不重复，可能是客户自己的订单号。它是 {field} 吗？",
    },
    "ask_running": {
        "en": "This looks like a running balance, not what is left of each row. Is it {field} of each row?",
        "zh": "该列像是逐行累计的余额，而非每行的未收余额。它是每行的 {field} 吗？",
    },
    "ask_groups": {
        "en": "There is no column of customers; names seem to stand on rows of their own. Is this {field}?",
        "zh": "没有客户列；客户名称似乎单独成行。这是 {field} 吗？",
    },
    "ask_account": {
        "en": "A heading says {field}, but below stands one account or company for many names. Which "
        "column is it?",
        "zh": "有表头写的是 {field}，但列中是同一个科目或公司，对应许多名称。是哪一列？",
    },
    "hint_account": {
        "en": "What stands under its heading is an account of the ledger or one company for many "
        "names; “{heading}” may be it. Name the column under `tabs:` in the configuration.",
        "zh": "其表头下是会计科目或同一家公司，对应许多名称；可能是“{heading}”列。请在配置的 `tabs:` 中指定该列。",
    },
    "ask_pick": {
        "en": "No heading says {field}, which is needed. Which column is it?",
        "zh": "没有表头表示 {field}，而它不可缺少。是哪一列？",
    },
    "ask_none": {"en": "none of them", "zh": "都不是"},
    "ask_which": {"en": "Which", "zh": "请选择"},
    "ask_again": {
        "en": "Please type a number from 1 to {last}, or - for none.",
        "zh": "请输入 1 到 {last} 的数字，或输入 - 表示都不是。",
    },
    "ask_tab": {
        "en": "Several tabs look like receivables. Which one is to be worked on?",
        "zh": "有多个工作表像应收表。请选择要处理的一个：",
    },
    "ask_currency": {
        "en": "The sheet names no currency. Which is it",
        "zh": "表中未写明币种。是哪种货币",
    },
    "ask_timezone": {
        "en": "Whose midnight decides what is overdue (a time zone)",
        "zh": "按哪个时区的日期判断逾期",
    },
    "ask_date_order": {
        "en": "How do dates like 03/04/2026 read (DMY, MDY or YMD)",
        "zh": "03/04/2026 这样的日期如何理解（DMY、MDY 或 YMD）",
    },
    "check_no_server": {
        "en": "mail.server is not set; nothing to connect to",
        "zh": "未设置 mail.server，无从连接",
    },
    "check_repaired": {
        "en": "{path}: {key} is now {value}",
        "zh": "{path}：{key} 已改为 {value}",
    },
    "check_as_if": {
        "en": "Looked at as if that were set right:",
        "zh": "以下按改正后的配置查看：",
    },
    "check_sum": {
        "en": "{where}: the sheet's own total of {field} is {stated}, ours {ours}, difference {difference}",
        "zh": "{where}：表中 {field} 合计 {stated}，本系统 {ours}，相差 {difference}",
    },
    "check_total": {
        "en": "Our total of {field}: {total} {currency}",
        "zh": "本系统 {field} 合计：{total} {currency}",
    },
    "check_page_columns": {"en": "What the columns mean", "zh": "各列含义"},
    "check_page_heading": {"en": "Heading", "zh": "表头"},
    "check_page_field": {"en": "Read as", "zh": "读作"},
    "check_page_sums": {"en": "Totals", "zh": "合计"},
    "check_page_count": {"en": "{count} cells or rows", "zh": "{count} 处"},
    "check_table": {"en": "{kind}: {where}: {fields}", "zh": "{kind}：{where}：{fields}"},
    "check_rows": {"en": "{workbook}: {rows} invoices", "zh": "{workbook}：{rows} 张发票"},
    "check_ages": {
        "en": "Balance: what stands in the columns of ages ({headings}) is what is open.",
        "zh": "余额：账龄各列（{headings}）中的金额即未收余额。",
    },
    "check_unused": {
        "en": "Not used: {headings}. If one of them says what is paid, owed or due, name it under "
        "tabs: invoices: columns in the configuration.",
        "zh": "未使用的列：{headings}。若其中有已收、余额或到期日，请在配置的 tabs: invoices: columns 中指定。",
    },
    "check_no_numbers": {
        "en": "There is no column of invoice numbers: a receivable is known by its customer, due date "
        "and amount.",
        "zh": "没有发票号列：以客户、到期日和金额识别每笔应收。",
    },
    "check_mail_ok": {"en": "Mail: connected and logged in", "zh": "邮件：已连接并登录"},
    "check_mail_not": {
        "en": "Mail: not checked (--mail connects and logs in)",
        "zh": "邮件：未检查（--mail 会连接并登录）",
    },
    "check_sent": {"en": "Mail: a test was sent to {address}", "zh": "邮件：已向 {address} 发送测试邮件"},
    "check_archive_ok": {"en": "Archive: connected and logged in", "zh": "存档邮箱：已连接并登录"},
    "check_test_subject": {"en": "Collector: a test", "zh": "Collector：测试邮件"},
    "check_test": {
        "en": "Mail from {workbook} arrives. Nobody else got this message.",
        "zh": "{workbook} 的邮件可以送达。此邮件未发送给其他人。",
    },
    "check_fine": {"en": "No problems.", "zh": "没有问题。"},
    "progress_read": {"en": "Reading", "zh": "读取"},
    "progress_decide": {"en": "Working it out", "zh": "计算"},
    "progress_letters": {"en": "Writing letters", "zh": "撰写邮件"},
    "progress_mail": {"en": "Sending", "zh": "发送"},
    "progress_write": {"en": "Saving the workbook", "zh": "保存工作簿"},
    "out_found": {
        "en": "{workbook} as of {as_of}: {rows} invoices, {customers} customers",
        "zh": "{workbook}，截至 {as_of}：{rows} 张发票，{customers} 个客户",
    },
    "out_owed": {
        "en": "{currency} {open} open, {overdue} of it overdue",
        "zh": "{currency} 未收 {open}，其中逾期 {overdue}",
    },
    "out_status": {
        "en": "{overdue} overdue, {due_soon} due soon, {open} open, {settled} settled, "
        "{disputed} disputed, {promised} promised, {credit} credit, {unreadable} unreadable",
        "zh": "逾期 {overdue}，即将到期 {due_soon}，未到期 {open}，已结清 {settled}，"
        "有争议 {disputed}，已承诺 {promised}，贷方 {credit}，无法识别 {unreadable}",
    },
    "out_edits": {"en": "Sheet: {edits} cells changed.", "zh": "表格：更改 {edits} 个单元格。"},
    "out_backup": {"en": "The copy before it: {backup}", "zh": "更改前的备份：{backup}"},
    "out_messages": {"en": "Messages: {messages}", "zh": "邮件：{messages}"},
    "out_none": {"en": "none", "zh": "无"},
    "out_sent": {"en": "sent", "zh": "已发送"},
    "out_rehearsed": {"en": "rehearsed", "zh": "演练"},
    "out_waiting": {"en": "waiting for approval", "zh": "待批准"},
    "out_refused": {"en": "refused", "zh": "被拒绝"},
    "out_in_doubt": {"en": "in doubt", "zh": "存疑"},
    "out_held": {"en": "Not written to, and why:", "zh": "未发送的客户及原因："},
    "out_problems": {"en": "Problems in the sheet:", "zh": "表中的问题："},
    "out_tasks": {"en": "For a person:", "zh": "需人工处理："},
    "out_more": {"en": "… and {count} more", "zh": "……另有 {count} 条"},
    "out_rehearsed_to": {"en": "Would write to {to}: {subject}", "zh": "将发送给 {to}：{subject}"},
    "out_sent_to": {"en": "Wrote to {to}: {subject}", "zh": "已发送给 {to}：{subject}"},
    "out_slot": {"en": "The pass of {slot} is due.", "zh": "执行 {slot} 的任务。"},
    "out_unforeseen": {
        "en": "Something unforeseen went wrong: {what}. The next try follows.",
        "zh": "发生意外错误：{what}。稍后重试。",
    },
    "out_approve_ask": {"en": "Release these {count} messages?", "zh": "要批准这 {count} 封邮件吗？"},
    "out_page": {
        "en": "To look at: {path}. Nothing was released; run again without --html, or with --yes.",
        "zh": "请查看：{path}。尚未批准任何邮件；去掉 --html 或加上 --yes 再次运行即可批准。",
    },
    "out_approved": {
        "en": "{count} messages released; the next run sends them.",
        "zh": "已批准 {count} 封邮件；下次运行时发送。",
    },
    "out_adopt_ask": {
        "en": "Record that these {count} things were said?",
        "zh": "要将这 {count} 项记为已发送吗？",
    },
    "out_adopted": {
        "en": "{count} things recorded as said.",
        "zh": "已补录 {count} 项为已发送。",
    },
    "out_doubts_one": {"en": "One message in doubt.", "zh": "存疑邮件 1 封。"},
    "out_undone_one": {"en": "One cell restored.", "zh": "已恢复 1 个单元格。"},
    "out_approved_one": {
        "en": "One message released; the next run sends it.",
        "zh": "已批准 1 封邮件；下次运行时发送。",
    },
    "out_doubts": {"en": "{count} messages in doubt.", "zh": "存疑邮件 {count} 封。"},
    "out_found_sent": {
        "en": "Found in the archive, so it was sent: {customer}: {subject}",
        "zh": "已在存档邮箱中找到，确认已发送：{customer}：{subject}",
    },
    "out_unasked": {
        "en": "The archive could not be asked: {what}",
        "zh": "无法查询存档邮箱：{what}",
    },
    "letters_there": {
        "en": "{path} is there already and differs. Name another folder.",
        "zh": "{path} 已存在且内容不同。请指定其他文件夹。",
    },
    "letters_exported": {
        "en": "{count} templates in {folder}. Delete what you do not change, and set letters.folder.",
        "zh": "{folder} 中有 {count} 个模板。删除不需改动的，并设置 letters.folder。",
    },
    "letters_gallery": {
        "en": "{count} letters, {pictures} of them as pictures: {path}",
        "zh": "{count} 封信函，其中 {pictures} 封有图片：{path}",
    },
    "fig_confirmations": {"en": "Balance confirmations", "zh": "对账函"},
    "confirmation_asked": {"en": "to be sent", "zh": "待发出"},
    "confirmation_sent": {"en": "sent", "zh": "已发出"},
    "confirmation_cell": {
        "en": "{state} {day} (as at {as_of})",
        "zh": "{state} {day}（截至 {as_of}）",
    },
    "confirmation_goes": {
        "en": "{customer}: the confirmation as at {as_of} goes with the next run "
        "(mail.mode: {mode}), reply by {note}.",
        "zh": "{customer}：截至 {as_of} 的对账函将随下次运行发出（mail.mode：{mode}），回复期限 {note}。",
    },
    "usage_confirmation_sent": {
        "en": "The confirmation as at {day} was sent to {customer} already; name another day with "
        "--as-of.",
        "zh": "截至 {day} 的对账函已发给 {customer}；请用 --as-of 指定其他日期。",
    },
    "usage_reply_by": {
        "en": "--reply-by {day} is before the day of the letter, {as_of}; name a day to come.",
        "zh": "--reply-by {day} 早于信函日期 {as_of}；请指定之后的日期。",
    },
    "usage_send_alone": {
        "en": "--send has the confirmation mailed, and its state follows; leave the state out.",
        "zh": "--send 会发送对账函并自动记录状态；请不要同时指定状态。",
    },
    "confirmation_agreed": {"en": "agreed", "zh": "相符"},
    "confirmation_differs": {"en": "differs", "zh": "不符"},
    "confirmation_returned": {"en": "returned undelivered", "zh": "退回"},
    "usage_no_confirmation": {
        "en": "No confirmation was sent to {customer} yet; say `sent` first.",
        "zh": "尚未向 {customer} 发出对账函；请先记为 `sent`。",
    },
    "out_undone": {"en": "{count} cells restored.", "zh": "已恢复 {count} 个单元格。"},
    "out_left": {"en": "{where} was changed since and is left", "zh": "{where} 之后被改动，保持不变"},
    "out_gone": {"en": "{where} is not found any more", "zh": "已找不到 {where}"},
    "out_unnamed": {"en": "… and {count} more (--json lists them all)", "zh": "……另有 {count} 项（--json 列出全部）"},
    "out_emptied": {
        "en": "Our columns {columns} hold nothing any more and stay where they are. Delete them "
        "in the workbook if you like; the next run fills what `write.columns` names.",
        "zh": "我们的列 {columns} 现已清空，但仍保留在原处。如不需要，可在工作簿中删除；"
        "下次运行会填写 `write.columns` 所列的列。",
    },
    "page_count_one": {"en": "One message would go out.", "zh": "将发送 1 封邮件。"},
    "page_waiting_one": {
        "en": "One message waits for approval.",
        "zh": "1 封邮件等待批准。",
    },
    "page_count": {"en": "{count} messages would go out.", "zh": "将发送 {count} 封邮件。"},
    "page_waiting": {
        "en": "{count} messages wait for approval.",
        "zh": "{count} 封邮件等待批准。",
    },
    "page_why": {"en": "Why it waits", "zh": "等待原因"},
    "page_to": {"en": "To", "zh": "收件人"},
    "page_cc": {"en": "Cc", "zh": "抄送"},
    "page_subject": {"en": "Subject", "zh": "主题"},
    "page_files": {"en": "Attached", "zh": "附件"},
    "page_text": {"en": "The text part", "zh": "纯文本部分"},
    "page_width": {"en": "Both widths", "zh": "两种宽度"},
    "page_desktop": {"en": "Desktop", "zh": "电脑"},
    "page_phone": {"en": "Phone", "zh": "手机"},
    "page_scheme": {"en": "Light and dark", "zh": "浅色和深色"},
    "page_light": {"en": "Light", "zh": "浅色"},
    "page_dark": {"en": "Dark", "zh": "深色"},
    "page_opened": {"en": "Opened in your browser: {path}", "zh": "已在浏览器中打开：{path}"},
    "page_no_browser": {
        "en": "There is no browser here to open it with. To look at: {path}",
        "zh": "此处没有可用的浏览器。请查看：{path}",
    },
    # ── customers: why flagged, how they pay ──
    "credit_oldest": {"en": "oldest overdue {days} days", "zh": "最长逾期 {days} 天"},
    "credit_hold": {"en": "on hold, as your column says", "zh": "表中已标为停供"},
    "credit_rating": {"en": "rating {rating}", "zh": "评级 {rating}"},
    "credit_used": {"en": "{percent} % of the limit is used", "zh": "额度已使用 {percent}%"},
    "credit_promise": {"en": "a promise was broken", "zh": "未履行付款承诺"},
    "credit_foreign": {
        "en": "what is owed in {currencies} is not counted in exposure and limit",
        "zh": "{currencies} 欠款未计入敞口与额度",
    },
    "credit_rating_set": {"en": "rating {rating} is yours", "zh": "评级 {rating} 由贵方指定"},
    "flag_changed": {"en": "{what} because {why}", "zh": "{what}，因为{why}"},
    "flag_over": {"en": "no longer: {reason}", "zh": "以下情况已消除：{reason}"},
    "flag_index": {
        "en": "the payment index went from {before} to {now}",
        "zh": "付款指数由 {before} 变为 {now}",
    },
    "credit_late_of": {
        "en": "late {late} of last {last}",
        "zh": "最近 {last} 笔中逾期 {late} 笔",
    },
    "credit_typically_late": {
        "en": "typically {days} days late",
        "zh": "通常逾期 {days} 天",
    },
    "credit_typically_early": {
        "en": "typically {days} days early",
        "zh": "通常提前 {days} 天",
    },
    "credit_typically_late_one": {
        "en": "typically {days} day late",
        "zh": "通常逾期 {days} 天",
    },
    "credit_typically_early_one": {
        "en": "typically {days} day early",
        "zh": "通常提前 {days} 天",
    },
    "credit_typically_prompt": {"en": "typically on the due day", "zh": "通常在到期日付款"},
    "credit_payday_0": {"en": "Mondays", "zh": "多在周一付款"},
    "credit_payday_1": {"en": "Tuesdays", "zh": "多在周二付款"},
    "credit_payday_2": {"en": "Wednesdays", "zh": "多在周三付款"},
    "credit_payday_3": {"en": "Thursdays", "zh": "多在周四付款"},
    "credit_payday_4": {"en": "Fridays", "zh": "多在周五付款"},
    "credit_payday_5": {"en": "Saturdays", "zh": "多在周六付款"},
    "credit_payday_6": {"en": "Sundays", "zh": "多在周日付款"},
    # ── figures: simulations ──
    "simulate_note": {
        "en": "What would go out if nobody paid or answered, and what waits were released at once:",
        "zh": "假设期间无人付款或回复、待批邮件当日获批，将发送：",
    },
    "simulate_count": {"en": "{count} messages", "zh": "{count} 封邮件"},
    "simulate_count_one": {"en": "1 message", "zh": "1 封邮件"},
    "simulate_nothing": {"en": "Nothing would go out.", "zh": "没有需要发送的邮件。"},
    "simulate_lost": {
        "en": "If {customer} never pays, {lost} is lost.",
        "zh": "若 {customer} 始终不付款，将损失 {lost}。",
    },
    "simulate_provision": {
        "en": "Provision: {before} now, {then} then. Expected cash, with and without them:",
        "zh": "坏账准备：现为 {before}，届时为 {then}。预计回款（含该客户 → 不含）：",
    },
    "simulate_owes_nothing": {"en": "{customer} owes nothing.", "zh": "{customer} 目前无欠款。"},
    "simulate_limit": {
        "en": "Exposure {exposure} of a limit of {limit}.",
        "zh": "敞口 {exposure}，信用额度 {limit}。",
    },
    "simulate_foreign": {
        "en": "What is owed in {currencies} is not counted towards the limit of {limit}.",
        "zh": "{currencies} 欠款未计入 {limit} 的信用额度。",
    },
    # ── figures: the report ──
    "fig_title": {"en": "Receivables report", "zh": "应收账款报告"},
    "fig_summary": {"en": "Summary", "zh": "概览"},
    "fig_as_of": {"en": "As of {day}", "zh": "截至 {day}"},
    "fig_dated": {
        "en": "Of {settled} paid rows, {dated} say when they were paid.",
        "zh": "已付 {settled} 行中，{dated} 行有收款日期。",
    },
    "fig_kept": {
        "en": "What was kept at runs from {first} to {last} tells it of {kept}.",
        "zh": "另有 {kept} 行依据 {first} 至 {last} 各次运行的留存推断。",
    },
    "fig_lost": {
        "en": "{lost} rows that are no longer in the sheet are in the past figures.",
        "zh": "过往数字包含已从表中删除的 {lost} 行。",
    },
    "fig_undated": {
        "en": "Nothing tells it of {undated}: past figures take them as paid when due.",
        "zh": "其余 {undated} 行无从得知，过往数字按到期日付款计。",
    },
    "fig_filtered": {"en": "Sum of what is shown", "zh": "所示行合计"},
    "fig_currency": {"en": "Currency", "zh": "币种"},
    "fig_owner": {"en": "Owner", "zh": "负责人"},
    "fig_contact": {"en": "Contact", "zh": "联系人"},
    "fig_phone": {"en": "Phone", "zh": "电话"},
    "fig_row": {"en": "Row", "zh": "所在行"},
    "fig_invoice": {"en": "Invoice", "zh": "发票号码"},
    "fig_issued": {"en": "Issued", "zh": "开票日期"},
    "fig_due": {"en": "Due", "zh": "到期日"},
    "fig_amount": {"en": "Amount", "zh": "金额"},
    "fig_balance": {"en": "Balance", "zh": "未收余额"},
    "fig_no_customer": {"en": "(no customer)", "zh": "（未注明客户）"},
    "fig_nobody": {"en": "(nobody)", "zh": "（未指定）"},
    "fig_total": {"en": "Total", "zh": "合计"},
    "fig_share": {"en": "Share", "zh": "占比"},
    "fig_kpis": {"en": "Key figures", "zh": "关键指标"},
    "fig_kpi": {"en": "Figure", "zh": "指标"},
    "fig_now": {"en": "Now", "zh": "当前"},
    "fig_before": {"en": "A month ago", "zh": "一个月前"},
    "fig_target": {"en": "Target", "zh": "目标"},
    "fig_receivables": {"en": "Receivables", "zh": "应收余额"},
    "fig_not_overdue": {"en": "Not overdue", "zh": "未逾期"},
    "fig_overdue": {"en": "Overdue", "zh": "逾期"},
    "fig_unapplied": {"en": "Unapplied credit", "zh": "未核销款项"},
    "fig_provision": {"en": "Provision", "zh": "坏账准备"},
    "fig_dso": {"en": "DSO, days (90 days of sales)", "zh": "DSO 应收周转天数（近 90 天）"},
    "fig_countback": {"en": "DSO, count-back, days", "zh": "DSO（倒推法），天"},
    "fig_best_dso": {"en": "Best possible DSO, days", "zh": "最佳 DSO，天"},
    "fig_add": {"en": "Average days delinquent", "zh": "平均逾期天数（ADD）"},
    "fig_cei": {"en": "Collection effectiveness (CEI)", "zh": "催收有效性指数（CEI）"},
    "fig_overdue_ratio": {"en": "Overdue share", "zh": "逾期占比"},
    "fig_turnover": {"en": "Turnover a year", "zh": "年周转次数"},
    "fig_at_least": {"en": "≥ {value}", "zh": "≥ {value}"},
    "fig_aging": {"en": "Aging", "zh": "账龄分析"},
    "fig_cash": {"en": "Expected cash by week", "zh": "每周预计回款"},
    "fig_cash_note": {
        "en": "What open invoices should bring in, from how each customer has paid; the band holds in about eight weeks of ten.",
        "zh": "根据各客户以往付款情况推算未收发票的回款；十周中约有八周落在区间内。",
    },
    "fig_week_after": {"en": "Week after", "zh": "自次日起一周"},
    "fig_low": {"en": "Low", "zh": "低"},
    "fig_expected": {"en": "Expected", "zh": "预计"},
    "fig_high": {"en": "High", "zh": "高"},
    "fig_trend": {"en": "The last twelve months", "zh": "近十二个月"},
    "fig_month": {"en": "As at", "zh": "截至"},
    "fig_sales": {"en": "Invoiced", "zh": "开票"},
    "fig_collected": {"en": "Collected", "zh": "回款"},
    "fig_debtors": {"en": "Largest debtors", "zh": "欠款最多的客户"},
    "fig_owners": {"en": "Collected against plan, 30 days", "zh": "近 30 天回款与计划"},
    "fig_plan": {"en": "Due", "zh": "应回款"},
    "fig_reached": {"en": "Reached", "zh": "完成率"},
    "fig_customers": {"en": "Customers", "zh": "客户"},
    "fig_customers_note": {
        "en": "One row per customer and currency; buckets by days overdue. Currencies are never added together.",
        "zh": "每个客户每种币种一行；按逾期天数分段。不同币种不相加。",
    },
    "fig_calls": {"en": "Call first", "zh": "优先催收"},
    "fig_calls_note": {
        "en": "Ordered by expected loss times age: an old debt of a doubtful bucket comes before a fresh one of the same size.",
        "zh": "按预计损失 × 逾期天数排序：金额相同时，逾期越久越靠前。",
    },
    "fig_loss": {"en": "Expected loss", "zh": "预计损失"},
    "fig_invoices": {"en": "Open invoices", "zh": "未收发票"},
    "fig_invoices_note": {
        "en": "Every figure of this report comes from these rows and those already paid; Row says where they stand in your workbook.",
        "zh": "本报告的数据均来自这些行及已付行；“所在行”为其在工作簿中的位置。",
    },
    "fig_changes": {"en": "Changes", "zh": "信用变动"},
    "fig_changes_note": {
        "en": "Customers whose flag or rating changed since the last run, then since a month ago.",
        "zh": "信用标志或评级自上次运行以来、其次自一个月前以来有变化的客户。",
    },
    "fig_since": {"en": "Since", "zh": "自"},
    "fig_why": {"en": "Because", "zh": "原因"},
    "fig_change": {"en": "Change", "zh": "变动"},
    "fig_by": {"en": "By", "zh": "维度"},
    "fig_kpis_rating": {"en": "Key figures by class", "zh": "类别指标"},
    "fig_kpis_owner": {"en": "Key figures by owner", "zh": "负责人指标"},
    "fig_debtor": {"en": "Customer", "zh": "客户"},
    "fig_short_dso": {"en": "DSO", "zh": "DSO"},
    "fig_short_countback": {"en": "DSO, count-back", "zh": "DSO（倒推）"},
    "fig_short_best_dso": {"en": "Best DSO", "zh": "最佳 DSO"},
    "fig_short_add": {"en": "ADD", "zh": "ADD"},
    "fig_short_cei": {"en": "CEI", "zh": "CEI"},
    "fig_short_overdue_ratio": {"en": "Overdue", "zh": "逾期占比"},
    "fig_short_turnover": {"en": "Turnover", "zh": "周转次数"},
    "fig_name": {"en": "Name", "zh": "名称"},
    "fig_class": {"en": "Class", "zh": "类别"},
    "fig_kpis_by": {"en": "Key figures by group", "zh": "分组指标"},
    "fig_kpis_by_note": {
        "en": "By owner and by class, which is the rating; the change is since a month ago, that of "
        "shares in points. Days are of the last 90.",
        "zh": "按负责人和类别（即评级）；变动为与一个月前相比，比率以百分点计；天数按近 90 天计。",
    },
    "fig_kpis_customer": {"en": "Key figures by customer", "zh": "客户指标"},
    "fig_interest": {"en": "Interest accrued", "zh": "应计利息"},
    "fig_matrix": {"en": "Provision by age", "zh": "按账龄计提坏账准备"},
    "fig_rate": {"en": "Rate", "zh": "比例"},
    "fig_more": {"en": "… and {count} more in the workbook", "zh": "……另有 {count} 条，见工作簿"},
    "fig_band": {"en": "10-90 % range", "zh": "10–90% 区间"},
    "fig_week": {"en": "Week", "zh": "周"},
    "fig_flags": {"en": "Credit flags", "zh": "信用标志"},
    "fig_ratings": {"en": "By rating", "zh": "按评级"},
    "fig_concentration": {
        "en": "{share} % of it is owed by one customer.",
        "zh": "其中 {share}% 由单一客户所欠。",
    },
    "fig_written": {"en": "Written: {path}", "zh": "已生成：{path}"},
    "fig_no_rating": {"en": "(no rating)", "zh": "（无评级）"},
    "fig_warnings": {"en": "Early warnings", "zh": "预警"},
    "fig_warnings_note": {
        "en": "What changed in the last 30 days that somebody should know of.",
        "zh": "近 30 天内值得关注的变化。",
    },
    "fig_what": {"en": "What", "zh": "内容"},
    "warn_limit": {
        "en": "use of the limit rose to {percent} %",
        "zh": "额度使用率升至 {percent}%",
    },
    "warn_promise": {"en": "promises broken: {count}", "zh": "未履行付款承诺：{count} 笔"},
    "warn_index": {
        "en": "payment index fell from {before} to {now}",
        "zh": "付款指数由 {before} 降至 {now}",
    },
    "warn_first_late": {
        "en": "always on time, and now {days} days overdue",
        "zh": "此前一贯按时付款，现已逾期 {days} 天",
    },
    "warn_first_late_paid": {
        "en": "always on time, and now paid {days} days late",
        "zh": "此前一贯按时付款，最近一笔迟付 {days} 天",
    },
    "warn_first_late_one": {
        "en": "always on time, and now 1 day overdue",
        "zh": "此前一贯按时付款，现已逾期 1 天",
    },
    "warn_first_late_paid_one": {
        "en": "always on time, and now paid 1 day late",
        "zh": "此前一贯按时付款，最近一笔迟付 1 天",
    },
    "warn_concentration": {
        "en": "owes {percent} % of all that is open in {currency}",
        "zh": "占 {currency} 未收总额的 {percent}%",
    },
    # ── digests ──
    "digest_management": {"en": "management", "zh": "管理层"},
    "digest_subject": {"en": "Your customers, {day}: {what}", "zh": "您的客户 {day}：{what}"},
    "digest_subject_report": {"en": "Receivables, {day}", "zh": "应收账款周报 {day}"},
    "digest_headline": {"en": "Your customers on {day}", "zh": "您的客户：{day}"},
    "digest_headline_report": {"en": "Receivables on {day}", "zh": "应收账款：{day}"},
    "digest_count_calls": {"en": "{count} to call", "zh": "待致电 {count} 项"},
    "digest_count_due": {"en": "promises due: {count}", "zh": "承诺将到期 {count} 笔"},
    "digest_count_broken": {"en": "promises broken: {count}", "zh": "承诺未履行 {count} 笔"},
    "digest_count_held": {"en": "held: {count}", "zh": "暂缓 {count} 项"},
    "digest_count_flags": {"en": "credit changed: {count}", "zh": "信用变化 {count} 项"},
    "digest_count_events": {"en": "warnings: {count}", "zh": "预警 {count} 项"},
    "digest_calls": {"en": "To call today, most at stake first", "zh": "今日应致电（风险大者在前）"},
    "digest_due": {"en": "Promises due soon", "zh": "即将到期的付款承诺"},
    "digest_broken": {"en": "Promises broken", "zh": "未履行的付款承诺"},
    "digest_held": {"en": "Not written to, and why", "zh": "未发信及原因"},
    "digest_flags": {"en": "Credit flag or rating changed", "zh": "信用标志或评级变化"},
    "digest_events": {"en": "Early warnings", "zh": "预警"},
    "digest_aging": {"en": "Age of what is open, {currency}", "zh": "账龄（{currency}）"},
    "digest_owners": {"en": "Collected by owner, {currency}", "zh": "各负责人回款（{currency}）"},
    "digest_collected": {
        "en": "{collected} of {plan} collected in 30 days",
        "zh": "近 30 天应收 {plan}，已收 {collected}",
    },
    "digest_owner_overdue": {"en": "{amount} overdue", "zh": "逾期 {amount}"},
    "digest_overdue_day": {"en": "one day overdue", "zh": "逾期 1 天"},
    "digest_overdue_days": {"en": "{days} days overdue", "zh": "逾期 {days} 天"},
    "digest_promised": {"en": "{invoice}: promised for {day}", "zh": "{invoice}：承诺 {day} 付款"},
    "digest_change": {"en": "{change} in 30 days", "zh": "30 天内 {change}"},
    "digest_more": {"en": "and {count} more", "zh": "另有 {count} 项"},
    "digest_why_owner": {
        "en": "You get this because the sheet {workbook} names you as the owner.",
        "zh": "表格 {workbook} 将您列为负责人，故发送此邮件。",
    },
    "digest_why_report": {
        "en": "You get this because the configuration of {workbook} names you. The whole report "
        "is attached.",
        "zh": "{workbook} 的配置将您列为收件人，故发送此邮件。完整报表见附件。",
    },
    "digest_no_address": {
        "en": "no digest: the sheet has no address for this owner",
        "zh": "未发送摘要：表格中没有该负责人的邮箱",
    },
    "digest_customers_address": {
        "en": "no digest: {address} is also a customer's address",
        "zh": "未发送摘要：{address} 同时是客户的邮箱",
    },
    "digest_customers_domain": {
        "en": "no digest: {address} is at a customer's domain",
        "zh": "未发送摘要：{address} 属于客户的域名",
    },
    "out_digests": {"en": "Digests:", "zh": "内部摘要："},
    "out_digest": {"en": "{name} ({to}): {state}", "zh": "{name}（{to}）：{state}"},
    "out_warnings": {"en": "Early warnings:", "zh": "预警："},
    "out_state_sent": {"en": "sent", "zh": "已发送"},
    "out_state_rehearsed": {"en": "rehearsed, not sent", "zh": "演练，未发送"},
    "out_state_refused": {"en": "refused", "zh": "被拒绝"},
    "out_state_in_doubt": {"en": "in doubt", "zh": "无法确定"},
    "out_state_held": {"en": "not sent", "zh": "未发送"},
    "outbox_todo": {
        "en": "to do since {day}: tick when it is done",
        "zh": "待办（{day} 起）：处理后打勾",
    },
    "outbox_todo_step": {"en": "to do", "zh": "待办"},
    # ── figures: backtest ──
    "backtest_found": {
        "en": "{invoices} paid invoices; the last {tested} of them, issued since {first}, foretold "
        "from what was known on the day each was issued:",
        "zh": "已付发票 {invoices} 张；对其中最后 {tested} 张（{first} 起开出），"
        "仅用各自开票当日已知的信息做预测：",
    },
    "backtest_too_few": {
        "en": "{invoices} paid invoices with a payment date: too few to learn from. A column such "
        "as Paid on would help.",
        "zh": "仅 {invoices} 张已付发票有收款日期，不足以评估。增加“收款日期”一列会有帮助。",
    },
    "backtest_too_few_dated": {
        "en": "{invoices} paid invoices with a payment date: too few to learn from.",
        "zh": "仅 {invoices} 张已付发票有收款日期，不足以评估。",
    },
    "backtest_ours": {"en": "forecast", "zh": "预测"},
    "backtest_naive": {"en": "due date", "zh": "按到期日"},
    "backtest_late_auc": {
        "en": "late invoices told from others; 0.5 is chance",
        "zh": "区分逾期与按时的能力；0.5 等于随机",
    },
    "backtest_brier": {
        "en": "error of the chance of being late; 0 is perfect",
        "zh": "逾期概率的误差；0 为最佳",
    },
    "backtest_mae_days": {
        "en": "days between the expected and the real pay date",
        "zh": "预计付款日与实际付款日平均相差天数",
    },
    "backtest_coverage": {
        "en": "share paid within the 10-90 % range; 0.8 is right",
        "zh": "落在 10–90% 区间内的比例；0.8 为理想值",
    },
    "backtest_cash_wape": {
        "en": "cash of the next four weeks, week by week: share that was off",
        "zh": "未来四周逐周现金的偏差比例",
    },
    "demo_foreign": {
        "en": "{folder} holds files that are not a demo's. Name a new or empty folder.",
        "zh": "{folder} 中有非演示文件。请指定新的或空的文件夹。",
    },
    "demo_book": {"en": "The workbook: {path}", "zh": "工作簿：{path}"},
    "demo_mail": {"en": "The mails, as sent: {path} ({count})", "zh": "已发邮件：{path}（{count} 封）"},
    "demo_next": {
        "en": "Look around: collector preview --config {config} --as-of 2026-11-20",
        "zh": "继续体验：collector preview --config {config} --as-of 2026-11-20",
    },
}  # fmt: skip

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun",
                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")  # fmt: skip


class Phrase(str):
    """A phrase among another one's facts: English as it stands, translated with what surrounds it."""

    __slots__ = ("code", "facts")
    code: str
    facts: Mapping[str, object]

    def __new__(cls, code: str, **facts: object) -> Phrase:
        phrase = super().__new__(cls, say("en", code, **facts))
        phrase.code, phrase.facts = code, facts
        return phrase


def say(language: str, key: str, /, **facts: object) -> str:
    """Return a phrase in a language (English where it has none), filled with facts.

    Where ``count`` or ``days`` is 1, the phrase ``<key>_one`` is said instead if there is one.
    """
    one = f"{key}_one"
    alone = facts.get("count", facts.get("days")) == 1 and one in PHRASES
    phrase = PHRASES[one if alone else key]
    said = {
        name: say(language, fact.code, **fact.facts) if isinstance(fact, Phrase) else fact
        for name, fact in facts.items()
    }
    return phrase.get(language, phrase["en"]).format_map(said)


def short_date(language: str, day: date, as_of: date) -> str:
    """Return a day as people say it: ``26 Nov``, ``11月26日``; with its year where it differs."""
    if language == "zh":
        text = f"{day.month}月{day.day}日"
        return text if day.year == as_of.year else f"{day.year}年{text}"
    text = f"{day.day} {_MONTHS[day.month - 1]}"
    return text if day.year == as_of.year else f"{text} {day.year}"
