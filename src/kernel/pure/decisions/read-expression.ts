import type {
  AnnotationClause,
  Boxed,
  DecisionTable,
  Expression,
  FunctionDefinition,
  InputClause,
  LiteralExpression,
  OutputClause,
  Part,
  Rule,
  UnaryTests,
  Variable,
} from './model.ts'
import { aggregations, hitPolicies } from './model.ts'
import { badElement, present, type ReadNode } from './read-node.ts'

const readers: Readonly<Record<string, (node: ReadNode) => Expression>> = {
  literalExpression: readLiteral,
  decisionTable: readTable,
  context: readContext,
  relation: readRelation,
  list: readList,
  invocation: readInvocation,
  functionDefinition: readFunction,
  conditional: readConditional,
  filter: readFilter,
  for: readFor,
  every: readQuantified,
  some: readQuantified,
}
const expressionNames = Object.keys(readers)

/** The expression among the children of an element; `undefined` when there is none. Throws `decisions.bad-element` on two. */
export function readExpression(node: ReadNode): Expression | undefined {
  const [first, second] = node.children(...expressionNames)
  if (first === undefined) return undefined
  if (second !== undefined) throw badElement(node.element, 'two expressions')
  return readers[first.name]?.(first)
}

/** A variable, parameter or column: a name with a type. */
export function readVariable(node: ReadNode): Variable {
  return present({ name: node.needed('name'), typeRef: node.attribute('typeRef'), ...node.rest() })
}

/** Unary tests: an entry of a table or allowed values. */
export function readUnaryTests(node: ReadNode): UnaryTests {
  const [text, expressionLanguage] = [node.text('text') ?? '', node.attribute('expressionLanguage')]
  return present({ text, expressionLanguage, ...node.rest() })
}

/** The function definition of an element; used for BKMs as well. */
export function readFunction(node: ReadNode): FunctionDefinition {
  const functionKind = oneOf(node, 'kind', ['FEEL', 'Java', 'PMML']) ?? 'FEEL'
  const parameters = node.children('formalParameter').map(readVariable)
  return present({ kind: 'function', functionKind, parameters, body: readExpression(node), ...boxed(node) })
}

/** One of the words of an attribute; throws on another word. */
function oneOf<const Word extends string>(node: ReadNode, name: string, words: readonly Word[]): Word | undefined {
  const written = node.attribute(name)
  const found = words.find((word) => word === written)
  if (written !== undefined && found === undefined) throw badElement(node.element, `${name} is ${written}`)
  return found
}

/** What every boxed expression carries: called last, it keeps what is left. */
function boxed(node: ReadNode): Boxed {
  return present({ typeRef: node.attribute('typeRef'), ...node.rest() })
}

function readLiteral(node: ReadNode): LiteralExpression {
  const [text, expressionLanguage] = [node.text('text') ?? '', node.attribute('expressionLanguage')]
  return present({ kind: 'literal', text, expressionLanguage, ...boxed(node) })
}

function readTable(node: ReadNode): DecisionTable {
  const inputs = node.children('input').map(readInput)
  const outputs = node.children('output').map(readOutput)
  if (outputs.length === 0) throw badElement(node.element, 'no output')
  const annotations = node.children('annotation').map((one): AnnotationClause => ({ name: one.attribute('name') ?? '', ...one.rest() }))
  const rules = node.children('rule').map(readRule)
  for (const [index, rule] of rules.entries()) {
    const isWhole = rule.inputEntries.length === inputs.length && rule.outputEntries.length === outputs.length
    if (!isWhole) throw badElement(node.element, `rule ${index + 1} has not one entry for each column`)
  }
  return present({
    kind: 'table',
    hitPolicy: oneOf(node, 'hitPolicy', hitPolicies) ?? 'UNIQUE',
    aggregation: oneOf(node, 'aggregation', aggregations),
    outputLabel: node.attribute('outputLabel'),
    preferredOrientation: oneOf(node, 'preferredOrientation', ['Rule-as-Row', 'Rule-as-Column', 'CrossTable']),
    inputs,
    outputs,
    annotations,
    rules,
    ...boxed(node),
  })
}

