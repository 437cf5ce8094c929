import { z } from 'zod'
import file from './variant-characters.json' with { type: 'json' }

const VariantCharacters = z.strictObject({
  effectiveFrom: z.iso.date(),
  source: z.string(),
  explanation: z.string(),
  groups: z.array(z.string().regex(/^\S{2,}$/u)),
})

/** Variant character → the usual one. */
const plainOf = new Map(
  VariantCharacters.parse(file).groups.flatMap((group) => {
    const [plain = '', ...variants] = Array.from(group)
    return variants.map((variant) => [variant, plain] as const)
  }),
)

/** The usual writing of a character: traditional and variant forms become the simplified one; all others stay. */
export function plainCharacter(character: string): string {
  return plainOf.get(character) ?? character
}
