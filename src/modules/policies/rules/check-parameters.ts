import { Parameters, type ParameterValue, type PolicyFinding } from '../contract.ts'
import { finding } from './check-text.ts'
import { kindWords, sourceWords } from './finding-words.ts'

/** What a parameters text is checked against. */
export interface ParameterSurroundings {
  /** The values in force by name: what a name has been so far. */
  readonly inForce: ReadonlyMap<string, Pick<ParameterValue, 'value' | 'unit'>>
  /** Names that the shipped texts of the policy know. */
  readonly known: ReadonlySet<string>
  /** Names of facts, and of parameters of other policies. */
  readonly facts: ReadonlySet<string>
  readonly others: ReadonlySet<string>
}

/** Everything about the text of a parameters policy that an officer should mend or look at, and its values. Never throws for what was written. */
export function checkParameters(content: string, around: ParameterSurroundings): { findings: PolicyFinding[]; values: ParameterValue[] } {
  const read = readParameters(content)
  if ('why' in read) return { findings: [finding('not-parameters', 'error', { why: read.why })], values: [] }
  const { values } = read
  const names = values.map((one) => one.name)
  const twice = [...new Set(names.filter((name, at) => names.indexOf(name) < at))]
  return {
    values,
    findings: [
      ...twice.map((name) => finding('value-twice', 'error', { name }, { input: name })),
      ...values.flatMap((one) => ofValue(one, around)),
      ...goneFrom(new Set(names), around),
    ],
  }
}

function readParameters(content: string): { values: ParameterValue[] } | { why: string } {
  let json: unknown
  try {
    json = JSON.parse(content)
  } catch {
    return { why: 'JSON' }
  }
  const read = Parameters.safeParse(json)
  if (read.success) return read.data
  const [issue] = read.error.issues
  return { why: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}` }
}

function ofValue(one: ParameterValue, around: ParameterSurroundings): PolicyFinding[] {
  const { name, value, decimals } = one
  const place = { input: name }
  const found: PolicyFinding[] = []
  if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) found.push(finding('name-unreadable', 'error', { name }, place))
  if (around.facts.has(name)) found.push(finding('name-taken', 'error', { name, source: sourceWords.facts }, place))
  if (around.others.has(name)) found.push(finding('name-taken', 'error', { name, source: sourceWords.parameters }, place))
  if (!around.known.has(name) && !around.inForce.has(name)) found.push(finding('name-new', 'note', { name }, place))
  if (value === null) return found
  const wanted = wantedKind(one, around.inForce.get(name))
  if (wanted !== undefined && kindOf(value) !== wanted)
    return [
      ...found,
      finding('value-kind', 'error', { name, wanted: kindWords[wanted], value: Array.isArray(value) ? value.join('、') : value }, place),
    ]
  const fraction = kindOf(value) === 'number' ? (/\.(\d*?)0*$/.exec(String(value))?.[1]?.length ?? 0) : 0
  return fraction > decimals ? [...found, finding('value-decimals', 'error', { name, decimals, value: String(value) }, place)] : found
}

/** A value stays of the kind that it was; one that was never filled is a number where it has a unit. */
function wantedKind({ unit }: ParameterValue, before: Pick<ParameterValue, 'value'> | undefined): 'number' | 'text' | 'list' | undefined {
  const value = before?.value ?? null
  if (value !== null) return kindOf(value)
  return unit === '' ? undefined : 'number'
}

function kindOf(value: NonNullable<ParameterValue['value']>): 'number' | 'text' | 'list' {
  if (Array.isArray(value)) return 'list'
  return typeof value === 'number' || /^-?\d+(\.\d+)?$/.test(value.trim()) ? 'number' : 'text'
}

function goneFrom(names: ReadonlySet<string>, { inForce }: ParameterSurroundings): PolicyFinding[] {
  return [...inForce].flatMap(([name, { value }]) => {
    if (names.has(name) || value === null) return []
    return [finding('name-gone', 'note', { name, value: Array.isArray(value) ? value.join('、') : value }, { input: name })]
  })
}
