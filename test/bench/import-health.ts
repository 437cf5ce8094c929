import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { makeServer } from '../../src/kernel/server/http/index.ts'
import { makeLog } from '../../src/kernel/server/log/index.ts'

/** How long `/healthz` took to answer while this process worked: milliseconds. */
export interface Answers {
  count: number
  p99: number
  longest: number
}

/** Answers `/healthz` in this process and has another one ask it until `stop`. */
export async function watchHealth(): Promise<{ stop(): Promise<Answers> }> {
  const nobody = (): never => {
    throw new Error('the bench has no route')
  }
  const gatekeeper = { recognise: () => Promise.resolve(undefined), forPublic: nobody, allows: () => false }
  const server = await makeServer({ routes: [], gatekeeper, log: makeLog('silent') })
  const address = await server.listen({ host: '127.0.0.1', port: 0 })
  const program = fileURLToPath(new URL('./import-ask.ts', import.meta.url))
  const child = spawn(process.execPath, ['--no-warnings', program, `${address}/healthz`], { stdio: ['pipe', 'pipe', 'inherit'] })
  const printed = text(child.stdout)
  const look = async (): Promise<Answers> => {
    child.stdin.end()
    // Safe: our own program prints a list of numbers.
    const took = JSON.parse(await printed) as number[]
    await server.close()
    return { count: took.length, p99: took[Math.floor(took.length * 0.99)] ?? 0, longest: took[took.length - 1] ?? 0 }
  }
  let answers: Promise<Answers> | undefined
  return { stop: () => (answers ??= look()) }
}
