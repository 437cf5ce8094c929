import { readFileSync } from 'node:fs'
import type { PolicyExample } from '../contract.ts'
import { ExamplesFile, policyIndex, type PolicyEntry, type ShippedText } from '../policy/policy.ts'

const directory = new URL('../policy/', import.meta.url)

/** A policy of the index with its texts as they are shipped. */
export interface ShippedPolicy {
  entry: PolicyEntry
  texts: readonly (ShippedText & { content: string })[]
  examples: readonly PolicyExample[]
}

let shipped: readonly ShippedPolicy[] | undefined

/** All policies that are shipped with the program; the files are read once. */
export function shippedPolicies(): readonly ShippedPolicy[] {
  shipped ??= policyIndex.map((entry) => ({
    entry,
    texts: entry.shipped.map((text) => ({ ...text, content: readText(text.file) })),
    examples: entry.examples === '' ? [] : ExamplesFile.parse(JSON.parse(readText(entry.examples))),
  }))
  return shipped
}

function readText(file: string): string {
  return readFileSync(new URL(file, directory), 'utf8')
}
