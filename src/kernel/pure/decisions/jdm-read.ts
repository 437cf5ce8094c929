import { parseExpression, parseUnaryTests, readsOf } from '#kernel/pure/expressions/index.ts'
import { decisionErrors } from './errors.ts'
import { cellFromZen, fromZen } from './jdm-expressions.ts'
import { expressionContent, jdm, type Jdm, type JdmNode, type JdmProblem, tableContent, type TableContent } from './jdm-schema.ts'
import type { Decision, DecisionTable, Definitions, DrgElement, InformationRequirement, InputData } from './model.ts'

/**
 * A model of GoRules (JDM) as one of DMN: each table and each expression becomes a decision, each field of the request an input. What has no
 * same meaning in FEEL, and nodes that run code, are problems; their cells stay as they were written, so that the editor can show them.
 * Throws `decisions.not-jdm` for another kind of text.
 */
export function readJdm(text: string, name: string): { model: Definitions; problems: JdmProblem[] } {
  const read = jdm.safeParse(parsed(text))
  if (!read.success) throw decisionErrors.notJdm({ reason: read.error.issues[0]?.message ?? '' })
  const reading: Reading = { graph: read.data, problems: [], makers: new Map() }
  const made = read.data.nodes.flatMap((node) => decisionsOf(node, reading))
  const elements = connected(made, reading)
  const model: Definitions = {
    version: '1.5',
    name,
    namespace: `urn:jdm:${encodeURIComponent(name)}`,
    prefixes: {},
    imports: [],
    itemDefinitions: [],
    elements,
  }
  return { model, problems: reading.problems }
}

interface Reading {
  readonly graph: Jdm
  readonly problems: JdmProblem[]
  /** The decision that gives a name, by the name. */
  readonly makers: Map<string, Made[]>
}

/** A decision before it is connected: the node it came from and the names it reads. */
interface Made {
  readonly node: string
  readonly decision: Decision
  readonly reads: readonly string[]
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw decisionErrors.notJdm({ reason: 'not JSON' })
  }
}

function decisionsOf(node: JdmNode, reading: Reading): Made[] {
  if (node.type === 'inputNode' || node.type === 'outputNode') return []
  const table = node.type === 'decisionTableNode' ? tableContent.safeParse(node.content) : undefined
  const expressions = node.type === 'expressionNode' ? expressionContent.safeParse(node.content) : undefined
  const made = table?.success === true ? fromTable(node, table.data, reading) : []
  if (expressions?.success === true) {
    made.push(
      ...expressions.data.expressions.map(({ id, key, value }) =>
        literal({ node: node.id, id: `${node.id}-${id}`, name: key }, translated(node, value, reading)),
      ),
    )
  }
  if (made.length === 0) reading.problems.push({ code: 'node-not-known', of: node.name, text: node.type })
  for (const one of made) {
    const given = one.decision.variable?.name ?? one.decision.name
    reading.makers.set(given, [...(reading.makers.get(given) ?? []), one])
  }
  return made
}

function translated(node: JdmNode, text: string, { problems }: Reading, translate: (text: string) => string | undefined = fromZen): string {
  const found = translate(text)
  if (found === undefined) problems.push({ code: 'not-translatable', of: node.name, text })
  return found ?? text
}

