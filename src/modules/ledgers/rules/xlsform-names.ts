import type { Field } from './template.ts'

/** Key of a field as a name of XLSForm: `given-on` → `given_on`. */
export const formName = (key: string): string => key.replace(/-/g, '_')

/** A name of XLSForm as a key that no other field has: `Given_On` → `given-on`, `Given_On` again → `given-on-2`. */
export function keyOfName(name: string, taken: ReadonlySet<string>): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[-0-9]+|-+$/g, '')
    .slice(0, 34)
    .replace(/-+$/, '')
  const first = plain === '' ? 'f1' : plain
  let key = first
  for (let at = 2; taken.has(key); at += 1) key = plain === '' ? `f${at}` : `${first}-${at}`
  return key
}

/** The list of choices of a field, without blanks in the names: XLSForm separates several answers by blanks. */
export function formChoices(field: Pick<Field, 'choices'>): Map<string, string> {
  const names = new Map<string, string>()
  const used = new Set<string>()
  for (const { key } of field.choices ?? []) {
    const plain = key.replace(/\s+/gu, '_')
    let name = plain
    for (let at = 2; used.has(name); at += 1) name = `${plain}_${at}`
    used.add(name)
    names.set(key, name)
  }
  return names
}

/** What a form cannot say of a field in its own columns: `kind=money; unit=亩; name=提示|Note`. */
export function writeTokens(tokens: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(tokens)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value.replace(/;/g, '；')}`]))
    .join('; ')
}

/** Reads `writeTokens`; what nobody wrote is left out. */
export function readTokens(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split(';').flatMap((part) => {
      const at = part.indexOf('=')
      return at <= 0 ? [] : [[part.slice(0, at).trim(), part.slice(at + 1).trim()] as const]
    }),
  )
}
