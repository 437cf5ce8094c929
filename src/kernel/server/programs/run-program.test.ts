import { describe, expect, it } from 'vitest'
import { runProgram } from './index.ts'

const entry = new URL('../../../../test/programs/answering.ts', import.meta.url)
const ask = (given: string, seconds = 20) => runProgram(entry, given, { megabytes: 64, seconds })

describe('a program in a child', () => {
  it('answers, knows nothing of our environment, and its named refusal comes back as it is', async () => {
    expect(await ask('䶮𬱖')).toEqual({ said: '䶮𬱖' })
    expect(await ask('read env')).toEqual([])
    await expect(ask('refuse')).rejects.toMatchObject({ code: 'documents.has-macros', status: 422, details: { part: 'a' } })
  })

  it('that breaks, writes or never ends is a refusal of ours, and others are served after it', async () => {
    await expect(ask('break')).rejects.toMatchObject({ code: 'programs.crashed' })
    await expect(ask('write')).rejects.toMatchObject({ code: 'programs.crashed' })
    const hung = expect(ask('never end', 1)).rejects.toMatchObject({ code: 'programs.timed-out', details: { seconds: 1 } })
    const served = await Promise.all(Array.from({ length: 6 }, (_, at) => ask(String(at))))
    expect(served).toEqual(Array.from({ length: 6 }, (_, at) => ({ said: String(at) })))
    await hung
  })

  it('is refused when too many wait', async () => {
    const all = await Promise.allSettled(
      Array.from({ length: 45 }, (_, at) => runProgram(entry, String(at), { megabytes: 64, seconds: 20 })),
    )
    const busy = all.filter((one) => one.status === 'rejected')
    expect(busy.length).toBe(3)
    expect(busy.every((one) => (one.reason as { code?: string }).code === 'programs.busy')).toBe(true)
  })
})
