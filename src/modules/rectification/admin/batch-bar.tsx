import { Button, Modal } from 'antd'
import { useState } from 'react'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { ActedOnProblems, ProblemCard } from '../rules/problem-records.ts'
import type { ActWords } from '../rules/problem-requests.ts'
import { actionWords } from '../rules/problem-words.ts'
import { ActForm, ActOutcome } from './act-form.tsx'
import { commonActions } from './actions.ts'
import { screenWords } from './screen-words.ts'

/** What can be done to all chosen problems at once; each is judged by itself, and what is refused is named. */
export function BatchBar({ chosen, clear }: { chosen: readonly ProblemCard[]; clear: () => void }) {
  const t = useT(screenWords)
  const say = useSay()
  const [action, setAction] = useState<ActWords['action']>()
  const [outcome, setOutcome] = useState<{ acted: ActedOnProblems; cards: readonly ProblemCard[] }>()
  const may = commonActions(chosen)
  const [first] = may
  return (
    <>
      {outcome === undefined ? null : <ActOutcome {...outcome} />}
      {chosen.length === 0 ? null : (
        <div className="bf-bulk">
          <span>{t('chosen', { n: chosen.length })}</span>
          {may.length === 0 ? <span className="bf-quiet">{t('nothingForAll')}</span> : null}
          {may.slice(0, 6).map((one) => (
            <Button key={one} type={one === first ? 'primary' : 'default'} onClick={() => setAction(one)}>
              {say(actionWords[one])}
            </Button>
          ))}
          <Button onClick={clear}>{t('clear')}</Button>
        </div>
      )}
      {action === undefined ? null : (
        <Modal
          open
          onCancel={() => setAction(undefined)}
          title={t('actOn', { action: say(actionWords[action]), n: chosen.length })}
          footer={null}
          width="36rem"
        >
          <ActForm
            cards={chosen}
            action={action}
            close={() => setAction(undefined)}
            done={(acted) => {
              setOutcome({ acted, cards: chosen })
              setAction(undefined)
              clear()
            }}
          />
        </Modal>
      )}
    </>
  )
}
