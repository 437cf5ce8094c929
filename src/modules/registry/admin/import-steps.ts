import type { ImportBatch } from '../contract.ts'

/** The wizard's steps in their order; 文件 is left behind as soon as there is a batch. */
export const importSteps = ['file', 'columns', 'check', 'trial', 'run', 'result'] as const
export type ImportStep = (typeof importSteps)[number]

/** The steps that can be looked at in the batch's state: what is not known yet, or no longer true, is left out. */
export function openSteps(batch: Pick<ImportBatch, 'state' | 'columns'>): readonly ImportStep[] {
  switch (batch.state) {
    case 'staging':
    case 'interrupted':
      return ['file']
    case 'refused':
      return batch.columns.length > 0 ? ['file', 'columns', 'check'] : ['file']
    case 'staged':
    case 'discarded':
      return ['columns', 'check', 'trial', 'run']
    case 'applying':
      return ['run']
    case 'applied':
    case 'undoing':
    case 'undone':
      return ['columns', 'check', 'trial', 'result']
  }
}

/** The step to show: the one asked for when it is open, else where the batch stands. */
export function stepOf(batch: Pick<ImportBatch, 'state' | 'columns'>, asked: ImportStep | undefined): ImportStep {
  const open = openSteps(batch)
  if (asked !== undefined && open.includes(asked)) return asked
  const isOver = batch.state === 'applied' || batch.state === 'undoing' || batch.state === 'undone'
  return open[isOver ? open.length - 1 : 0] ?? 'file'
}

/** The step beside another one among those that are open; `undefined` at the end. */
export function stepBeside(batch: Pick<ImportBatch, 'state' | 'columns'>, step: ImportStep, by: 1 | -1): ImportStep | undefined {
  const open = openSteps(batch)
  return open[open.indexOf(step) + by]
}

/** Whether another batch has changed the register since this one was compared with it: its differences no longer hold. */
export function isOutdated(batch: Compared, others: readonly Compared[]): boolean {
  const comparedAt = Date.parse(batch.stagedAt ?? '')
  const isLater = (instant: string | undefined) => Date.parse(instant ?? '') > comparedAt
  return batch.state === 'staged' && others.some(({ appliedAt, undoneAt }) => isLater(appliedAt) || isLater(undoneAt))
}

type Compared = Pick<ImportBatch, 'state' | 'stagedAt' | 'appliedAt' | 'undoneAt'>
