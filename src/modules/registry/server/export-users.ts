import type { Context } from '#kernel/server/caller/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import type { ListUsers, User } from '#modules/identity/contract.ts'
import { listUsers, nameOfRole } from '#modules/identity/server/index.ts'
import { allPages, type ListToExport } from './export-list.ts'

// The accounts of the county. They stand here because every export is recorded in one place, and identity uses no other module.

const rowsAtOnce = 200
const columns = [
  { label: '姓名', width: 12 },
  { label: '登录名', width: 18 },
  { label: '角色', width: 30 },
  { label: '区域', width: 18 },
  { label: '单位', width: 22 },
  { label: '电话', width: 14 },
  { label: '状态', width: 10 },
] as const
const states = { active: '在用', disabled: '已停用', left: '已离岗' } as const

/** Accounts as their page lists them, telephones masked; no passwords, no sessions. */
export function usersToExport(ctx: Context, given: { filter: Omit<ListUsers, 'after' | 'limit'>; vault: Vault }): ListToExport {
  const { startsWith, ...filter } = given.filter
  const wanted = { ...given.filter, limit: rowsAtOnce }
  const pages = allPages((after) => listUsers(ctx, after === undefined ? wanted : { ...wanted, after }, given.vault))
  const rows = async function* () {
    for await (const user of pages) yield toCells(user)
  }
  // A beginning of a name is the name of somebody: the record says only that one was given.
  return { list: 'identity.users', columns, filter: { ...filter, ...(startsWith === undefined ? {} : { startsWith: true }) }, rows: rows() }
}

function toCells(user: User): string[] {
  return [
    user.name,
    user.loginName,
    user.roles.map((role) => nameOfRole(role)).join('、'),
    user.areaName ?? '',
    user.organisationName ?? '',
    user.phoneMasked ?? '',
    states[user.state],
  ]
}
