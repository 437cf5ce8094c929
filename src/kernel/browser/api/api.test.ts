import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ApiError, addressOf, onSessionEnd, onWritten, read, registerErrorWords, sayError, write } from './index.ts'

interface Sent {
  address: string
  key: string | null
}
const realFetch = globalThis.fetch
let sent: Sent[] = []
let answers: (() => Response)[] = []

// The network is the world outside: it is the one thing these tests replace.
beforeEach(() => {
  sent = []
  answers = []
  globalThis.fetch = async (address, init) => {
    sent.push({ address: typeof address === 'string' ? address : '?', key: new Headers(init?.headers).get('idempotency-key') })
    const answer = answers.shift()
    if (answer === undefined) throw new TypeError('the network is gone')
    return answer()
  }
})
afterEach(() => {
  globalThis.fetch = realFetch
})

const ok = (body: unknown) => () => new Response(JSON.stringify(body), { status: 200 })
const lost = () => {
  throw new TypeError('the network is gone')
}
const refused = (status: number, body: string) => () => new Response(body, { status })

describe('the client of the office app', () => {
  it('writes addresses with the values that are there', () => {
    expect(addressOf('/registry/households', { q: '王', cursor: '', village: undefined, tags: ['a', 'b'], limit: 50 })).toBe(
      '/api/registry/households?q=%E7%8E%8B&tags=a%2Cb&limit=50',
    )
  })

  it('sends a write again with the same key when the connection is lost', async () => {
    answers = [lost, ok({ done: true })]
    expect(await write('POST', '/cases/close', { caseId: '1' })).toEqual({ done: true })
    expect(sent).toHaveLength(2)
    expect(sent[0]?.key).toMatch(/^[\w-]{16,80}$/)
    expect(sent[1]?.key).toBe(sent[0]?.key)
  })

  it('keeps the key when the user presses again after no answer, and takes a new one after an answer', async () => {
    answers = [lost, lost, lost]
    await expect(write('POST', '/cases/close', { caseId: '2' })).rejects.toMatchObject({ code: 'http.no-connection', status: 0 })
    answers = [ok({}), ok({})]
    await write('POST', '/cases/close', { caseId: '2' })
    await write('POST', '/cases/close', { caseId: '2' })
    const keys = sent.map((one) => one.key)
    expect(new Set(keys.slice(0, 4)).size).toBe(1)
    expect(keys[4]).not.toBe(keys[0])
  })

  it('turns a refusal into its code and details, and a stranger’s answer into a code of our own', async () => {
    answers = [refused(409, '{"code":"cases.may-not-close","details":{"reasons":["a"]}}')]
    await expect(read('/cases/1')).rejects.toMatchObject({ code: 'cases.may-not-close', status: 409, details: { reasons: ['a'] } })
    answers = [refused(502, '<html>proxy</html>')]
    await expect(read('/cases/1')).rejects.toMatchObject({ code: 'http.fault', status: 502 })
  })

  it('tells who listens that the session has ended, and that something was written', async () => {
    const heard: string[] = []
    const stop = [onSessionEnd((code) => heard.push(code)), onWritten(() => heard.push('written'))]
    answers = [refused(401, '{"code":"http.login-needed","details":{}}'), ok({})]
    await expect(read('/identity/me')).rejects.toBeInstanceOf(ApiError)
    await write('POST', '/cases/close', { caseId: '3' })
    for (const end of stop) end()
    expect(heard).toEqual(['http.login-needed', 'written'])
  })
})

describe('the sentence of an error', () => {
  it('comes from the catalogue that names its code, filled from the details', () => {
    registerErrorWords({ 'cases.too-many': { zh: '超过 {limit} 件：{names}。', en: 'More than {limit}: {names}.' } })
    const error = new ApiError('cases.too-many', 409, { limit: 3, names: ['甲', '乙'] })
    expect(sayError(error, 'zh')).toBe('超过 3 件：甲、乙。')
    expect(sayError(error, 'en')).toBe('More than 3: 甲、乙.')
    registerErrorWords({ 'cases.later': { zh: '到 {until} 再试。', en: 'Try again at {until}.' } })
    expect(sayError(new ApiError('cases.later', 423, { until: '2023-12-18T01:20:00.000Z' }), 'zh')).toBe('到 2023-12-18 09:20 再试。')
  })

  it('never shows a bare code, and says whom to call', () => {
    expect(sayError(new ApiError('cases.unheard-of', 409), 'zh')).toMatch(/没有完成（cases\.unheard-of）.*县级管理员/)
    expect(sayError(new ApiError('cases.broken', 500, { faultId: 'f-1' }), 'zh')).toMatch(/f-1/)
    expect(sayError(new Error('anything'), 'en')).toMatch(/county administrator/)
  })
})
