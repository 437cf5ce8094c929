import { inTransaction } from '#kernel/server/database/index.ts'
import { LoginName, RoleKey } from '#modules/identity/contract.ts'
import { createUser, listAreas, listUsers, resetPassword, unlockUser } from '#modules/identity/server/module.ts'
import { openCounty } from '../command-context.ts'
import { openInstallation, type Installation } from '../installation.ts'
import { configOf, print, textOf, type Command, type Given } from './command.ts'

/** `bangfu users`: for the machine's administrator when nobody can log in. */
export const usersCommand: Command = {
  name: 'users',
  usage: 'npx bangfu users list | add --login L --name N --role R [--area CODE] | reset --login L | unlock --login L',
  zh: '用户：列出、新增、重置密码、解锁（每次都写入审计）',
  en: 'list and add users, reset a password, unlock; each act is audited',
  options: { login: { type: 'string' }, name: { type: 'string' }, role: { type: 'string' }, area: { type: 'string' } },
  run: async (given, words) => {
    const installation = await openInstallation(configOf(given))
    try {
      return await runUsers(given, words[0] ?? 'list', installation)
    } finally {
      await installation.close()
    }
  },
}

async function runUsers(given: Given, verb: string, installation: Installation): Promise<number> {
  const { ctx } = await openCounty(installation, given, 'users')
  if (verb === 'list') return list(given, installation)
  if (verb === 'add') {
    const areas = await listAreas(ctx, {})
    const code = textOf(given, 'area')
    const area = areas.find((one) => (code === undefined ? one.level === 'county' : one.code === code || one.officialCode === code))
    const input = {
      name: textOf(given, 'name') ?? '',
      loginName: LoginName.parse(textOf(given, 'login')),
      roles: [RoleKey.parse(textOf(given, 'role'))],
      areaPath: area?.path ?? '',
    }
    const account = await inTransaction(ctx, (db) => createUser({ ...ctx, db }, input, installation.vault))
    print(given, { ok: true, ...account }, [`已新增 added: ${account.loginName}，一次性密码 one-time password: ${account.oneTimePassword}`])
    return 0
  }
  const page = await listUsers(ctx, { limit: 200 }, installation.vault)
  const user = page.items.find((one) => one.loginName === textOf(given, 'login'))
  if (user === undefined) throw new Error('没有这个登录名，见 npx bangfu users list · no such login name')
  if (verb === 'reset') {
    const account = await resetPassword(ctx, user.userId)
    print(given, { ok: true, ...account }, [`${account.loginName} 的一次性密码 one-time password: ${account.oneTimePassword}`])
    return 0
  }
  if (verb !== 'unlock') throw new Error(usersCommand.usage)
  await unlockUser(ctx, user.userId)
  print(given, { ok: true }, ['已解锁 unlocked'])
  return 0
}

async function list(given: Given, installation: Installation): Promise<number> {
  const { ctx } = await openCounty(installation, given, 'users')
  const { items } = await listUsers(ctx, { limit: 200 }, installation.vault)
  print(
    given,
    { ok: true, users: items },
    items.map((user) => `${user.loginName.padEnd(20)} ${user.state.padEnd(9)} ${user.name} · ${user.roles.join(', ')}`),
  )
  return 0
}
