import { readIdNumber, tidyIdNumber, tidyName, tidyPhone, widenIdNumber } from '#kernel/pure/text/index.ts'
import * as z from 'zod'
import { difficulties, type Difficulty } from './intake-records.ts'

const Words = z.union([z.string().max(20), z.array(z.string().max(20)).max(20)]).optional()

/**
 * The public form as a browser sends it: closed, every field a text of a limited length. A field that is not of this form, or longer than the
 * page lets anybody write, is no slip of a person.
 */
export const DeclareForm = z.strictObject({
  no: z.string().max(80),
  name: z.string().max(60).default(''),
  phone: z.string().max(40).default(''),
  id: z.string().max(40).default(''),
  hard: Words,
  text: z.string().max(1000).default(''),
  call: z.literal('1').optional(),
  other: z.literal('1').optional(),
  reporter: z.string().max(60).default(''),
  relation: z.string().max(40).default(''),
  agree: z.literal('1').optional(),
})
export type DeclareForm = z.infer<typeof DeclareForm>

/** What somebody declared, tidy. */
export interface Declaration {
  readonly name: string
  readonly phone: string
  readonly idNumber: string | undefined
  readonly difficulties: readonly Difficulty[]
  readonly text: string
  readonly wantsCall: boolean
  readonly reporter: { readonly name: string; readonly relation: string } | undefined
}

export type DeclarationProblem = 'name' | 'phone' | 'id' | 'hard' | 'reporter' | 'agree'

/** Reads a form, or says which fields a person must look at again. A name and a telephone are enough with the wish to be called. */
export function readDeclaration(
  form: DeclareForm,
): { readonly ok: true; readonly declaration: Declaration } | { readonly ok: false; readonly problems: readonly DeclarationProblem[] } {
  const [name, phone] = [tidyName(form.name), readPhone(form.phone)]
  const { number: idNumber, isWrong } = readId(form.id)
  const hard = (typeof form.hard === 'string' ? [form.hard] : (form.hard ?? [])).filter(isDifficulty)
  const text = tidyText(form.text)
  const reporter = { name: tidyName(form.reporter), relation: tidyText(form.relation).slice(0, 20) }
  const isOther = form.other === '1' || reporter.name !== ''
  const problems: DeclarationProblem[] = []
  if (!isName(name)) problems.push('name')
  if (phone === undefined) problems.push('phone')
  if (isWrong) problems.push('id')
  if (hard.length === 0 && text === '' && form.call !== '1') problems.push('hard')
  if (isOther && (!isName(reporter.name) || reporter.relation === '')) problems.push('reporter')
  if (form.agree !== '1') problems.push('agree')
  if (problems.length > 0 || phone === undefined) return { ok: false, problems }
  return {
    ok: true,
    declaration: {
      name,
      phone,
      idNumber,
      text,
      wantsCall: form.call === '1',
      difficulties: difficulties.filter((one) => hard.includes(one)),
      reporter: isOther ? reporter : undefined,
    },
  }
}

/** A name of two to thirty signs that are no digits and no marks; minority names have dots, names of others letters. */
export function isName(name: string): boolean {
  return /^[\p{L}\p{M}·]{2,30}$/u.test(name)
}

/** A telephone of a phone or a house, in digits. */
export function readPhone(written: string): string | undefined {
  const phone = tidyPhone(written)
  return /^\d{7,12}$/.test(phone) && /^[\d\s+()（）—–－-]*$/.test(written.normalize('NFKC')) ? phone : undefined
}

/** An identity number in 18 signs; `undefined` for none. `isWrong`: its check character or day is not right. */
export function readId(written: string): { readonly number: string | undefined; readonly isWrong: boolean } {
  const tidied = tidyIdNumber(written)
  if (tidied === '') return { number: undefined, isWrong: false }
  const number = widenIdNumber(tidied) ?? tidied
  return { number, isWrong: readIdNumber(number) === undefined }
}

/** What a person wrote, in one kind of line break and without signs that are none. */
export function tidyText(written: string): string {
  return written
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{C}\n]/gu, '')
    .trim()
}

function isDifficulty(word: string): word is Difficulty {
  const known: readonly string[] = difficulties
  return known.includes(word)
}
