import file from '../policy/variant-characters.json' with { type: 'json' }

/** Variant character → the usual one. */
const plainOf = new Map(
  file.groups.flatMap((group) => {
    const [plain = '', ...variants] = Array.from(group)
    return variants.map((variant) => [variant, plain] as const)
  }),
)

/** The usual writing of a character: traditional and variant forms become the simplified one; all others stay. */
export function plainCharacter(character: string): string {
  return plainOf.get(character) ?? character
}
