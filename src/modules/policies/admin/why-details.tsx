import type { ReactNode } from 'react'
import { DescriptionList } from '#ui/data/description-list.tsx'
import { unknownValue } from '#ui/data/value.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useMay } from '#ui/plug/caller.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { Why } from '../contract.ts'
import { plainFeel } from './plain-feel.ts'
import { documentOf } from './version-parts.tsx'
import { whyWords } from './why-words.ts'

/** The reasons behind one line: facts with their sources, the row's cells, what is missing, what was near, what would change it. */
export function WhyDetails({ why }: { why: Why }) {
  const t = useT(whyWords)
  const language = useLanguage()
  const { version } = why
  const document = documentOf(version)
  const mayRead = useMay('policies.policy:read')
  const origin =
    document === ''
      ? t('versionBare', { area: version.areaName, day: version.effectiveFrom, hash: version.hash })
      : t('version', { document, area: version.areaName, day: version.effectiveFrom })
  return (
    <div className="policies-why-body">
      <p>
        {origin}
        {mayRead ? (
          <>
            {' '}
            <PageLink to={`/policies/${why.key}`} search={{ version: version.versionId }}>
              {t('open')}
            </PageLink>
          </>
        ) : null}
      </p>
      {why.fired.map((row) => (
        <div key={`${row.decision} ${row.rule}`}>
          <h4>
            {t('fired', {
              decision: row.decision,
              rule: row.rule,
              clause: row.clause === '' ? '' : t('clauseOf', { clause: row.clause }),
            })}
          </h4>
          <Lines>
            {row.cells.every(isAny) ? <li>{t('firedAny')}</li> : null}
            {row.cells
              .filter((cell) => !isAny(cell))
              .map(({ input, cell, value }) => (
                <li key={input}>{t('cell', { input, value: value === '' ? t('unknown') : value, cell: plainFeel(cell, language) })}</li>
              ))}
          </Lines>
          {row.note === '' ? null : <p className="bf-quiet">{t('note', { note: row.note })}</p>}
        </div>
      ))}
      {why.undecided.length === 0 ? null : (
        <div>
          <h4>{t('missing')}</h4>
          <Lines>
            {why.undecided.map(({ decision, rule, missing }) => (
              <li key={`${decision} ${rule}`}>
                {t('missingRow', { decision, rule, names: missing.map((one) => one.name).join('、') })}
                {papersOf(missing).map((paper) => (
                  <span key={paper} className="bf-source">
                    {t('paper', { paper })}
                  </span>
                ))}
              </li>
            ))}
          </Lines>
        </div>
      )}
      {why.changes.length === 0 ? null : (
        <div>
          <h4>{t('changes')}</h4>
          <Lines>
            {why.changes.map((one) => (
              <li key={`${one.input} ${one.range} ${one.outcome}`}>
                {t('change', {
                  ...one,
                  range: plainFeel(one.range, language),
                  value: one.value === '' ? t('unknown') : one.value,
                  outcome: one.outcome === '' ? t('undecided') : one.outcome,
                })}
              </li>
            ))}
          </Lines>
        </div>
      )}
      {why.near.length === 0 ? null : (
        <div>
          <h4>{t('near')}</h4>
          <Lines>
            {why.near.map((one) => (
              <li key={`${one.decision} ${one.rule} ${one.input}`}>
                {t('nearRow', { ...one, wanted: plainFeel(one.wanted, language), value: one.value === '' ? t('unknown') : one.value })}
              </li>
            ))}
          </Lines>
        </div>
      )}
      <Facts why={why} />
    </div>
  )
}

function isAny({ cell }: { cell: string }): boolean {
  return ['-', '—', '', '任意'].includes(cell.trim())
}

function Lines({ children }: { children: ReactNode }) {
  return <ul className="policies-why-lines">{children}</ul>
}

/** What was looked at. Of what is not known only that is asked for which could change the result. */
function Facts({ why: { facts, fired, undecided } }: { why: Why }) {
  const t = useT(whyWords)
  const wanted = new Set(undecided.flatMap(({ missing }) => missing.map(({ name }) => name)))
  const items = facts.map(({ name, value, unit, isUnknown, source, suppliedBy }) => {
    if (!isUnknown) return { name, value: `${value}${unit === '' ? '' : ` ${unit}`}`, from: source === '' ? '' : t('source', { source }) }
    if (fired.length > 0 && !wanted.has(name)) return { name, value: t('notNeeded'), from: '' }
    return { name, value: unknownValue, from: suppliedBy === '' ? '' : t('paper', { paper: suppliedBy }) }
  })
  return (
    <div>
      <h4>{t('facts')}</h4>
      <DescriptionList
        items={items.map(({ name, value, from }) => ({ key: name, label: name, value, ...(from === '' ? {} : { source: from }) }))}
      />
    </div>
  )
}

function papersOf(missing: readonly { suppliedBy: string }[]): string[] {
  return Array.from(new Set(missing.map((one) => one.suppliedBy).filter((one) => one !== '')))
}
