import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { PaperValues } from '#kernel/server/documents/index.ts'
import type { Meeting, MeetingItem } from '../../rules/meetings/meeting-records.ts'
import { capacityWords, conclusionWords, meetingKindWords } from '../../rules/meetings/meeting-words.ts'
import { letterDay, numberText } from '../../rules/papers/paper-text.ts'
import { getMeeting } from '../meetings/meeting-read.ts'
import { placeValues } from './paper-place.ts'

/** The minutes of a meeting: before it, with blanks to be filled by hand; after it, as it was entered. Throws `cases.meeting-not-found`. */
export async function meetingValues(
  ctx: Context & { readonly db: Db },
  meetingId: string,
): Promise<{ meeting: Meeting; values: PaperValues }> {
  const meeting = await getMeeting(ctx, meetingId)
  const voters = meeting.people.filter((member) => member.votes)
  const isEntered = meeting.people.every((member) => member.attended !== null)
  const values: PaperValues = {
    ...(await placeValues(ctx, meeting.areaPath)),
    会议日期: letterDay(meeting.heldOn),
    会议类型: meetingKindWords[meeting.kind].zh,
    地点: meeting.place,
    主持人: meeting.people.find((member) => member.memberId === meeting.chairId)?.name ?? '',
    记录人: meeting.minuteTaker,
    应到人数: String(voters.length),
    实到人数: isEntered ? String(voters.filter((member) => member.attended === true).length) : '',
    参会人: meeting.people.map((member, at) => ({
      序号: String(at + 1),
      姓名: member.name,
      身份: capacityWords[member.capacity].zh,
      到会: member.attended === null ? '' : member.attended ? '到会' : '未到',
    })),
    评议户: meeting.cases.map((item, at) => itemRow(item, { meeting, at })),
    会议记录: meeting.minutes,
  }
  return { meeting, values }
}

function itemRow(item: MeetingItem, { meeting, at }: { meeting: Meeting; at: number }): PaperValues {
  const away = item.recusals.map(({ memberId }) => meeting.people.find((member) => member.memberId === memberId)?.name ?? '')
  return {
    序号: String(at + 1),
    户主: item.headName ?? '',
    组: item.group ?? '',
    人数: String(item.members),
    回避: away.filter((name) => name !== '').join('、'),
    同意: numberText(item.votes?.for),
    反对: numberText(item.votes?.against),
    弃权: numberText(item.votes?.abstain),
    结论: item.conclusion === null ? '' : conclusionWords[item.conclusion].zh,
    意见: item.opinion,
  }
}
