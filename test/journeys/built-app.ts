import { spawn } from 'node:child_process'
import { existsSync, renameSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { inject } from 'vitest'

/** `shipped` is what counties get; `development` is the same app with React's own warnings. */
export type AppKind = 'shipped' | 'development'

/** The folder of the office app, built as `npm start` builds it, once for the whole run: whoever asks first builds it. */
export async function builtApp(kind: AppKind): Promise<string> {
  // npm test has just built it (bin/test.mjs).
  const built = process.env['BANGFU_BUILT']
  if (kind === 'shipped' && built !== undefined) return built
  const folder = join(inject('runFolder'), `app-${kind}`)
  if (existsSync(folder)) return folder
  const own = `${folder}-${process.pid}`
  await build(own, kind)
  try {
    renameSync(own, folder)
  } catch {
    rmSync(own, { recursive: true, force: true }) // another test file was first
  }
  return folder
}

/** A process of its own: the tests run with `NODE_ENV=test`, in which the bundler would take React for developers. */
function build(folder: string, kind: AppKind): Promise<void> {
  const words = ['build', '--config', resolve('vite.config.ts'), '--logLevel', 'error', '--outDir', folder, '--emptyOutDir']
  const environment = { ...process.env, NODE_ENV: kind === 'shipped' ? 'production' : 'development' }
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [resolve('node_modules/vite/bin/vite.js'), ...words], { env: environment, stdio: 'inherit' })
    child.once('error', fail)
    child.once('exit', (code) => (code === 0 ? done() : fail(new Error(`the office app could not be built: exit code ${code}`))))
  })
}
