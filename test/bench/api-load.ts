// A process of its own that stands for the users: it is handed one phase as JSON and answers what it measured. Loopback only, bounded by `seconds`.
import { randomInt } from 'node:crypto'
import { Agent, request } from 'node:http'
import { json } from 'node:stream/consumers'
import { makeId } from '../../src/kernel/pure/ids/index.ts'

export interface LoadUser {
  readonly cookie: string
  readonly households: readonly string[]
  readonly cases: readonly string[]
  /** Households without a case, and cases that this user alone moves. */
  readonly free: readonly string[]
  readonly own: readonly string[]
}

/** `think`: every user asks, thinks, asks. `rate`: so many reads a second, whoever waits. `act`, `open`: each user acts as fast as he is answered. */
export interface Phase {
  readonly port: number
  readonly users: readonly LoadUser[]
  readonly kind: 'think' | 'rate' | 'act' | 'open'
  readonly seconds: number
  readonly thinkMs?: number
  readonly perSecond?: number
  /** Where the users' own cases stand, by their ids, as an earlier phase left them; absent: they are looked at first. */
  readonly standings?: Readonly<Record<string, Standing>>
}

/** Where a case stands, as whoever acts on it must say. */
export interface Standing {
  readonly step: string
  readonly state: string
  readonly revision: number
}

export interface Measured {
  /** Milliseconds of each answered request by name; writes begin with `write`. */
  readonly took: Record<string, number[]>
  /** Status → count of what was not as wanted. */
  readonly wrong: Record<string, number>
  readonly tookSeconds: number
  /** Processor time that asking itself took. */
  readonly processorMs: number
  readonly standings: Readonly<Record<string, Standing>>
}

// Safe: our own bench sends this shape.
const phase = (await json(process.stdin)) as Phase
const agent = new Agent({ keepAlive: true, maxSockets: 512 })
const took: Record<string, number[]> = {}
const wrong: Record<string, number> = {}

interface Answer {
  status: number
  body: string
}

function send(user: LoadUser, method: 'GET' | 'POST', path: string, body?: object): Promise<Answer> {
  const payload = body === undefined ? undefined : JSON.stringify(body)
  const headers = {
    cookie: user.cookie,
    ...(payload === undefined
      ? {}
      : { 'content-type': 'application/json', 'idempotency-key': makeId(), 'content-length': Buffer.byteLength(payload) }),
  }
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: phase.port, method, path: `/api${path}`, headers, agent }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => void parts.push(part))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(parts).toString() }))
      answer.on('error', reject)
    })
    asked.on('error', reject)
    asked.end(payload)
  })
}

/** Sends, and notes how long it took under a name. */
async function timed(name: string, user: LoadUser, sent: { method: 'GET' | 'POST'; path: string; body?: object }): Promise<Answer> {
  const began = performance.now()
  const answer = await send(user, sent.method, sent.path, sent.body)
  ;(took[name] ??= []).push(performance.now() - began)
  if (answer.status !== 200) {
    const key = `${name} ${answer.status} ${/"code":"([^"]+)"/.exec(answer.body)?.[1] ?? ''}`
    wrong[key] = (wrong[key] ?? 0) + 1
  }
  return answer
}

const one = <Item>(list: readonly Item[]): Item | undefined => (list.length === 0 ? undefined : list[randomInt(list.length)])
const words = ['单安平', '程', '林和', 'shian', 'fyp', '柏清秀', '云春']

/** One read, as people do: mostly lists and what is behind a line of them. */
async function readSomething(user: LoadUser): Promise<void> {
  const [household, file] = [one(user.households) ?? '', one(user.cases) ?? '']
  const reads = [
    ['list of households', 'GET', '/registry/households?limit=50'],
    ['household', 'GET', `/registry/households/${household}`],
    ['household', 'GET', `/registry/households/${household}`],
    ['search', 'POST', '/registry/households/search'],
    ['my cases', 'GET', '/cases/files?mine=true&limit=50'],
    ['cases of the area', 'GET', '/cases/files?open=true&limit=50'],
    ['case', 'GET', `/cases/files/${file}`],
    ['case', 'GET', `/cases/files/${file}`],
    ['cases of a household', 'GET', `/cases/of-household/${household}`],
    ['counts of households', 'GET', '/registry/households/counts'],
  ] as const
  const [name, method, path] = one(user.cases.length === 0 ? reads.filter(([what]) => what !== 'case') : reads) ?? reads[0]
  await timed(name, user, { method, path, ...(method === 'POST' ? { body: { q: one(words) ?? '' } } : {}) })
}

