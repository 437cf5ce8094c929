import { Timeline } from '#ui/data/timeline.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { ChangeRecord, CorrectionRecord } from '../rules/register-records.ts'
import { CorrectionActions, CorrectionSource, CorrectionStanding } from './correction-actions.tsx'
import { CorrectedValue } from './correction-bulk.tsx'
import { correctionWords } from './correction-words.ts'
import { nameField, writeValue } from './fact-text.ts'
import { nameSource } from './fact-list.tsx'
import { householdPageWords } from './household-page-words.ts'
import { showMoment } from './import-show.ts'

const entities = ['household', 'person', 'membership', 'tag', 'new-household', 'new-person'] as const

/** What imports and corrections changed, newest first. */
export function ChangeList({ changes }: { changes: readonly ChangeRecord[] }) {
  const t = useT(householdPageWords)
  const entityOf = (entity: string) => {
    const known = entities.find((one) => one === entity)
    return known === undefined ? entity : t(`entity.${known}`)
  }
  return (
    <Section title={t('changes')}>
      {changes.length === 0 ? (
        <p className="bf-quiet">{t('noChanges')}</p>
      ) : (
        <Timeline
          label={t('changes')}
          entries={changes.map((change, index) => ({
            key: `${change.id} ${index}`,
            at: change.at.length > 10 ? showMoment(change.at) : change.at,
            title: [entityOf(change.entity), change.name].filter((part) => part !== undefined && part !== '').join('：'),
            level: change.by === 'correction' ? 'green' : 'grey',
            note: (
              <>
                <ChangedFields changes={change.changes} />
                <span className="bf-source">
                  {nameSource(t, change.kind ?? change.by)} · {change.source}
                </span>
              </>
            ),
          }))}
        />
      )}
    </Section>
  )
}

const fewFields = 4

/** The fields that changed; many of them stand folded behind their number. */
function ChangedFields({ changes }: { changes: ChangeRecord['changes'] }) {
  const t = useT(householdPageWords)
  const language = useLanguage()
  const lines = Object.entries(changes).map(([field, [before, after]]) => (
    <span key={field} className="bf-source">
      {t('change', {
        field: nameField(field, language),
        before: writeValue(field, before, language) ?? t('nothing'),
        after: writeValue(field, after, language) ?? t('nothing'),
      })}
    </span>
  ))
  if (lines.length <= fewFields) return lines
  return (
    <details className="registry-change">
      <summary>{t('manyFields', { n: lines.length })}</summary>
      {lines}
    </details>
  )
}

/** Corrections of the household that are not closed, with what may be done, then the closed ones. */
export function CorrectionList({ corrections }: { corrections: readonly CorrectionRecord[] }) {
  const t = useT(correctionWords)
  const language = useLanguage()
  if (corrections.length === 0) return null
  return (
    <Section title={t('household')}>
      <div className="bf-stack">
        {corrections.map((one) => (
          <div key={one.correctionId} className="registry-correction">
            <strong>
              {one.name} · {nameField(one.field, language)}
            </strong>
            <span>
              <CorrectedValue correction={one} />
            </span>
            <span>
              <CorrectionSource correction={one} />
            </span>
            <span>
              <CorrectionStanding correction={one} />
            </span>
            <CorrectionActions correction={one} />
          </div>
        ))}
      </div>
    </Section>
  )
}
