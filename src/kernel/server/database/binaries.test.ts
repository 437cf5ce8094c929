import { execFileSync } from 'node:child_process'
import { lstatSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { findBinaries } from './binaries.ts'

const folder = mkdtempSync(join(tmpdir(), 'bangfu-binaries-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.runIf(process.env['BANGFU_POSTGRES'] === undefined)('the binaries of the server', () => {
  it('are copied beside the data when the database user cannot reach the checkout, and the copy stands alone', () => {
    const inPlace = findBinaries(folder, undefined) // its library links are made where it lies
    const { directory } = findBinaries(folder, () => false)
    expect(directory.startsWith(folder)).toBe(true)
    expect(directory).not.toBe(inPlace.directory)
    const links = readdirSync(join(directory, 'lib'))
      .map((name) => join(directory, 'lib', name))
      .filter((path) => lstatSync(path).isSymbolicLink())
    expect(links.filter((path) => isAbsolute(readlinkSync(path)))).toEqual([])
    expect(execFileSync(join(directory, 'bin', 'postgres'), ['--version'], { encoding: 'utf8' })).toContain('PostgreSQL')
    expect(findBinaries(folder, undefined).directory).toBe(directory)
  })
})
