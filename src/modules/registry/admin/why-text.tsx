import { useLanguage, useT } from '#ui/words/use-t.ts'
import { valueOf } from '../rules/member-safeguards.ts'
import type { HouseholdRecord } from '../rules/register-records.ts'
import { writeValue } from './fact-text.ts'
import { householdPageWords } from './household-page-words.ts'

const risks = ['riskType1', 'riskType2', 'riskType3', 'riskType4', 'riskType5']

/** One sentence: as what the household is monitored, since when, for which risks, and whether they are over. */
export function WhyText({ record }: { record: HouseholdRecord }) {
  const t = useT(householdPageWords)
  const language = useLanguage()
  const written = (key: string) => writeValue(key, valueOf(record, key), language)
  if (record.monitorCategory === undefined) return <p>{t('whyNot')}</p>
  const month = written('identifiedMonth')
  const named = risks.map(written).filter((risk) => risk !== undefined)
  const eliminated = valueOf(record, 'eliminated')
  return (
    <p>
      {t('whyMonitored', { category: writeValue('monitorCategory', record.monitorCategory, language) ?? '' })}
      {month === undefined ? null : t('whySince', { month })}
      {named.length === 0 ? null : t('whyRisks', { risks: named.join('、') })}
      {eliminated === true
        ? t('whyEliminated', { month: written('eliminatedMonth') ?? '—' })
        : t(eliminated === false ? 'whyOpen' : 'whyUnknown')}
    </p>
  )
}
