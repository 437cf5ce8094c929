import { defineWords } from './index.ts'

/** For each `sheets.*` error: what happened, what to do, whom to ask. Places in braces are filled from the error's details. */
export const sheetWords = defineWords({
  'sheets.empty-file': {
    zh: '文件是空的。请重新导出后再上传；仍然为空，请联系发文单位。',
    en: 'The file is empty. Export it again; if it stays empty, ask the office that sent it.',
  },
  'sheets.no-rows': {
    zh: '文件里没有数据行。请确认导出时选对了范围；有疑问请联系发文单位。',
    en: 'The file holds no data rows. Check what was exported, or ask the office that sent it.',
  },
  'sheets.wrong-kind': {
    zh: '这不是表格文件（识别为 {kind}）。请用 Excel 或 WPS 另存为 .xlsx 或 .csv 后再上传；不会操作请联系县数据管理员。',
    en: 'This is no sheet (it looks like {kind}). Save it as .xlsx or .csv and upload again, or ask the county data officer.',
  },
  'sheets.password-protected': {
    zh: '文件设置了打开密码，无法读取。请打开后取消密码（文件 → 信息 → 保护工作簿），再上传；没有密码请联系发文单位。',
    en: 'The file is protected by a password. Remove the password and upload again, or ask the office that sent it.',
  },
  'sheets.html-named-sheet': {
    zh: '文件名是表格，内容却是网页存档（MHTML）或没有表格的网页，无法读取。请用 Excel 或 WPS 打开，另存为“Excel 工作簿 (.xlsx)”，再上传；打不开请联系发文单位。',
    en: 'The file is named a sheet but holds a web archive (MHTML) or a web page without a table. Open it in Excel or WPS, save it as .xlsx and upload again, or ask the office that sent it.',
  },
  'sheets.old-xls': {
    zh: '文件是 Excel 95 或更早的格式，暂不支持。请用 Excel 或 WPS 另存为 .xlsx，再上传。',
    en: 'The file was made by Excel 95 or older. Save it as .xlsx and upload again.',
  },
  'sheets.truncated-file': {
    zh: '文件不完整，可能没有传完。请重新复制或下载后再上传；仍然打不开，请联系发文单位。',
    en: 'The file is cut off. Copy or download it again; if it still fails, ask the office that sent it.',
  },
  'sheets.damaged-file': {
    zh: '文件已损坏（{part}：{reason}）。请用 Excel 打开并另存一份再上传；打不开请联系发文单位重发。',
    en: 'The file is damaged ({part}: {reason}). Open it in Excel and save a copy, or ask the office that sent it to send it again.',
  },
  'sheets.zip-bomb': {
    zh: '文件解压后异常庞大（{ratio} 倍），已拒绝。请勿再次打开，并联系县数据管理员核实来源。',
    en: 'The file unpacks to {ratio} times its size and was refused. Do not open it; ask the county data officer about its origin.',
  },
  'sheets.too-many-entries': {
    zh: '文件内部部件过多（{entries} 个，上限 {limit} 个），已拒绝。请另存为新的 .xlsx；仍然如此请联系县数据管理员。',
    en: 'The file has {entries} parts; {limit} are allowed. Save it as a new .xlsx, or ask the county data officer.',
  },
  'sheets.nested-archive': {
    zh: '文件里套着压缩包（{entry}）。请先解压，逐个上传里面的表格。',
    en: 'The file holds another archive ({entry}). Unpack it and upload the sheets one by one.',
  },
  'sheets.unsafe-entry': {
    zh: '文件内部路径不安全（{entry}），已拒绝。请联系县数据管理员核实来源。',
    en: 'The file holds an unsafe path ({entry}) and was refused. Ask the county data officer about its origin.',
  },
  'sheets.doctype': {
    zh: '文件含有不安全的内容声明（{part}），已拒绝。请用 Excel 另存为新的 .xlsx 再上传。',
    en: 'The file holds an unsafe declaration ({part}) and was refused. Save it as a new .xlsx and upload again.',
  },
  'sheets.too-large': {
    zh: '文件太大（{bytes} 字节，上限 {limitBytes} 字节）。请按地区或月份拆分后上传；无法拆分请联系县数据管理员。',
    en: 'The file is too large ({bytes} bytes, limit {limitBytes}). Split it by area or month, or ask the county data officer.',
  },
  'sheets.too-large-unpacked': {
    zh: '文件解压后太大（{bytes} 字节，上限 {limitBytes} 字节）。请拆分，或另存为 .csv 后上传。',
    en: 'The file is too large when unpacked ({bytes} bytes, limit {limitBytes}). Split it or save it as .csv.',
  },
  'sheets.unknown-encoding': {
    zh: '看不懂文件的文字编码。请用 Excel 打开，另存为“CSV UTF-8”或 .xlsx，再上传。',
    en: 'The encoding of the text is unknown. Open it in Excel and save it as “CSV UTF-8” or .xlsx.',
  },
  'sheets.open-quote': {
    zh: '第 {line} 行的引号没有配对。请改正该行，或另存为 .xlsx 后上传。',
    en: 'A quotation mark on line {line} is never closed. Correct the line or save the file as .xlsx.',
  },
  'sheets.no-header': {
    zh: '工作表“{sheet}”里找不到表头。请确认前 30 行内有列名一行；模板不同请联系县数据管理员登记别名。',
    en: 'No header was found in sheet “{sheet}”. Make sure its first 30 rows hold the column labels, or ask the county data officer to add aliases.',
  },
  'sheets.cells-shifted': {
    zh: '内容与表头错位：数据比列名偏了 {offset} 列（{labels}）。请在原文件里对齐后重新导出；有疑问请联系发文单位。',
    en: 'The cells stand {offset} columns beside their headers ({labels}). Align them in the original and export again, or ask the office that sent it.',
  },
  'sheets.id-as-numbers': {
    zh: '“{label}”（{column} 列）是数字格式，身份证号后几位已丢失。请在原系统把该列设为文本后重新导出；不要在本文件里改格式，改了也找不回。',
    en: '“{label}” (column {column}) is stored as numbers, so the identity numbers have lost their last digits. Export it again with the column as text; changing the format now does not bring them back.',
  },
  'sheets.missing-columns': {
    zh: '缺少必需的列：{columns}。文件里的列有：{seen}。请补上该列，或在对应列时手工指定；模板有变请联系发文单位。',
    en: 'Required columns are missing: {columns}. The file has: {seen}. Add them or map them by hand; if the form has changed, ask the office that sent it.',
  },
  'sheets.reader-crashed': {
    zh: '读取文件时程序中断，没有写入任何数据。请用 Excel 另存为新的 .xlsx 再试；仍然失败请联系县数据管理员。',
    en: 'Reading the file failed and nothing was written. Save it as a new .xlsx and try again, or ask the county data officer.',
  },
  'sheets.reader-too-big': {
    zh: '读取文件需要的内存超过 {megabytes} MB，没有写入任何数据。请另存为 .csv 或拆分后再试。',
    en: 'Reading the file takes more than {megabytes} MB; nothing was written. Save it as .csv or split it.',
  },
  'sheets.reader-timed-out': {
    zh: '读取超时（{seconds} 秒，读到第 {row} 行），没有写入任何数据。请拆分文件后再试；仍然失败请联系县数据管理员。',
    en: 'Reading took too long ({seconds} s, up to row {row}); nothing was written. Split the file, or ask the county data officer.',
  },
})