function readInput(node: ReadNode): InputClause {
  const written = node.child('inputExpression')
  if (written === undefined) throw badElement(node.element, 'inputExpression is missing')
  const values = node.child('inputValues')
  return present({ expression: readLiteral(written), values: values && readUnaryTests(values), ...node.rest() })
}

function readOutput(node: ReadNode): OutputClause {
  const [values, otherwise] = [node.child('outputValues'), node.child('defaultOutputEntry')]
  return present({
    name: node.attribute('name'),
    typeRef: node.attribute('typeRef'),
    values: values && readUnaryTests(values),
    defaultEntry: otherwise && readLiteral(otherwise),
    ...node.rest(),
  })
}

function readRule(node: ReadNode): Rule {
  return present({
    inputEntries: node.children('inputEntry').map(readUnaryTests),
    outputEntries: node.children('outputEntry').map(readLiteral),
    annotationEntries: node.children('annotationEntry').map((one) => ({ text: one.text('text') ?? '', ...one.rest() })),
    ...node.rest(),
  })
}

function readContext(node: ReadNode): Expression {
  const entries = node.children('contextEntry').map((entry) => {
    const variable = entry.child('variable')
    return present({ variable: variable && readVariable(variable), value: neededExpression(entry), ...entry.rest() })
  })
  return present({ kind: 'context', entries, ...boxed(node) })
}

function readRelation(node: ReadNode): Expression {
  const columns = node.children('column').map(readVariable)
  const rows = node.children('row').map(readList)
  if (rows.some((row) => row.items.length !== columns.length)) throw badElement(node.element, 'a row has not one entry for each column')
  return present({ kind: 'relation', columns, rows, ...boxed(node) })
}

function readList(node: ReadNode): Extract<Expression, { kind: 'list' }> {
  const items = node.children(...expressionNames).map((one) => expressionOf(one))
  return present({ kind: 'list', items, ...boxed(node) })
}

function readInvocation(node: ReadNode): Expression {
  const called = readExpression(node)
  const bindings = node.children('binding').map((one) => {
    const parameter = one.child('parameter')
    if (parameter === undefined) throw badElement(one.element, 'parameter is missing')
    return present({ parameter: readVariable(parameter), value: readExpression(one), ...one.rest() })
  })
  return present({ kind: 'invocation', called, bindings, ...boxed(node) })
}

function readConditional(node: ReadNode): Expression {
  return present({
    kind: 'conditional',
    condition: part(node, 'if'),
    whenTrue: part(node, 'then'),
    whenFalse: part(node, 'else'),
    ...boxed(node),
  })
}

function readFilter(node: ReadNode): Expression {
  return present({ kind: 'filter', in: part(node, 'in'), match: part(node, 'match'), ...boxed(node) })
}

function readFor(node: ReadNode): Expression {
  const iteratorVariable = node.needed('iteratorVariable')
  return present({ kind: 'for', iteratorVariable, in: part(node, 'in'), return: part(node, 'return'), ...boxed(node) })
}

function readQuantified(node: ReadNode): Expression {
  const kind = node.name === 'every' ? 'every' : 'some'
  const iteratorVariable = node.needed('iteratorVariable')
  return present({ kind, iteratorVariable, in: part(node, 'in'), satisfies: part(node, 'satisfies'), ...boxed(node) })
}

function part(node: ReadNode, name: string): Part {
  const found = node.child(name)
  if (found === undefined) throw badElement(node.element, `${name} is missing`)
  return present({ value: neededExpression(found), ...boxed(found) })
}

function neededExpression(node: ReadNode): Expression {
  const found = readExpression(node)
  if (found === undefined) throw badElement(node.element, 'the expression is missing')
  return found
}

function expressionOf(node: ReadNode): Expression {
  const found = readers[node.name]?.(node)
  if (found === undefined) throw badElement(node.element, 'no expression')
  return found
}
