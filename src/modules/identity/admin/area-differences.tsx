import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { StatusTag, type Level } from '#ui/data/status-tag.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { AreaChanges, AreaDifference } from '../contract.ts'
import { areaWords } from './area-words.ts'

const kinds = ['same', 'new', 'renamed', 'recoded', 'missing', 'refused'] as const
const levels = { new: 'green', renamed: 'amber', recoded: 'amber', missing: 'grey', refused: 'red' } as const satisfies Record<
  AreaDifference['kind'],
  Level
>

/** What an import of areas would change, kind by kind, before it is done. */
export function AreaDifferences({ changes }: { changes: AreaChanges }) {
  const t = useT(areaWords)
  const { counts, differences } = changes
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0) - counts.same
  return (
    <Section>
      <div className="bf-stats">
        {kinds.map((kind) => (
          <div key={kind} className={`bf-stat bf-stat-${kind === 'same' || counts[kind] === 0 ? 'grey' : levels[kind]}`}>
            <span className="bf-stat-value">{counts[kind].toLocaleString('en')}</span>
            <span className="bf-stat-label">{t(`kind.${kind}`)}</span>
          </div>
        ))}
      </div>
      {counts.missing > 0 ? <p className="bf-quiet">{t('keepMissing')}</p> : null}
      {differences.length === 0 ? null : (
        <ScrollBox>
          <table className="bf-table">
            <thead>
              <tr>
                <th scope="col">{t('kindTitle')}</th>
                <th scope="col">{t('name')}</th>
                <th scope="col">{t('before')}</th>
                <th scope="col">{t('code')}</th>
                <th scope="col" className="bf-number">
                  {t('row')}
                </th>
                <th scope="col">{t('reason')}</th>
              </tr>
            </thead>
            <tbody>
              {differences.map((one) => (
                <tr key={`${one.kind} ${one.code} ${one.row ?? ''} ${one.name}`}>
                  <td>
                    <StatusTag level={levels[one.kind]} text={t(`kind.${one.kind}`)} />
                  </td>
                  <td>
                    {one.name === '' ? '—' : one.name}
                    {one.level === undefined ? null : <span className="bf-quiet"> {t(`level.${one.level}`)}</span>}
                  </td>
                  <td>{one.before ?? '—'}</td>
                  <td className="bf-figures">{one.code === '' ? '—' : one.code}</td>
                  <td className="bf-number">{one.row ?? '—'}</td>
                  <td>{one.reason === undefined ? '—' : t(`reason.${one.reason}`)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
      {total > differences.length ? <p className="bf-quiet">{t('listed', { n: differences.length })}</p> : null}
    </Section>
  )
}
