import { listForms, type ListName } from '../policy/lists.ts'
import type { YearPolicy } from '../policy/policy.ts'
import { spoilId, spoilName } from './dirt.ts'
import type { Entry, Identity, Subject, Values } from './entry.ts'
import type { Layout } from './layout.ts'
import { certificateFor, changeValues, makeValues } from './list-values.ts'
import { isClearCut, matchRow, type Clue, type RegisterIndex } from './matching.ts'
import type { Random } from './random.ts'
import type { Crowd } from './crowd.ts'

/** What the rows of one list are planned with. */
export interface ListPlan {
  list: ListName
  layout: Layout
  policy: YearPolicy
  index: RegisterIndex
  crowd: Crowd
  random: Random
  /** Rows planned so far, for natural keys. */
  count: number
}

/** Rows of the first month. */
export function firstMonth(plan: ListPlan, month: string, rows: number): Entry[] {
  const entries: Entry[] = []
  if (plan.layout.place === 'cells' && plan.layout.columns.every((column) => column.key !== 'phone')) {
    const pairs = plan.crowd.homonyms(plan.random, Math.ceil(rows * plan.policy.homonyms))
    for (const subject of pairs) entries.push(makeEntry(plan, { subject, month, missing: true }))
  }
  while (entries.length < rows) {
    const subject = plan.crowd.next(plan.random)
    if (subject === undefined) break
    entries.push(makeEntry(plan, { subject, month, missing: false }))
  }
  return plan.random.shuffled(entries)
}

/** The list a month later: rows new, changed, vanished, typed in another way, in another order. */
export function nextMonth(plan: ListPlan, before: readonly Entry[], month: string): Entry[] {
  const { random, policy } = plan
  const kept = before.flatMap((entry) => {
    if (random.chance(policy.vanished)) return []
    const values = random.chance(policy.changed) ? changeValues(random, plan.list, { values: entry.values, month }) : entry.values
    const moved = { ...entry, values, copies: copiesOf(plan) }
    return [random.chance(0.08) ? retype(plan, moved) : moved]
  })
  const fresh: Entry[] = []
  for (let wanted = Math.round(before.length * policy.fresh); wanted > 0; wanted -= 1) {
    const subject = plan.crowd.next(random)
    if (subject === undefined) break
    fresh.push(makeEntry(plan, { subject, month, missing: false }))
  }
  return random.shuffled([...kept, ...fresh])
}

/** What a reader can see of a row: the written cells, and place and telephone when the list has them. */
export function clueOf(layout: Layout, subject: Subject, written: Identity): Clue {
  const has = (key: string): boolean => layout.columns.some((column) => column.key === key)
  const placed = has('village') || has('address') || has('text')
  return {
    id: written.idCell,
    name: written.nameCell,
    township: placed ? subject.township : '',
    village: placed ? subject.village : '',
    phone: has('phone') ? subject.phone : '',
  }
}

function makeEntry(plan: ListPlan, wanted: { subject: Subject; month: string; missing: boolean }): Entry {
  plan.count += 1
  const { subject, month } = wanted
  const values = makeValues(plan.random, plan.list, { subject, month, number: plan.count })
  if (plan.list === 'water') return waterEntry(plan, subject, values)
  const identity = wanted.missing ? { idCell: '', nameCell: subject.name, idDirt: 'missing', nameDirt: '' } : writeIdentity(plan, subject)
  const match = matchRow(plan.index, clueOf(plan.layout, subject, identity))
  return {
    list: plan.list,
    key: keyOf(plan.list, subject, values),
    subject,
    values,
    written: identity,
    match,
    copies: copiesOf(plan),
    part: partOf(plan, subject, values),
  }
}

/** A row about a villagers' group, not about a person. */
function waterEntry(plan: ListPlan, subject: Subject, values: Values): Entry {
  const written: Identity = { idCell: '', nameCell: '', idDirt: 'no_person', nameDirt: '' }
  const match = { class: 'none', person: undefined } as const
  return { list: plan.list, key: keyOf(plan.list, subject, values), subject, values, written, match, copies: 1, part: plan.layout.sheet }
}

