import { createCipheriv, createDecipheriv, createSecretKey, hash, hkdfSync, randomBytes, randomFillSync, type KeyObject } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { defineErrors } from '#kernel/pure/errors/index.ts'

/** Where a value stands; part of what is authenticated, so that a cell cannot be moved to another row. */
export interface CellPlace {
  table: string
  column: string
  rowId: string
}

/** Cell encryption and blind index of one data directory (trust.md §5.1). */
export interface Vault {
  /** AES-256-GCM: version, 12 bytes of nonce, 16 of tag, then the text. */
  encrypt(plain: string, place: CellPlace): Buffer
  /** Throws `vault.not-readable` when the cell was changed, moved or written with another key. */
  decrypt(cell: Uint8Array, place: CellPlace): string
  /** 16 bytes of HMAC-SHA-256 for equality search; `kind` keeps numbers of different kinds apart. */
  blindIndex(kind: string, normalised: string): Buffer
  /** 32 bytes for another purpose (hashes of lists, cached index), never the keys themselves. */
  deriveKey(purpose: string): Buffer
}

export const vaultErrors = defineErrors('vault', { notReadable: 500, keysMissing: 500 })

const version = 1
const dataKeyFile = 'data.key'
const indexKeyFile = 'index.key'

/** Opens the keys of a data directory, making them on the first start. `mayMake` is false where data exists: then missing keys are an error, not a new key. */
export function openVault(keysDirectory: string, mayMake: boolean): Vault {
  mkdirSync(keysDirectory, { recursive: true, mode: 0o700 })
  const dataKey = openKey(join(keysDirectory, dataKeyFile), mayMake)
  const indexKey = openKey(join(keysDirectory, indexKeyFile), mayMake)
  return {
    encrypt: (plain, place) => encryptCell(dataKey, plain, place),
    decrypt: (cell, place) => decryptCell(dataKey, cell, place),
    blindIndex: makeBlindIndex(indexKey),
    deriveKey: (purpose) => Buffer.from(hkdfSync('sha256', dataKey, Buffer.alloc(0), `bangfu ${purpose}`, 32)),
  }
}

/** The key files of a data directory, for the backup, which names them. */
export function listKeyFiles(keysDirectory: string): string[] {
  return existsSync(keysDirectory) ? readdirSync(keysDirectory).sort() : []
}

/** A key object: a plain buffer would be imported anew for every cell, which costs four times the encryption itself. */
function openKey(path: string, mayMake: boolean): KeyObject {
  if (existsSync(path)) return createSecretKey(readFileSync(path, 'utf8').trim(), 'hex')
  if (!mayMake) throw vaultErrors.keysMissing({ path })
  const key = randomBytes(32)
  writeFileSync(path, `${key.toString('hex')}\n`, { mode: 0o600, flag: 'wx', flush: true })
  chmodSync(path, 0o600)
  return createSecretKey(key)
}

function placeBytes(place: CellPlace): Buffer {
  return Buffer.from(`${place.table}\0${place.column}\0${place.rowId}`)
}

// Random bytes are fetched for many cells at a time; none is used twice.
const nonceBytes = 12
/** Version, nonce and tag. */
const headBytes = 29
const nonces = Buffer.alloc(nonceBytes * 1024)
let usedNonces = nonces.length

function nextNonce(): Buffer {
  if (usedNonces >= nonces.length) {
    randomFillSync(nonces)
    usedNonces = 0
  }
  const nonce = Buffer.from(nonces.subarray(usedNonces, usedNonces + nonceBytes))
  usedNonces += nonceBytes
  return nonce
}

/** HMAC-SHA-256 (RFC 2104) as two hashes: an HMAC object costs more than both, and its memory is freed late. Cut to 16 bytes. */
function makeBlindIndex(key: KeyObject): Vault['blindIndex'] {
  const block = Buffer.alloc(64)
  block.set(key.export())
  const inner = Buffer.from(block.map((byte) => byte ^ 0x36)).toString('latin1')
  const outer = Buffer.from(block.map((byte) => byte ^ 0x5c)).toString('latin1')
  return (kind, normalised) => {
    const text = Buffer.from(`${kind}\0${normalised}`).toString('latin1')
    const first = hash('sha256', Buffer.from(inner + text, 'latin1'), 'binary')
    return Buffer.from(hash('sha256', Buffer.from(outer + first, 'latin1'), 'binary').slice(0, 16), 'latin1')
  }
}

function encryptCell(key: KeyObject, plain: string, place: CellPlace): Buffer {
  const nonce = nextNonce()
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(placeBytes(place))
  // As text of single bytes: a buffer for each part costs the collector more than the encryption.
  const body = cipher.update(plain, 'utf8', 'latin1') + cipher.final('latin1')
  const cell = Buffer.allocUnsafe(headBytes + body.length)
  cell[0] = version
  cell.set(nonce, 1)
  cell.set(cipher.getAuthTag(), 1 + nonceBytes)
  cell.write(body, headBytes, 'latin1')
  return cell
}

function decryptCell(key: KeyObject, cell: Uint8Array, place: CellPlace): string {
  if (cell.length < 29 || cell[0] !== version) throw vaultErrors.notReadable({ table: place.table, column: place.column })
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, cell.subarray(1, 13))
    decipher.setAAD(placeBytes(place))
    decipher.setAuthTag(cell.subarray(13, 29))
    return decipher.update(cell.subarray(29), undefined, 'utf8') + decipher.final('utf8')
  } catch {
    throw vaultErrors.notReadable({ table: place.table, column: place.column }) // the cause would name nothing more
  }
}
