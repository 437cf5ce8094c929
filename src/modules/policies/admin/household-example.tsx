import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { ask } from '#kernel/browser/api/index.ts'
import type { Page } from '#kernel/pure/paging/index.ts'
import { dayOf } from '#kernel/pure/time/index.ts'
import { Problem } from '#ui/feedback/faces.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { PolicyExample, Why } from '../contract.ts'
import { checkWords } from './check-words.ts'
import { jsonOfText, singleOf } from './example-values.ts'
import { loadWhyOf } from './policy-calls.ts'

/** What the search of the register gives, as far as it is shown here. */
interface FoundHousehold {
  readonly householdId: string
  readonly householdNo: string
  readonly headName?: string
  readonly village: string
}

interface HouseholdExampleProps {
  policyKey: string
  /** The facts that the model looks at. */
  facts: readonly string[]
  decision: string
  add: (example: PolicyExample) => void
}

/** An example from a household of the register: its facts of today without name or number, and what is expected, to be looked at. */
export function HouseholdExample({ policyKey, facts, decision, add }: HouseholdExampleProps) {
  const t = useT(checkWords)
  const [text, setText] = useState('')
  const [asked, setAsked] = useState('')
  const found = useQuery({
    queryKey: ['policies', 'example-households', asked],
    enabled: asked !== '',
    queryFn: () => ask<Page<FoundHousehold>>('/registry/households/search', { q: asked, limit: 6 }),
  })
  const take = useMutation({
    mutationFn: async (household: FoundHousehold) => {
      const { items } = await loadWhyOf(household.householdId, policyKey)
      const [why] = items
      if (why !== undefined) add(exampleOf(why, { facts, decision, name: t('householdName', { no: household.householdNo }) }))
    },
  })
  return (
    <form
      className="bf-stack policies-from-household"
      onSubmit={(event) => {
        event.preventDefault()
        setAsked(text.trim())
      }}
    >
      <p className="bf-quiet">{t('householdNote')}</p>
      <div className="bf-row">
        <input
          className="bf-input policies-search"
          aria-label={t('householdNo')}
          placeholder={t('householdNo')}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Button htmlType="submit" disabled={text.trim() === ''}>
          {t('householdFind')}
        </Button>
      </div>
      <Problem error={found.error ?? take.error} />
      {found.data?.items.length === 0 ? <p className="bf-quiet">{t('householdNone')}</p> : null}
      <ul className="policies-facts">
        {(found.data?.items ?? []).map((household) => (
          <li key={household.householdId}>
            <button type="button" className="bf-link" onClick={() => take.mutate(household)}>
              {household.headName ?? household.householdNo}
            </button>{' '}
            <span className="bf-quiet">{[household.householdNo, household.village].join(' · ')}</span>
          </li>
        ))}
      </ul>
    </form>
  )
}

/** Facts as 为什么 says them; what is expected is what the version in force says. */
function exampleOf(why: Why, given: { facts: readonly string[]; decision: string; name: string }): PolicyExample {
  const known = why.facts.filter((fact) => given.facts.includes(fact.name))
  const outputs = why.outcome.map(({ name, value }) => [why.outcome.length === 1 ? given.decision : name, jsonOfText(value)] as const)
  return {
    name: given.name,
    asOf: why.asOf || dayOf(Date.now()),
    facts: Object.fromEntries(known.map(({ name, value, isUnknown }) => [name, isUnknown ? null : singleOf(jsonOfText(value))])),
    expected: Object.fromEntries(outputs),
  }
}
