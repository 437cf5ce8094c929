import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEmbedded, type EmbeddedServer } from '../../src/kernel/server/database/index.ts'
import { generateCounty } from '../../src/modules/demo/server/index.ts'
import { runHere } from '../run-here.ts'

// The command line as a county's data officer types it (design.md §10): what starts, stops and refuses in programs of their own, the rest in this one.
const root = mkdtempSync(join(tmpdir(), 'bangfu-commands-'))
const [county, data, out] = [join(root, 'county'), join(root, 'data'), join(root, 'out')]
const main = join(import.meta.dirname, '../../src/apps/server/main.ts')
const start = join(import.meta.dirname, '../../bin/start.mjs')

function runProgram(...words: string[]) {
  const done = spawnSync(process.execPath, [main, ...words], { encoding: 'utf8' })
  return { code: done.status, out: done.stdout, err: done.stderr }
}
const run = async (...words: string[]) => {
  const done = await runHere(...words)
  // Safe: every command prints one object.
  return { ...done, json: () => done.json() as Record<string, never> }
}

/** The first line of a stream that is the wanted one. */
function lineOf(stream: Readable, isWanted: (line: string) => boolean): Promise<string> {
  return new Promise((resolve) => {
    let text = ''
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      const found = text.split('\n').slice(0, -1).find(isWanted)
      if (found !== undefined) resolve(found)
    })
  })
}

const withData = (...words: string[]) => run(...words, '--data', data, '--json')

/** Held open until the last test, so that each command finds the database running instead of starting and stopping it. */
let held: EmbeddedServer | undefined
beforeAll(async () => {
  chmodSync(root, 0o755)
  held = await startEmbedded(data)
  await generateCounty({ households: 200, seed: 'commands', out: county, months: 2 })
})
afterAll(async () => {
  await held?.stop()
  rmSync(root, { recursive: true, force: true })
})

