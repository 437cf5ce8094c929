import { readFileSync } from 'node:fs'
import { leadPolicies } from '#modules/screening/server/index.ts'
import type { PolicyExample } from '../contract.ts'
import { ExamplesFile, policyIndex, PolicyIndex, type PolicyEntry, type ShippedText } from '../policy/policy.ts'

const directory = new URL('../policy/', import.meta.url)

/** A policy of the index with its texts as they are shipped. */
export interface ShippedPolicy {
  entry: PolicyEntry
  texts: readonly (ShippedText & { content: string })[]
  examples: readonly PolicyExample[]
}

let shipped: readonly ShippedPolicy[] | undefined

/** All policies that are shipped with the program, those of screening through its door; the files are read once. */
export function shippedPolicies(): readonly ShippedPolicy[] {
  shipped ??= [
    ...policyIndex.map((entry) => shippedOf(entry, readText)),
    ...PolicyIndex.parse(leadPolicies.readIndex()).policies.map((entry) => shippedOf(entry, leadPolicies.readText)),
  ]
  return shipped
}

function shippedOf(entry: PolicyEntry, read: (file: string) => string): ShippedPolicy {
  return {
    entry,
    texts: entry.shipped.map((text) => ({ ...text, content: read(text.file) })),
    examples: entry.examples === '' ? [] : ExamplesFile.parse(JSON.parse(read(entry.examples))),
  }
}

function readText(file: string): string {
  return readFileSync(new URL(file, directory), 'utf8')
}