/** A table; one with several outputs gives a context, and for each output a decision that takes it out. */
function fromTable(node: JdmNode, content: TableContent, reading: Reading): Made[] {
  const isKnown = (field: string | null | undefined) =>
    field !== null && field !== undefined && /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(field)
  for (const one of [...content.inputs, ...content.outputs]) {
    if (!isKnown(one.field))
      reading.problems.push({ code: 'field-not-known', of: node.name, text: `${one.name} ${one.field ?? ''}`.trim() })
  }
  const table: DecisionTable = {
    kind: 'table',
    hitPolicy: content.hitPolicy === 'first' ? 'FIRST' : 'COLLECT',
    inputs: content.inputs.map((one) => ({
      id: `${node.id}-${one.id}`,
      label: one.name,
      expression: { kind: 'literal', text: one.field ?? '' },
    })),
    outputs: content.outputs.map((one) => ({ id: `${node.id}-${one.id}`, label: one.name, name: one.field ?? one.name })),
    annotations: [{ name: 'description' }],
    rules: content.rules.map((rule, number) => ({
      id: `${node.id}-${rule['_id'] ?? number}`,
      inputEntries: content.inputs.map((one) => ({ text: translated(node, rule[one.id] ?? '', reading, cellFromZen) })),
      outputEntries: content.outputs.map((one) => ({ kind: 'literal', text: translated(node, rule[one.id] ?? '', reading) })),
      annotationEntries: [{ text: rule['_description'] ?? '' }],
    })),
  }
  const [first] = table.outputs
  const single = table.outputs.length === 1 ? first?.name : undefined
  const reads = [...table.inputs.flatMap((one) => readsIn(one.expression.text)), ...table.rules.flatMap(readsOfRule)]
  const whole = { node: node.id, decision: decisionOf({ id: node.id, name: node.name, variable: single ?? node.name }, table), reads }
  if (single !== undefined) return [whole]
  const parts = table.outputs.map((output) =>
    literal({ node: node.id, id: `${output.id ?? ''}-part`, name: output.name ?? '' }, `${node.name}.${output.name ?? ''}`, [node.name]),
  )
  return [whole, ...parts]
}

function readsOfRule(rule: DecisionTable['rules'][number]): string[] {
  return [...rule.inputEntries.flatMap((one) => readsIn(one.text, true)), ...rule.outputEntries.flatMap((one) => readsIn(one.text))]
}

/** The names that a text reads; none for one that cannot be read: the model's own check says so. */
function readsIn(text: string, isCell = false): readonly string[] {
  try {
    if (text.trim() === '' || (isCell && text === '-')) return []
    return readsOf(isCell ? parseUnaryTests(text) : parseExpression(text))
  } catch {
    return []
  }
}

function literal(of: { node: string; id: string; name: string }, text: string, reads: readonly string[] = readsIn(text)): Made {
  return { node: of.node, decision: decisionOf({ ...of, variable: of.name }, { kind: 'literal', text }), reads }
}

function decisionOf({ id, name, variable }: { id: string; name: string; variable: string }, expression: Decision['expression']): Decision {
  const none = { informationRequirements: [], knowledgeRequirements: [], authorityRequirements: [] }
  return { kind: 'decision', id, name, variable: { name: variable }, ...none, expression }
}

/** Arrows by names: to the decision of an earlier node (or of the same one, above) that gives the name, else to an input of the request. */
function connected(made: readonly Made[], { graph, makers }: Reading): DrgElement[] {
  const inputs = new Map<string, InputData>()
  const decisions = made.map((one): Decision => {
    const before = nodesBefore(graph, one.node)
    const informationRequirements = [...new Set(one.reads)].map((name): InformationRequirement => {
      const maker = makers.get(name)?.find((other) => other !== one && (before.has(other.node) || other.node === one.node))
      if (maker !== undefined) return { of: 'decision', href: `#${maker.decision.id ?? ''}` }
      if (!inputs.has(name)) inputs.set(name, { kind: 'inputData', id: `input-${name}`, name, variable: { name } })
      return { of: 'input', href: `#input-${name}` }
    })
    return { ...one.decision, informationRequirements }
  })
  return [...inputs.values(), ...decisions]
}

function nodesBefore(graph: Jdm, node: string): Set<string> {
  const found = new Set<string>()
  const open = [node]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const { sourceId, targetId } of graph.edges) {
      if (targetId !== at || found.has(sourceId)) continue
      found.add(sourceId)
      open.push(sourceId)
    }
  }
  return found
}
