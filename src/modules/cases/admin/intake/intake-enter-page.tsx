import { useState } from 'react'
import { ChoiceChips } from '#ui/forms/filter-chips.tsx'
import { PageFrame } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useT } from '#ui/words/use-t.ts'
import { IntakeForm } from './intake-form.tsx'
import { IntakePaste } from './intake-paste-form.tsx'
import { intakeScreenWords } from './intake-screen-words.ts'
import { IntakeStyles } from './intake-styles.tsx'

/** 录入来件: what was heard on the telephone, found on a visit or sent by an office; one, or a whole list from Excel. */
export function IntakeEnterPage() {
  const t = useT(intakeScreenWords)
  const [way, setWay] = useState<'one' | 'many'>('one')
  return (
    <PageFrame title={t('enterTitle')} note={t('enterNote')} extra={<PageLink to="/cases/intakes">← {t('back')}</PageLink>}>
      <IntakeStyles />
      <ChoiceChips
        label={t('enterTitle')}
        chosen={way}
        choose={setWay}
        choices={[
          { key: 'one', label: t('one') },
          { key: 'many', label: t('many') },
        ]}
      />
      {way === 'one' ? <IntakeForm /> : <IntakePaste />}
    </PageFrame>
  )
}
