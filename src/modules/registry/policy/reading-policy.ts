import { z } from 'zod'
import reading from './reading.json' with { type: 'json' }
import tags from './tags.json' with { type: 'json' }

const day = z.iso.date()
/** How many people one user may see in full; the county may set it lower or higher. */
const ReadingPolicy = z.strictObject({
  effectiveFrom: day,
  source: z.string(),
  reveal: z.strictObject({ peoplePerHour: z.int().min(1), peoplePerDay: z.int().min(1) }),
})
/** The tags that households may carry (M-005). A key stays when its words change. */
const TagPolicy = z.strictObject({
  effectiveFrom: day,
  source: z.string(),
  tags: z.array(z.strictObject({ key: z.string().regex(/^[a-z][a-z-]{1,39}$/), zh: z.string().min(1), en: z.string().min(1) })),
})

export const readingPolicy = ReadingPolicy.parse(reading)
export const tagPolicy = TagPolicy.parse(tags)
