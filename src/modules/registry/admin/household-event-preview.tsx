import { Notice } from '#ui/feedback/faces.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { EventHousehold, EventPreview } from '../rules/household-event-records.ts'
import { householdEventWords } from './household-event-screen-words.ts'
import { nameCode } from './household-search.ts'

/** The households as they would stand, and what speaks against it; `withBefore`: as they stand today beside it. */
export function EventPreviewView({ preview, withBefore = false }: { preview: EventPreview; withBefore?: boolean }) {
  const t = useT(householdEventWords)
  const { refusals, after, left, isProvisional, before } = preview
  return (
    <div className="bf-stack">
      {refusals.map(({ why, by = '', code = '' }, at) => (
        <Notice key={`${why} ${at}`} kind="info">
          {why === 'held' ? t('why.held', { by, code }) : t(`why.${why}`)}
        </Notice>
      ))}
      {withBefore ? (
        <section aria-label={t('before')} className="registry-event-after">
          <h3>{t('before')}</h3>
          {before.map((household) => (
            <AfterHousehold key={household.householdId} household={household} isProvisional={false} />
          ))}
        </section>
      ) : null}
      {after.length === 0 ? null : (
        <section aria-label={t('preview')} className="registry-event-after">
          <h3>{t('preview')}</h3>
          {after.map((household) => (
            <AfterHousehold
              key={household.householdId}
              household={household}
              isProvisional={isProvisional && !before.some((one) => one.householdId === household.householdId)}
            />
          ))}
          {left.length === 0 ? null : <p>{t('leaves', { names: left.map((person) => person.name).join('、') })}</p>}
          <p className="bf-quiet">{t('nextFile')}</p>
        </section>
      )}
    </div>
  )
}

function AfterHousehold({ household, isProvisional }: { household: EventHousehold; isProvisional: boolean }) {
  const t = useT(householdEventWords)
  const language = useLanguage()
  const members = household.members.map((member) => {
    if (member.isHead) return `${member.name}（${t('isHead')}）`
    return member.relation === undefined ? member.name : `${member.name}（${nameCode('relationToHead', member.relation, language)}）`
  })
  return (
    <p>
      <strong className="bf-figures">{household.householdNo}</strong>
      {isProvisional ? ` ${t('provisional')}` : ''} · {household.place}
      <br />
      {household.isClosed ? t('closed') : members.join('、')}
    </p>
  )
}
