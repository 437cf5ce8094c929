import {
  callWith,
  evaluate,
  type FeelType,
  isContext,
  isFunction,
  isList,
  parseExpression,
  spend,
  type Value,
} from '#kernel/pure/expressions/index.ts'
import { prepareFunction } from './interpret-function.ts'
import { type Place, type Prepared, prepareText, within } from './interpret-literal.ts'
import { prepareTable } from './interpret-table.ts'
import { type Evaluation, find } from './interpret-trace.ts'
import { receive } from './interpret-types.ts'
import type { Expression, Part } from './model.ts'

type Of<Kind extends Expression['kind']> = Extract<Expression, { kind: Kind }>

/** Prepares any expression; its value is received under its own type, where it has one. Source: DMN 1.5 chapters 7, 8 and 10.2. */
export function prepareExpression(expression: Expression, place: Place): Prepared {
  const prepared = prepareKind(expression, place)
  return typed(prepared, expression.typeRef, place)
}

function prepareKind(expression: Expression, place: Place): Prepared {
  switch (expression.kind) {
    case 'literal':
      return prepareText(expression.text, place)
    case 'table':
      return prepareTable(expression, place)
    case 'function':
      return prepareFunction(expression, place)
    case 'context':
      return prepareContext(expression, place)
    case 'relation':
      return prepareRelation(expression, place)
    case 'list':
      return prepareList(expression, place)
    case 'invocation':
      return prepareInvocation(expression, place)
    case 'conditional':
      return prepareConditional(expression, place)
    case 'filter':
      return prepareFilter(expression, place)
    case 'for':
      return prepareFor(expression, place)
    case 'every':
    case 'some':
      return prepareQuantified(expression, place)
  }
}

/** The same with its value received under a type. */
export function typed(prepared: Prepared, typeRef: string | undefined, place: Place): Prepared {
  const type = place.types.typeOf(place.model, typeRef)
  if (type.feel === 'Any') return prepared
  return {
    type: type.feel,
    evaluate: (scope, at) => {
      const { value, refused } = receive(prepared.evaluate(scope, at), type, at.run)
      return refused === undefined ? value : find(at, refused, place.of, { type: typeRef ?? '' })
    },
  }
}

/** Each entry knows those above it; the one without a name is the result. */
function prepareContext(expression: Of<'context'>, place: Place): Prepared {
  const entries: { readonly name: string | undefined; readonly value: Prepared }[] = []
  const types: Record<string, FeelType> = {}
  for (const { variable, value } of expression.entries) {
    const prepared = typed(prepareExpression(value, within(place, types)), variable?.typeRef, place)
    entries.push({ name: variable?.name, value: prepared })
    if (variable !== undefined) types[variable.name] = prepared.type
  }
  const result = entries.find((entry) => entry.name === undefined)
  return {
    type: result === undefined ? { context: types } : result.value.type,
    evaluate: (scope, at) => {
      const own = new Map<string, Value>()
      const inner = new Map(scope)
      for (const { name, value } of entries) {
        const found = value.evaluate(inner, at)
        if (name === undefined) return found
        own.set(name, found)
        inner.set(name, found)
      }
      return own
    },
  }
}

function prepareRelation({ columns, rows }: Of<'relation'>, place: Place): Prepared {
  const prepared = rows.map((row) =>
    row.items.map((item, column) => typed(prepareExpression(item, place), columns[column]?.typeRef, place)),
  )
  const types = columns.map((column, number): [string, FeelType] => [column.name, prepared[0]?.[number]?.type ?? 'Any'])
  return {
    type: { list: { context: Object.fromEntries(types) } },
    evaluate: (scope, at) =>
      prepared.map((row) => new Map(columns.map((column, number) => [column.name, row[number]?.evaluate(scope, at) ?? null]))),
  }
}

function prepareList({ items }: Of<'list'>, place: Place): Prepared {
  const prepared = items.map((item) => prepareExpression(item, place))
  return { type: { list: prepared[0]?.type ?? 'Any' }, evaluate: (scope, at) => prepared.map((item) => item.evaluate(scope, at)) }
}

