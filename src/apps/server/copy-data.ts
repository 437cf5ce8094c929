import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { chmod, chown, copyFile, lstat, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { defineErrors } from '#kernel/pure/errors/index.ts'
import { syncFolder } from '#kernel/server/files/index.ts'

export const copyErrors = defineErrors('backup', { notABackup: 400, damaged: 409, notEmpty: 409 })

/** One file of a copy: where, how long, its SHA-256, its mode and owner. */
interface CopiedFile {
  path: string
  bytes: number
  hash: string
  mode: number
  uid: number
  gid: number
}

export interface CopyManifest {
  format: 1
  madeAt: string
  program: string
  folders: { path: string; mode: number; uid: number; gid: number }[]
  files: CopiedFile[]
}

const manifestName = 'bangfu-backup.json'
/** Working files of running programs; they are made anew at the next start. Backups do not hold backups. */
const leftOut = new Set(['serving.pid', 'socket-path', 'backups', 'socket', 'postmaster.pid', 'postmaster.opts', 'postgres.log'])
const isBinaries = (name: string) => /^postgres-\d/.test(name)

/** Copies a stopped data directory to a new folder and verifies every byte of the copy. Whole or not there at all. */
export async function copyOutData(
  dataDirectory: string,
  target: string,
  onProgress: (done: number, all: number) => void,
): Promise<CopyManifest> {
  if (existsSync(target)) throw copyErrors.notEmpty({ folder: target })
  const half = `${target}.half`
  await rm(half, { recursive: true, force: true })
  await mkdir(half, { recursive: true, mode: 0o700 })
  const manifest: CopyManifest = { format: 1, madeAt: new Date().toISOString(), program: 'bangfu 0.1.0', folders: [], files: [] }
  const paths = await listTree(dataDirectory, manifest)
  let done = 0
  for (const path of paths) {
    const from = join(dataDirectory, path)
    const to = join(half, path)
    await mkdir(dirname(to), { recursive: true, mode: 0o700 })
    await copyFile(from, to)
    await chmod(to, 0o600)
    const facts = await lstat(from)
    const hash = await hashFile(from)
    if (hash !== (await hashFile(to))) throw copyErrors.damaged({ path })
    manifest.files.push({ path, bytes: facts.size, hash, mode: facts.mode & 0o777, uid: facts.uid, gid: facts.gid })
    done += 1
    onProgress(done, paths.length)
  }
  await writeFile(join(half, manifestName), `${JSON.stringify(manifest, null, 1)}\n`, { mode: 0o600, flush: true })
  await rename(half, target)
  syncFolder(dirname(target))
  return manifest
}

/** Checks a backup whole before anything is written; throws `backup.damaged` naming the first file that differs. */
export async function verifyCopy(source: string, onProgress: (done: number, all: number) => void): Promise<CopyManifest> {
  const manifest = await readManifest(source)
  let done = 0
  for (const file of manifest.files) {
    const path = join(source, file.path)
    if (!existsSync(path) || (await hashFile(path)) !== file.hash) throw copyErrors.damaged({ path: file.path })
    done += 1
    onProgress(done, manifest.files.length)
  }
  return manifest
}

/** Copies a verified backup into a data directory that holds no data. Whole or not there at all. */
export async function copyInData(source: string, dataDirectory: string, manifest: CopyManifest): Promise<void> {
  if (existsSync(dataDirectory) && (await readdir(dataDirectory)).length > 0) throw copyErrors.notEmpty({ folder: dataDirectory })
  const half = `${dataDirectory}.half`
  await rm(half, { recursive: true, force: true })
  await mkdir(half, { recursive: true })
  const own = async (path: string, facts: { mode: number; uid: number; gid: number }) => {
    await chmod(path, facts.mode)
    if (process.getuid?.() === 0) await chown(path, facts.uid, facts.gid)
  }
  for (const folder of manifest.folders) await mkdir(join(half, folder.path), { recursive: true })
  for (const file of manifest.files) {
    await copyFile(join(source, file.path), join(half, file.path))
    await own(join(half, file.path), file)
  }
  for (const folder of manifest.folders.toReversed()) await own(join(half, folder.path), folder)
  if (existsSync(dataDirectory)) await rm(dataDirectory, { recursive: true })
  await rename(half, dataDirectory)
  syncFolder(dirname(dataDirectory))
}

async function readManifest(source: string): Promise<CopyManifest> {
  const path = join(source, manifestName)
  if (!existsSync(path)) throw copyErrors.notABackup({ folder: source })
  try {
    // Safe: the format number is checked below, every file by its hash.
    const manifest = JSON.parse(await readFile(path, 'utf8')) as CopyManifest
    if (manifest.format === 1 && Array.isArray(manifest.files) && manifest.files.every((file) => isInside(file.path))) return manifest
  } catch {
    // a manifest that was cut short: the same answer as a wrong one
  }
  throw copyErrors.damaged({ path: manifestName })
}

function isInside(path: string): boolean {
  return !path.startsWith('/') && !path.split(/[/\\]/).includes('..')
}

async function listTree(root: string, manifest: CopyManifest): Promise<string[]> {
  const found: string[] = []
  const walk = async (folder: string): Promise<void> => {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name)
      if (leftOut.has(entry.name) || (folder === root && isBinaries(entry.name))) continue
      if (entry.isDirectory()) {
        const { mode, uid, gid } = await lstat(path)
        manifest.folders.push({ path: relative(root, path), mode: mode & 0o777, uid, gid })
        await walk(path)
      } else if (entry.isFile()) found.push(relative(root, path))
    }
  }
  await walk(root)
  return found
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