function retype(plan: ListPlan, entry: Entry): Entry {
  if (plan.list === 'water' || entry.match.class === 'ambiguous' || entry.match.class === 'none') return entry
  const written = writeIdentity(plan, entry.subject)
  const match = matchRow(plan.index, clueOf(plan.layout, entry.subject, written))
  return match.person === entry.match.person ? { ...entry, written, match } : entry
}

/** Writes number and name with the dirt drawn; dirt that would lead a strict and a loose reader to different people is not written. */
function writeIdentity(plan: ListPlan, subject: Subject): Identity {
  const { list, layout, random, policy } = plan
  const hasId = layout.columns.some((column) => column.key === 'id')
  const idKind = !hasId
    ? 'no_column'
    : drawKind(random, layout.numberIds > 0 ? { number_cell: layout.numberIds, ...policy.idDirt } : policy.idDirt)
  const nameKind = drawKind(random, policy.nameDirt)
  const clean: Identity = { idCell: hasId ? subject.idNumber : '', nameCell: subject.name, idDirt: hasId ? '' : 'no_column', nameDirt: '' }
  if (list === 'disability') return certificateIdentity(plan, subject, { ...clean, idDirt: idKind })
  if (subject.person === undefined && !plan.crowd.isUnknownName(subject.name)) return clean
  const mayDirty = subject.person !== undefined || idKind === 'number_cell'
  const idCell = hasId && mayDirty ? spoilId(random, idKind, subject) : clean.idCell
  const nameCell = subject.person === undefined ? undefined : spoilName(random, nameKind, subject.name)
  const dirty: Identity = {
    idCell: idCell ?? clean.idCell,
    idDirt: !hasId || idCell === undefined || !mayDirty ? clean.idDirt : idKind,
    nameCell: nameCell ?? clean.nameCell,
    nameDirt: nameCell === undefined ? '' : nameKind,
  }
  return [dirty, { ...dirty, nameCell: clean.nameCell, nameDirt: '' }].find((identity) => isFair(plan, subject, identity)) ?? clean
}

function isFair(plan: ListPlan, subject: Subject, identity: Identity): boolean {
  const clue = clueOf(plan.layout, subject, identity)
  const match = matchRow(plan.index, clue)
  return (match.person === undefined || match.person === subject.person) && isClearCut(plan.index, clue, match)
}

/** On the list of the disabled every number is a certificate; it can be spaced or full width besides. */
function certificateIdentity(plan: ListPlan, subject: Subject, drawn: Identity): Identity {
  const number = certificateFor(subject)
  const shown = { ...subject, idNumber: number }
  const extra = drawn.idDirt === 'spaces' || drawn.idDirt === 'full_width' ? drawn.idDirt : ''
  const spelled = extra === '' ? undefined : spoilId(plan.random, extra, shown)
  const nameKind = subject.person === undefined ? '' : drawKind(plan.random, plan.policy.nameDirt)
  const nameCell = spoilName(plan.random, nameKind, subject.name)
  const suffix = plan.random.chance(0.05) && spelled === undefined ? 'B1' : ''
  return {
    idCell: spelled ?? number + suffix,
    idDirt: spelled === undefined ? 'certificate' : `certificate+${extra}`,
    nameCell: nameCell ?? subject.name,
    nameDirt: nameCell === undefined ? '' : nameKind,
  }
}

function drawKind(random: Random, shares: Readonly<Record<string, number>>): string {
  let left = random.next()
  for (const [kind, share] of Object.entries(shares)) {
    left -= share
    if (left < 0) return kind
  }
  return ''
}

function keyOf(list: ListName, subject: Subject, values: Values): string {
  if (list === 'water') return `${subject.township}|${subject.village}|${subject.group}`
  const natural = listForms[list].naturalKey
  return natural === undefined ? subject.idNumber : String(values[natural] ?? '')
}

function copiesOf(plan: ListPlan): number {
  return plan.list === 'medical' && plan.random.chance(plan.policy.duplicates) ? 2 : 1
}

function partOf(plan: ListPlan, subject: Subject, values: Values): string {
  if (!plan.layout.split) return plan.layout.sheet
  if (plan.list !== 'education') return subject.township
  const [primary = '', middle = '', vocational = ''] = listForms.education.sheets
  const grade = String(values.grade ?? '')
  if (!grade.startsWith('普通高中')) return /[七八九]年级/.test(grade) ? middle : primary
  return plan.random.chance(0.4) ? vocational : middle
}
