import { Button } from 'antd'
import { useState } from 'react'
import { StatusTag, type Level } from '#ui/data/status-tag.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import { checkWords } from './check-words.ts'
import { plainFeel } from './plain-feel.ts'
import type { SaidFinding } from './model-check.ts'

interface CheckListProps {
  findings: readonly SaidFinding[] | undefined
  isRunning: boolean
  goTo: (finding: SaidFinding) => void
  /** Puts the record of a gap among the examples. */
  keepExample?: ((finding: SaidFinding) => void) | undefined
  /** Begins a row for the record that no row takes. */
  addRow?: ((finding: SaidFinding) => void) | undefined
}

const levels = { error: 'red', warning: 'amber', note: 'grey' } as const satisfies Record<SaidFinding['severity'], Level>
const mostShown = 6
const order = ['error', 'warning', 'note']

/** What stands against publishing a table and what is to be looked at, each with the way to its row. */
export function CheckList({ findings, isRunning, goTo, keepExample, addRow }: CheckListProps) {
  const t = useT(checkWords)
  const language = useLanguage()
  const [isWhole, setWhole] = useState(false)
  if (findings === undefined) return <p className="bf-quiet">{t('running')}</p>
  const sorted = [...findings].sort((one, other) => order.indexOf(one.severity) - order.indexOf(other.severity))
  const shown = isWhole ? sorted : sorted.slice(0, mostShown)
  const errors = findings.filter((one) => one.severity === 'error').length
  return (
    <div className="bf-stack">
      <p role="status">
        {isRunning ? (
          t('running')
        ) : findings.length === 0 ? (
          <StatusTag level="green" text={t('clean')} />
        ) : (
          t('count', { n: findings.length, errors })
        )}
      </p>
      <ul className="policies-findings">
        {shown.map((finding, at) => (
          <li key={`${finding.code} ${finding.decision} ${at}`} className="policies-finding">
            <StatusTag level={levels[finding.severity]} text={t(finding.severity)} />
            <p>{plainFeel(finding.text, language)}</p>
            {finding.rows.length === 0 ? null : (
              <Button size="small" onClick={() => goTo(finding)}>
                {t('toRow', { row: (finding.rows[0] ?? 0) + 1 })}
              </Button>
            )}
            {finding.code === 'gap' && addRow !== undefined ? (
              <Button size="small" onClick={() => addRow(finding)}>
                {t('addRow')}
              </Button>
            ) : null}
            {finding.example.length > 0 && keepExample !== undefined ? (
              <Button size="small" onClick={() => keepExample(finding)}>
                {t('keepExample')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {shown.length === sorted.length ? null : (
        <button type="button" className="bf-link" onClick={() => setWhole(true)}>
          {t('moreFindings', { n: sorted.length - shown.length })}
        </button>
      )}
    </div>
  )
}
