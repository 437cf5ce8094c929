import type { Context } from '#kernel/server/caller/index.ts'
import { parametersFor } from '#modules/policies/server/index.ts'
import type { MeetingTerms } from '../../rules/meetings/meeting-quorum.ts'
import { meetingParameters, readMeetingTerms } from '../../rules/meetings/meeting-terms.ts'
import { meetingErrors } from './meeting-errors.ts'

/** What policy asks of a meeting of an area on a day, with the versions that say it. Throws `cases.meeting-terms` with the parameter's name. */
export async function meetingTermsOf(
  ctx: Context,
  asked: { areaPath: string; asOf: string },
): Promise<{ terms: MeetingTerms; versions: { key: string; versionId: string }[] }> {
  const found = await parametersFor(ctx, asked)
  const said = meetingParameters.flatMap((name) => {
    const value = found.get(name)
    return value === undefined ? [] : [[value.version.versionId, { key: value.key, versionId: value.version.versionId }] as const]
  })
  try {
    return { terms: readMeetingTerms((name) => found.get(name)?.value), versions: [...new Map(said).values()] }
  } catch (fault) {
    throw meetingErrors.meetingTerms({ name: fault instanceof Error ? fault.message : '' })
  }
}
