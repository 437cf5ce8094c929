import { interpret } from '#kernel/pure/decisions/index.ts'
import { isContext } from '#kernel/pure/expressions/index.ts'
import { incomeClasses, type ItemRule } from './income-accounting.ts'
import type { ExampleModel } from './run-example.ts'

/** What the table `cases.income-items` in force says of some items; an item that it does not know has no rule. */
export function itemRules({ model, decision, parameters }: ExampleModel, items: Iterable<string>): Map<string, ItemRule> {
  const rules = new Map<string, ItemRule>()
  for (const item of new Set(items)) {
    const { value } = interpret(model, { name: decision, inputs: new Map([...parameters, ['收支项目', item]]) })
    const [named, counted] = isContext(value) ? [value.get('类别'), value.get('计入')] : []
    const incomeClass = incomeClasses.find((one) => one === named)
    if (incomeClass !== undefined) rules.set(item, { incomeClass, isCounted: counted === '计入' })
  }
  return rules
}
