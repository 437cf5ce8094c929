import { describe, expect, it } from 'vitest'
import { shippedForms } from '../policy/forms.ts'
import { askedQuestions, concludeAnswers, readAnswers } from './answers.ts'
import { checkForm } from './check-form.ts'
import { Form } from './form.ts'
import { readAnswerRows } from './read-answer-rows.ts'

const words = { section: { zh: '部分', en: 'Part' } }
const form = Form.parse({
  key: 'trial',
  zh: '试用',
  en: 'Trial',
  questions: [
    { key: 'pupil', zh: '有学生', en: 'Pupil', ...words, type: 'yes-no', required: true },
    {
      key: 'school',
      zh: '上学',
      en: 'School',
      ...words,
      type: 'choice',
      required: true,
      visibleWhen: 'pupil = true',
      options: [
        { value: 'yes', zh: '在校', en: 'Yes' },
        {
          value: 'no',
          zh: '失学',
          en: 'No',
          problem: { source: 'policy', class: '义务教育', zh: '有孩子失学', en: 'A child is out of school' },
          risk: '因学',
        },
      ],
    },
    {
      key: 'days',
      zh: '请假天数',
      en: 'Days',
      ...words,
      type: 'number',
      min: 0,
      max: 365,
      check: { feel: 'days <= 30 or school = "no"', zh: '请假太多', en: 'Too many' },
      problemWhen: { feel: 'days > 10', problem: { source: 'other', class: '其他', zh: '请假多', en: 'Many days' } },
    },
    { key: 'phone', zh: '电话', en: 'Phone', ...words, type: 'register', field: 'householdPhone', of: 'household' },
  ],
})
const why = (answers: Record<string, unknown>) => readAnswers(form, answers).faults.map((fault) => `${fault.at} ${fault.why}`)

describe('answers to a form', () => {
  it('are asked for only where the answers before lead there', () => {
    expect(askedQuestions(form, { pupil: false })).toEqual(['pupil', 'days', 'phone'])
    expect(askedQuestions(form, { pupil: true })).toEqual(['pupil', 'school', 'days', 'phone'])
    expect(why({ pupil: true })).toEqual(['school needed'])
    expect(why({ pupil: false })).toEqual([])
    expect(why({ pupil: false, school: 'yes' })).toEqual(['school not-asked'])
  })

  it('are refused by kind, choice, range and the form’s own check', () => {
    expect(why({ pupil: 'yes' })).toEqual(['pupil kind'])
    expect(why({ pupil: true, school: 'maybe' })).toEqual(['school option'])
    expect(why({ pupil: false, days: 366 })).toEqual(['days range'])
    expect(why({ pupil: true, school: 'yes', days: 31 })).toEqual(['days check'])
    expect(why({ pupil: false, other: 1 })).toEqual(['other unknown'])
    expect(why({ pupil: false, phone: { said: 'different', values: [{ value: '1', personId: 'x' }] } })).toEqual(['phone kind'])
  })

  it('become problems of one source, risks and differences', () => {
    const read = readAnswers(form, {
      pupil: true,
      school: 'no',
      days: 31,
      phone: { said: 'different', values: [{ value: '15400000001' }] },
    })
    expect(read.faults).toEqual([])
    expect(read.problems.map((one) => [one.question, one.word, one.mark.source, one.mark.class])).toEqual([
      ['school', 'no', 'policy', '义务教育'],
      ['days', '', 'other', '其他'],
    ])
    expect(read.risks).toEqual(['因学'])
    expect(read.differences).toEqual([{ question: 'phone', field: 'householdPhone', personId: undefined, value: '15400000001' }])
    expect(concludeAnswers(read, 1)).toBe('risk')
    expect(concludeAnswers({ problems: [], risks: [] }, 1)).toBe('corrected')
    expect(concludeAnswers({ problems: [], risks: [] }, 0)).toBe('clean')
  })

  it('come from a sheet by the words of the questions, cells that cannot be read are named', () => {
    const rows = readAnswerRows(form, [
      ['户编号', '有学生', '上学', '备注', '电话'],
      ['A1', '是', '在校', '', '一致'],
      ['', '', '', '', ''],
      ['A2', '也许', '走读', 'x', '15400000002'],
    ])
    expect(rows?.unknownColumns).toEqual(['备注'])
    expect(rows?.rows).toEqual([
      { row: 2, householdNo: 'A1', answers: { pupil: true, school: 'yes', phone: { said: 'same' } }, problems: [] },
      {
        row: 4,
        householdNo: 'A2',
        answers: { phone: { said: 'different', values: [{ value: '15400000002' }] } },
        problems: [
          { column: '有学生', why: 'kind' },
          { column: '上学', why: 'option' },
        ],
      },
    ])
    expect(readAnswerRows(form, [['编号'], ['A1']])).toBeUndefined()
  })
})

describe('a form', () => {
  const classes = ['义务教育']
  const knowsField = (key: string) => key === 'householdPhone'

  it('is refused with every fault by its question', () => {
    expect(checkForm(form, { classes, knowsField })).toEqual([])
    const faultsOf = (patch: object, at: number) =>
      checkForm(Form.parse({ ...form, questions: form.questions.map((one, place) => (place === at ? { ...one, ...patch } : one)) }), {
        classes,
        knowsField,
      }).map((fault) => fault.why)
    expect(faultsOf({ visibleWhen: 'days > 1' }, 1)).toEqual(['unknown-name'])
    expect(faultsOf({ visibleWhen: 'pupil = (' }, 1)).toEqual(['formula'])
    expect(faultsOf({ key: 'pupil', check: undefined, problemWhen: undefined }, 2)).toEqual(['twice'])
    expect(faultsOf({ field: 'bankAccount' }, 3)).toEqual(['unknown-field'])
    expect(checkForm(form, { classes: [], knowsField }).map((fault) => fault.why)).toEqual(['unknown-class'])
  })

  it('that is shipped can be used with the policy’s classes', () => {
    for (const one of shippedForms) expect(checkForm(one, { classes: eight, knowsField: () => true }), one.key).toEqual([])
  })
})

const eight = ['住房安全', '医疗保障', '义务教育', '兜底保障', '饮水安全', '就业帮扶', '产业帮扶', '资金到户']
