import { defineWords, type Words } from '#kernel/pure/words/index.ts'
import { caseSteps, type CaseAction, type CaseStep } from '../rules/case-steps.ts'
import type { AskedField } from './case-asks.ts'

const words = defineWords({
  visit: { zh: '情况初步属实，转入户核查', en: 'Seems true; to be visited' },
  agree: { zh: '材料齐全，程序到位，同意', en: 'Complete and in order; agreed' },
  include: { zh: '同意纳入监测', en: 'Agreed: to be monitored' },
  exit: { zh: '风险已稳定消除，同意标注', en: 'The risk has ended for good; agreed' },
  paper: { zh: '材料不全', en: 'Papers are missing' },
  sign: { zh: '签字不全', en: 'Signatures are missing' },
  facts: { zh: '情况与核查不符', en: 'The facts differ from the visit' },
  income: { zh: '收入高于标准，无突出困难', en: 'Income above the line, no hardship' },
  untrue: { zh: '反映情况不属实', en: 'What was reported is not so' },
  hospital: { zh: '住院治疗，无法入户', en: 'In hospital; cannot be visited' },
  away: { zh: '外出务工，联系不上', en: 'Away for work; cannot be reached' },
  department: { zh: '等部门核实结果', en: 'Waits for a department' },
  flood: { zh: '洪涝等灾害，急需救助', en: 'Flood or other disaster; help is urgent' },
  fire: { zh: '火灾、意外事故，急需救助', en: 'Fire or accident; help is urgent' },
  worse: { zh: '再次出现大额支出', en: 'Large spending again' },
  work: { zh: '失去务工收入', en: 'Wages were lost' },
})

const reasons: Partial<Record<CaseAction, readonly Words[]>> = {
  return: [words.paper, words.sign, words.facts],
  ask: [words.paper, words.sign],
  reject: [words.income, words.untrue],
  pause: [words.hospital, words.away, words.department],
  green: [words.flood, words.fire],
  relapse: [words.worse, words.work],
  revert: [words.worse, words.work],
}

/** Sentences that are often written into a field of an action; one press instead of typing. */
export function phrasesOf(step: CaseStep, action: CaseAction, field: AskedField): readonly Words[] {
  if (field === 'reason') return reasons[action] ?? []
  if (field !== 'opinion' || action !== 'pass') return []
  if (step === 'assessment') return [words.visit]
  if (!caseSteps[step].judges) return []
  if (step === 'decision') return [words.include]
  return [step.startsWith('exit-') ? words.exit : words.agree]
}
