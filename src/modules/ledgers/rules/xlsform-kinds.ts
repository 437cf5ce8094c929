import type { Field } from './template.ts'
import type { ChoiceList } from './xlsform-choices.ts'
import { yesNo } from './xlsform-scope.ts'

/** 是 and 否, called yes and no. */
export function isYesNo(choices: ChoiceList): boolean {
  const said = choices.map(({ key, name }) => `${key.toLowerCase()} ${name.zh.toLowerCase()}`)
  return (
    said.length === 2 && said.every((one) => [`${yesNo.yes} 是`, `${yesNo.no} 否`, 'yes yes', 'no no'].includes(one)) && said[0] !== said[1]
  )
}

/** The field of a type that is no select; undefined for what is not supported. */
export function plainKinds(given: {
  lower: string
  appearance: readonly string[]
  tokens: ReadonlyMap<string, string>
}): Omit<Field, 'key' | 'name'> | undefined {
  const { lower, appearance, tokens } = given
  const unit = tokens.get('unit')
  const format = (['id-number', 'phone', 'bank-account'] as const).find((one) => one === tokens.get('format'))
  switch (lower) {
    case 'text':
    case 'string':
      return appearance.includes('multiline') ? { kind: 'long-text' } : { kind: 'text', ...(format === undefined ? {} : { format }) }
    case 'barcode':
      return { kind: 'text' }
    case 'integer':
    case 'int':
      return { kind: 'number', places: 0, ...(unit === undefined ? {} : { unit }) }
    case 'decimal':
      return tokens.get('kind') === 'money'
        ? { kind: 'money' }
        : { kind: 'number', places: placesOf(tokens), ...(unit === undefined ? {} : { unit }) }
    case 'date':
      return { kind: appearance.includes('month-year') ? 'month' : 'date' }
    case 'note':
      return { kind: 'long-text' }
    case 'geopoint':
      return { kind: 'place' }
    case 'image':
    case 'photo':
      return { kind: appearance.includes('signature') ? 'signature' : 'photo' }
    case 'file':
      return { kind: 'file' }
    case 'calculate':
      return calculated(tokens)
    default:
      return undefined
  }
}

/** Decimals of a form have no end; ours six. */
function placesOf(tokens: ReadonlyMap<string, string>): number {
  const places = Number(tokens.get('places') ?? '6')
  return Number.isInteger(places) && places >= 0 && places <= 6 ? places : 6
}

/** What a calculation is, where our own export says it; else it follows from the calculation. */
function calculated(tokens: ReadonlyMap<string, string>): Omit<Field, 'key' | 'name'> {
  const kind = (['text', 'long-text', 'number', 'money', 'date', 'yes-no'] as const).find((one) => one === tokens.get('kind')) ?? 'text'
  const unit = tokens.get('unit')
  return { kind, ...(kind === 'number' ? { places: placesOf(tokens), ...(unit === undefined ? {} : { unit }) } : {}) }
}
