import { z } from 'zod'

/** Groups of one usual character and its variants; a test parses variant-characters.json with it, so that who compares need not load it. */
export const VariantCharacters = z.strictObject({
  effectiveFrom: z.iso.date(),
  source: z.string(),
  explanation: z.string(),
  groups: z.array(z.string().regex(/^\S{2,}$/u)),
})
