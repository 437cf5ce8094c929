import { findCounty } from '#modules/identity/server/module.ts'
import { startErrors } from '../command-context.ts'
import { openInstallation } from '../installation.ts'
import { takeLock } from '../lock.ts'
import { emptyDemo } from '../plugs.ts'
import { configOf, print, type Command, type Given } from './command.ts'

/** `bangfu demo remove`: the demo county with everything in it, and nothing else. */
export const demoCommand: Command = {
  name: 'demo',
  usage: 'npx bangfu demo remove [--data DIR]',
  zh: '删除示范县及其全部数据（真实的县不会被删除）',
  en: 'remove the demo county with all its data (never a real county)',
  options: {},
  run: remove,
}

async function remove(given: Given, words: readonly string[]): Promise<number> {
  if (words[0] !== 'remove') throw new Error(demoCommand.usage)
  const config = configOf(given)
  const installation = await openInstallation(config)
  let giveBack: (() => void) | undefined
  try {
    giveBack = takeLock(config.dataDirectory)
    const county = await findCounty(installation.database)
    if (county?.isDemo !== true) throw startErrors.notDemo()
    const removed = await emptyDemo(installation)
    print(given, { ok: true, ...removed }, [`示范县已删除 demo county removed: ${removed.rows} 行 rows`])
    return 0
  } finally {
    giveBack?.()
    await installation.close()
  }
}
