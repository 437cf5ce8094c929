import { writeDmn, type Definitions } from '#kernel/pure/decisions/index.ts'
import type { FactCard, ParameterValue, PolicyExample } from '../contract.ts'
import type { History } from './use-history.ts'

/** What is under the officer's hands: the model and its examples, undone and redone together. */
export interface Draft {
  readonly definitions: Definitions
  readonly examples: readonly PolicyExample[]
}

/** A row to begin at. */
export interface Lead {
  readonly decision: string
  readonly row: number
}

export interface TableEditorProps {
  history: History<Draft>
  isOpen: boolean
  facts: readonly FactCard[]
  parameters: readonly Pick<ParameterValue, 'name' | 'value'>[]
  /** The decision that examples ask. */
  decision: string
  /** The version in force: its cells that were changed are marked. */
  published: Definitions | undefined
  save: () => void
  /** Of a policy about households: its key. */
  householdPolicy?: string | undefined
  lead?: Lead | undefined
}

/** The text that is kept: DMN XML. */
export function contentOf({ definitions }: Draft): string {
  return writeDmn(definitions)
}
