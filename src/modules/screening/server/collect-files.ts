import { createHash } from 'node:crypto'
import { createReadStream, readdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { screeningErrors } from './screening-errors.ts'

/** A file to compare. `fileId` is there for a staged upload, which is destroyed after the run. */
export interface GivenFile {
  path: string
  name: string
  fileId?: string
}

/** All files under the given files and directories, in the order of their names; what programs leave lying about is left out. */
export function collectFiles(paths: readonly string[]): GivenFile[] {
  const files = paths.flatMap((path) => (statSync(path).isDirectory() ? listFolder(path) : [path]))
  if (files.length === 0) throw screeningErrors.noFiles()
  return files.map((path) => ({ path, name: basename(path) }))
}

function listFolder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !/^(\.|~\$)|^(Thumbs\.db|desktop\.ini)$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

/** SHA-256 of a file, hexadecimal, and its size. */
export async function hashFile(path: string): Promise<{ hash: string; bytes: number }> {
  const hash = createHash('sha256')
  let bytes = 0
  await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), async (source: AsyncIterable<Buffer>) => {
    for await (const block of source) {
      bytes += block.length
      hash.update(block)
    }
  })
  return { hash: hash.digest('hex'), bytes }
}
