import type { VisitHousehold, VisitList } from '../rules/lead-records.ts'
import { listWords, sayReason } from '../rules/lead-words.ts'

const columns = [
  { label: '序号', width: 6 },
  { label: '户主', width: 10 },
  { label: '户编号', width: 20 },
  { label: '村组', width: 24 },
  { label: '户类型', width: 14 },
  { label: '人口', width: 6 },
  { label: '家庭成员（关系、证件号、电话）', width: 52 },
  { label: '走访原因', width: 64 },
  { label: '截止日期', width: 12 },
  { label: '见到谁', width: 16 },
  { label: '情况', width: 40 },
  { label: '核实结论（属实/不属实/不在本村/需其他帮助）', width: 26 },
  { label: '走访人签名', width: 14 },
  { label: '走访日期', width: 12 },
] as const

/** The cells of a visit list: a row per household, with room to write. */
export function visitSheet(list: VisitList): { columns: typeof columns; rows: AsyncIterable<readonly string[]> } {
  const rows = async function* () {
    for (const [index, visit] of list.households.entries()) yield rowOf(list, visit, index + 1)
  }
  return { columns, rows: rows() }
}

function rowOf(list: VisitList, visit: VisitHousehold, no: number): string[] {
  const { household } = visit
  const kinds = [household.householdType, household.monitorCategory].filter((kind) => kind !== '')
  return [
    String(no),
    household.headName,
    household.householdNo,
    `${household.township}${household.village}${household.group}`,
    kinds.join('、'),
    String(household.memberCount),
    visit.members
      .map((member) => [member.name, member.relation, member.idMasked, member.phoneMasked].filter((part) => part !== '').join(' '))
      .join('\n'),
    visit.reasons
      .map((reason) => `${monthName(list.month)}${listName(reason.list)}：${reason.personName ?? ''}${sayReason(reason, list.limits).zh}`)
      .join('\n'),
    visit.dueOn ?? '',
    '',
    '',
    '',
    '',
    '',
  ]
}

function listName(list: string): string {
  return Object.hasOwn(listWords, list) ? listWords[list as keyof typeof listWords].zh : list // Safe: it was just asked
}

/** `2023年12月`. */
export function monthName(written: string): string {
  return `${written.slice(0, 4)}年${Number(written.slice(4))}月`
}
