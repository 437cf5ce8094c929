import { parseExpression } from '#kernel/pure/expressions/index.ts'
import { valueName } from './graph-find.ts'
import type { Jdm, JdmProblem, TableContent } from './jdm-schema.ts'
import { cellToZen, toZen, type ZenNames } from './jdm-expressions.ts'
import type { Decision, DecisionTable, Definitions } from './model.ts'

/**
 * A table as a model of GoRules (JDM). UNIQUE, ANY and FIRST become `first`, COLLECT without an aggregation and RULE ORDER `collect`; what
 * cannot be said there is a problem, and then nothing is given: half a table would judge otherwise. Fields get Latin names (ZEN knows no
 * others); the labels keep the words.
 */
export function writeJdm(model: Definitions, decisionName: string): { jdm: Jdm | undefined; problems: JdmProblem[] } {
  const decision = model.elements.find((one): one is Decision => one.kind === 'decision' && one.name === decisionName)
  const table = decision?.expression
  if (decision === undefined || table?.kind !== 'table')
    return { jdm: undefined, problems: [{ code: 'no-table', of: decisionName, text: '' }] }
  const problems: JdmProblem[] = []
  const hitPolicy = policyOf(table)
  if (hitPolicy === undefined)
    problems.push({ code: 'hit-policy-not-known', of: decisionName, text: `${table.hitPolicy} ${table.aggregation ?? ''}`.trim() })
  const names = new Map(
    table.inputs.map((input, number) => [input.expression.text.trim(), zenName(input.expression.text.trim(), `input${number + 1}`)]),
  )
  const known = model.elements.map(valueName)
  const content = { hitPolicy: hitPolicy ?? 'first', ...contentOf({ decision, table, names, known, problems }) }
  return { jdm: problems.length > 0 ? undefined : graphAround(decision, content), problems }
}

function policyOf({ hitPolicy, aggregation }: DecisionTable): 'first' | 'collect' | undefined {
  if (hitPolicy === 'UNIQUE' || hitPolicy === 'ANY' || hitPolicy === 'FIRST') return 'first'
  return (hitPolicy === 'COLLECT' && aggregation === undefined) || hitPolicy === 'RULE ORDER' ? 'collect' : undefined
}

function zenName(name: string, otherwise: string): string {
  return /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(name) ? name : otherwise
}

/** A field of the request is a name, or an entry of one; what is calculated would have to be an expression of ZEN. */
function isName(text: string, known: readonly string[]): boolean {
  try {
    const { kind } = parseExpression(text, { names: known }).root
    return kind === 'variable' || kind === 'path'
  } catch {
    return false
  }
}

interface Writing {
  readonly decision: Decision
  readonly table: DecisionTable
  readonly names: ZenNames
  /** The names that columns may read. */
  readonly known: readonly string[]
  readonly problems: JdmProblem[]
}

function contentOf({ decision, table, names, known, problems }: Writing): Omit<TableContent, 'hitPolicy'> {
  const said = (cell: string | undefined, text: string): string => {
    if (cell === undefined) problems.push({ code: 'not-translatable', of: decision.name, text })
    return cell ?? ''
  }
  const inputs = table.inputs.map((input, number) => {
    const text = input.expression.text.trim()
    if (!isName(text, known)) problems.push({ code: 'field-not-known', of: decision.name, text })
    return { id: `i${number + 1}`, name: input.label ?? text, field: names.get(text) ?? text }
  })
  const outputs = table.outputs.map((output, number) => {
    const name = output.name ?? (decision.variable?.name || decision.name)
    return { id: `o${number + 1}`, name: output.label ?? name, field: zenName(name, `output${number + 1}`) }
  })
  const rules = table.rules.map((rule, number) => {
    const cells = [
      ['_id', rule.id ?? `r${number + 1}`],
      ['_description', rule.description ?? rule.annotationEntries[0]?.text ?? ''],
      ...rule.inputEntries.map((entry, column) => [`i${column + 1}`, said(cellToZen(entry.text, names), entry.text)]),
      ...rule.outputEntries.map((entry, column) => [`o${column + 1}`, said(toZen(entry.text, names), entry.text)]),
    ]
    return Object.fromEntries(cells)
  })
  const otherwise = table.outputs.map((output, column) => [`o${column + 1}`, output.defaultEntry?.text])
  if (otherwise.every(([, text]) => text === undefined)) return { inputs, outputs, rules }
  if (policyOf(table) === 'collect') problems.push({ code: 'not-translatable', of: decision.name, text: 'default output' })
  const last = otherwise.map(([id, text]) => [id, text === undefined ? 'null' : said(toZen(text, names), text)])
  return { inputs, outputs, rules: [...rules, Object.fromEntries([['_id', 'default'], ['_description', ''], ...last])] }
}

function graphAround(decision: Decision, content: TableContent): Jdm {
  return {
    contentType: 'application/vnd.gorules.decision',
    nodes: [
      { id: 'input', type: 'inputNode', name: 'Request', position: { x: 0, y: 0 }, content: {} },
      { id: 'table', type: 'decisionTableNode', name: decision.name, position: { x: 300, y: 0 }, content },
      { id: 'output', type: 'outputNode', name: 'Response', position: { x: 600, y: 0 }, content: {} },
    ],
    edges: [
      { id: 'e1', type: 'edge', sourceId: 'input', targetId: 'table' },
      { id: 'e2', type: 'edge', sourceId: 'table', targetId: 'output' },
    ],
  }
}
