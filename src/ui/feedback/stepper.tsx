import { uiWords } from '../words/ui-words.ts'
import { useT } from '../words/use-t.ts'

interface StepperProps {
  label: string
  steps: readonly string[]
  /** Index of the step on screen, counted from 0. */
  current: number
}

/** Where one stands in a wizard or a procedure; done steps carry ✓ and the word. */
export function Stepper({ label, steps, current }: StepperProps) {
  const t = useT(uiWords)
  return (
    <ol className="bf-stepper" aria-label={label}>
      {steps.map((step, index) => {
        const state = index < current ? 'done' : index === current ? 'now' : 'next'
        return (
          <li key={step} className={`bf-step bf-step-${state}`} aria-current={state === 'now' ? 'step' : undefined}>
            <span className="bf-step-sign" aria-hidden="true">
              {state === 'done' ? '✓' : index + 1}
            </span>
            <span>{step}</span>
            {state === 'next' ? null : <span className="bf-unseen">{state === 'done' ? t('stepDone') : t('stepNow')}</span>}
          </li>
        )
      })}
    </ol>
  )
}
