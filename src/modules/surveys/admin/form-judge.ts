import { checkForm, type FormFault } from '../rules/check-form.ts'
import { Form } from '../rules/form.ts'
import { fromDraft, type DraftQuestion, type FormDraft } from '../rules/form-draft.ts'
import type { FormDetails } from '../rules/survey-records.ts'

/** What a form being written is checked against. */
export type Ground = Pick<FormDetails, 'classes' | 'fields'>
export interface DraftFault {
  /** Key of the question; '' for the form itself. */
  readonly at: string
  readonly why: FormFault['why'] | 'empty'
  readonly detail: string
}

/** What a part of the page that writes on one question is given. */
export interface QuestionProps {
  draft: FormDraft
  question: DraftQuestion
  at: number
  ground: Ground
  faults: readonly DraftFault[]
  change: (change: (before: FormDraft) => FormDraft) => void
}

/** What is wrong with a form being written, and the form where nothing is. */
export function judgeForm(draft: FormDraft, ground: Ground): { form: Form | undefined; faults: readonly DraftFault[] } {
  const read = Form.safeParse(fromDraft(draft))
  if (!read.success) {
    const seen = new Map<string, DraftFault>()
    for (const { path } of read.error.issues) {
      const at = path[0] === 'questions' && typeof path[1] === 'number' ? (draft.questions[path[1]]?.key ?? '') : ''
      const detail = path.slice(at === '' ? 0 : 2).join('.')
      if (!seen.has(at)) seen.set(at, { at, why: 'empty', detail })
    }
    return { form: undefined, faults: [...seen.values()] }
  }
  const knowsField = (key: string, of: 'household' | 'person') => ground.fields.some((one) => one.key === key && one.of === of)
  const faults = checkForm(read.data, { classes: ground.classes, knowsField })
  return { form: faults.length === 0 ? read.data : undefined, faults }
}
