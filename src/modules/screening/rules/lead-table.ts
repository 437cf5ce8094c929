// The judge of portable tables only: this runs in the process that compares, which has no room for the language of expressions.
import { judgePortable, type PortableTable } from '#kernel/pure/decisions/portable-table.ts'
import type { ListKind } from '../contract.ts'
import type { LimitName, LimitValue } from '../policy/lead-limits.ts'
import { gradeKey, readValue } from './values.ts'

/** A list as the table `screening.leads` names it. */
export const leadLists: Readonly<Record<ListKind, string>> = {
  medical: '医保',
  disability: '残联',
  dibao: '民政',
  education: '教育',
  jobs: '人社',
  housing: '住建',
  police: '公安',
  water: '水利',
  bank: '银行',
  petition: '信访',
  cars: '车辆',
  firms: '企业',
}

/** What the table is asked of: one row, or a household's rows together. `hundredths` is the number in hundredths of its unit, for money fen. */
export interface LeadCase {
  readonly list: ListKind
  readonly isOfConcern: boolean
  readonly hundredths?: number | undefined
  readonly state?: string | undefined
  readonly other?: string | undefined
}

/** Decimals of the table's number: money has two, and everything else is written with them. */
export const leadScales = { 数值: 2 }

/** The rule (L01–L12, N08, N09) that a case falls under; undefined for none. */
export function ruleFor(table: PortableTable, { list, isOfConcern, hundredths, state, other }: LeadCase): string | undefined {
  const outputs = judgePortable(table, { 名单: leadLists[list], 关注户: isOfConcern, 数值: hundredths, 情形: state, 补充情形: other })
  const rule = outputs?.[0]
  return typeof rule === 'string' && /^[LN]\d\d$/.test(rule) ? rule : undefined
}

/** A grade of disability as the table has it: `1级`, `一` → `一级`. */
export function disabilityGrade(grade: string): string {
  return `${gradeKey(grade)}级`
}

/** A grade of a house as the table has it: `c`, `C级` → `C级`. */
export function houseGrade(grade: string): string {
  return `${readValue('houseGrade', grade) ?? ''}级`
}

/** A limit as the cells compare it: words in the one writing that cases have. */
export function comparedLimit(name: LimitName, value: LimitValue): LimitValue {
  const write =
    name === '残疾线索等级' ? disabilityGrade : name === '危房线索等级' ? houseGrade : name === '危房居住情形' ? livedIn : undefined
  if (write === undefined || typeof value === 'number') return value
  return typeof value === 'string' ? write(value) : [...new Set(value.map(write))]
}

function livedIn(word: string): string {
  return String(readValue('yesNo', word) ?? '')
}
