import { isApiError } from '#kernel/browser/api/index.ts'
import { defineWords, type Words } from '#kernel/pure/words/index.ts'
import { useLanguage, useSay, useSayError } from '#ui/words/use-t.ts'
import type { CaseRefusal } from '../rules/judge-case.ts'
import { sayMissing } from './case-missing.tsx'
import { missingOf } from './case-queries.ts'

const words = defineWords({
  'no-such-move': {
    zh: '这个个案现在的环节不能这样办，请刷新后再看。',
    en: 'This cannot be done at the step where the case stands; reload it.',
  },
  'not-yours': { zh: '这个个案现在不由您的单位办理。', en: 'The case is not with your office.' },
  'choose-step': { zh: '请选择退回到哪个环节。', en: 'Choose the step.' },
  'reason-needed': { zh: '请写明原因。', en: 'Give a reason.' },
  'opinion-needed': { zh: '请写明意见。', en: 'Give an opinion.' },
  'risks-needed': { zh: '请选择风险类型。', en: 'Choose the risks.' },
  'risk-unknown': { zh: '所选风险类型不在现行规定里，请重新选择。', en: 'A risk is none of those in force; choose again.' },
  'kind-needed': { zh: '请选择监测对象类别。', en: 'Choose the kind of monitored object.' },
  'kind-unknown': { zh: '所选类别不在现行规定里，请重新选择。', en: 'The kind is none of those in force; choose again.' },
  'number-needed': { zh: '请填国家系统编号或回执。', en: 'Give the number or receipt of the national system.' },
  'mode-needed': { zh: '请选择消除方式。', en: 'Choose how the risk ended.' },
  'refer-to-needed': { zh: '请写明转介到哪个单位。', en: 'Name the office.' },
  'seat-needed': { zh: '请选择转给哪一级。', en: 'Choose the level.' },
  'already-green': { zh: '已经走绿色通道。', en: 'The green channel is open already.' },
  'not-decided': {
    zh: '县级审定之后才能加措施（绿色通道除外）。',
    en: 'Measures follow the decision of the county (or the green channel).',
  },
  'day-to-come': { zh: '日期还没有到，请核对。', en: 'The day has not come yet.' },
} satisfies Record<CaseRefusal | 'not-decided' | 'day-to-come', Words>)

/** Turns a refusal of the routes of cases into its sentence: the reason of a rule, what is missing, or what the code says. */
export function useSayCaseError(): (error: unknown) => string {
  const say = useSay()
  const sayError = useSayError()
  const language = useLanguage()
  return (error) => {
    if (!isApiError(error)) return sayError(error)
    const found = Object.entries(words).find(([reason]) => reason === error.details['reason'])
    if (error.code === 'cases.move-refused' && found !== undefined) return say(found[1])
    const missing = error.code === 'cases.missing' ? missingOf(error.details).filter(({ blocks }) => blocks) : []
    return missing.length === 0 ? sayError(error) : missing.map((item) => sayMissing(item, language)).join(language === 'zh' ? '；' : '; ')
  }
}
