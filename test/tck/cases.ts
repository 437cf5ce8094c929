import { readDate, readDateTime, readDuration, readNumber, readTime, type Value } from '#kernel/pure/expressions/index.ts'
import { elementsOf, localName, readXml, textOf } from '#kernel/pure/decisions/read-xml.ts'
import type { XmlElement } from '#kernel/pure/decisions/xml.ts'

/** One case of the kit: what goes in and what must come out. */
export interface TestCase {
  readonly id: string
  /** The service or function that is called; undefined where each result names its decision. */
  readonly invocable: string | undefined
  readonly inputs: readonly { readonly name: string; readonly namespace: string | undefined; readonly value: Value }[]
  readonly results: readonly ExpectedResult[]
}

export interface ExpectedResult {
  readonly name: string
  readonly namespace: string | undefined
  readonly expected: Value
  /** True: the kit expects an error, of which the value is null. */
  readonly isError: boolean
}

/** A file of cases and the model that it is for. */
export interface TestSuite {
  readonly modelName: string
  readonly cases: readonly TestCase[]
}

const instance = 'http://www.w3.org/2001/XMLSchema-instance'

/** Reads a file of cases (`testCases.xsd`, 20160719 and later); `undefined` for another kind of XML. Throws on a value it cannot read. */
export function readSuite(text: string): TestSuite | undefined {
  const root = readXml(text)
  if (localName(root) !== 'testCases') return undefined
  const name = children(root, 'modelName')[0]
  return { modelName: name === undefined ? '' : textOf(name).trim(), cases: children(root, 'testCase').map(readCase) }
}

function readCase(element: XmlElement): TestCase {
  return {
    id: attribute(element, 'id') ?? attribute(element, 'name') ?? '',
    invocable: attribute(element, 'invocableName'),
    inputs: children(element, 'inputNode').map((one) => ({
      name: attribute(one, 'name') ?? '',
      namespace: attribute(one, 'namespace'),
      value: readValue(one),
    })),
    results: children(element, 'resultNode').map((one) => {
      const expected = children(one, 'expected')[0]
      return {
        name: attribute(one, 'name') ?? '',
        namespace: attribute(one, 'namespace'),
        expected: expected === undefined ? null : readValue(expected),
        isError: attribute(one, 'errorResult') === 'true',
      }
    }),
  }
}

/** A value of the kit: `value`, `list` of `item`s or `component`s by name; nil is null. */
function readValue(holder: XmlElement): Value {
  const [value, list] = [children(holder, 'value')[0], children(holder, 'list')[0]]
  if (value !== undefined) return isNil(value) ? null : readSimple(value)
  if (list !== undefined) return isNil(list) ? null : children(list, 'item').map(readValue)
  const components = children(holder, 'component')
  if (isNil(holder) || components.length === 0) return null
  return new Map(components.map((one) => [attribute(one, 'name') ?? '', readValue(one)]))
}

function readSimple(element: XmlElement): Value {
  const type = element.attributes.find((one) => one.namespace === instance && one.name.endsWith('type'))?.value
  const text = textOf(element)
  if (type === undefined) return guessed(text)
  const read = readers[type.replace(/^.*:/, '')]
  if (read === undefined) return text
  const value = read(text.trim())
  if (value === null) throw new Error(`the value ${text} of type ${type} cannot be read`)
  return value
}

/** A value whose type the file does not say: a boolean or a number if it looks like one. */
function guessed(text: string): Value {
  const trimmed = text.trim()
  return trimmed === 'true' ? true : trimmed === 'false' ? false : (readNumber(trimmed) ?? text)
}

const readers: Readonly<Record<string, (text: string) => Value>> = {
  boolean: (text) => text === 'true' || text === '1',
  decimal: readNumber,
  double: readNumber,
  float: readNumber,
  integer: readNumber,
  int: readNumber,
  long: readNumber,
  date: readDate,
  time: readTime,
  dateTime: readDateTime,
  duration: readDuration,
  dayTimeDuration: readDuration,
  yearMonthDuration: readDuration,
}

function isNil(element: XmlElement): boolean {
  return element.attributes.some((one) => one.namespace === instance && one.name.endsWith('nil') && one.value === 'true')
}

function children(element: XmlElement, name: string): XmlElement[] {
  return elementsOf(element).filter((one) => localName(one) === name)
}

function attribute(element: XmlElement, name: string): string | undefined {
  return element.attributes.find((one) => one.name === name)?.value
}
