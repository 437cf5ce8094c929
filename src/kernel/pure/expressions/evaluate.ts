import { compileNode, sizeOf } from './compile.ts'
import { anyOf, compilePositiveTest, type PositiveTest } from './compile-operators.ts'
import type { Evaluator } from './compiling.ts'
import type { Expression, UnaryTests } from './parse.ts'
import { spend, startRun, type RunOptions } from './run.ts'
import type { FeelContext, Run, Value } from './values.ts'

interface Prepared<Work> {
  readonly work: Work
  readonly cost: number
}

const expressions = new WeakMap<Expression, Prepared<Evaluator>>()
const unaryTests = new WeakMap<UnaryTests, Prepared<readonly PositiveTest[]>>()

function prepared(expression: Expression): Prepared<Evaluator> {
  const known = expressions.get(expression)
  if (known !== undefined) return known
  const made = { work: compileNode(expression.root), cost: sizeOf(expression.root) }
  expressions.set(expression, made)
  return made
}

function preparedTests(tests: UnaryTests): Prepared<readonly PositiveTest[]> {
  const known = unaryTests.get(tests)
  if (known !== undefined) return known
  const work = tests.tests.map((test) => compilePositiveTest(test, compileNode(test.kind === 'test' ? test.operand : test)))
  const made = { work, cost: tests.tests.reduce((sum, test) => sum + sizeOf(test), 1) }
  unaryTests.set(tests, made)
  return made
}

/**
 * The value of an expression with these variables. What FEEL cannot say is null (and noted in the run); only a used up budget throws
 * (`expressions.steps-used-up`, `too-deep`, `too-large`). Give a `Run` of `startRun` to share one budget between expressions.
 */
export function evaluate(expression: Expression, variables: FeelContext, run: Run | RunOptions = {}): Value {
  const { work, cost } = prepared(expression)
  const used = asRun(run)
  spend(used, cost)
  return work(null, { variables, run: used, input: undefined })
}

/** Whether a value passes unary tests; null when no test holds and one could not be judged (the value is unknown, or of another kind). */
export function evaluateUnaryTests(tests: UnaryTests, input: Value, variables: FeelContext, run: Run | RunOptions = {}): boolean | null {
  if (tests.tests.length === 0) return true
  const { work, cost } = preparedTests(tests)
  const used = asRun(run)
  spend(used, cost)
  const result = anyOf(work, input, null, { variables, run: used, input })
  return tests.negated && result !== null ? !result : result
}

function asRun(run: Run | RunOptions): Run {
  return 'stepsLeft' in run ? run : startRun(run)
}
