import type { Context } from '#kernel/server/caller/index.ts'
import { parametersFor } from '#modules/policies/server/index.ts'
import { readTerms, type CaseTerms } from '../rules/case-terms.ts'
import { casesErrors } from './errors.ts'

/** The policies that an act on a case reads: of the procedure, and of its clocks. */
const keys = ['cases.procedure', 'cases.help-procedure', 'cases.exit-procedure', 'cases.layer-months', 'cases.clocks']

type Asked = { readonly areaPath: string; readonly asOf: string }
type Found = Awaited<ReturnType<typeof parametersFor>>
/** What a transaction has read: an act asks for its terms, and its clocks for the same ones again. */
const readBefore = new WeakMap<object, Map<string, Promise<Found>>>()

/** What policy says of the procedure for an area on a day. Throws `cases.terms-incomplete` with the parameter's name. */
export async function termsOf(ctx: Context, asked: Asked): Promise<CaseTerms> {
  return readWith(ctx, asked, readTerms)
}

/** Reads something out of the same parameters. Throws `cases.terms-incomplete` with the name of the one that is no such value. */
export async function readWith<Terms>(
  ctx: Context,
  asked: Asked,
  read: (valueOf: (name: string) => string | number | readonly string[] | null | undefined) => Terms,
): Promise<Terms> {
  const found = await parametersOf(ctx, asked)
  try {
    return read((name) => found.get(name)?.value)
  } catch (fault) {
    throw casesErrors.termsIncomplete({ name: fault instanceof Error ? fault.message : '' })
  }
}

function parametersOf(ctx: Context, { areaPath, asOf }: Asked): Promise<Found> {
  const ask = () => parametersFor(ctx, { areaPath, asOf, keys })
  if (ctx.db === undefined) return ask()
  const read = readBefore.get(ctx.db) ?? new Map<string, Promise<Found>>()
  readBefore.set(ctx.db, read)
  const key = `${areaPath} ${asOf}`
  const found = read.get(key) ?? ask()
  read.set(key, found)
  return found
}
