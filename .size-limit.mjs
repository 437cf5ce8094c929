// Budgets of ux.md §9, brotli: what a browser must load before the first page stands, and the largest chunk that is loaded later.
// Run after `vite build`: `size-limit`. Which chunks a page pulls in is read from the build's manifest.
import { readFileSync } from 'node:fs'

const folder = 'dist/admin/'
const manifest = JSON.parse(readFileSync(`${folder}.vite/manifest.json`, 'utf8'))
const lazyPages = Object.keys(manifest).filter((name) => manifest[name].isDynamicEntry === true)

function filesOf(names, seen = new Set()) {
  for (const name of names) {
    if (seen.has(name)) continue
    seen.add(name)
    filesOf(manifest[name].imports ?? [], seen)
  }
  return [...new Set([...seen].flatMap((name) => [manifest[name].file, ...(manifest[name].css ?? [])]))]
}

const firstRoute = (page) => filesOf(['index.html', page]).map((file) => `${folder}${file}`)
const started = new Set(filesOf(['index.html']))
const laterChunks = filesOf(lazyPages).filter((file) => !started.has(file))

export default [
  { name: 'first route: login', path: firstRoute('../../modules/identity/admin/login-page.tsx'), limit: '380 KB', brotli: true },
  { name: 'first route: today', path: firstRoute('today-page.tsx'), limit: '380 KB', brotli: true },
  // The checks of the decision table editor run beside the page; a worker stands in no manifest.
  { name: 'worker: policy checks', path: `${folder}assets/check-worker-*.js`, limit: '130 KB', gzip: true },
  ...laterChunks.map((file) => ({ name: `chunk ${file.replace(/^assets\//, '')}`, path: `${folder}${file}`, limit: '260 KB', gzip: true })),
]
