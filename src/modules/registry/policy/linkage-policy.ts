import { z } from 'zod'

const share = z.number().gt(0).lte(1)
/** Share of the true pairs and of the others that stand at a level; `u` is absent where frequencies of names say it. */
const Level = z.strictObject({ m: share, u: share.optional() })
const Measured = z.strictObject({
  on: z.iso.date(),
  pairs: z.int().min(0),
  precision: z.number().min(0).max(1),
  recall: z.number().min(0).max(1),
  seed: z.string(),
})

/** How comparison weighs and from which score on it decides by itself; a test parses linkage.json with it, so that who compares need not load it. */
export const LinkagePolicy = z.strictObject({
  effectiveFrom: z.iso.date(),
  source: z.string(),
  explanation: z.string(),
  /** Odds that a row is about somebody of the register, and that a person stands in the register twice. */
  odds: z.strictObject({ rowIsRegistered: z.number().gt(0), registeredTwice: z.number().gt(0) }),
  /** In bits. `match`: decided without a person; `margin`: ahead of the second best; `review`: worth a person's look. */
  thresholds: z.strictObject({ match: z.number(), margin: z.number().min(0), review: z.number() }),
  /** On which pairs `match` was chosen, and what came of it. */
  measured: Measured,
  levels: z.strictObject({
    surname: z.record(z.string(), Level),
    given: z.record(z.string(), Level),
    number: z.record(z.string(), Level),
    birth: z.record(z.string(), Level),
    sex: z.record(z.string(), Level),
    place: z.record(z.string(), Level),
    phone: z.record(z.string(), Level),
  }),
})
export type LinkagePolicy = z.infer<typeof LinkagePolicy>
