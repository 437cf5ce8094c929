import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { checkoutDirectory, type Config } from '#kernel/server/config/index.ts'
import { makeServer } from '#kernel/server/http/index.ts'
import { jobsOf, startJobs } from '#kernel/server/jobs/index.ts'
import { makeLog } from '#kernel/server/log/index.ts'
import { findCounty } from '#modules/identity/server/module.ts'
import { startErrors } from '../command-context.ts'
import { readDemoAccounts } from '../demo-accounts.ts'
import { loadDemoCounty } from '../demo-county.ts'
import { openInstallation, type Installation } from '../installation.ts'
import { takeLock } from '../lock.ts'
import { makePlugs } from '../plugs.ts'
import { heedStopSignals } from '../stop-signals.ts'
import { configOf, print, type Command, type Given } from './command.ts'

/** `bangfu serve`, which `npm start` calls: database, demo county into an empty one, office app. */
export const serveCommand: Command = {
  name: 'serve',
  usage: 'npx bangfu serve [--data DIR] [--port N] [--host ADDR] [--no-demo]',
  zh: '启动数据库与办公端；空库时载入示范县（--no-demo 则从建县开始）',
  en: 'start database and office app; an empty database gets the demo county (--no-demo: founding page)',
  options: { port: { type: 'string' }, host: { type: 'string' }, 'no-demo': { type: 'boolean' } },
  run: serve,
}

async function serve(given: Given): Promise<number> {
  const config = configOf(given)
  const wish = heedStopSignals()
  const installation = await openInstallation(config)
  let giveBack: (() => void) | undefined
  try {
    giveBack = takeLock(config.dataDirectory)
    if ((await findCounty(installation.database)) === undefined && given['no-demo'] !== true) await loadDemoCounty(installation)
    if (wish.isAsked) return 0
    const { plugs, gatekeeper } = makePlugs(installation, { mayFoundFromElsewhere: false })
    const stops = []
    for (const plug of plugs) if (plug.start !== undefined) stops.push(await plug.start())
    const log = makeLog()
    const server = await makeServer({
      routes: plugs.flatMap((plug) => plug.routes),
      pages: plugs.flatMap((plug) => plug.pages ?? []),
      gatekeeper,
      log,
      appDirectory: join(checkoutDirectory, 'dist', 'admin'),
    })
    const port = await listen(server, config)
    const { access, database } = installation
    const listCounties = async () => [await findCounty(installation.database)].flatMap((county) => county?.code ?? [])
    const jobs = await startJobs({ access, database, jobs: jobsOf(plugs), log, listCounties })
    try {
      await greet({ given, config: { ...config, port }, installation })
      await wish.asked
    } finally {
      await Promise.all([server.close(), jobs.stop()])
    }
    for (const stop of stops) await stop()
    return 0
  } finally {
    giveBack?.()
    await installation.close()
  }
}

/** Listens and returns the port, which the system chooses for `--port 0`. */
async function listen(server: FastifyInstance, config: Config): Promise<number> {
  try {
    await server.listen({ host: config.host, port: config.port })
    const address = server.server.address()
    return typeof address === 'object' && address !== null ? address.port : config.port
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'EADDRINUSE') throw startErrors.portTaken({ port: config.port })
    throw fault
  }
}

async function greet({ given, config, installation }: { given: Given; config: Config; installation: Installation }): Promise<void> {
  const county = await findCounty(installation.database)
  const accounts = county?.isDemo === true ? readDemoAccounts(config.dataDirectory) : undefined
  const addresses = addressesOf(config)
  const lines = [
    '',
    `帮扶 bangfu · ${county === undefined ? '还没有建县，请在网页上建县 no county yet: found one on the page' : county.name}`,
    ...addresses.map((address) => `  打开 open  ${address}`),
  ]
  if (accounts !== undefined) {
    lines.push('', '  示范账号 demo accounts（密码都是 the password of all is  ' + accounts.password + '）')
    for (const account of accounts.accounts)
      lines.push(`    ${account.loginName.padEnd(12)} ${account.role} · ${account.name}${account.area === '' ? '' : ` · ${account.area}`}`)
    lines.push('', '  用自己的县 your own county:  npx bangfu demo remove，再 then  npm start -- --no-demo')
  }
  if (config.host !== '127.0.0.1' && config.host !== 'localhost') {
    lines.push(
      '',
      '  同事用上面的地址访问。没有 HTTPS 时，密码与数据在网内明文传输，离线、定位、拍照、剪贴板也不可用：',
      '  请在前面放一个带证书的反向代理（如 nginx、Caddy）。',
    )
    lines.push(
      '  Colleagues type the address above. Without HTTPS passwords and data travel in the clear, and offline work, location and camera',
      '  do not work: put a reverse proxy with a certificate in front.',
    )
  }
  lines.push('', '  停止 stop: Ctrl-C', '')
  print(given, { ok: true, addresses, county, accounts }, lines)
}

/** On all interfaces the addresses are those of the machine; else the one that was named. */
function addressesOf(config: Config): string[] {
  const at = (host: string) => `http://${host.includes(':') ? `[${host}]` : host}:${config.port}`
  if (config.host !== '0.0.0.0' && config.host !== '::') return [at(config.host)]
  const own = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  const outside = own.filter((one) => !one.internal && one.family === 'IPv4').map((one) => at(one.address))
  return outside.length > 0 ? outside : [at('127.0.0.1')]
}
