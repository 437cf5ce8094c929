import { ask, read, write } from '#kernel/browser/api/index.ts'
import type {
  AskSimulatedNames,
  AskSimulation,
  ChangeDraft,
  PolicyCard,
  PolicyText,
  PublishDraft,
  RollBack,
  SimulatedName,
  Simulation,
  StartDraft,
  StepDraft,
  VersionCard,
  Why,
} from '../contract.ts'

/** All policies, as the catalogue shows them. */
export function loadPolicies(): Promise<{ items: PolicyCard[] }> {
  return read<{ items: PolicyCard[] }>('/policies')
}

/** A policy with the text of one version; without an id the one in force today. */
export function loadPolicy(key: string, versionId: string): Promise<PolicyText> {
  return read<PolicyText>(`/policies/${key}`, versionId === '' ? {} : { versionId })
}

export function loadVersions(key: string): Promise<{ items: VersionCard[] }> {
  return read<{ items: VersionCard[] }>(`/policies/${key}/versions`)
}

export function startDraft(key: string, draft: StartDraft): Promise<VersionCard> {
  return write<VersionCard>('POST', `/policies/${key}/drafts`, draft)
}

export function changeDraft(versionId: string, draft: ChangeDraft): Promise<VersionCard> {
  return write<VersionCard>('PUT', `/policies/versions/${versionId}`, draft)
}

export type DraftStep = 'submit' | 'return' | 'discard'

/** Publishes the version as it was last seen; with the document number where the draft has none. */
export function publishDraft(versionId: string, given: PublishDraft): Promise<VersionCard> {
  return write<VersionCard>('POST', `/policies/versions/${versionId}/publish`, given)
}

/** Begins a draft with the content of an older version. */
export function rollBack(versionId: string, given: RollBack): Promise<VersionCard> {
  return write<VersionCard>('POST', `/policies/versions/${versionId}/roll-back`, given)
}

/** Hands in, returns or discards the version as it was last seen. */
export function stepDraft(versionId: string, step: DraftStep, given: StepDraft): Promise<VersionCard> {
  return write<VersionCard>('POST', `/policies/versions/${versionId}/${step}`, given)
}

export function simulate(key: string, asked: AskSimulation): Promise<Simulation> {
  return ask<Simulation>(`/policies/${key}/simulate`, asked)
}

export function simulatedNames(key: string, asked: AskSimulatedNames): Promise<{ items: SimulatedName[]; next?: string }> {
  return ask<{ items: SimulatedName[]; next?: string }>(`/policies/${key}/simulate/names`, asked)
}

/** Why one table says what it says of a household today. */
export function loadWhyOf(householdId: string, key: string): Promise<{ items: Why[] }> {
  return read<{ items: Why[] }>(`/policies/households/${householdId}/why`, { key })
}

/** Why the tables say what they say of one household on a day. */
export function loadWhy(householdId: string, asOf: string): Promise<{ items: Why[] }> {
  return read<{ items: Why[] }>(`/policies/households/${householdId}/why`, asOf === '' ? {} : { asOf })
}
