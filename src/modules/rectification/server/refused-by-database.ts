import { rectificationErrors } from './errors.ts'

const refusals: Readonly<Record<string, () => Error>> = {
  BF401: () => rectificationErrors.selfAcceptance(),
  BF409: () => rectificationErrors.problemChanged({}),
  BF422: () => rectificationErrors.actRefused({ reason: 'no-such-move' }),
}
const constraints: Readonly<Record<string, () => Error>> = {
  closing_gate: () => rectificationErrors.actRefused({ reason: 'incomplete' }),
  verified_by_another: () => rectificationErrors.selfAcceptance(),
  closed_whole: () => rectificationErrors.selfAcceptance(),
  extension_by_another: () => rectificationErrors.selfAcceptance(),
  extension_open: () => rectificationErrors.timeRefused({ reason: 'open' }),
  campaign_county_code_name_key: () => rectificationErrors.campaignThere(),
  import_once: () => rectificationErrors.importedBefore(),
  problem_event_seq: () => rectificationErrors.problemChanged({}),
}

/** Names what the database refuses by itself; everything else is a fault. */
export async function translated<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work()
  } catch (fault) {
    const said = fault instanceof Error ? (fault as Error & { code?: unknown; constraint?: unknown }) : undefined // Safe: both are only looked at
    const named = constraints[String(said?.constraint)] ?? refusals[String(said?.code)]
    throw named?.() ?? fault
  }
}
