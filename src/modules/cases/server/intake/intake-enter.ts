import { isNamedError } from '#kernel/pure/errors/index.ts'
import { tidyName } from '#kernel/pure/text/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { httpErrors } from '#kernel/server/http/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { findAreaInScope } from '#modules/identity/server/index.ts'
import { isName, readId, readPhone, tidyText } from '../../rules/intake/declaration-form.ts'
import type { EnterIntake, EnterIntakes } from '../../rules/intake/intake-requests.ts'
import { casesErrors } from '../errors.ts'
import { matchIntake } from './intake-act.ts'
import { receiveIntake } from './intake-receive.ts'

export interface EnteredIntake {
  readonly intakeId: string
  readonly receiptNo: string
  readonly isJoined: boolean
}

/** Keeps what an officer heard or was sent, and seeks its household at once. Throws `cases.intake-unfit` naming the field, `intake-entered`. */
export async function enterIntake(ctx: Context, deps: { vault: Vault }, given: EnterIntake): Promise<EnteredIntake> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const area = await findAreaInScope(within, given.areaPath)
    if (area === undefined) throw httpErrors.notFound()
    if (given.receivedOn !== undefined && given.receivedOn > ctx.today) throw casesErrors.intakeUnfit({ field: 'receivedOn' })
    const name = tidyName(given.name)
    const phone = given.phone === undefined || given.phone === '' ? undefined : readPhone(given.phone)
    const { number: idNumber, isWrong } = readId(given.idNumber ?? '')
    if (!isName(name)) throw casesErrors.intakeUnfit({ field: 'name' })
    if (phone === undefined && (given.phone ?? '') !== '') throw casesErrors.intakeUnfit({ field: 'phone' })
    if (isWrong) throw casesErrors.intakeUnfit({ field: 'idNumber' })
    const { reporterName = '', reporterRelation = '' } = given
    const taken = await receiveIntake(within, deps, {
      channel: given.channel,
      areaPath: area.path,
      name,
      phone,
      idNumber,
      difficulties: given.difficulties,
      wantsCall: false,
      sender: textOf(given.sender),
      senderNo: textOf(given.senderNo),
      receivedOn: given.receivedOn,
      text: tidyText(given.text),
      reporter:
        reporterName === ''
          ? undefined
          : {
              name: tidyName(reporterName),
              relation: reporterRelation,
            },
    })
    if (!taken.isJoined) await matchIntake(within, deps, taken.intakeId)
    return { intakeId: taken.intakeId, receiptNo: taken.receipt.receiptNo, isJoined: taken.isJoined }
  })
}

function textOf(given: string | undefined): string | undefined {
  return given === undefined || given === '' ? undefined : given
}

/** What came of each row, in the order of the rows. */
export interface EnteredIntakes {
  readonly items: readonly (EnteredIntake | { readonly code: string; readonly details: Readonly<Record<string, unknown>> })[]
}

/** Many rows, each by itself. */
export async function enterIntakes(ctx: Context, deps: { vault: Vault }, given: EnterIntakes): Promise<EnteredIntakes> {
  return inTransaction(ctx, async (db) => {
    const items: EnteredIntakes['items'][number][] = []
    for (const row of given.rows) {
      try {
        items.push(await enterIntake({ ...ctx, db }, deps, row))
      } catch (fault) {
        if (!isNamedError(fault)) throw fault
        items.push({ code: fault.code, details: fault.details })
      }
    }
    return { items }
  })
}
