import * as z from 'zod'

export const PrintPaper = z.strictObject({ format: z.enum(['docx', 'pdf']).default('docx') })
/** Prints with whole identity numbers: why they are needed. */
export const PrintWholePaper = PrintPaper.extend({ reason: z.string().trim().min(4).max(200) })
export type PrintPaper = z.infer<typeof PrintPaper>

/** A page of a signed paper; the file itself is the body. `signedOn`: today when absent. */
export const FilePaper = z.strictObject({ signedOn: z.iso.date().optional() })
export type FilePaper = z.infer<typeof FilePaper>

export const WithdrawAttachment = z.strictObject({ reason: z.string().trim().min(2).max(200) })
export type WithdrawAttachment = z.infer<typeof WithdrawAttachment>