/** A call with arguments by name: every name must be one of the function's; a parameter that is not bound is null. */
function prepareInvocation(expression: Of<'invocation'>, place: Place): Prepared {
  const { called } = expression
  const target: Prepared = called === undefined ? { type: 'Any', evaluate: () => null } : prepareExpression(called, place)
  const bindings = expression.bindings.map(({ parameter, value }) => ({
    name: parameter.name,
    value: typed(value === undefined ? { type: 'Null', evaluate: () => null } : prepareExpression(value, place), parameter.typeRef, place),
  }))
  const type = typeof target.type === 'object' && 'result' in target.type ? target.type.result : 'Any'
  return {
    type,
    evaluate: (scope, at) => {
      const found = target.evaluate(scope, at)
      if (!isFunction(found)) return find(at, 'not-a-function', place.of, { called: called?.kind === 'literal' ? called.text : '' })
      const given = new Map(bindings.map((binding) => [binding.name, binding.value.evaluate(scope, at)]))
      if (found.apply !== undefined) return found.apply(given, at.run) ?? find(at, 'unknown-argument', place.of, { called: found.name })
      const unknown = [...given.keys()].find((name) => !found.parameters.includes(name))
      if (unknown !== undefined) return find(at, 'unknown-argument', place.of, { called: found.name, argument: unknown })
      const values = found.parameters.map((name) => given.get(name) ?? null)
      const result = callWith(found, values, at.run)
      return result === undefined ? find(at, 'value-not-of-type', place.of, { called: found.name }) : result
    },
  }
}

/** Unknown is not true, so the second part stands; what is no boolean at all makes the whole null. */
function prepareConditional(expression: Of<'conditional'>, place: Place): Prepared {
  const condition = preparePart(expression.condition, place)
  const [yes, no] = [preparePart(expression.whenTrue, place), preparePart(expression.whenFalse, place)]
  return {
    type: yes.type,
    evaluate: (scope, at) => {
      const found = condition.evaluate(scope, at)
      if (found !== null && typeof found !== 'boolean') return find(at, 'not-a-boolean', place.of, { part: 'if' })
      return (found === true ? yes : no).evaluate(scope, at)
    },
  }
}

function preparePart(part: Part, place: Place): Prepared {
  return typed(prepareExpression(part.value, place), part.typeRef, place)
}

/** The items that match, always as a list; an item that answers with no boolean makes the whole null. The entries of an item are names. */
function prepareFilter(expression: Of<'filter'>, place: Place): Prepared {
  const source = preparePart(expression.in, place)
  const item = itemType(source.type)
  const entries = typeof item === 'object' && 'context' in item ? item.context : {}
  const match = preparePart(expression.match, { ...within(place, { ...entries, item }), isOpen: true })
  return {
    type: source.type,
    evaluate: (scope, at) => {
      const found = source.evaluate(scope, at)
      if (found === null) return null
      const items = isList(found) ? found : [found]
      const answers = answersOf(items, at, (one) => {
        const inner = isContext(one) ? new Map([...scope, ...one]) : new Map(scope)
        return match.evaluate(inner.set('item', one), at)
      })
      return answers === null ? find(at, 'not-a-boolean', place.of, { part: 'match' }) : items.filter((_, index) => answers[index] === true)
    },
  }
}

/** What is asked of each item; null when one answer is neither a boolean nor unknown. */
function answersOf(items: readonly Value[], at: Evaluation, answer: (item: Value) => Value): (boolean | null)[] | null {
  spend(at.run, items.length)
  const answers = items.map(answer)
  return answers.every((one) => one === null || typeof one === 'boolean') ? answers : null
}

/** `some` and `every` with three values: what is not known decides only where no item decides. */
function prepareQuantified(expression: Of<'every' | 'some'>, place: Place): Prepared {
  const source = preparePart(expression.in, place)
  const name = expression.iteratorVariable
  const body = preparePart(expression.satisfies, within(place, { [name]: itemType(source.type) }))
  const deciding = expression.kind === 'some'
  return {
    type: 'boolean',
    evaluate: (scope, at) => {
      const found = source.evaluate(scope, at)
      if (found === null) return null
      const answers = answersOf(isList(found) ? found : [found], at, (one) => body.evaluate(new Map([...scope, [name, one]]), at))
      if (answers === null) return find(at, 'not-a-boolean', place.of, { part: 'satisfies' })
      if (answers.includes(deciding)) return deciding
      return answers.includes(null) ? null : !deciding
    },
  }
}

const loop = parseExpression('for _item in _source return _step(_item, partial)', { names: ['_source', '_step', '_item'] })

/** FEEL's own loop over a list or a range; what stands inside is a function of the item and of what came out so far (`partial`). */
function prepareFor(expression: Of<'for'>, place: Place): Prepared {
  const source = preparePart(expression.in, place)
  const name = expression.iteratorVariable
  const body = preparePart(expression.return, within(place, { [name]: itemType(source.type), partial: { list: 'Any' } }))
  return {
    type: { list: body.type },
    evaluate: (scope, at) => {
      const call = ([item = null, partial = null]: readonly Value[]) =>
        body.evaluate(new Map([...scope, [name, item], ['partial', partial]]), at)
      const step: Value = { kind: 'function', name: '_step', parameters: ['item', 'partial'], call }
      return evaluate(
        loop,
        new Map([
          ['_source', source.evaluate(scope, at)],
          ['_step', step],
        ]),
        at.run,
      )
    },
  }
}

function itemType(type: FeelType): FeelType {
  return typeof type === 'object' && 'list' in type ? type.list : 'Any'
}