describe('the command line', () => {
  it('says how it is used, with exit code 2 for words it does not know', async () => {
    expect(runProgram('help').out).toContain('npx bangfu compare')
    expect(runProgram('nonsense').code).toBe(2)
    expect((await run('import', '--nonsense')).code).toBe(2)
    expect((await run('compare', '--help')).out).toContain('--month')
  })

  it('founds a county from its files, imports all of them, and changes nothing the second time', async () => {
    const first = runProgram('import', join(county, 'registry'), join(county, 'national'), '--data', data, '--json')
    expect(first.err).toBe('')
    expect(first.code).toBe(0)
    const { files } = JSON.parse(first.out.trim().split('\n').at(-1) ?? '') as {
      files: { batch: { counts: Record<string, number>; totals: { balances: boolean } } }[]
    }
    expect(files).toHaveLength(6)
    for (const { batch } of files) {
      expect(batch.counts['read']).toBe((batch.counts['staged'] ?? 0) + (batch.counts['refused'] ?? 0) + (batch.counts['notData'] ?? 0))
      expect(batch.totals.balances).toBe(true)
    }
    const again = await withData('import', join(county, 'registry'), join(county, 'national'))
    const second = again.json() as unknown as { files: { batch: { differences: Record<string, Record<string, number>> } }[] }
    for (const { batch } of second.files) {
      for (const part of ['household', 'person', 'village']) {
        expect((batch.differences[part]?.['new'] ?? 0) + (batch.differences[part]?.['changed'] ?? 0)).toBe(0)
      }
    }
  })

  it('shows a dry run and writes nothing', async () => {
    const before = (await withData('import', join(county, 'registry'), '--dry-run')).json() as unknown as {
      files: { batch: { state: string } }[]
    }
    expect(before.files[0]?.batch.state).toBe('staged')
  })

  it('compares a month, then the next against it, and writes five files that only the owner reads', async () => {
    for (const month of readdirSync(join(county, 'departments'))) {
      const compared = await withData('compare', join(county, 'departments', month), '--month', month, '--out', join(out, month))
      expect(compared.err).toBe('')
      expect(compared.code).toBe(0)
      for (const name of ['matches.csv', 'leads.csv', 'leads_merged.csv', 'delta.csv', 'receipt.json']) {
        const path = join(out, month, name)
        expect(existsSync(path), path).toBe(true)
        if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600)
      }
    }
    const [first = '', second = ''] = readdirSync(out)
    const head = (month: string, name: string) =>
      readFileSync(join(out, month, name), 'utf8')
        .replace(/^\ufeff/, '')
        .split(/\r?\n/)[0]
    expect(head(first, 'matches.csv')).toBe('month,file,sheet,row,household_no,person_id,class')
    expect(head(first, 'leads.csv')).toBe('month,list,rule,household_no,person_id,value')
    expect(head(first, 'leads_merged.csv')).toBe('month,household_no,rules,negative_flags,reasons')
    expect(head(second, 'delta.csv')).toBe('list,key,key_kind,state')
    expect(readFileSync(join(out, second, 'delta.csv'), 'utf8')).toMatch(/,same/)
  })

  it('checks the register by the data rules, and writes every finding into a file that only the owner reads', async () => {
    const file = join(root, 'findings.csv')
    const checked = await withData('check', '--as-of', '2026-12-31', '--csv', file)
    expect(checked.err).toBe('')
    expect(checked.code).toBe(0)
    const said = checked.json() as unknown as { findings: number; ran: Record<string, number>; notRun: { rule: string; needs: string[] }[] }
    expect(Object.keys(said.ran).length + said.notRun.length).toBe(139)
    expect(said.findings).toBe(Object.values(said.ran).reduce((sum, count) => sum + count, 0))
    const [head, ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n')
    expect(head).toBe('rule,household_no,person_id')
    expect(lines).toHaveLength(said.findings)
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
    expect((await withData('check', '--as-of', '2026-12-31', '--strict')).code).toBe(1)
    expect((await run('check', '--as-of', '2026-13-01', '--data', data)).code).toBe(1)
  })

  it('refuses what it cannot read in a sentence, with exit code 1 and nothing half written', async () => {
    const bad = join(root, 'bad.xls')
    writeFileSync(bad, '<html><body><p>请登录</p></body></html>')
    const refused = await run('compare', bad, '--month', '202601', '--out', join(root, 'never'), '--data', data)
    expect(refused.code).toBe(1)
    expect(refused.err).toMatch(/网页/)
    expect(existsSync(join(root, 'never', 'matches.csv'))).toBe(false)
    expect(await run('import', join(root, 'nothing'), '--data', data)).toMatchObject({ code: 1 })
    expect((await run('compare', bad, '--out', root, '--data', data)).code).toBe(1)
  })

  it('is well, lists its users, and adds one', async () => {
    expect((await withData('doctor')).json()).toMatchObject({ ok: true })
    expect(
      (await withData('users', 'add', '--login', 'officer', '--name', '测试数据员', '--role', 'county-data-officer')).json(),
    ).toMatchObject({
      loginName: 'officer',
    })
    expect(((await withData('users', 'list')).json() as unknown as { users: unknown[] }).users).toHaveLength(4)
    expect((await run('demo', 'remove', '--data', data)).code).toBe(1)
  })

  it('serves until it is told to stop, and leaves no process behind although the signal comes twice, and once more', async () => {
    await held?.stop()
    held = undefined
    // As `npm start` does it, in a group of its own: a signal to the group reaches the program twice, from the system and from its parent.
    const server = spawn(process.execPath, [start, '--data', data, '--port', '0', '--json'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    })
    const group = (signal: NodeJS.Signals) =>
      process.platform === 'win32' ? server.kill(signal) : process.kill(-(server.pid ?? 0), signal)
    const errors = { text: '' }
    server.stderr.on('data', (chunk: Buffer) => (errors.text += chunk.toString()))
    const ended = new Promise<number | null>((resolve) => server.once('exit', (code) => resolve(code)))
    const said = await lineOf(server.stdout, (line) => line.startsWith('{'))
    const { addresses } = JSON.parse(said) as { addresses: string[] }
    expect((await fetch(`${addresses[0] ?? ''}/healthz`)).status).toBe(200)
    const pid = Number(readFileSync(join(data, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
    expect(runProgram('serve', '--data', data, '--port', '0').err).toMatch(/正由另一个程序/)
    expect((await run('backup', '--data', data, '--out', join(root, 'copy'))).err).toMatch(/请先停止服务/)
    const stopping = lineOf(server.stderr, (line) => line.includes('正在停止'))
    group('SIGTERM')
    await Promise.race([stopping, ended])
    if (server.exitCode === null) group('SIGINT')
    expect(await ended, errors.text).toBe(0)
    expect(existsSync(join(data, 'postgres', 'postmaster.pid'))).toBe(false)
    expect(existsSync(join(data, 'serving.pid'))).toBe(false)
    expect(() => process.kill(pid, 0)).toThrow(/ESRCH/)
  })
})
