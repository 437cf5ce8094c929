import { Notice } from '#ui/feedback/faces.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { TemplateProblem } from '../rules/template-records.ts'
import type { Draft } from './designer-draft.ts'
import { moreWords } from './designer-more-words.ts'
import { designerWords } from './designer-words.ts'

export type ProblemPart = 'fields' | 'states' | 'terms' | 'list' | 'access' | 'figures'

/** In which part of the designer a problem is mended. */
export function partOfProblem({ at }: TemplateProblem): ProblemPart {
  const [head = ''] = at.split('.')
  if (head === 'states' || head === 'moves') return 'states'
  if (['deadlines', 'checks', 'sampling', 'numbering', 'unique'].includes(head)) return 'terms'
  if (head === 'list' || head === 'print') return 'list'
  if (head === 'indicators') return 'figures'
  return head === 'access' || head === 'name' || head === 'help' ? 'access' : 'fields'
}

/** What stands against publishing, each with a way to where it is mended. */
export function Problems({
  draft,
  problems,
  go,
}: {
  draft: Draft
  problems: readonly TemplateProblem[]
  go: (problem: TemplateProblem) => void
}) {
  const t = useT(designerWords)
  const m = useT(moreWords)
  const language = useLanguage()
  if (problems.length === 0) return null
  const name = ({ at }: TemplateProblem) => {
    const key = at.split('.')[1]
    const found = draft.fields.find((field) => field.key === key) ?? draft.moves?.find((move) => move.key === key)
    return found === undefined ? '' : `${found.name[language]}：`
  }
  return (
    <Notice kind="warning">
      <p>{t('problems', { n: problems.length })}</p>
      <ul className="bf-lines">
        {problems.map((one) => {
          const said = `${one.said.zh.includes(name(one).slice(0, -1)) ? '' : name(one)}${one.said[language]}`
          return (
            <li key={`${one.at} ${one.said.zh}`}>
              {said}{' '}
              <button type="button" className="bf-link" aria-label={`${m('goTo')} ${said}`} onClick={() => go(one)}>
                {m('goTo')}
              </button>
            </li>
          )
        })}
      </ul>
    </Notice>
  )
}

/** Shows the place of a problem once its part is on the screen: the nearest that bears its address. */
export function showPlace(at: string): void {
  const steps = at.split('.')
  for (let length = steps.length; length > 0; length -= 1) {
    const place = document.querySelector(`[data-at="${steps.slice(0, length).join('.')}"]`)
    if (place === null) continue
    place.scrollIntoView({ block: 'center' })
    place.querySelector<HTMLElement>('input, select, textarea, button')?.focus()
    return
  }
}
