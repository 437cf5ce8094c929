import * as z from 'zod'

/** Where an amount was seen. `valued`: unsold output that was valued. */
export const incomeSources = ['said', 'wage-slip', 'bank-flow', 'list', 'subsidy-list', 'register', 'receipt', 'valued'] as const
export type IncomeSource = (typeof incomeSources)[number]
/** What people may write themselves; the others are taken over with their reference. */
export const writtenSources = ['said', 'wage-slip', 'bank-flow', 'subsidy-list', 'receipt', 'valued'] as const

/** What a period is for; it says which months count. */
export const incomePurposes = ['identification', 'elimination', 'yearly'] as const
export type IncomePurpose = (typeof incomePurposes)[number]

const Month = z.string().regex(/^(19|20)\d{2}(0[1-9]|1[0-2])$/)

/** Most fen of one line: a thousand million yuan. */
export const mostFen = 100_000_000_000

export const NewIncomeLine = z
  .strictObject({
    item: z.string().trim().min(1).max(60),
    personId: z.uuid().nullable().default(null),
    /** `YYYYMM`; the amount is that of all these months together. */
    monthFrom: Month,
    monthTo: Month,
    /** Integer fen. */
    fen: z.int().min(-mostFen).max(mostFen),
    source: z.enum(writtenSources),
    sourceNote: z.string().trim().max(200).default(''),
    evidenceId: z.uuid().nullable().default(null),
  })
  .refine((line) => line.monthTo >= line.monthFrom, { path: ['monthTo'] })
export type NewIncomeLine = z.infer<typeof NewIncomeLine>

export const AddIncomeLines = z.strictObject({ lines: z.array(NewIncomeLine).min(1).max(200) })
export type AddIncomeLines = z.infer<typeof AddIncomeLines>

export const WithdrawIncomeLine = z.strictObject({ reason: z.string().trim().min(2).max(200) })
export type WithdrawIncomeLine = z.infer<typeof WithdrawIncomeLine>

/** Takes proposals over by their references; what was taken before changes nothing. */
export const TakeOverIncome = z.strictObject({ refs: z.array(z.string().min(1).max(200)).min(1).max(300) })
export type TakeOverIncome = z.infer<typeof TakeOverIncome>

export const ReadIncomeSheet = z.strictObject({ purpose: z.enum(incomePurposes).default('identification') })
export type ReadIncomeSheet = z.infer<typeof ReadIncomeSheet>

/** `persons`: who share income and spending; all members of the register when absent. */
export const CalculateIncome = z.strictObject({
  purpose: z.enum(incomePurposes),
  persons: z.array(z.uuid()).min(1).max(60).optional(),
})
export type CalculateIncome = z.infer<typeof CalculateIncome>

export const ExportIncomeSheet = z.strictObject({
  purpose: z.string().trim().min(2).max(200),
  format: z.enum(['xlsx', 'csv']).default('xlsx'),
})
export type ExportIncomeSheet = z.infer<typeof ExportIncomeSheet>
