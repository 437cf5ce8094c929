import { holdsFor, isEmpty } from './judge-record.ts'
import { isFiles } from './field-kinds.ts'
import type { OpenTemplate } from './open-template.ts'
import { makeProblem } from './record-words.ts'
import type { FieldValue, RecordProblem } from './records.ts'

/** A record that is to be moved, and by whom. */
export interface MoveToJudge {
  readonly values: Readonly<Record<string, FieldValue>>
  readonly state: string
  readonly today: string
  readonly madeOn: string
  readonly roles: readonly string[]
  readonly callerId: string
  /** Ids of those who entered, changed, attached or moved it before. */
  readonly handledBy: readonly string[]
  readonly hasReason: boolean
}

/** What stands against a move; empty when it may be done. Unknown moves are `undefined`. */
export function judgeMove(open: OpenTemplate, key: string, given: MoveToJudge): RecordProblem[] | undefined {
  const found = open.moves.get(key)
  if (found === undefined) return undefined
  const { move, holds } = found
  const names = { zh: move.name.zh, en: move.name.en }
  const state = open.states.get(given.state)?.name
  const problems: RecordProblem[] = []
  const say = (code: Parameters<typeof makeProblem>[0], values: Readonly<Record<string, string | number>> = {}) =>
    problems.push(bothNames(code, names, { state: state ?? { zh: given.state, en: given.state } }, values))
  if (!move.from.includes(given.state)) say('not-from-here')
  if (!move.by.some((role) => given.roles.includes(role))) say('not-your-move')
  if (move.byAnother === true && given.handledBy.includes(given.callerId)) say('by-another')
  for (const need of move.needs ?? []) {
    const field = open.fields.get(need)
    if (field !== undefined && isEmpty(given.values[need])) problems.push(makeProblem('missing', { name: field.name, field: need }))
  }
  const missing = (move.evidence ?? 0) - countFiles(open, given.values)
  if (missing > 0) say('no-evidence', { count: missing })
  if (move.reason === true && !given.hasReason) say('no-reason')
  if (holds !== undefined && !holdsFor(open, holds, { ...given, isNew: false })) say('does-not-hold', { condition: sayFormula(holds.text) })
  return problems
}

/** A formula as people read it: signs for words of the language. */
function sayFormula(text: string): string {
  return text
    .replace(/>=/g, '≥')
    .replace(/<=/g, '≤')
    .replace(/!=/g, '≠')
    .replace(/\btrue\b/g, '是')
    .replace(/\bfalse\b/g, '否')
    .replace(/ and /g, ' 且 ')
    .replace(/ or /g, ' 或 ')
    .replace(/"([^"]*)"/g, '“$1”')
    .slice(0, 200)
}

function bothNames(
  code: Parameters<typeof makeProblem>[0],
  move: { zh: string; en: string },
  given: { state: { zh: string; en: string } },
  values: Readonly<Record<string, string | number>>,
): RecordProblem {
  const said = (language: 'zh' | 'en') =>
    makeProblem(code, { values: { ...values, move: move[language], state: given.state[language] } }).said[language]
  return { code, level: 'refuse', said: { zh: said('zh'), en: said('en') } }
}

/** Files over all fields of files. */
export function countFiles(open: OpenTemplate, values: Readonly<Record<string, FieldValue>>): number {
  let count = 0
  for (const field of open.fields.values()) {
    const value = values[field.key]
    if (isFiles(field.kind) && Array.isArray(value)) count += value.length
  }
  return count
}
