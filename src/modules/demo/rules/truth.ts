import { listForms, type ListName } from '../policy/lists.ts'
import type { YearPolicy } from '../policy/policy.ts'
import type { Entry } from './entry.ts'
import { topicOf } from './list-values.ts'
import type { Household, Person } from './people.ts'
import { monthsSince, type Placed } from './render.ts'

/** One month of one list as it was written. */
export interface WrittenList {
  list: ListName
  month: string
  file: string
  placed: readonly Placed[]
}

/** A line of leads.csv before it is written. */
export interface Lead {
  month: string
  list: ListName
  rule: string
  household: Household
  personId: string
  expected: boolean
  value: string
}

/** The columns of matches.csv. */
export const matchColumns = 'month,file,sheet,row,household_no,person_id,class,id_dirt,name_dirt'.split(',')

/** Lines of matches.csv: every row of every list, totals and notes included. */
export function* matchLines(written: WrittenList): Generator<string[]> {
  for (const { entry, sheet, row } of written.placed) {
    const person = entry?.match.person
    yield [
      written.month,
      written.file,
      sheet,
      String(row),
      person?.household.number ?? '',
      person?.idNumber ?? '',
      entry?.match.class ?? 'none',
      entry?.written.idDirt ?? 'not_data',
      entry?.written.nameDirt ?? '',
    ]
  }
}

/** The columns of delta.csv for a pair of months. */
export function deltaColumns(before: string, after: string): string[] {
  return ['list', 'key', 'key_kind', 'state', 'decidable', `sheet_${before}`, `row_${before}`, `sheet_${after}`, `row_${after}`]
}

/** Lines of delta.csv for one list: each key once, by its first row. */
export function* deltaLines(before: WrittenList, after: WrittenList): Generator<string[]> {
  const [old, now] = [firstRows(before), firstRows(after)]
  const kind = listForms[before.list].naturalKey === undefined ? 'person' : 'natural'
  for (const key of [...new Set([...old.keys(), ...now.keys()])].sort()) {
    const [was, is] = [old.get(key), now.get(key)]
    const undecidable = kind === 'person' && [was, is].some((placed) => placed?.entry !== undefined && hidesKey(placed.entry))
    yield [
      before.list,
      key,
      kind,
      stateOf(was, is),
      undecidable ? '0' : '1',
      was?.sheet ?? '',
      numberOf(was),
      is?.sheet ?? '',
      numberOf(is),
    ]
  }
}

/** Ways of writing after which the number no longer says whom the row means. */
const losesNumber = new Set(['wrong_digit', 'transposed', 'triple_zero', 'number_cell', 'scientific', 'missing', 'placeholder'])

/** True where nobody can tell from the row whose it is: a person must choose, or the register has nobody to complete the number by. */
function hidesKey({ match, written }: Entry): boolean {
  return match.class === 'ambiguous' || (match.person === undefined && losesNumber.has(written.idDirt))
}

/** Leads of one list and month; `before` is the same list a month earlier, for what is new. Water judges every household of a group. */
export function leadsOf(
  written: WrittenList,
  context: { before: WrittenList | undefined; policy: YearPolicy; groups: ReadonlyMap<string, readonly Household[]> },
): Lead[] {
  const { month, list } = written
  const entries = [...new Set(written.placed.flatMap(({ entry }) => (entry === undefined ? [] : [entry])))]
  if (list === 'water')
    return entries.flatMap((entry) =>
      (context.groups.get(entry.key) ?? []).map((household): Lead => {
        const days = Number(entry.values.days)
        return { month, list, rule: 'L10', household, personId: '', expected: days > context.policy.limits.waterDays, value: String(days) }
      }),
    )
  if (list === 'medical') return medicalLeads(month, entries, context.policy)
  const old = context.before === undefined ? undefined : firstRows(context.before)
  const leads = entries.flatMap((entry): Lead[] => {
    const { person } = entry.match
    if (person === undefined || (list === 'dibao' && old === undefined)) return []
    const verdict = judges[list](entry, person, {
      month,
      policy: context.policy,
      state: stateOf(old?.get(entry.key), { entry, sheet: '', row: 0 }),
    })
    return [
      {
        month,
        list,
        rule: verdict.rule,
        household: person.household,
        personId: verdict.perPerson === true ? person.idNumber : '',
        expected: verdict.expected,
        value: verdict.value,
      },
    ]
  })
  return oncePerSubject(leads)
}

interface Verdict {
  rule: string
  expected: boolean
  value: string
  perPerson?: boolean
}

interface Occasion {
  month: string
  policy: YearPolicy
  state: string
}

