import { StatusTag } from '#ui/data/status-tag.tsx'
import { useT } from '#ui/words/use-t.ts'
import { checkWords } from './check-words.ts'
import type { CheckAnswer } from './model-check.ts'
import type { ModelCheck } from './use-model-check.ts'

/** Where the checks stand, so that the summary above the sheet can lead to them. */
export const checksId = 'policies-checks'

/** How the whole stands, above the sheet: what must be mended, how many examples are as expected. Leads to the lists below. */
export function CheckSummary({ check, exampleCount }: { check: ModelCheck; exampleCount: number }) {
  const t = useT(checkWords)
  const { answer, isRunning } = check
  return (
    <button
      type="button"
      className="policies-summary"
      title={t('summaryHint')}
      aria-live="polite"
      onClick={() => document.getElementById(checksId)?.scrollIntoView({ block: 'start' })}
    >
      {answer === undefined || isRunning ? (
        <StatusTag level="grey" text={t('running')} />
      ) : (
        <Tags answer={answer} exampleCount={exampleCount} />
      )}
    </button>
  )
}

function Tags({ answer, exampleCount }: { answer: CheckAnswer; exampleCount: number }) {
  const t = useT(checkWords)
  const errors = answer.findings.filter((one) => one.severity === 'error').length
  const warnings = answer.findings.filter((one) => one.severity === 'warning').length
  const passed = answer.outcomes.filter((one) => one.isEqual).length
  return (
    <>
      {errors > 0 ? <StatusTag level="red" text={t('toMend', { n: errors })} /> : null}
      {warnings > 0 ? <StatusTag level="amber" text={t('toLook', { n: warnings })} /> : null}
      {errors + warnings === 0 ? <StatusTag level="green" text={t('checksPassed')} /> : null}
      {exampleCount === 0 ? null : (
        <StatusTag level={passed === exampleCount ? 'green' : 'red'} text={t('examplesShort', { passed, n: exampleCount })} />
      )}
    </>
  )
}
