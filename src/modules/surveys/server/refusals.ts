import { surveysErrors } from './errors.ts'

const refusals: Readonly<Record<string, () => Error>> = {
  BF781: () => surveysErrors.wrongState(),
  BF782: () => surveysErrors.frozen(),
  BF783: () => surveysErrors.notOpen(),
  BF784: () => surveysErrors.wrongState(),
  BF785: () => surveysErrors.changed(),
  BF786: () => surveysErrors.quizClosed(),
  BF787: () => surveysErrors.quizUnjudged(),
  // Two took the same turn: the second one must look again.
  '23505': () => surveysErrors.changed(),
}

/** Names what the database refuses by itself; everything else is a fault. */
export async function refused<Answer>(work: Promise<Answer>): Promise<Answer> {
  try {
    return await work
  } catch (fault) {
    const code = fault instanceof Error && 'code' in fault && typeof fault.code === 'string' ? fault.code : ''
    throw refusals[code]?.() ?? fault
  }
}
