import type { Boxed, DecisionTable, Expression, FunctionDefinition, LiteralExpression, Part, UnaryTests, Variable } from './model.ts'
import type { NodeMaker } from './write-node.ts'
import type { XmlElement } from './xml.ts'

/** The element of an expression. */
export function writeExpression(make: NodeMaker, expression: Expression): XmlElement {
  switch (expression.kind) {
    case 'literal':
      return writeLiteral(make, 'literalExpression', expression)
    case 'table':
      return writeTable(make, expression)
    case 'function':
      return writeFunction(make, 'functionDefinition', expression)
    case 'context':
    case 'relation':
    case 'list':
    case 'invocation':
      return writeCollection(make, expression)
    case 'conditional':
      return boxedNode(make, expression, [
        part(make, 'if', expression.condition),
        part(make, 'then', expression.whenTrue),
        part(make, 'else', expression.whenFalse),
      ])
    case 'filter':
      return boxedNode(make, expression, [part(make, 'in', expression.in), part(make, 'match', expression.match)])
    case 'for':
      return iterator(make, expression, part(make, 'return', expression.return))
    case 'every':
    case 'some':
      return iterator(make, expression, part(make, 'satisfies', expression.satisfies))
  }
}

/** A variable, parameter or column under the name of its element. */
export function writeVariable(make: NodeMaker, name: string, variable: Variable): XmlElement {
  return make.node(name, variable, { attributes: { name: variable.name, typeRef: variable.typeRef } })
}

/** Unary tests under the name of their element. */
export function writeUnaryTests(make: NodeMaker, name: string, tests: UnaryTests): XmlElement {
  return make.node(name, tests, { attributes: { expressionLanguage: tests.expressionLanguage }, children: [make.text('text', tests.text)] })
}

/** A function definition: `functionDefinition`, or `encapsulatedLogic` of a BKM. */
export function writeFunction(make: NodeMaker, name: string, expression: FunctionDefinition): XmlElement {
  const kind = expression.functionKind === 'FEEL' ? undefined : expression.functionKind
  return make.node(name, expression, {
    attributes: { kind, typeRef: expression.typeRef },
    children: expression.parameters.map((one) => writeVariable(make, 'formalParameter', one)),
    last: [expression.body && writeExpression(make, expression.body)],
  })
}

function writeLiteral(make: NodeMaker, name: string, expression: LiteralExpression): XmlElement {
  const attributes = { expressionLanguage: expression.expressionLanguage, typeRef: expression.typeRef }
  return make.node(name, expression, { attributes, children: [make.text('text', expression.text)] })
}

function writeTable(make: NodeMaker, table: DecisionTable): XmlElement {
  const { typeRef, hitPolicy, aggregation, outputLabel, preferredOrientation } = table
  const inputs = table.inputs.map((one) =>
    make.node('input', one, {
      children: [writeLiteral(make, 'inputExpression', one.expression), one.values && writeUnaryTests(make, 'inputValues', one.values)],
    }),
  )
  const outputs = table.outputs.map((one) =>
    make.node('output', one, {
      attributes: { name: one.name, typeRef: one.typeRef },
      children: [
        one.values && writeUnaryTests(make, 'outputValues', one.values),
        one.defaultEntry && writeLiteral(make, 'defaultOutputEntry', one.defaultEntry),
      ],
    }),
  )
  const annotations = table.annotations.map((one) => make.node('annotation', one, { attributes: { name: one.name } }))
  const rules = table.rules.map((one) =>
    make.node('rule', one, {
      children: [
        ...one.inputEntries.map((entry) => writeUnaryTests(make, 'inputEntry', entry)),
        ...one.outputEntries.map((entry) => writeLiteral(make, 'outputEntry', entry)),
        ...one.annotationEntries.map((entry) => make.node('annotationEntry', entry, { children: [make.text('text', entry.text)] })),
      ],
    }),
  )
  const attributes = { typeRef, hitPolicy, aggregation, preferredOrientation, outputLabel }
  return make.node('decisionTable', table, { attributes, children: [...inputs, ...outputs, ...annotations, ...rules] })
}

type Collection = Extract<Expression, { kind: 'context' | 'relation' | 'list' | 'invocation' }>

function writeCollection(make: NodeMaker, expression: Collection): XmlElement {
  switch (expression.kind) {
    case 'context':
      return boxedNode(
        make,
        expression,
        expression.entries.map((entry) =>
          make.node('contextEntry', entry, {
            children: [entry.variable && writeVariable(make, 'variable', entry.variable), writeExpression(make, entry.value)],
          }),
        ),
      )
    case 'relation':
      return boxedNode(make, expression, [
        ...expression.columns.map((column) => writeVariable(make, 'column', column)),
        ...expression.rows.map((row) => writeItems(make, 'row', row)),
      ])
    case 'list':
      return writeItems(make, 'list', expression)
    case 'invocation':
      return boxedNode(make, expression, [
        expression.called && writeExpression(make, expression.called),
        ...expression.bindings.map((binding) =>
          make.node('binding', binding, {
            children: [writeVariable(make, 'parameter', binding.parameter), binding.value && writeExpression(make, binding.value)],
          }),
        ),
      ])
  }
}

function writeItems(make: NodeMaker, name: string, list: Extract<Expression, { kind: 'list' }>): XmlElement {
  return make.node(name, list, { attributes: { typeRef: list.typeRef }, children: list.items.map((item) => writeExpression(make, item)) })
}

function boxedNode(make: NodeMaker, expression: Boxed & { kind: string }, children: readonly (XmlElement | undefined)[]): XmlElement {
  return make.node(expression.kind, expression, { attributes: { typeRef: expression.typeRef }, children })
}

function iterator(make: NodeMaker, expression: Extract<Expression, { iteratorVariable: string }>, last: XmlElement): XmlElement {
  const attributes = { typeRef: expression.typeRef, iteratorVariable: expression.iteratorVariable }
  return make.node(expression.kind, expression, { attributes, children: [part(make, 'in', expression.in), last] })
}

function part(make: NodeMaker, name: string, written: Part): XmlElement {
  return make.node(name, written, { attributes: { typeRef: written.typeRef }, children: [writeExpression(make, written.value)] })
}
