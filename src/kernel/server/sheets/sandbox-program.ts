import { readFileSync } from 'node:fs'
import { createRequire, stripTypeScriptTypes } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** The program of the child: its first module and the JavaScript of all its modules by their address. */
export interface SandboxProgram {
  entry: string
  sources: Record<string, string>
}

let program: SandboxProgram | undefined

/**
 * The child's program as JavaScript, made once in this process: its modules and whatever of ours they import. So the child neither loads nor
 * runs a compiler (some 0.15 s and 35 MB for each file), and needs no place on the disk that it could write to.
 */
export function sandboxProgram(): SandboxProgram {
  program ??= collect(new URL('./sandbox-child.ts', import.meta.url).href)
  return program
}

function collect(entry: string): SandboxProgram {
  const sources: Record<string, string> = {}
  const left = [entry]
  for (let url = left.pop(); url !== undefined; url = left.pop()) {
    if (Object.hasOwn(sources, url)) continue
    const source = withoutTypes(readFileSync(fileURLToPath(url), 'utf8'))
    sources[url] = source
    const { resolve } = createRequire(url)
    // A module that is missed here is found by the child itself.
    for (const [, name = ''] of source.matchAll(/^(?:import|export)\s[^'"]*from '([.#][^']+\.ts)'/gm)) {
      left.push(pathToFileURL(resolve(name)).href)
    }
  }
  return { entry, sources }
}

/** Node tells once that this function may change; the version of Node is pinned, and nobody who reads our log can do anything about it. */
function withoutTypes(source: string): string {
  // oxlint-disable-next-line typescript/unbound-method -- it is put back where it was
  const { emitWarning } = process
  process.emitWarning = () => undefined
  try {
    return stripTypeScriptTypes(source)
  } finally {
    process.emitWarning = emitWarning
  }
}
