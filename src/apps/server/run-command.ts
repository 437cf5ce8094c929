import { parseArgs } from 'node:util'
import { isNamedError } from '#kernel/pure/errors/index.ts'
import { commands, type Command } from './commands/index.ts'
import { sayFault } from './say.ts'

/** Runs one command of the command line and returns its exit code: 0 ok, 1 refused or findings with --strict, 2 usage (design.md §10). */
export async function runCommand(words: readonly string[]): Promise<number> {
  const [name = 'help', ...rest] = words
  const command = commands.find((one) => one.name === name)
  if (command === undefined) {
    process.stdout.write(overview())
    return name === 'help' || name === '--help' ? 0 : 2
  }
  if (rest.includes('--help')) {
    process.stdout.write(`${command.usage}\n    ${command.zh}\n    ${command.en}\n`)
    return 0
  }
  let given: ReturnType<typeof parse>
  try {
    given = parse(command, rest)
  } catch (fault) {
    process.stderr.write(`${fault instanceof Error ? fault.message : ''}\n${command.usage}\n`)
    return 2
  }
  try {
    return await command.run(given.values, given.positionals)
  } catch (fault) {
    const said = sayFault(fault)
    if (given.values['json'] === true) process.stdout.write(`${JSON.stringify({ ok: false, ...said })}\n`)
    else process.stderr.write(`${said.sentence}\n`)
    if (!isNamedError(fault) && process.env['BANGFU_DEBUG'] !== undefined && fault instanceof Error)
      process.stderr.write(`${fault.stack ?? ''}\n`)
    return 1
  }
}

function parse(command: Command, words: readonly string[]) {
  const options = { data: { type: 'string' }, json: { type: 'boolean' }, reason: { type: 'string' }, ...command.options } as const
  return parseArgs({ args: [...words], options, allowPositionals: true, strict: true })
}

function overview(): string {
  const lines = commands.flatMap((command) => [command.usage, `    ${command.zh} · ${command.en}`])
  return `bangfu 帮扶\n\n${lines.join('\n')}\n\n--data DIR  数据目录 · holds everything; --json  机器可读 · machine-readable; --reason TEXT  事由，写入审计 · written to the audit\n`
}
