import { basename, resolve } from 'node:path'
import { bringForm, writeFormOf, type BroughtForm } from '#modules/ledgers/server/module.ts'
import { openCounty } from '../command-context.ts'
import { openInstallation, type Installation } from '../installation.ts'
import { makePlugs } from '../plugs.ts'
import { configOf, print, textOf, type Command, type Given } from './command.ts'

/** `bangfu ledgers xlsform`: a form becomes a draft of a ledger of the county's own, a ledger becomes a form. */
export const ledgersCommand: Command = {
  name: 'ledgers',
  usage: 'npx bangfu ledgers xlsform import FILE.xlsx [--name N] | export KEY --to FILE.xlsx [--data DIR]',
  zh: 'XLSForm 表单导入成台账草稿（读不懂的一次列全，不建一半），台账导出成表单',
  en: 'an XLSForm becomes a draft of a ledger (what is not understood is listed at once, nothing is half made); a ledger becomes a form',
  options: { name: { type: 'string' }, to: { type: 'string' } },
  run: async (given, [what, act, of]) => {
    const to = textOf(given, 'to')
    if (what !== 'xlsform' || of === undefined || (act !== 'import' && (act !== 'export' || to === undefined))) {
      process.stderr.write(`${ledgersCommand.usage}\n`)
      return 2
    }
    const installation = await openInstallation(configOf(given))
    try {
      return act === 'import' ? await takeForm(installation, given, of) : await giveForm(installation, given, { key: of, to: to ?? '' })
    } finally {
      await installation.close()
    }
  },
}

async function takeForm(installation: Installation, given: Given, path: string): Promise<number> {
  makePlugs(installation, { mayFoundFromElsewhere: false }) // the modules' sentences
  const { ctx } = await openCounty(installation, given, 'ledgers')
  const name = textOf(given, 'name')
  const form = await bringForm(ctx, { path: resolve(path), fileName: basename(path), ...(name === undefined ? {} : { name }) })
  print(given, { ok: form.problems.length === 0, ...form }, describe(form))
  return form.problems.length === 0 ? 0 : 1
}

function describe({ problems, notes, templateKey, fields }: BroughtForm): string[] {
  const lines = (list: BroughtForm['notes']) => list.flatMap(({ said }) => [`  ${said.zh}`, `    ${said.en}`])
  if (templateKey === undefined)
    return [`▲ 有 ${problems.length} 处读不懂，什么也没有建 ${problems.length} problems, nothing was made`, ...lines(problems)]
  return [`草稿 draft ${templateKey}: ${fields} 个字段 fields`, ...lines(notes)]
}

async function giveForm(installation: Installation, given: Given, { key, to }: { key: string; to: string }): Promise<number> {
  makePlugs(installation, { mayFoundFromElsewhere: false })
  const { ctx } = await openCounty(installation, given, 'ledgers')
  const left = await writeFormOf(ctx, { templateKey: key, target: resolve(to) })
  print(given, { ok: true, file: resolve(to), left }, [
    `→ ${resolve(to)}`,
    ...(left.length === 0
      ? []
      : [`表单带不走 left out: ${left.length}`, ...left.flatMap(({ said }) => [`  ${said.zh}`, `    ${said.en}`])]),
  ])
  return 0
}
