/**
 * FEEL (DMN 1.5), the one expression language of bangfu: read once (grammar `lezer-feel`), evaluated by functions that count their steps,
 * with exact decimals and without ever running code of an expression. Decision 0014.
 */
export { dateOfDays, daysOf, makeDate } from './calendar.ts'
export { compareValues, contains, equals } from './compare.ts'
export { callWith, deeper, isFunction } from './call-function.ts'
export { expressionErrors } from './errors.ts'
export { expressionWords, sayExpressionError, sayNotice } from './expression-words.ts'
export { evaluate, evaluateUnaryTests } from './evaluate.ts'
export { inspect, inspectTests, readsOf, typeOf, type Inspection } from './inspect.ts'
export { fromJson, toJson, type Json } from './json.ts'
export { plainName, type Names } from './names.ts'
export {
  addNumbers,
  compareNumbers,
  divideNumbers,
  doubleOf,
  integerOf,
  multiplyNumbers,
  numberFrom,
  numberOf,
  printNumber,
  readNumber,
  roundNumber,
  subtractNumbers,
} from './numbers.ts'
export { parseExpression, parseUnaryTests, type Expression, type ParseOptions, type UnaryTests } from './parse.ts'
export { printValue } from './print.ts'
export { entryOf } from './properties.ts'
export { spend, startRun, type RunOptions } from './run.ts'
export { isSimple } from './simple.ts'
export { partsOf, type ComparisonOperator, type Node, type NodeOf } from './syntax.ts'
export { printTemporal, readDate, readDateTime, readDuration, readTemporal, readTime } from './temporal-text.ts'
export { coerce, commonType, conforms, fits, isContext, isInstance, isList, printType, typeNamed, typeOfValue } from './types.ts'
export type {
  DayTimeDuration,
  FeelContext,
  FeelDate,
  FeelDateTime,
  FeelFunction,
  FeelNumber,
  FeelRange,
  FeelTime,
  FeelType,
  Notice,
  Run,
  Value,
  YearMonthDuration,
} from './values.ts'
