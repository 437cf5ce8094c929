/** The details an error carries to the screen: plain values, never personal data and never a driver's message. */
export type ErrorDetails = Readonly<Record<string, unknown>>

/** An expected refusal with a stable code; the screen turns code and details into a sentence for people. */
export class NamedError extends Error {
  override readonly name = 'NamedError'
  readonly code: string
  readonly status: number
  readonly details: ErrorDetails

  constructor(code: string, status: number, details: ErrorDetails = {}) {
    super(code)
    this.code = code
    this.status = status
    this.details = details
  }
}

type ErrorFactories<Names extends Record<string, number>> = { readonly [Name in keyof Names]: (details?: ErrorDetails) => NamedError }

/** Declares the errors of a module: `defineErrors('cases', { mayNotClose: 409 })` makes `mayNotClose()` with code `cases.may-not-close`. */
export function defineErrors<const Names extends Record<string, number>>(owner: string, names: Names): ErrorFactories<Names> {
  const factories: Record<string, (details?: ErrorDetails) => NamedError> = {}
  for (const [name, status] of Object.entries(names)) {
    const code = `${owner}.${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
    factories[name] = (details) => new NamedError(code, status, details)
  }
  // Safe: the loop above made exactly one factory for each key of `names`.
  return factories as ErrorFactories<Names>
}

/** True for an expected refusal; everything else is a fault of the program or its surroundings. */
export function isNamedError(error: unknown): error is NamedError {
  return error instanceof NamedError
}
