import { isApiError } from '#kernel/browser/api/index.ts'
import { Notice, Problem } from '#ui/feedback/faces.tsx'
import { useLanguage } from '#ui/words/use-t.ts'
import type { TemplateProblem } from '../rules/template-records.ts'

function isProblem(raw: unknown): raw is TemplateProblem {
  return typeof raw === 'object' && raw !== null && 'said' in raw && 'at' in raw
}

/** Why a template or a form was refused: every problem as a sentence of its own. */
export function TemplateRefusal({ error }: { error: unknown }) {
  const problems = isApiError(error) && Array.isArray(error.details['problems']) ? error.details['problems'].filter(isProblem) : []
  if (problems.length === 0) return <Problem error={error} />
  return (
    <Notice kind="error">
      <ProblemLines problems={problems} />
    </Notice>
  )
}

/** Sentences, each in a line. */
export function ProblemLines({ problems }: { problems: readonly TemplateProblem[] }) {
  const language = useLanguage()
  return (
    <ul className="bf-lines ledger-lines-long">
      {problems.map(({ at, said }) => (
        <li key={`${at} ${said.zh}`}>{said[language]}</li>
      ))}
    </ul>
  )
}
