import { describe, expect, it } from 'vitest'
import { shippedForms } from '../policy/forms.ts'
import { checkForm } from './check-form.ts'
import { Form } from './form.ts'
import {
  addOptions,
  addQuestion,
  changeQuestion,
  fromDraft,
  moveQuestion,
  removeQuestion,
  renamed,
  toDraft,
  whenAnswered,
} from './form-draft.ts'

const ground = { classes: ['住房安全'], knowsField: () => true }
const empty = { key: 'own', zh: '自查', en: '自查', questions: [] }

describe('a form that is written on', () => {
  it('leaves shipped forms as they are', () => {
    for (const form of shippedForms) expect(Form.parse(fromDraft(toDraft(form)))).toEqual(form)
  })

  it('gives keys and values that nothing ever had', () => {
    const used = new Set(['q1', 'q3'])
    const two = addQuestion(addQuestion(empty, { type: 'yes-no', zh: '甲', used }), { type: 'text', zh: '乙', used })
    expect(new Set([...used, ...two.questions.map((one) => one.key)]).size).toBe(4)
    const without = removeQuestion(two, two.questions[0]?.key ?? '')
    const again = addQuestion(without, { type: 'date', zh: '丙', used: new Set([...used, ...two.questions.map((one) => one.key)]) })
    expect(two.questions.map((one) => one.key)).not.toContain(again.questions[1]?.key)
    const options = addOptions(addOptions([], '好\n一般'), '一般\n差\n\n')
    expect(options.map((one) => one.zh)).toEqual(['好', '一般', '差'])
    expect(new Set(options.map((one) => one.value)).size).toBe(3)
  })

  it('keeps of a question what its kind has, and what was typed while the kind is tried', () => {
    const used = new Set<string>()
    let draft = addQuestion(empty, { type: 'choice', zh: '住房', used })
    const key = draft.questions[0]?.key ?? ''
    const [good, bad] = addOptions([], '好\n差')
    if (good === undefined || bad === undefined) throw new Error('two options')
    const problem = { source: 'policy' as const, class: '住房安全', zh: '住房不安全', en: 'Unsafe' }
    draft = changeQuestion(draft, key, {
      options: [
        { ...good, positive: true },
        { ...bad, problem },
      ],
      rate: true,
    })
    const asText = Form.parse(fromDraft(changeQuestion(draft, key, { type: 'text' })))
    expect(asText.questions[0]).not.toHaveProperty('options')
    const back = Form.parse(fromDraft(changeQuestion(changeQuestion(draft, key, { type: 'text' }), key, { type: 'choice' })))
    expect(back.questions[0]).toMatchObject({ rate: true, options: [{ positive: true }, { problem }] })
    const unrated = Form.parse(fromDraft(changeQuestion(draft, key, { rate: undefined })))
    expect(unrated.questions[0]).toMatchObject({ options: [{ value: good.value }, { problem }] })
    expect(JSON.stringify(unrated)).not.toContain('positive')
    expect(checkForm(back, ground)).toEqual([])
  })

  it('asks by the answer to an earlier question, and says so when the order no longer fits', () => {
    const used = new Set<string>()
    let draft = addQuestion(addQuestion(empty, { type: 'yes-no', zh: '有学生', used }), { type: 'text', zh: '学校', used })
    const [pupil, school] = draft.questions
    if (pupil === undefined || school === undefined) throw new Error('two questions')
    draft = changeQuestion(draft, school.key, { visibleWhen: whenAnswered(pupil, 'yes') })
    expect(checkForm(Form.parse(fromDraft(draft)), ground)).toEqual([])
    const turned = Form.parse(fromDraft(moveQuestion(draft, school.key, -1)))
    expect(checkForm(turned, ground)).toMatchObject([{ at: school.key, why: 'unknown-name' }])
    expect(moveQuestion(draft, school.key, 1)).toBe(draft)
    expect(removeQuestion(removeQuestion(draft, school.key), pupil.key).questions).toHaveLength(1)
  })

  it('takes the Chinese for the English until that is written', () => {
    expect(renamed({ zh: '住', en: '住' }, '住房')).toEqual({ zh: '住房', en: '住房' })
    expect(renamed({ zh: '住', en: 'Home' }, '住房')).toEqual({ zh: '住房', en: 'Home' })
  })
})
