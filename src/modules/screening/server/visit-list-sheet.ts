import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { writeWorkbook } from '#kernel/server/sheets/index.ts'
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

/** The visit list as a workbook of text cells: a row per household, room to write, a last line that says who took it out, when and what for. */
export async function writeVisitSheet(list: VisitList, purpose: string): Promise<Buffer> {
  const stream = new PassThrough()
  const collected = buffer(stream)
  const footer = `导出人：${list.madeBy}；导出时间：${shanghaiTime(list.madeAt)}；用途：${purpose}；共 ${list.households.length} 户。证件号、电话已隐去中间数字，用后按规定保管。`
  const rows = [...list.households.map((visit, index) => rowOf(list, visit, index + 1)), [], [footer]]
  await writeWorkbook({ target: stream, sheets: [{ name: `${list.village}${list.month}走访清单`, columns, rows }] })
  return collected
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
      .map((reason) => `${month(list.month)}${listName(reason.list)}：${reason.personName ?? ''}${sayReason(reason, list.limits).zh}`)
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

function month(written: string): string {
  return `${written.slice(0, 4)}年${Number(written.slice(4))}月`
}

/** The local time of a moment, `2023-12-18 09:00`. */
function shanghaiTime(at: string): string {
  return new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
}
