import { Button } from 'antd'
import { useState } from 'react'
import { useMay } from '#ui/plug/caller.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { FilterFindings } from '../contract.ts'
import type { FindingView } from './finding-queries.ts'
import { FindingActions } from './finding-actions.tsx'
import { qualityWords } from './quality-words.ts'
import { SendFindingsDialog, type FindingChoice } from './send-dialog.tsx'

interface SendBarProps {
  filter: FilterFindings
  text: string
  view: FindingView
  chosen: readonly string[]
  clear: () => void
}

/** Many findings at once: send the chosen, or all that the filters find. */
export function SendBar({ filter, text, view, chosen, clear }: SendBarProps) {
  const t = useT(qualityWords)
  const [choice, setChoice] = useState<FindingChoice>()
  const maySend = useMay('quality.finding:send')
  const maySendAll = text === '' && (view === 'mine' || view === 'todo') // what a text found is not a filter of the server
  if (!maySend || (chosen.length === 0 && !maySendAll)) return null
  return (
    <div className="bf-row">
      {chosen.length === 0 ? (
        <Button onClick={() => setChoice({ filter: { ...filter, state: 'open' } })}>{t('sendAll')}</Button>
      ) : (
        <>
          <span>{t('chosen', { n: chosen.length })}</span>
          <Button type="primary" onClick={() => setChoice({ findingIds: [...chosen] })}>
            {t('sendChosen')}
          </Button>
          <FindingActions findingIds={chosen} done={clear} />
        </>
      )}
      {choice === undefined ? null : <SendFindingsDialog choice={choice} sent={clear} close={() => setChoice(undefined)} />}
    </div>
  )
}
