import { Button } from 'antd'
import { useState } from 'react'
import { Problem } from '#ui/feedback/faces.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { CaseRecord, NextAction } from '../rules/case-records.ts'
import type { ActOnCase } from '../rules/case-requests.ts'
import { isApiError } from '#kernel/browser/api/index.ts'
import { asksOf, type AskedField, type Asks } from './case-asks.ts'
import { ActField, type ActDraft } from './case-act-fields.tsx'
import { useSayCaseError } from './case-refusals.ts'
import { phrasesOf } from './case-phrases.ts'
import { MissingList } from './case-missing.tsx'
import { actOnCase, missingOf } from './case-queries.ts'
import { caseScreenWords } from './case-screen-words.ts'

interface ActFormProps {
  record: CaseRecord
  next: NextAction
  /** What the button says. */
  label: string
  done: () => void
}

/** The form of one action: only what it asks for; what is not filled in is named, and Ctrl+Enter submits. */
export function ActForm({ record, next, label, done }: ActFormProps) {
  const t = useT(caseScreenWords)
  const { file } = record
  const asks = asksFor(record, next)
  const [draft, setDraft] = useState<ActDraft>(() => startOf(record, next))
  const [error, setError] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  const lacking = asks.must.filter((field) => isEmpty(draft[field]))
  const isBlocked = next.missing.some(({ blocks }) => blocks)
  const isReady = lacking.length === 0 && !isBlocked && !isBusy
  const submit = async () => {
    if (!isReady) return
    setBusy(true)
    setError(undefined)
    try {
      await actOnCase(file.caseId, { revision: file.revision, action: next.action, ...filled(draft) })
      done()
    } catch (fault) {
      setError(fault)
    }
    setBusy(false)
  }
  const language = useLanguage()
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Ctrl+Enter submits, as the button does
    <form
      className="bf-stack"
      onSubmit={(event) => {
        event.preventDefault()
        void submit() // shows its own refusal
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.ctrlKey) void submit() // shows its own refusal
      }}
    >
      {[...asks.must, ...asks.may].map((field) => (
        <ActField
          key={field}
          field={field}
          isRequired={asks.must.includes(field)}
          record={record}
          next={next}
          draft={draft}
          change={(change) => setDraft({ ...draft, ...change })}
          phrases={phrasesOf(file.step, next.action, field).map((one) => one[language])}
        />
      ))}
      <ActProblem error={error} />
      <div className="bf-row">
        <Button className="case-submit" type="primary" htmlType="submit" disabled={!isReady} loading={isBusy}>
          {label}
        </Button>
        {isBlocked || lacking.length === 0 ? (
          <span className="bf-quiet case-hint-keys">{isBlocked ? '' : t('ctrlEnter')}</span>
        ) : (
          <span className="bf-quiet">{t('mustAsk', { fields: lacking.map((field) => t(`short.${field}`)).join('、') })}</span>
        )}
      </div>
    </form>
  )
}

/** A refusal in words; where something was missing after all, each item with its link. */
function ActProblem({ error }: { error: unknown }) {
  const t = useT(caseScreenWords)
  const say = useSayCaseError()
  if (!isApiError(error)) return <Problem error={error} />
  if (error.code !== 'cases.missing')
    return (
      <p className="bf-problem" role="alert">
        {say(error)}
      </p>
    )
  return (
    <div role="alert">
      <p className="bf-problem">{t('refusedMissing')}</p>
      <MissingList items={missingOf(error.details)} />
    </div>
  )
}

/** What is warned of is answered by an opinion. */
function asksFor({ file }: CaseRecord, next: NextAction): Asks {
  const asks = asksOf(file.step, next.action)
  const isWarned = next.missing.some(({ blocks }) => !blocks) && asks.may.includes('opinion')
  return isWarned ? { must: [...asks.must, 'opinion'], may: asks.may.filter((field) => field !== 'opinion') } : asks
}

/** What a form begins with: the last step for a return, what is known of the risks and the kind. */
function startOf({ file }: CaseRecord, next: NextAction): ActDraft {
  const before = next.to[next.to.length - 1]
  return {
    ...(next.action === 'return' && before !== undefined ? { to: before } : {}),
    ...(file.step === 'decision' && next.action === 'pass'
      ? { risks: [...file.risks], ...(file.kind === null ? {} : { kind: file.kind }) }
      : {}),
  }
}

function isEmpty(value: ActDraft[AskedField]): boolean {
  return value === undefined || (typeof value === 'string' ? value.trim().length < 2 : value.length === 0)
}

/** Only what was filled in goes out. */
function filled(draft: ActDraft): Partial<ActOnCase> {
  // Safe: the names and kinds of a draft's fields are those of the request.
  return Object.fromEntries(Object.entries(draft).filter(([, value]) => !isEmpty(value))) as Partial<ActOnCase>
}
