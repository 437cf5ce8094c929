import fieldsFile from '../policy/fields.json' with { type: 'json' }
import { formatYuan } from '#kernel/pure/money/index.ts'
import { dayOf } from '#kernel/pure/time/index.ts'
import type { Language } from '#kernel/pure/words/index.ts'
import type { BatchState } from '../contract.ts'
import type { Level } from '#ui/data/status-tag.tsx'

const shanghaiOffsetMs = 8 * 3_600_000
const fields = new Map(fieldsFile.fields.map((field) => [field.key, field]))
const ownFields: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  area: { zh: '所在村组', en: 'Area' },
  householdNo: { zh: '户编号', en: 'Household number' },
}
const values: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  true: { zh: '是', en: 'yes' },
  false: { zh: '否', en: 'no' },
  male: { zh: '男', en: 'male' },
  female: { zh: '女', en: 'female' },
}

/** The name of a field of the register. A key that ends in `?` is the value as written, which could not be read. */
export function nameField(key: string, language: Language): string {
  const bare = key.endsWith('?') ? key.slice(0, -1) : key
  const field = fields.get(bare)
  const name = ownFields[bare]?.[language] ?? field?.[language] ?? bare
  return bare === key ? name : language === 'zh' ? `${name}（原样）` : `${name} (as written)`
}

/** A value of a field as people read it: money in yuan, yes and no, an area by its names; `undefined` when there is none. */
export function showField(
  key: string,
  value: unknown,
  how: { language: Language; nameArea: (path: string) => string },
): string | undefined {
  if (value === null || value === undefined || value === '') return undefined
  if (key === 'area') return typeof value === 'string' ? showArea(value, how) : undefined
  if (typeof value === 'number' && fields.get(key)?.type === 'money') return formatYuan(value)
  const text = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : JSON.stringify(value)
  return values[text]?.[how.language] ?? text
}

/** A path, or `+/township/village/group` of an area that is not known yet. */
function showArea(value: string, { language, nameArea }: { language: Language; nameArea: (path: string) => string }): string {
  if (!value.startsWith('+/')) return nameArea(value)
  const names = value.slice(2).split('/').join(' / ')
  return language === 'zh' ? `${names}（新）` : `${names} (new)`
}

/** A moment as people read it: `2026-11-22 09:30`, local time; '' for none. */
export function showMoment(instant: string | undefined): string {
  const ms = Date.parse(instant ?? '')
  if (Number.isNaN(ms)) return ''
  return `${dayOf(ms)} ${new Date(ms + shanghaiOffsetMs).toISOString().slice(11, 16)}`
}

/** A size as people read it: `1.4 MB`. */
export function showBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  return bytes < 1024 ** 2 ? `${(bytes / 1024).toFixed(0)} KB` : `${(bytes / 1024 ** 2).toFixed(1)} MB`
}

/** A count with separators: `12,345`. */
export function showCount(count: number | undefined): string {
  return (count ?? 0).toLocaleString('en')
}

/** The name of a column as Excel writes it: 0 → A, 26 → AA. */
export function columnLetters(column: number): string {
  const last = String.fromCharCode(65 + (column % 26))
  return column < 26 ? last : columnLetters(Math.floor(column / 26) - 1) + last
}

/** The light of a batch's state. */
export const stateLevels = {
  staging: 'amber',
  staged: 'amber',
  applying: 'amber',
  applied: 'green',
  undoing: 'amber',
  undone: 'grey',
  refused: 'red',
  interrupted: 'red',
  discarded: 'grey',
} as const satisfies Record<BatchState, Level>
