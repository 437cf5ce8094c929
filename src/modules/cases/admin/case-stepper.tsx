import { Stepper } from '#ui/feedback/stepper.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { CaseEvent } from '../rules/case-records.ts'
import type { CaseStep } from '../rules/case-steps.ts'
import { stepWords } from '../rules/case-words.ts'
import { exitStations, isAtExit, lastStepOf, stationOf, stations } from './case-story.ts'
import { caseScreenWords } from './case-screen-words.ts'

/** 登记 … 风险消除 in one line, and the steps of the elimination in a second one once it has begun (ux.md D6). */
export function CaseStepper({ step, events = [], isSmall = false }: { step: CaseStep; events?: readonly CaseEvent[]; isSmall?: boolean }) {
  const t = useT(caseScreenWords)
  const say = useSay()
  const at = lastStepOf(step, events)
  const names = stations.map((one) => (one === 'exit-visit' ? t('station.exit') : say(stepWords[one])))
  return (
    <div className={isSmall ? 'bf-stack case-stepper case-stepper-small' : 'bf-stack case-stepper'}>
      <Stepper label={t('progress')} steps={names} current={stationOf(at)} />
      {isAtExit(at) ? (
        <Stepper
          label={t('exitProgress')}
          steps={exitStations.map((one) => say(stepWords[one]))}
          current={step === 'ended' ? exitStations.length : exitStations.indexOf(at)}
        />
      ) : null}
    </div>
  )
}
