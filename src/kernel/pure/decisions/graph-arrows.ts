import { follow, type Linked, type Located } from './graph-find.ts'
import type { DrgElement } from './model.ts'

/** An arrow from an element to what it needs. */
export interface Arrow {
  readonly href: string
  /** The kinds of elements that it may point to. */
  readonly to: readonly DrgElement['kind'][]
}

/** All arrows of an element, as they stand in the model. */
export function arrowsOf(element: DrgElement): Arrow[] {
  const to = (hrefs: readonly string[], ...kinds: DrgElement['kind'][]): Arrow[] => hrefs.map((href) => ({ href, to: kinds }))
  const arrows: Arrow[] = []
  if (element.kind === 'decision')
    arrows.push(...element.informationRequirements.flatMap((one) => to([one.href], one.of === 'input' ? 'inputData' : 'decision')))
  if (element.kind === 'decision' || element.kind === 'businessKnowledgeModel')
    arrows.push(...element.knowledgeRequirements.flatMap((one) => to([one.href], 'businessKnowledgeModel', 'decisionService')))
  if (element.kind === 'decisionService') {
    arrows.push(...to([...element.outputDecisions, ...element.encapsulatedDecisions, ...element.inputDecisions], 'decision'))
    arrows.push(...to(element.inputData, 'inputData'))
  }
  if ('authorityRequirements' in element)
    arrows.push(...element.authorityRequirements.flatMap((one) => to([one.href], 'decision', 'inputData', 'knowledgeSource')))
  return arrows
}

/** What an element cannot be without; of a service only its outputs: the decisions that it takes in are given to it. */
function neededBy(element: DrgElement): string[] {
  if (element.kind === 'decisionService') return element.outputDecisions.filter((href) => !element.inputDecisions.includes(href))
  return arrowsOf(element).flatMap((arrow) => (arrow.to.includes('knowledgeSource') ? [] : [arrow.href]))
}

/** An element under way: what it still needs to visit. */
interface Visit {
  readonly located: Located
  readonly left: Located[]
}

/** The elements, each behind those that it needs, and the rings (first and last the same). Without recursion: a chain may be long. */
export function orderOf(graph: Linked): { order: Located[]; rings: DrgElement[][] } {
  const [order, rings]: [Located[], DrgElement[][]] = [[], []]
  const [open, done] = [new Set<DrgElement>(), new Set<DrgElement>()]
  const path: Visit[] = []
  const enter = (located: Located): void => {
    open.add(located.element)
    const left = neededBy(located.element).flatMap((href) => follow(graph, located.model, href) ?? [])
    path.push({ located, left: left.reverse() })
  }
  const all = [...graph.models.values()].flatMap((model) => model.elements.map((element): Located => ({ model, element })))
  for (const start of all) {
    if (done.has(start.element)) continue
    enter(start)
    for (let here = path[path.length - 1]; here !== undefined; here = path[path.length - 1]) {
      const next = here.left.pop()
      if (next === undefined) {
        path.pop()
        open.delete(here.located.element)
        done.add(here.located.element)
        order.push(here.located)
      } else if (open.has(next.element)) {
        const elements = path.map((one) => one.located.element)
        rings.push([...elements.slice(elements.indexOf(next.element)), next.element])
      } else if (!done.has(next.element)) enter(next)
    }
  }
  return { order, rings }
}

/** An element and everything that it needs in the end, each once; what a service takes in counts as needed. */
export function reachableFrom(graph: Linked, start: Located): Located[] {
  const found = new Map<DrgElement, Located>([[start.element, start]])
  // The map grows while it is walked: whatever is added is walked as well.
  for (const [element, { model }] of found) {
    const hrefs =
      element.kind === 'decisionService' ? [...element.inputData, ...element.inputDecisions, ...neededBy(element)] : neededBy(element)
    for (const target of hrefs.flatMap((href) => follow(graph, model, href) ?? []))
      if (!found.has(target.element)) found.set(target.element, target)
  }
  return [...found.values()]
}