const standings = new Map(Object.entries(phase.standings ?? {}))

/** Moves one of the user's own cases: pass, return, pause and resume by turns. */
async function act(user: LoadUser): Promise<void> {
  const caseId = one(user.own)
  if (caseId === undefined) return
  const standing = standings.get(caseId) ?? (await look(user, caseId))
  const { step, state, revision } = standing
  const did =
    state === 'paused'
      ? { action: 'resume' }
      : step !== 'assessment'
        ? { action: 'return', to: 'assessment', reason: '再核一次住院费用' }
        : randomInt(2) === 0
          ? { action: 'pause', reason: '等待住院发票' }
          : { action: 'pass', opinion: '情况属实，入户核实' }
  standings.delete(caseId) // whoever takes it meanwhile looks first
  const answer = await timed(`write ${did.action}`, user, {
    method: 'POST',
    path: `/cases/files/${caseId}/acts`,
    body: { revision, ...did },
  })
  // Safe: the route answers so.
  if (answer.status === 200) standings.set(caseId, JSON.parse(answer.body) as Standing)
}

async function look(user: LoadUser, caseId: string): Promise<Standing> {
  const answer = await send(user, 'GET', `/cases/files/${caseId}`)
  if (answer.status !== 200) throw new Error(`a case could not be read: ${answer.status} ${answer.body}`)
  // Safe: the route answers a CaseRecord.
  return (JSON.parse(answer.body) as { file: Standing }).file
}

const opened = new Map<LoadUser, number>()
async function open(user: LoadUser): Promise<boolean> {
  const at = opened.get(user) ?? 0
  // Users who think take from the end, so that the phase of its own finds the beginning untouched.
  const householdId = user.free[phase.kind === 'think' ? user.free.length - 1 - at : at]
  if (householdId === undefined) return false
  opened.set(user, at + 1)
  await timed('write open', user, {
    method: 'POST',
    path: '/cases/files',
    body: { householdId, source: 'visit', note: '户主住院，自付较多' },
  })
  return true
}

/** Looks where a user's own cases stand. */
async function lookAtAll(user: LoadUser): Promise<void> {
  for (const caseId of user.own) standings.set(caseId, await look(user, caseId))
}
if (phase.kind === 'act' && phase.standings === undefined) await Promise.all(phase.users.map(lookAtAll))

const begun = performance.now()
const isOver = () => performance.now() - begun > phase.seconds * 1000
const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

async function think(user: LoadUser): Promise<void> {
  const { thinkMs = 5000 } = phase
  await wait(randomInt(thinkMs))
  while (!isOver()) {
    const turn = randomInt(10)
    if (turn === 0 && user.own.length > 0) await act(user)
    else if (turn === 0 && user.free.length > 0) await open(user)
    else await readSomething(user)
    await wait(thinkMs / 2 + randomInt(thinkMs))
  }
}

async function atRate(perSecond: number): Promise<void> {
  const waiting = new Set<Promise<void>>()
  let sent = 0
  while (!isOver()) {
    const due = Math.floor(((performance.now() - begun) / 1000) * perSecond)
    for (; sent < due && waiting.size < 400; sent += 1) {
      const user = phase.users[sent % phase.users.length]
      if (user === undefined) continue
      const asked = readSomething(user)
      waiting.add(asked)
      void asked.finally(() => waiting.delete(asked))
    }
    await wait(2)
  }
  await Promise.all(waiting)
}

async function whileItLasts(work: () => Promise<boolean | void>): Promise<void> {
  while (!isOver()) if ((await work()) === false) return
}

if (phase.kind === 'rate') await atRate(phase.perSecond ?? 10)
else
  await Promise.all(
    phase.users.map((user) => (phase.kind === 'think' ? think(user) : whileItLasts(() => (phase.kind === 'act' ? act(user) : open(user))))),
  )
const { user, system } = process.cpuUsage()
const measured: Measured = {
  took,
  wrong,
  tookSeconds: (performance.now() - begun) / 1000,
  processorMs: (user + system) / 1000,
  standings: Object.fromEntries(standings),
}
agent.destroy()
process.stdout.write(JSON.stringify(measured))
