import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { makeId } from '#kernel/pure/ids/index.ts'
import { UserId, type NewAccount, type RoleKey } from '../contract.ts'
import { identityErrors } from './errors.ts'
import { insertLogins } from './login-store.ts'
import { hashPassword, makeOneTimePassword } from './passwords.ts'
import { asSystem, translating } from './system-store.ts'
import { insertRoles, insertUsers, type NewUser } from './user-store.ts'

/** What an account is opened with; the telephone already encrypted by `sealPhone`. */
export interface AccountDraft extends NewUser {
  roles: readonly RoleKey[]
  areaPath: string
}

export function makeUserId(ctx: Context): UserId {
  return UserId.parse(makeId(Date.parse(ctx.now)))
}

/** The cell and the blind index of a telephone; nothing for none. */
export function sealPhone(vault: Vault, userId: UserId, phone: string | undefined): { phoneCell?: Buffer; phoneIndex?: Buffer } {
  if (phone === undefined) return {}
  return { phoneCell: vault.encrypt(phone, phonePlace(userId)), phoneIndex: vault.blindIndex('phone', phone) }
}

/** Where a user's telephone stands, for the vault. */
export function phonePlace(userId: string) {
  return { table: 'identity.user_account', column: 'phone', rowId: userId }
}

/** Opens accounts with one-time passwords, which are returned this once. Roles and areas were judged before. */
export async function openAccounts(db: Db, ctx: Context, drafts: readonly AccountDraft[]): Promise<NewAccount[]> {
  const made = await Promise.all(
    drafts.map(async (draft) => {
      const oneTimePassword = makeOneTimePassword()
      return { draft, oneTimePassword, passwordHash: await hashPassword(oneTimePassword) }
    }),
  )
  await translating(db, ctx, {
    work: async (inner) => {
      await insertUsers(inner, ctx, drafts)
      await insertRoles(
        inner,
        ctx,
        drafts.flatMap((draft) => draft.roles.map((role) => ({ userId: draft.userId, role, areaPath: draft.areaPath }))),
      )
      const logins = made.map((one) => ({ userId: one.draft.userId, loginName: one.draft.loginName, passwordHash: one.passwordHash }))
      await asSystem({ ...ctx, db: inner }, 'open-account', (system) => insertLogins(system, ctx, logins))
    },
    errors: accountErrors,
  })
  return made.map(({ draft, oneTimePassword }) => ({ userId: draft.userId, name: draft.name, loginName: draft.loginName, oneTimePassword }))
}

/** What the database's keys mean for accounts. */
export const accountErrors: Readonly<Record<string, () => Error>> = {
  login_name_everywhere: () => identityErrors.loginNameTaken(),
  user_account_county_code_login_name_key: () => identityErrors.loginNameTaken(),
  user_account_county_code_organisation_id_fkey: () => identityErrors.unknownOrganisation(),
  user_role_three_administrators: () => identityErrors.rolesNotAllowed({ reasons: ['roles-not-together'] }),
}
