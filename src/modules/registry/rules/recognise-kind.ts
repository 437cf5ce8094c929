import type { KindPolicy, Field } from '../policy/policy.ts'
import type { ImportKind } from '../contract.ts'

/** The fields that a file of this kind may hold. */
export function fieldsOfKind(fields: readonly Field[], policy: KindPolicy): Field[] {
  return fields.filter(
    (field) =>
      (field.kinds === undefined || field.kinds.includes(policy.kind)) &&
      (policy.entities.includes(field.entity) || (field.type === 'area' && field.entity === 'household')),
  )
}

/** What a file's columns say of its kind. `keys` are the fields that its labels name under each kind. */
export interface KindFacts {
  keysOf: (kind: ImportKind) => ReadonlySet<string>
  fileName: string
}

/**
 * Decides the kind of a file by its columns; the name only breaks a tie. Returns `undefined` when no kind has its required columns
 * and at least one typical one.
 */
export function decideKind(facts: KindFacts, policies: readonly KindPolicy[]): ImportKind | undefined {
  let best: { kind: ImportKind; score: number } | undefined
  for (const policy of policies) {
    const keys = facts.keysOf(policy.kind)
    const count = (wanted: readonly string[]): number => wanted.filter((key) => keys.has(key)).length
    const required = count(policy.required) / policy.required.length
    const typical = count(policy.typical) / policy.typical.length
    if (required < 0.6 || typical === 0) continue
    const hint = policy.fileNames.some((name) => facts.fileName.includes(name)) ? 0.1 : 0
    const score = required + 2 * typical - count(policy.foreign) * 0.3 + hint
    if (best === undefined || score > best.score) best = { kind: policy.kind, score }
  }
  return best?.kind
}
