import { makeId } from '#kernel/pure/ids/index.ts'
import { maskPhone } from '#kernel/pure/text/index.ts'
import { addDays, readDay } from '#kernel/pure/time/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { seatPath } from '../../rules/case-seat.ts'
import type { Difficulty, IntakeChannel } from '../../rules/intake/intake-records.ts'
import { seatOfCaller } from '../case-seat.ts'
import { findReceiptOfForm, insertReceipt, type Receipt } from './declaration-store.ts'
import { declarationTerms, dueOf } from './declaration-terms.ts'
import { casesErrors } from '../errors.ts'
import {
  findOpenOfPerson,
  insertIntake,
  insertIntakeEvent,
  lockIntakes,
  placeOfIntake,
  placeOfIntakeEvent,
  saveIntake,
  type IntakeRow,
} from './intake-store.ts'

/** What came in, whoever brought it; numbers and text still plain. */
export interface ReceivedIntake {
  readonly channel: IntakeChannel
  /** Of the village, or of the township where the village is not known. */
  readonly areaPath: string
  readonly sender?: string | undefined
  readonly senderNo?: string | undefined
  readonly receivedOn?: string | undefined
  readonly name: string
  readonly phone: string | undefined
  readonly idNumber: string | undefined
  readonly difficulties: readonly Difficulty[]
  readonly text: string
  readonly wantsCall: boolean
  readonly reporter: { readonly name: string; readonly relation: string } | undefined
  /** The number of a public form: the same form again gets its first receipt. */
  readonly formNo?: string | undefined
}

export interface TakenIntake {
  readonly intakeId: string
  readonly receipt: Receipt
  /** It joined what the same person had sent, and which is not closed yet. */
  readonly isJoined: boolean
  /** The form had been taken before. */
  readonly isReplay: boolean
}

/**
 * Keeps what came in: once per form, once per person while it is open. Receipt, event and audit stand in the same transaction. Who sent it learns
 * nothing but its receipt, whatever is on file.
 */
export async function receiveIntake(ctx: Context, deps: { vault: Vault }, given: ReceivedIntake): Promise<TakenIntake> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const { formNo } = given
    const indexes = indexesOf(deps.vault, given)
    await lockIntakes(db, ctx, locksOf(deps.vault, given, indexes))
    const before = formNo === undefined ? undefined : await findReceiptOfForm(db, ctx, formNo)
    if (before !== undefined) return { intakeId: before.intakeId, receipt: before, isJoined: false, isReplay: true }
    const terms = await declarationTerms(within, given.areaPath)
    const since = addDays(ctx.today, -terms.joinDays)
    const open = await findOpenOfPerson(db, ctx.scope, { ...indexes, name: given.name, since })
    const kept =
      open === undefined
        ? await keepNew(within, deps, { given, indexes, dueOn: await dueOf(within, terms, readDay(given.receivedOn ?? '') ?? ctx.today) })
        : await join(within, deps, { open, given })
    const receipt = await insertReceipt(db, ctx, { ...kept, formNo })
    const details = { channel: given.channel, isJoined: open !== undefined, receiptNo: receipt.receiptNo }
    await audit(db, ctx, { did: 'cases.intake.receive', objectKind: 'cases.intake', objectId: kept.intakeId, details })
    return { intakeId: kept.intakeId, receipt, isJoined: open !== undefined, isReplay: false }
  })
}

interface Indexes {
  readonly idIndex: Buffer | undefined
  readonly phoneIndex: Buffer | undefined
}

function indexesOf(vault: Vault, { idNumber, phone }: ReceivedIntake): Indexes {
  return {
    idIndex: idNumber === undefined ? undefined : vault.blindIndex('intake-id-number', idNumber),
    phoneIndex: phone === undefined ? undefined : vault.blindIndex('intake-phone', phone),
  }
}

function locksOf(vault: Vault, given: ReceivedIntake, { idIndex, phoneIndex }: Indexes): Buffer[] {
  const form = given.formNo === undefined ? undefined : vault.blindIndex('intake-form', given.formNo)
  return [form, idIndex, phoneIndex].filter((key) => key !== undefined)
}

/** Who looks at it first: the village at what is declared or found there, the township at what offices send, to hand it on. */
function firstSeat(ctx: Context, channel: IntakeChannel): 'village' | 'township' {
  return channel === 'declaration' || channel === 'visit' || seatOfCaller(ctx).level === 'village' ? 'village' : 'township'
}

type Kept = Pick<IntakeRow, 'intakeId' | 'areaPath' | 'householdId'>

async function keepNew(
  ctx: Context & { readonly db: Db },
  { vault }: { vault: Vault },
  { given, indexes, dueOn }: { given: ReceivedIntake; indexes: Indexes; dueOn: string },
): Promise<Kept> {
  const intakeId = makeId()
  const { phone, idNumber, text, areaPath } = given
  const seal = (column: 'phone' | 'id' | 'text', plain: string) => vault.encrypt(plain, placeOfIntake(column, intakeId))
  const { idIndex, phoneIndex } = indexes
  await refused(
    insertIntake(ctx.db, ctx, {
      intakeId,
      areaPath,
      channel: given.channel,
      sender: given.sender ?? null,
      senderNo: given.senderNo ?? null,
      receivedOn: given.receivedOn ?? ctx.today,
      heldBy: seatPath(areaPath, firstSeat(ctx, given.channel)),
      dueOn,
      name: given.name,
      phone:
        phone === undefined || phoneIndex === undefined ? null : { cell: seal('phone', phone), index: phoneIndex, tail: maskPhone(phone) },
      id: idNumber === undefined || idIndex === undefined ? null : { cell: seal('id', idNumber), index: idIndex },
      textCell: text === '' ? null : seal('text', text),
      difficulties: given.difficulties,
      wantsCall: given.wantsCall,
      reporter: given.reporter,
    }),
  )
  const row = { intakeId, areaPath, householdId: null, state: 'new' } as const
  await insertIntakeEvent(ctx.db, ctx, { row, action: 'receive' })
  return row
}

/** Adds what was sent again to what is open: nothing that was written is lost, and nobody works on it twice. */
async function join(
  ctx: Context & { readonly db: Db },
  { vault }: { vault: Vault },
  { open, given }: { open: IntakeRow; given: ReceivedIntake },
): Promise<Kept> {
  const difficulties = [...new Set([...open.difficulties, ...given.difficulties])]
  const after = { ...open, difficulties, wantsCall: open.wantsCall || given.wantsCall, submissions: open.submissions + 1 }
  if (!(await saveIntake(ctx.db, ctx, after))) throw casesErrors.intakeChanged()
  const { text } = given
  const details = { channel: given.channel, difficulties: given.difficulties }
  const seal = text === '' ? {} : { seal: (eventId: string) => vault.encrypt(text, placeOfIntakeEvent(eventId)) }
  await insertIntakeEvent(ctx.db, ctx, { row: after, action: 'join', details, ...seal })
  return open
}

/** The same number of the same hotline was entered before. */
async function refused(work: Promise<void>): Promise<void> {
  try {
    await work
  } catch (fault) {
    if (fault instanceof Error && 'constraint' in fault && fault.constraint === 'intake_sender_no') throw casesErrors.intakeEntered()
    throw fault
  }
}
