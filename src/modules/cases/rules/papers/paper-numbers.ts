import { paperKinds, type PaperKind } from './paper-kinds.ts'

/** Papers that may ever show whole identity numbers: what is collected from the household or stays within the offices. No public one. */
const neverPublic = ['application', 'collection', 'review'] as const satisfies readonly PaperKind[]

/** Papers of which policy says that they may be printed with whole numbers. Throws for a name that may not be there; it is the message. */
export function readWholePapers(names: string | number | readonly string[] | null | undefined): PaperKind[] {
  if (typeof names !== 'object' || names === null) throw new Error('可打印完整证件号码的文书')
  return names.map((name) => {
    const kind = neverPublic.find((one) => paperKinds[one].zh === name)
    if (kind === undefined) throw new Error(`可打印完整证件号码的文书：${name}`)
    return kind
  })
}
