import type { YearPolicy } from '../policy/policy.ts'
import type { Household } from '../rules/people.ts'
import {
  deltaColumns,
  deltaLines,
  groupHouseholds,
  leadsOf,
  matchColumns,
  matchLines,
  mergedColumns,
  mergedLines,
  type Lead,
  type WrittenList,
} from '../rules/truth.ts'
import { openTextFile, writeTextFile, type TextShape } from './text-file.ts'

const shape: TextShape = { encoding: 'utf-8', delimiter: ',', lineEnd: '\n' }

/** What the truth is written with. `path` gives the full path of a file below truth/, `note` remembers its bytes. */
export interface TruthWork {
  months: readonly string[]
  policy: YearPolicy
  households: readonly Household[]
  path: (name: string) => string
  note: (name: string, bytes: number) => void
}

/** Rows of matches.csv by class, and leads expected. */
export interface TruthCounts {
  matches: Record<string, number>
  leads: number
}

/** Computes and writes the truth while the months come: matches, leads, merged leads, and one delta per pair of months. */
export async function writeTruth(
  work: TruthWork,
  months: AsyncIterable<WrittenList[]>,
  onMonth: (done: number) => void,
): Promise<TruthCounts> {
  const first = work.months[0] ?? ''
  const counts: TruthCounts = { matches: {}, leads: 0 }
  const groups = groupHouseholds(work.households)
  const files = {
    matches: openTextFile(work.path('matches.csv'), shape),
    leads: openTextFile(work.path('leads.csv'), shape),
    merged: openTextFile(work.path('leads_merged.csv'), shape),
  }
  await files.matches.add([matchColumns])
  await files.leads.add(['month,list,rule,household_no,person_id,expected,value'.split(',')])
  await files.merged.add([mergedColumns(first)])
  let before: WrittenList[] = []
  let ledFirst = new Set<Household>()
  let done = 0
  for await (const written of months) {
    const old = before
    for (const list of written) await files.matches.add(counted(counts, matchLines(list)))
    const leads = written.flatMap((list, at) => leadsOf(list, { before: old[at], policy: work.policy, groups }))
    await files.leads.add(leads.map(leadLine))
    counts.leads += leads.filter((lead) => lead.expected).length
    await files.merged.add(mergedLines(leads, done === 0 ? new Set() : ledFirst))
    if (done === 0) ledFirst = new Set(leads.filter((lead) => lead.expected && lead.rule.startsWith('L')).map((lead) => lead.household))
    if (old.length > 0) await writeDelta(work, old, written)
    before = written
    done += 1
    onMonth(done)
  }
  for (const [name, file] of Object.entries({ 'matches.csv': files.matches, 'leads.csv': files.leads, 'leads_merged.csv': files.merged }))
    work.note(name, await file.close())
  return counts
}

/** The first pair of months is delta.csv; each later pair is named by its later month. */
async function writeDelta(work: TruthWork, before: readonly WrittenList[], after: readonly WrittenList[]): Promise<void> {
  const [from = '', to = ''] = [before[0]?.month, after[0]?.month]
  const name = from === work.months[0] ? 'delta.csv' : `delta-${to}.csv`
  const lines = before.flatMap((list, at) => {
    const now = after[at]
    return now === undefined ? [] : [...deltaLines(list, now)]
  })
  work.note(name, await writeTextFile(work.path(name), [deltaColumns(from, to), ...lines], shape))
}

function* counted(counts: TruthCounts, lines: Iterable<string[]>): Generator<string[]> {
  for (const line of lines) {
    const kind = line[6] ?? ''
    counts.matches[kind] = (counts.matches[kind] ?? 0) + 1
    yield line
  }
}

function leadLine(lead: Lead): string[] {
  return [lead.month, lead.list, lead.rule, lead.household.number, lead.personId, lead.expected ? '1' : '0', lead.value]
}
