import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { LinkStep } from '../rules/linkage-score.ts'
import { linkageWords } from '../rules/linkage-words.ts'
import { duplicateWords } from './duplicate-words.ts'

/** What the steps of a comparison say in words; unknown ones stand as they are. */
export function useStepWords(): { of: (step: LinkStep) => string; level: (step: LinkStep) => string } {
  const t = useT(linkageWords)
  // Safe: asked in the condition.
  const say = (key: string): string => (key in linkageWords ? t(key as keyof typeof linkageWords) : key)
  return { of: (step) => say(step.of), level: (step) => say(`${step.of}.${step.level}`) }
}

/** A score taken apart: what was compared, how it stood, and how many points for or against it gave. */
export function WaterfallTable({ steps, score }: { steps: readonly LinkStep[]; score: number }) {
  const t = useT(duplicateWords)
  const say = useStepWords()
  const note = useT(linkageWords)
  const widest = Math.max(1, ...steps.map((step) => Math.abs(step.bits)))
  return (
    <ScrollBox>
      <style>{css}</style>
      <table className="bf-table registry-duplicate" aria-label={t('why')}>
        <thead>
          <tr>
            <th scope="col">{t('compared')}</th>
            <th scope="col">{t('found')}</th>
            <th scope="col" className="bf-number">
              {t('points')}
            </th>
            <td aria-hidden="true" className="registry-waterfall-column" />
          </tr>
        </thead>
        <tbody>
          {steps.map((step) => (
            <tr key={step.of}>
              <th scope="row">{say.of(step)}</th>
              <td>
                {say.level(step)}
                {step.note === undefined ? null : <span className="bf-quiet">（{note(step.note)}）</span>}
              </td>
              <td className="bf-number">{points(step.bits)}</td>
              <td aria-hidden="true">
                <span className="registry-waterfall">
                  <span className={step.bits < 0 ? 'registry-against' : 'registry-for'} style={barOf(step.bits / widest)} />
                </span>
              </td>
            </tr>
          ))}
          <tr>
            <th scope="row" colSpan={2}>
              {t('sum')}
            </th>
            <td className="bf-number">
              <strong>{points(score)}</strong>
            </td>
            <td aria-hidden="true" />
          </tr>
        </tbody>
      </table>
    </ScrollBox>
  )
}

/** A bar from the middle: to the right for, to the left against. */
function barOf(share: number): { left: string; width: string } {
  const width = Math.abs(share) * 50
  return { left: `${share < 0 ? 50 - width : 50}%`, width: `${width}%` }
}

/** Points with their sign. */
export function points(bits: number): string {
  return `${bits > 0 ? '+' : bits < 0 ? '−' : ''}${Math.abs(bits).toFixed(1)}`
}

const css = `
.registry-duplicate th[scope="row"] { white-space: nowrap; }
.registry-waterfall-column { width: 9rem; }
.registry-waterfall { position: relative; display: block; width: 9rem; height: 0.7rem; border-left: 0; background: linear-gradient(to right, transparent calc(50% - 0.5px), var(--bf-border) calc(50% - 0.5px), var(--bf-border) calc(50% + 0.5px), transparent calc(50% + 0.5px)); }
.registry-waterfall span { position: absolute; top: 0; height: 100%; border-radius: 0.15rem; }
.registry-for { background: var(--bf-green); }
.registry-against { background: var(--bf-red); }
`