const judges: Record<Exclude<ListName, 'water' | 'medical'>, (entry: Entry, person: Person, occasion: Occasion) => Verdict> = {
  disability: ({ values }) => ({
    rule: 'L02',
    perPerson: true,
    expected: values.grade === '一级' || values.grade === '二级',
    value: String(values.grade),
  }),
  dibao: (_, { household }, { state }) => ({ rule: 'L03', expected: state === 'new' && !isListed(household), value: state }),
  education: ({ values }) => ({ rule: 'L04', perPerson: true, expected: values.state === '辍学', value: String(values.state) }),
  jobs: ({ values }, _, { month, policy }) => {
    const months = monthsSince(String(values.lostOn), month)
    return {
      rule: 'L05',
      perPerson: true,
      expected: months >= policy.limits.jobMonths && values.state !== '已再就业',
      value: `${months} ${values.state ?? ''}`,
    }
  },
  housing: ({ values }) => ({
    rule: 'L06',
    expected: /^[CD]/.test(String(values.grade)) && values.livedIn === '是',
    value: `${values.grade ?? ''} ${values.livedIn ?? ''}`,
  }),
  police: ({ values }, person) => {
    const role = person.order === 1 ? '户主' : person === mainEarner(person.household) ? '主要劳动力' : '其他成员'
    return {
      rule: 'L07',
      perPerson: true,
      expected: values.kind === '死亡注销' && role !== '其他成员',
      value: `${values.kind ?? ''} ${role}`,
    }
  },
  bank: ({ values }, _, { policy }) => ({
    rule: 'L11',
    perPerson: true,
    expected: Number(values.days) > policy.limits.overdueDays,
    value: String(values.days),
  }),
  petition: ({ values }) => ({ rule: 'L12', expected: topicOf(String(values.text)) !== '', value: topicOf(String(values.text)) }),
  cars: ({ values }, { household }) => ({
    rule: 'N08',
    expected: isListed(household) && ['小型轿车', '小型普通客车'].includes(String(values.kind)) && values.state !== '注销',
    value: `${values.kind ?? ''} ${values.state ?? ''}`,
  }),
  firms: ({ values }, { household }) => ({
    rule: 'N09',
    expected: isListed(household) && ['有限责任公司', '个人独资企业'].includes(String(values.kind)) && values.state === '存续',
    value: `${values.kind ?? ''} ${values.state ?? ''}`,
  }),
}

/** The columns of leads_merged.csv; the last names the first month. */
export function mergedColumns(first: string): string[] {
  return `month,household_no,township,village,household_type,monitor_category,rules,negative_flags,reasons,also_in_${first}`.split(',')
}

/** Lines of leads_merged.csv for one month: households with at least one lead, flags beside. */
export function* mergedLines(leads: readonly Lead[], firstMonth: ReadonlySet<Household>): Generator<string[]> {
  const merged = new Map<Household, Set<string>>()
  for (const lead of leads) if (lead.expected) merged.set(lead.household, (merged.get(lead.household) ?? new Set()).add(lead.rule))
  const sorted = [...merged].sort(([a], [b]) => (a.number < b.number ? -1 : 1))
  for (const [household, rules] of sorted) {
    const [reasons, flags] = [
      [...rules].filter((rule) => rule.startsWith('L')).sort(),
      [...rules].filter((rule) => rule.startsWith('N')).sort(),
    ]
    if (reasons.length === 0) continue
    const { number, village, type, monitored } = household
    const month = leads[0]?.month ?? ''
    const also = firstMonth.has(household) ? '1' : '0'
    yield [month, number, village.township, village.name, type, monitored, reasons.join(';'), flags.join(';'), String(reasons.length), also]
  }
}

function medicalLeads(month: string, entries: readonly Entry[], policy: YearPolicy): Lead[] {
  const sums = new Map<Household, number>()
  for (const { match, values } of entries)
    if (match.person !== undefined)
      sums.set(match.person.household, (sums.get(match.person.household) ?? 0) + Math.round(Number(values.own) * 100))
  return [...sums].map(([household, fen]): Lead => {
    const limit = isListed(household) ? policy.limits.medicalRegisteredYuan : policy.limits.medicalOthersYuan
    return { month, list: 'medical', rule: 'L01', household, personId: '', expected: fen >= limit * 100, value: (fen / 100).toFixed(2) }
  })
}

/** The same household (and person) once per rule, expected before not expected. */
function oncePerSubject(leads: readonly Lead[]): Lead[] {
  const kept = new Map<string, Lead>()
  for (const lead of leads) {
    const key = `${lead.household.number} ${lead.personId}`
    const known = kept.get(key)
    if (known === undefined || (lead.expected && !known.expected)) kept.set(key, lead)
  }
  return [...kept.values()]
}

function isListed(household: Household): boolean {
  return household.type === '脱贫户' || household.monitored !== ''
}

/** The member with the highest wage away from the farm, the first of equals; `undefined` when nobody has one. */
function mainEarner(household: Household): Person | undefined {
  const best = Math.max(...household.members.map((person) => person.monthlyWageYuan))
  return best === 0 ? undefined : household.members.find((person) => person.monthlyWageYuan === best)
}

function firstRows(written: WrittenList): Map<string, Placed> {
  const rows = new Map<string, Placed>()
  for (const placed of written.placed) if (placed.entry !== undefined && !rows.has(placed.entry.key)) rows.set(placed.entry.key, placed)
  return rows
}

function stateOf(was: Placed | undefined, is: Placed | undefined): string {
  if (was === undefined) return 'new'
  if (is === undefined) return 'vanished'
  const business = listForms[was.entry?.list ?? 'medical'].business
  return business.every((key) => was.entry?.values[key] === is.entry?.values[key]) ? 'same' : 'changed'
}

function numberOf(placed: Placed | undefined): string {
  return placed === undefined ? '' : String(placed.row)
}

/** Households by township, village and group, as the water list names them. */
export function groupHouseholds(households: readonly Household[]): Map<string, Household[]> {
  const groups = new Map<string, Household[]>()
  for (const household of households) {
    const key = `${household.village.township}|${household.village.name}|${household.group}`
    const known = groups.get(key)
    if (known === undefined) groups.set(key, [household])
    else known.push(household)
  }
  return groups
}
