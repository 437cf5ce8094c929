import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { Problem } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useMay } from '#ui/plug/caller.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { ShownRepair } from '../rules/compare-records.ts'
import type { DecideRepair } from '../rules/compare-requests.ts'
import { decideRepair, runsKey, useRepairs } from './compare-calls.ts'
import { causeWords } from './compare-words.ts'
import { placeOf, useRuleNames } from './lead-parts.tsx'
import { wizardWords } from './wizard-words.ts'

const levels = { proposed: 'green', refused: 'grey', expired: 'grey' } as const

/** Rows that show a mistake of the register; one click proposes the correction, nothing is changed silently. */
export function Repairs({ runId }: { runId: string }) {
  const may = useMay('screening.list:compare')
  return may ? <RepairList runId={runId} /> : null
}

function RepairList({ runId }: { runId: string }) {
  const w = useT(wizardWords)
  const repairs = useRepairs(runId)
  return (
    <Section title={w('repairTitle')}>
      <Loaded query={repairs} lines={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{w('repairNone')}</p>
          ) : (
            <>
              <p className="bf-quiet">{w('repairNote')}</p>
              {items.map((repair) => (
                <Repair key={repair.repairId} repair={repair} runId={runId} />
              ))}
              {items.some((one) => one.state === 'proposed' && !isLeaving(one)) ? (
                <PageLink to="/registry/corrections">{w('seeCorrections')}</PageLink>
              ) : null}
            </>
          )
        }
      </Loaded>
    </Section>
  )
}

function Repair({ repair, runId }: { repair: ShownRepair; runId: string }) {
  const w = useT(wizardWords)
  const names = useRuleNames()
  const queries = useQueryClient()
  const mayPropose = useMay('registry.correction:propose')
  const [error, setError] = useState<unknown>()
  const decide = async (decision: DecideRepair['decision']) => {
    setError(undefined)
    try {
      await decideRepair(repair.repairId, { decision })
      await queries.invalidateQueries({ queryKey: [...runsKey, runId] })
    } catch (fault) {
      setError(fault)
    }
  }
  const { household, place, state } = repair
  const { file, sheet, row } = place
  return (
    <div className="screening-reason">
      <strong>
        {household === null ? repair.personName : <PageLink to={householdPath(household.householdId)}>{repair.personName}</PageLink>}
        {'　'}
        {repair.idMasked}　{placeOf(household)}
      </strong>
      <p>
        <WhatIsWrong repair={repair} />
        <span className="bf-source">
          {w('rowOf', { list: names.list(repair.list), file, sheet: sheet === '' ? '' : `（${sheet}）`, row })}
        </span>
      </p>
      <Problem error={error} />
      {state === 'open' && mayPropose ? (
        <div className="bf-row">
          <ProposeButton repair={repair} propose={() => void decide('propose') /* shows its own refusal */} />
          <Button
            size="small"
            aria-label={`${w('refuse')}：${repair.personName}`}
            onClick={() => void decide('refuse') /* shows its own refusal */}
          >
            {w('refuse')}
          </Button>
        </div>
      ) : state === 'open' ? null : (
        <StatusTag level={levels[state]} text={w(state === 'proposed' && isLeaving(repair) ? 'repair.reported' : `repair.${state}`)} />
      )}
    </div>
  )
}

const householdPath = (householdId: string) => `/registry/households/${householdId}`
const isLeaving = (repair: ShownRepair) => repair.field === 'household-event'

/** What the list says against the register. */
function WhatIsWrong({ repair: { leaving, slip, cause, field } }: { repair: ShownRepair }) {
  const w = useT(wizardWords)
  const say = useT(causeWords)
  if (leaving !== null) {
    const { kind, word, on } = leaving
    return <>{w(`left.${kind}`, { word, on: on ?? w('left.noDay') })}</>
  }
  if (slip !== null) return <>{w('slip', slip)}</>
  return field === 'household-event' ? <>{w('left.gone')}</> : <>{say(cause)}</>
}

/** One click where that is enough; else why not, and where it is done by hand. */
function ProposeButton({ repair, propose }: { repair: ShownRepair; propose: () => void }) {
  const w = useT(wizardWords)
  const { byHand, household, leaving, personName } = repair
  if (byHand !== null)
    return (
      <span>
        {w(`byHand.${byHand}`)}
        {household === null ? null : (
          <>
            {' '}
            <PageLink to={householdPath(household.householdId)}>{w('toHousehold')}</PageLink>
          </>
        )}
      </span>
    )
  const text = w(leaving === null ? 'propose' : `report.${leaving.kind}`)
  return (
    <Button size="small" type="primary" aria-label={`${text}：${personName}`} onClick={propose}>
      {text}
    </Button>
  )
}
