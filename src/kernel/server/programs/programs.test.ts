import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { collectProgram, programStart } from './index.ts'

const folder = new URL('../../../../test/programs/', import.meta.url)

it('runs a program and its worker as the JavaScript that it is handed, with no file of TypeScript to read', async () => {
  const program = collectProgram(new URL('echo.ts', folder), [new URL('echo-worker.ts', folder)])
  const names = Object.keys(program.sources).map((url) => url.slice(url.lastIndexOf('/') + 1))
  expect(names).toEqual(expect.arrayContaining(['echo.ts', 'echo-worker.ts', 'louder.ts', 'start-worker.ts']))
  // Node itself may not compile: all of it comes from here.
  const child = spawn(process.execPath, ['--no-warnings', '--no-experimental-strip-types', programStart], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin.end(JSON.stringify(program))
  expect(await text(child.stdout)).toBe('hello!!')
})
