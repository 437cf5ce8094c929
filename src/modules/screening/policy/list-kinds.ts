import type { ListKind } from '../contract.ts'
import file from './list-kinds.json' with { type: 'json' }
import type { ListKindPolicy } from './policy.ts'

type Raw = Omit<Partial<ListKindPolicy>, 'fields'> & { fields: Partial<ListKindPolicy['fields'][number]>[] }

// Safe: a test parses the file with `ListKindsPolicy`. It is not parsed here, because every process that compares would carry the parser.
const raw = file.kinds as unknown as Raw[]

/** The kinds of lists that are shipped. */
export const listKinds: readonly ListKindPolicy[] = raw.map(
  // Safe: as above; what may be left out is filled in as the schema does.
  (kind) =>
    ({
      sameRowOnce: false,
      ...kind,
      fields: kind.fields.map((field) => ({ aliases: [], parts: [], business: false, fact: false, ...field })),
    }) as ListKindPolicy,
)

/** The description of a kind; every kind of the contract has one (a test reads both). */
export function kindOf(kind: ListKind): ListKindPolicy {
  const found = listKinds.find((one) => one.kind === kind)
  if (found === undefined) throw new Error(`no policy for the list ${kind}`)
  return found
}
