import * as z from 'zod'
import { noticeKinds } from './notice-fields.ts'
import { noticeStates } from './notice-states.ts'

const AreaPath = z.string().regex(/^(\d+\.)+$/)
const Reason = z.string().trim().min(4).max(200)
const Word = z.string().max(20)

/** A household of a notice: its case, and where policy has several words, which are shown. */
const NoticeCase = z.strictObject({ caseId: z.uuid(), monitorKind: Word.optional(), risk: Word.optional() })

/** What is written on a notice; without a title it has the usual one, without days those of policy. */
const written = {
  title: z.string().trim().min(2).max(60).optional(),
  note: z.string().trim().max(600).default(''),
  days: z.number().int().min(1).max(60).optional(),
  cases: z.array(NoticeCase).min(1).max(100),
}

export const DraftNotice = z.strictObject({ areaPath: AreaPath, kind: z.enum(noticeKinds), ...written })
export type DraftNotice = z.infer<typeof DraftNotice>

export const ChangeNotice = z.strictObject({ revision: z.number().int().min(1), ...written })
export type ChangeNotice = z.infer<typeof ChangeNotice>

export const StepNotice = z.strictObject({ revision: z.number().int().min(1) })
export type StepNotice = z.infer<typeof StepNotice>

export const ReturnNotice = StepNotice.extend({ reason: Reason })
export type ReturnNotice = z.infer<typeof ReturnNotice>

/** `postedOn`: the day on which it was put up; the next one is the first that counts. */
export const PostNotice = StepNotice.extend({ postedOn: z.iso.date() })
export type PostNotice = z.infer<typeof PostNotice>

export const ListNoticeCases = z.strictObject({ area: AreaPath, kind: z.enum(noticeKinds) })
export type ListNoticeCases = z.infer<typeof ListNoticeCases>

/** What is still to be done about a notice; `release` leaves out what the caller wrote himself, which another must release. */
export const noticeTasks = ['release', 'post', 'objected', 'ending', 'photo'] as const
export type NoticeTask = (typeof noticeTasks)[number]

const filter = {
  area: AreaPath.optional(),
  task: z.enum(noticeTasks).optional(),
  kind: z.enum(noticeKinds).optional(),
  state: z.enum(noticeStates).optional(),
  caseId: z.uuid().optional(),
}
export const ListNotices = z.strictObject({
  ...filter,
  after: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
})
export type ListNotices = z.infer<typeof ListNotices>
export const ExportNotices = z.strictObject({
  ...filter,
  purpose: z.string().trim().min(2).max(200),
  format: z.enum(['xlsx', 'csv']).default('xlsx'),
})
export type ExportNotices = z.infer<typeof ExportNotices>

export const NoticeFilePurpose = z.strictObject({ purpose: z.enum(['photo', 'enclosure']) })
export type NoticeFilePurpose = z.infer<typeof NoticeFilePurpose>

/** `origin`: where the office app stands, for the address on the poster where policy names none. */
export const ReadNotice = z.strictObject({
  origin: z
    .string()
    .regex(/^https?:\/\/[\w.:[\]-]{1,200}$/)
    .optional(),
})
export type ReadNotice = z.infer<typeof ReadNotice>
