import { endOfRange, type Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { maskOf } from './fact-records.ts'
import { findNamedRows, mostNamesakes } from './find-named-store.ts'
import type { PersonPlace } from './find-persons-store.ts'
import { placeOfPersonCell } from './tables.ts'

/** Whom a list means by a name: in a place and below it, in a household by its number or its head, or as the head of one. */
export interface PersonQuestion {
  readonly name: string
  readonly areaPath?: string
  readonly householdNo?: string
  readonly headName?: string
  readonly isHead?: boolean
}

/** Somebody of that name, with what tells him from namesakes; the number masked. */
export interface NamedPerson extends PersonPlace {
  readonly householdNo: string
  readonly headName: string | undefined
  readonly place: string
  readonly group: string
  readonly bornOn: string | undefined
  readonly idMasked: string | undefined
}

/**
 * Members of today by their names within the caller's scope, question by question, in one go; `isCut`: there are more of that name than are told
 * apart (20). For sheets of other modules; the caller audits its own act.
 */
export async function findNamedPersons(
  ctx: Context,
  db: Db,
  given: { questions: readonly PersonQuestion[]; vault: Vault },
): Promise<{ people: NamedPerson[]; isCut: boolean }[]> {
  const { questions, vault } = given
  if (questions.length === 0) return []
  const rows = await findNamedRows(
    db,
    ctx.scope,
    questions.map(({ name, areaPath, householdNo, headName, isHead }) => ({
      name,
      lo: areaPath ?? null,
      hi: areaPath === undefined ? null : endOfRange(areaPath),
      householdNo: householdNo ?? null,
      headName: headName ?? null,
      isHead: isHead === true,
    })),
  )
  const answers = questions.map((): NamedPerson[] => [])
  for (const { asked, personNo, idCell, township, village, group, headName, bornOn, ...row } of rows)
    answers[asked]?.push({
      ...row,
      headName: headName ?? undefined,
      bornOn: bornOn ?? undefined,
      group: group ?? '',
      place: [township, village, group ?? ''].join(''),
      idMasked: idCell === null ? undefined : maskOf('id', vault.decrypt(idCell, placeOfPersonCell('id', personNo))),
    })
  return answers.map((people) => ({ people: people.slice(0, mostNamesakes), isCut: people.length > mostNamesakes }))
}
