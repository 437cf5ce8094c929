import { resolve } from 'node:path'
import { generateCounty } from '#modules/demo/server/module.ts'
import { makeProgress } from '../progress.ts'
import { numberOf, print, textOf, type Command } from './command.ts'

/** `bangfu generate`: a deterministic synthetic county with its truth. */
export const generateCommand: Command = {
  name: 'generate',
  usage: 'npx bangfu generate --households N --seed S --out DIR [--months M]',
  zh: '生成一个虚构的县：底册、国网导出表、各月部门清单及标准答案',
  en: 'make a synthetic county: register, national exports, department lists and their truth',
  options: { households: { type: 'string' }, seed: { type: 'string' }, out: { type: 'string' }, months: { type: 'string' } },
  run: async (given) => {
    const out = textOf(given, 'out')
    if (out === undefined) throw new Error(generateCommand.usage)
    const months = numberOf(given, 'months')
    const progress = makeProgress(given['json'] === true)
    const receipt = await generateCounty({
      households: numberOf(given, 'households') ?? 3000,
      seed: textOf(given, 'seed') ?? '1',
      out: resolve(out),
      ...(months === undefined ? {} : { months }),
      onProgress: (step) => progress.step(step.step, step.done, step.total),
    })
    progress.end()
    print(given, { ok: true, ...receipt }, [
      `${receipt.county.name}（虚构 invented, ${receipt.county.code}）: ${receipt.households} 户 households, ${receipt.persons} 人 persons`,
      `${receipt.files.length} 个文件 files → ${resolve(out)}`,
    ])
    return 0
  },
}
