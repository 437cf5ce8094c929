import { Button } from 'antd'
import { useState } from 'react'
import { Problem } from '#ui/feedback/faces.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useGo } from '#ui/plug/page-search.ts'
import { useT } from '#ui/words/use-t.ts'
import type { CompareAgain } from '../rules/compare-records.ts'
import { compareAgain } from './compare-calls.ts'
import { wizardWords } from './wizard-words.ts'

/** Compares the kept files once more after repairs; where that cannot be, the button stands there and says why not. */
export function AgainSection({ runId, again }: { runId: string; again: CompareAgain }) {
  const w = useT(wizardWords)
  const go = useGo()
  const [error, setError] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  const start = async () => {
    setBusy(true)
    setError(undefined)
    try {
      const next = await compareAgain(runId)
      go(`/screening/compare/${next.runId}`)
    } catch (fault) {
      setError(fault)
    }
    setBusy(false)
  }
  return (
    <Section title={w('againTitle')}>
      <p>{w(`again.${again.state}`, { at: again.at ?? '—' })}</p>
      {again.state === 'destroyed' ? <p className="bf-quiet">{w('again.hint')}</p> : null}
      <Problem error={error} />
      <div className="bf-row">
        <Button disabled={again.state !== 'ready'} loading={isBusy} onClick={() => void start() /* shows its own refusal */}>
          {w('againButton')}
        </Button>
      </div>
    </Section>
  )
}
