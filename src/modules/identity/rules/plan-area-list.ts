import type { Area, AreaDifference, AreaLevel, AreaRow } from '../contract.ts'
import { countyPathOf, levelOfCode, parentCodeOf, readLevel, segmentOf, tidyCode } from './area-codes.ts'
import { groupKey, tidyPlace, townshipKey, villageKey } from './area-names.ts'
import { beginPlan, note, planInsert, rankOf, type AreaPlan, type Draft } from './area-plan.ts'

interface ReadRow {
  row: number
  code: string
  name: string
  level: AreaLevel
  parentCode: string
}
type Refusal = NonNullable<AreaDifference['reason']>

/**
 * Compares an area list with what is known: new, renamed, got another official code, missing. Rows of the upper levels only
 * rename; rows of another county are refused. Areas of our own codes are recognised by their name below the same parent.
 */
export function planAreaList(known: readonly Area[], rows: readonly AreaRow[], countyCode: string): AreaPlan {
  const draft = beginPlan(known)
  const read: ReadRow[] = []
  rows.forEach((row, index) => {
    const one = readRow(row, index + 1)
    if ('reason' in one) refuse(draft, row, { row: index + 1, reason: one.reason })
    else read.push(one)
  })
  const seen = new Set<string>()
  const codes = new Set<string>()
  for (const row of read.sort((one, other) => rankOf(one.level) - rankOf(other.level) || one.row - other.row)) {
    if (codes.has(row.code)) refuse(draft, row, { row: row.row, reason: 'twice' })
    else {
      codes.add(row.code)
      const area = placeRow(draft, row, countyCode)
      if (area !== undefined) seen.add(area.path)
    }
  }
  noteMissing(draft, known, { seen, levels: new Set(read.map((row) => row.level)) })
  return draft.plan
}

function readRow(row: AreaRow, number: number): ReadRow | { reason: Refusal } {
  const name = tidyPlace(row.name)
  if (name === '') return { reason: 'no-name' }
  const digits = row.code.normalize('NFKC').replace(/[\s'’]/g, '')
  const hasLevel = row.level !== undefined && row.level.trim() !== ''
  const level = hasLevel ? readLevel(row.level ?? '') : levelOfCode(digits)
  if (level === undefined) return { reason: 'unknown-level' }
  const above = (row.parentCode ?? '').normalize('NFKC').replace(/[\s'’]/g, '')
  const shortGroup = level === 'group' && /^\d{1,2}$/.test(digits) && above !== ''
  const code = tidyCode(shortGroup ? `${above.slice(0, 12)}${digits.padStart(2, '0')}` : digits, level)
  if (code === undefined) return { reason: 'bad-code' }
  const parentLevel = levelOfCode(above)
  const parentCode = parentLevel === undefined ? above : (tidyCode(above, parentLevel) ?? above)
  return { row: number, code, name, level, parentCode: parentCode === '' ? parentCodeOf(code, level) : parentCode }
}

function refuse(draft: Draft, row: { code: string; name: string }, why: { row: number; reason: Refusal }): void {
  note(draft, { kind: 'refused', code: row.code.slice(0, 20), name: row.name.slice(0, 80), ...why })
}

function placeRow(draft: Draft, row: ReadRow, countyCode: string): Area | undefined {
  const isUpper = rankOf(row.level) <= rankOf('county')
  const known = draft.byCode.get(row.code) ?? findUnofficial(draft, row)
  if (known !== undefined && known.level === row.level) return compare(draft, known, row)
  const ownAbove = countyPathOf(countyCode).split('.')
  if (isUpper) {
    if (!ownAbove.includes(row.code)) refuse(draft, row, { row: row.row, reason: 'other-county' })
    return undefined
  }
  const parent = draft.byCode.get(row.parentCode)
  if (parent === undefined || rankOf(parent.level) !== rankOf(row.level) - 1) {
    const reason = parentCodeOf(row.code, 'township') === countyCode ? 'unknown-parent' : 'other-county'
    refuse(draft, row, { row: row.row, reason })
    return undefined
  }
  const path = `${parent.path}${segmentOf(row.code, row.level)}`
  const inPlace = draft.children.get(parent.path)?.find((area) => area.path === path)
  if (inPlace !== undefined) return compare(draft, inPlace, row) // a group of our own number; the list decides its name
  return planInsert(draft, {
    path,
    parentPath: parent.path,
    level: row.level,
    code: row.code,
    officialCode: row.code,
    name: row.name,
    isOwnCode: false,
  })
}

/** An area that was made from exports, without an official code yet, under the name the list now gives a code to. */
function findUnofficial(draft: Draft, row: ReadRow): Area | undefined {
  const parent = draft.byCode.get(row.parentCode)
  if (parent === undefined || rankOf(row.level) < rankOf('township')) return undefined
  const keyOf = row.level === 'township' ? townshipKey : row.level === 'village' ? villageKey : groupKey
  const siblings = (draft.children.get(parent.path) ?? []).filter((area) => area.level === row.level && area.officialCode === undefined)
  const exact = siblings.filter((area) => tidyPlace(area.name) === row.name)
  const alike = exact.length > 0 ? exact : siblings.filter((area) => keyOf(area.name) === keyOf(row.name))
  return alike.length === 1 ? alike[0] : undefined
}

function compare(draft: Draft, area: Area, row: ReadRow): Area {
  const before = area.name
  const oldCode = area.officialCode
  if (before === row.name && oldCode === row.code) {
    draft.plan.counts.same += 1
    return area
  }
  draft.plan.changes.push({ area, name: row.name, officialCode: row.code })
  draft.byCode.set(row.code, area)
  const facts = { level: area.level, code: row.code, name: row.name }
  if (before !== row.name) note(draft, { kind: 'renamed', ...facts, before })
  else note(draft, { kind: 'recoded', ...facts, before: oldCode ?? area.code })
  return area
}

function noteMissing(draft: Draft, known: readonly Area[], list: { seen: ReadonlySet<string>; levels: ReadonlySet<AreaLevel> }): void {
  for (const area of known) {
    if (rankOf(area.level) < rankOf('township') || !list.levels.has(area.level) || list.seen.has(area.path)) continue
    note(draft, { kind: 'missing', level: area.level, code: area.officialCode ?? area.code, name: area.name })
  }
}
