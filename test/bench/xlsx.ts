import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TaskResult } from './xlsx-task.ts'
import { exportColumns, readColumns, writeReadFile } from './xlsx-data.ts'

/** Budgets of design.md §11. */
const reading = { timesOfScan: 4, shareOfFastest: 0.5, peakMb: 200 }
const writing = { seconds: 60, peakMb: 300 }

interface Line extends TaskResult {
  name: string
}

/** Runs one task in a process of its own. A task that fails (out of memory, say) is told, not hidden. */
function measure(name: string, task: string, path: string, rows: number): Line {
  const program = fileURLToPath(new URL('./xlsx-task.ts', import.meta.url))
  try {
    // With the flags of Node that the app is started with (bin/prepare.mjs), as this program was.
    const said = execFileSync(process.execPath, [...process.execArgv, '--no-warnings', program, task, path, String(rows)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      maxBuffer: 1 << 20,
    })
    // Safe: the program prints one line of this shape and nothing else.
    return { name, ...(JSON.parse(said) as TaskResult) }
  } catch {
    return { name, seconds: Number.NaN, rows: 0, peakMb: Number.NaN, childMb: 0 }
  }
}

const number = (value: number, digits: number): string => (Number.isNaN(value) ? 'failed' : value.toFixed(digits))
const verdict = (isMet: boolean): string => (isMet ? 'met' : 'MISSED')

function print(lines: readonly Line[], base: Line): void {
  console.log(`${''.padEnd(34)}${'seconds'.padStart(9)}${'times'.padStart(8)}${'peak MB'.padStart(9)}${'child MB'.padStart(10)}`)
  for (const line of lines)
    console.log(
      `${line.name.padEnd(34)}${number(line.seconds, 2).padStart(9)}${number(line.seconds / base.seconds, 1).padStart(8)}${number(line.peakMb, 0).padStart(9)}${line.childMb === 0 ? '' : number(line.childMb, 0).padStart(10)}`,
    )
}

/** Reads one workbook in every way; each in a process of its own. */
export function runXlsxBench({ rows = 100_000 }: { rows?: number; persons?: number } = {}): Promise<void> {
  return withFolder(async (folder) => {
    const path = join(folder, 'list.xlsx')
    const bytes = await writeReadFile(path, rows)
    console.log(`xlsx: ${rows.toLocaleString('en')} rows of ${readColumns} cells, ${(bytes / 1e6).toFixed(0)} MB`)
    const scan = measure('unzip and scan of the same bytes', 'scan', path, rows)
    const ours = measure('ours, in process', 'ours', path, rows)
    const sandboxed = measure('ours, in the sandbox', 'sandboxed', path, rows)
    const others = [
      measure('hucre, whole', 'hucre', path, rows),
      measure('hucre, streamed', 'hucre-stream', path, rows),
      measure('exceljs, streamed', 'exceljs', path, rows),
    ]
    print([scan, ours, sandboxed, ...others], scan)
    for (const line of [ours, sandboxed]) if (line.rows !== rows + 2) throw new Error(`${line.name} saw ${line.rows} rows, not ${rows + 2}`)
    const fastest = Math.min(...others.map((line) => line.seconds).filter((seconds) => !Number.isNaN(seconds)))
    for (const line of [ours, sandboxed]) {
      const [times, share] = [line.seconds / scan.seconds, line.seconds / fastest]
      const peak = Math.max(line.peakMb, line.childMb)
      const both = line.childMb === 0 ? '' : ` (the larger of two processes; ${(line.peakMb + line.childMb).toFixed(0)} MB both together)`
      console.log(
        `${line.name}: ${times.toFixed(1)}× the scan, budget ≤ ${reading.timesOfScan}: ${verdict(times <= reading.timesOfScan)}; ${share.toFixed(2)} of the fastest npm reader, budget ≤ ${reading.shareOfFastest}: ${verdict(share <= reading.shareOfFastest)}; ${peak.toFixed(0)} MB${both}, budget < ${reading.peakMb}: ${verdict(peak < reading.peakMb)}`,
      )
    }
  })
}

/** Writes the same rows with every writer; each in a process of its own. */
export function runExportBench({ rows = 1_000_000 }: { rows?: number; persons?: number } = {}): Promise<void> {
  return withFolder(async (folder) => {
    console.log(`export: ${rows.toLocaleString('en')} rows of ${exportColumns} cells`)
    const write = (name: string, task: string, file: string): Line => {
      const line = measure(name, task, join(folder, file), rows)
      return { ...line, name: `${name}, ${(statSync(join(folder, file)).size / 1e6).toFixed(0)} MB` }
    }
    const text = write('plain text', 'write-text', 'text.csv')
    const ours = write('ours', 'write-ours', 'ours.xlsx')
    const lines = [
      text,
      ours,
      write('exceljs, streamed', 'write-exceljs', 'exceljs.xlsx'),
      write('hucre, streamed', 'write-hucre', 'hucre.xlsx'),
    ]
    print(lines, text)
    // Read again: nothing may be missing.
    const seen = measure('', 'scan', join(folder, 'ours.xlsx'), rows).rows
    if (seen !== rows + 1) throw new Error(`our file holds ${seen} rows, not ${rows + 1}`)
    console.log(
      `ours: ${ours.seconds.toFixed(1)} s, budget < ${writing.seconds}: ${verdict(ours.seconds < writing.seconds)}; ${ours.peakMb.toFixed(0)} MB, budget < ${writing.peakMb}: ${verdict(ours.peakMb < writing.peakMb)}`,
    )
  })
}

async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bangfu-bench-'))
  try {
    await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
