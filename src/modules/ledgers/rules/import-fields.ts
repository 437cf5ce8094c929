import type { WantedField } from '#kernel/pure/tables/index.ts'
import { isFiles } from './field-kinds.ts'
import type { OpenTemplate } from './open-template.ts'
import { isWorkedOut } from './template-brought.ts'
import type { Field, Words } from './template.ts'

/** Columns of a file that are no fields: the number and state of a record, where it belongs, the township of an area that a village name needs. */
export const ownColumns = {
  $no: { zh: '编号', en: 'Number' },
  $state: { zh: '状态', en: 'State' },
  $township: { zh: '乡镇', en: 'Township' },
  $village: { zh: '村', en: 'Village' },
} as const satisfies Readonly<Record<string, Words>>
export type OwnColumn = keyof typeof ownColumns
export const isOwnColumn = (key: string): key is OwnColumn => Object.keys(ownColumns).includes(key)

/** Whether a field is brought by files: everything that is entered in one cell. */
export function isImported(field: Field): boolean {
  return !isWorkedOut(field) && !isFiles(field.kind) && field.kind !== 'table'
}

const places: readonly { key: '$township' | '$village'; aliases: readonly string[] }[] = [
  { key: '$township', aliases: ['所在乡镇', '乡镇名称', '乡（镇）', '乡镇（街道）', '镇'] },
  { key: '$village', aliases: ['行政村', '所在村', '村名', '村（社区）', '村委会'] },
]

/** What a file of this ledger may bring, for the kernel's mapping of columns: names, their English, the names with units, other headers. */
export function wantedColumns(open: OpenTemplate): WantedField[] {
  const { template } = open
  const fields = template.fields.filter(isImported)
  const taken = new Set(template.fields.flatMap((field) => [field.name.zh, ...(field.headers ?? [])]))
  const own = (key: OwnColumn, aliases: readonly string[] = []): WantedField[] => {
    const labels = [ownColumns[key].zh, ...aliases].filter((label) => !taken.has(label))
    return labels.length === 0 ? [] : [{ key, labels: labels.slice(0, 1), aliases: labels.slice(1) }]
  }
  const hasAreas = fields.some((field) => field.kind === 'area')
  return [
    ...fields.map(wanted),
    ...template.fields.filter((field) => field.kind === 'table' && !isWorkedOut(field)).flatMap(wantedLines),
    ...own('$no', ['记录编号', '台账编号']),
    ...own('$state', ['办理状态', '当前状态']),
    ...places.filter((one) => one.key === '$township' || !hasAreas).flatMap((one) => own(one.key, one.aliases)),
  ]
}

/** A column of a repeating table as a file names it: `检查明细.得分`. */
export const isLineColumn = (key: string): boolean => key.includes('.')

/** The table and the column that such a key means. */
export function lineOf(key: string): { field: string; column: string } {
  const [field = '', column = ''] = key.split('.')
  return { field, column }
}

/** Name of such a column, or undefined where the template has none of this key. */
export function lineName(open: OpenTemplate, key: string): Words | undefined {
  const { field, column } = lineOf(key)
  const table = open.fields.get(field)
  const found = table?.columns?.find((one) => one.key === column)
  return table === undefined || found === undefined
    ? undefined
    : { zh: `${table.name.zh}.${found.name.zh}`, en: `${table.name.en}.${found.name.en}` }
}

const enteredColumns = (field: Field) => (field.columns ?? []).filter((column) => column.computed === undefined)

function wantedLines(field: Field): WantedField[] {
  return enteredColumns(field).map((column) => ({
    key: `${field.key}.${column.key}`,
    labels: [`${field.name.zh}.${column.name.zh}`],
    aliases: ['', '-', '：', '_', '/'].map((sign) => `${field.name.zh}${sign}${column.name.zh}`),
  }))
}

function wanted(field: Field): WantedField {
  const unit = field.kind === 'money' ? '元' : field.unit
  const withUnit = unit === undefined ? [] : [`${field.name.zh}（${unit}）`, `${field.name.zh}(${unit})`]
  return {
    key: field.key,
    labels: [field.name.zh, ...withUnit],
    aliases: [field.name.en, ...(field.headers ?? [])],
    ...(field.kind === 'choice' ? { codes: (field.choices ?? []).map((choice) => choice.name.zh) } : {}),
    ...(field.required === true ? { required: false } : {}),
  }
}

/** The header of the file to fill in, and what may stand below it. */
export function importHints(open: OpenTemplate): { label: string; hint: string }[] {
  const { template } = open
  const isPlaced = template.about !== 'nothing'
  const place = isPlaced
    ? []
    : [
        { label: ownColumns.$township.zh, hint: '' },
        { label: ownColumns.$village.zh, hint: '' },
      ]
  const township = template.fields.some((field) => field.kind === 'area')
    ? [{ label: ownColumns.$township.zh, hint: '村名有重复时填写' }]
    : []
  return [
    ...(isPlaced ? township : place),
    ...template.fields.filter(isImported).map((field) => ({ label: field.name.zh, hint: hintOf(field) })),
    ...template.fields
      .filter((field) => field.kind === 'table' && !isWorkedOut(field))
      .flatMap((field) => enteredColumns(field).map((column) => ({ label: `${field.name.zh}.${column.name.zh}`, hint: lineHint }))),
  ]
}

const lineHint = '一条记录有几行明细，就接着写几行；从第二行起，前面各栏空着（或照抄上一行）'

const kindHints: Readonly<Partial<Record<Field['kind'], string>>> = {
  date: '如 2024-03-01',
  month: '如 2024-03',
  'yes-no': '是 / 否',
  household: '户编号、户内一人的身份证号，或户主姓名（村名）',
  person: '身份证号，或姓名（村名或户编号）',
  organisation: '单位全称、曾用名或统一社会信用代码',
  area: '村名',
  record: '名称或编号',
  money: '元，最多两位小数',
  place: '经度,纬度',
}

function hintOf(field: Field): string {
  const choices = (field.choices ?? []).map((choice) => choice.name.zh).join(' / ')
  const hint = choices === '' ? (kindHints[field.kind] ?? (field.unit === undefined ? '' : field.unit)) : choices
  const several = field.kind === 'choices' ? `${hint}（多选用顿号分开）` : hint
  return field.required === true ? `必填${several === '' ? '' : '：'}${several}` : several
}
