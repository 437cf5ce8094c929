/** What policy says of rectification (`rectification.terms`). */
export interface RectificationTerms {
  /** Words of classes that are proposed; others may be written. */
  readonly classes: readonly string[]
  /** Days before the last day at which a problem is shown as near. */
  readonly soonDays: number
  /** Calendar days by which a last day may be moved at once. */
  readonly mostExtensionDays: number
  /** Working days for a check of the same problem elsewhere. */
  readonly checkDays: number
  /** Working days for a problem that is open again, where its last day has passed. */
  readonly reopenedDays: number
  /** The word before the number of a letter: `整改交办`. */
  readonly letterWord: string
  /** Who signs letters; the area's own name and 防止返贫 office where nothing is said. */
  readonly letterSigner: string
}

/** Reads the terms out of the parameters in force. Throws for one that is missing; its name is the message. */
export function readTerms(valueOf: (name: string) => string | number | readonly string[] | null | undefined): RectificationTerms {
  const list = (name: string): readonly string[] => {
    const value = valueOf(name)
    if (typeof value !== 'object' || value === null) throw new Error(name)
    return value
  }
  const number = (name: string): number => {
    const value = Number(valueOf(name) ?? Number.NaN)
    if (!Number.isInteger(value) || value < 0) throw new Error(name)
    return value
  }
  const text = (name: string): string => String(valueOf(name) ?? '')
  return {
    classes: list('整改问题类别'),
    soonDays: number('整改临期天数'),
    mostExtensionDays: number('整改延期最多天数'),
    checkDays: number('举一反三排查天数'),
    reopenedDays: number('问题重新打开整改天数'),
    letterWord: text('交办函字号'),
    letterSigner: text('交办函落款'),
  }
}
