import { Agent, request } from 'node:http'
import { json } from 'node:stream/consumers'

/** What the bench hands to the process that stands for the public. */
export interface Load {
  address: string
  countyCode: string
  codes: string[]
  perSecond: number
  seconds: number
  /** From how many addresses the calls come. */
  callers: number
}

const kinds = ['page', 'declare', 'replay', 'junk', 'script', 'oversized', 'foreign-number', 'unknown-code'] as const
type Kind = (typeof kinds)[number]

/** What came of it. `accepted`: form number → receipts that it was given. */
export interface Loaded {
  sent: number
  tookMs: number
  statuses: Record<string, Record<string, number>>
  p99: number
  accepted: Record<string, string[]>
  broken: number
}

/** Of a hundred calls: how many of each kind. */
const shares: Record<Kind, number> = {
  page: 50,
  declare: 16,
  replay: 8,
  junk: 8,
  script: 6,
  oversized: 5,
  'foreign-number': 4,
  'unknown-code': 3,
}

interface Answer {
  status: number
  location: string
  body: string
}

// Safe: our own bench sends this shape.
const load = (await json(process.stdin)) as Load
process.stdout.write(JSON.stringify(await run(load)))

async function run(given: Load): Promise<Loaded> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const loaded: Loaded = { sent: 0, tookMs: 0, statuses: {}, p99: 0, accepted: {}, broken: 0 }
  const forms: { code: string; no: string }[] = []
  const used: { code: string; body: string; no: string }[] = []
  const took: number[] = []
  const waiting = new Set<Promise<void>>()
  const plan = kinds.flatMap((kind) => Array.from({ length: shares[kind] }, () => kind))
  const begun = performance.now()
  while (performance.now() - begun < given.seconds * 1000) {
    const due = Math.floor(((performance.now() - begun) / 1000) * given.perSecond)
    for (; loaded.sent < due; loaded.sent += 1) {
      // Every 37th of a hundred in turn: the kinds are mixed evenly.
      const one = call(given, { agent, kind: plan[(loaded.sent * 37) % plan.length] ?? 'page', n: loaded.sent, forms, used, loaded, took })
      waiting.add(one)
      void one.finally(() => waiting.delete(one))
    }
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  await Promise.all(waiting)
  loaded.tookMs = performance.now() - begun
  took.sort((one, other) => one - other)
  loaded.p99 = took[Math.floor(took.length * 0.99)] ?? 0
  agent.destroy()
  return loaded
}

interface Call {
  agent: Agent
  kind: Kind
  n: number
  forms: { code: string; no: string }[]
  used: { code: string; body: string; no: string }[]
  loaded: Loaded
  took: number[]
}

async function call(given: Load, one: Call): Promise<void> {
  const { kind, n, forms, used, loaded, took } = one
  const began = performance.now()
  const code = given.codes[n % given.codes.length] ?? ''
  const made = bodyOf(one, code)
  try {
    const at = kind === 'unknown-code' ? 'f'.repeat(32) : (made?.code ?? code)
    const answer = await send(given, one, { path: `/declare/${given.countyCode}/${at}`, body: made?.body })
    took.push(performance.now() - began)
    const statuses = (loaded.statuses[kind] ??= {})
    statuses[answer.status] = (statuses[answer.status] ?? 0) + 1
    if (kind === 'page' && answer.status === 200) forms.push({ code, no: /name="no" value="([^"]+)"/.exec(answer.body)?.[1] ?? '' })
    if (answer.status === 303 && made !== undefined) {
      ;(loaded.accepted[made.no] ??= []).push(/\/progress\/\d+\/([0-9a-f]+)/.exec(answer.location)?.[1] ?? '')
      used.push(made)
    }
  } catch {
    loaded.broken += 1 // a connection that the server cut: an oversized body is not read to its end
  }
}

/** The form that is sent; nothing where a page is only opened, or no form is there to be sent. */
function bodyOf({ kind, n, forms, used }: Call, code: string): { code: string; body: string; no: string } | undefined {
  const form = (no: string, more: Record<string, string> = {}) => {
    const person = { name: nameOf(n), phone: `154${String(n).padStart(8, '0')}`, hard: 'illness', text: '住院花了不少钱', agree: '1' }
    return { code, no, body: new URLSearchParams({ ...person, no, ...more }).toString() }
  }
  switch (kind) {
    case 'page':
    case 'unknown-code':
      return undefined
    case 'declare': {
      const found = forms.shift()
      return found === undefined ? undefined : { ...form(found.no), code: found.code }
    }
    case 'replay':
      return used[n % Math.max(1, used.length)]
    case 'junk':
      return { code, no: '', body: `${'%ff%00<>&=;'.repeat(20)}&name=${'x'.repeat(300)}&__proto__=1` }
    case 'script':
      return form('0', { text: '<script>alert(document.cookie)</script>', name: '"><img src=x onerror=alert(1)>' })
    case 'oversized':
      return form('0', { text: '长'.repeat(40_000) })
    case 'foreign-number':
      return form(`${'0'.repeat(32)}.1.${'0'.repeat(20)}`)
  }
}

/** Names that differ from call to call: the same person twice would join what is open. */
function nameOf(n: number): string {
  const signs = '甲乙丙丁戊己庚辛壬癸'
  return `试${String(n).replace(/\d/g, (digit) => signs[Number(digit)] ?? '')}`
}

function send(given: Load, { agent, n }: Call, what: { path: string; body: string | undefined }): Promise<Answer> {
  const { path, body } = what
  const isForm = body !== undefined
  // The proxy on this machine says from where a call comes.
  const caller = n % given.callers
  const headers = {
    'x-forwarded-for': `10.${(caller >> 16) & 255}.${(caller >> 8) & 255}.${caller & 255}`,
    ...(isForm ? { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) } : {}),
  }
  return new Promise((resolve, reject) => {
    const asked = request(new URL(path, given.address), { method: isForm ? 'POST' : 'GET', headers, agent }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('error', reject)
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, location: answer.headers.location ?? '', body: Buffer.concat(parts).toString('utf8') }),
      )
    })
    asked.on('error', reject)
    asked.end(body)
  })
}
