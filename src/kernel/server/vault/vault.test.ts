import { createHmac } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { listKeyFiles, openVault } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'bangfu-vault-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const place = { table: 'a.person', column: 'number', rowId: '1' }

describe('the vault', () => {
  const vault = openVault(join(folder, 'keys'), true)
  it('reads back what it wrote, also after a restart', () => {
    const cell = vault.encrypt('990301196801010040', place)
    expect(cell.toString('latin1')).not.toContain('990301')
    expect(openVault(join(folder, 'keys'), false).decrypt(cell, place)).toBe('990301196801010040')
  })
  it('writes the same text differently each time, but finds it by the same index', () => {
    expect(vault.encrypt('1', place).equals(vault.encrypt('1', place))).toBe(false)
    expect(vault.blindIndex('number', '1').equals(vault.blindIndex('number', '1'))).toBe(true)
    expect(vault.blindIndex('number', '1').equals(vault.blindIndex('phone', '1'))).toBe(false)
  })
  it('indexes by the HMAC of its key, as every version of the program did', () => {
    const key = Buffer.from(readFileSync(join(folder, 'keys', 'index.key'), 'utf8').trim(), 'hex')
    for (const text of ['1', '990301196801010040', '县'.repeat(60)]) {
      const expected = createHmac('sha256', key).update(`number\0${text}`).digest().subarray(0, 16)
      expect(vault.blindIndex('number', text).equals(expected)).toBe(true)
    }
  })
  it('refuses a cell that was changed or moved to another row, column or table', () => {
    const cell = vault.encrypt('text', place)
    const changed = Buffer.from(cell)
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1
    for (const elsewhere of [
      { ...place, rowId: '2' },
      { ...place, column: 'phone' },
      { ...place, table: 'b.person' },
    ]) {
      expect(() => vault.decrypt(cell, elsewhere)).toThrow('vault.not-readable')
    }
    expect(() => vault.decrypt(changed, place)).toThrow('vault.not-readable')
    expect(() => vault.decrypt(cell.subarray(0, 20), place)).toThrow('vault.not-readable')
  })
  it('never makes a new key where data was written with a lost one', () => {
    expect(() => openVault(join(folder, 'other'), false)).toThrow('vault.keys-missing')
    expect(listKeyFiles(join(folder, 'keys'))).toEqual(['data.key', 'index.key'])
  })
})
