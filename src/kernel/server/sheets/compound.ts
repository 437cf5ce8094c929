import { sheetErrors } from './errors.ts'

const endOfChain = 0xfffffffa

/** The streams of an OLE compound document (legacy xls, encrypted xlsx), by name. */
export interface Compound {
  names: string[]
  /** The bytes of a stream; `undefined` when there is none of that name. */
  read(name: string): Buffer | undefined
}

interface Shape {
  bytes: Buffer
  sectorBytes: number
  miniBytes: number
  miniLimit: number
  table: number[]
}

/** Opens a compound document held in memory (at most 64 MB). Chains are followed only as far as the file is long. */
export function openCompound(bytes: Buffer): Compound {
  const compound = withinBytes(() => readCompound(bytes))
  return { names: compound.names, read: (name) => withinBytes(() => compound.read(name)) }
}

/** A number that points behind the end of the file is how a truncated one shows. */
function withinBytes<Result>(read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    if (error instanceof RangeError) throw sheetErrors.truncatedFile()
    throw error
  }
}

function readCompound(bytes: Buffer): Compound {
  const sectorBytes = 1 << bytes.readUInt16LE(30)
  if (sectorBytes !== 512 && sectorBytes !== 4096) throw sheetErrors.damagedFile({ part: 'compound', reason: 'sector size' })
  const shape: Shape = { bytes, sectorBytes, miniBytes: 64, miniLimit: bytes.readUInt32LE(56), table: [] }
  for (const sector of listTableSectors(shape)) {
    const at = (sector + 1) * sectorBytes
    for (let offset = 0; offset < sectorBytes && at + offset + 4 <= bytes.length; offset += 4)
      shape.table.push(bytes.readUInt32LE(at + offset))
  }
  const directory = followChain(shape, bytes.readUInt32LE(48))
  const found = new Map<string, { start: number; size: number }>()
  for (let at = 0; at + 128 <= directory.length; at += 128) {
    const nameBytes = directory.readUInt16LE(at + 64)
    if (nameBytes < 2 || nameBytes > 64 || directory[at + 66] === 0) continue
    const name = directory.toString('utf16le', at, at + nameBytes - 2)
    if (!found.has(name)) found.set(name, { start: directory.readUInt32LE(at + 116), size: directory.readUInt32LE(at + 120) })
  }
  return { names: [...found.keys()], read: (name) => readStream(shape, found, name) }
}

function listTableSectors({ bytes, sectorBytes }: Shape): number[] {
  const sectors: number[] = []
  const add = (sector: number): void => {
    if (sector < endOfChain) sectors.push(sector)
  }
  for (let at = 76; at < 512; at += 4) add(bytes.readUInt32LE(at))
  let next = bytes.readUInt32LE(68)
  for (let guard = bytes.readUInt32LE(72); guard > 0 && next < endOfChain && sectors.length < 0x10000; guard -= 1) {
    const at = (next + 1) * sectorBytes
    for (let offset = 0; offset < sectorBytes - 4; offset += 4) add(bytes.readUInt32LE(at + offset))
    next = bytes.readUInt32LE(at + sectorBytes - 4)
  }
  return sectors
}

function followChain({ bytes, sectorBytes, table }: Shape, start: number): Buffer {
  const blocks: Buffer[] = []
  const most = Math.ceil(bytes.length / sectorBytes)
  for (let sector = start; sector < endOfChain; sector = table[sector] ?? endOfChain) {
    if (blocks.length > most) throw sheetErrors.damagedFile({ part: 'compound', reason: 'chain without end' })
    const at = (sector + 1) * sectorBytes
    if (at >= bytes.length) throw sheetErrors.truncatedFile()
    blocks.push(bytes.subarray(at, at + sectorBytes))
  }
  return Buffer.concat(blocks)
}

function readStream(shape: Shape, found: Map<string, { start: number; size: number }>, name: string): Buffer | undefined {
  const entry = found.get(name)
  if (entry === undefined) return undefined
  if (entry.size >= shape.miniLimit) {
    const whole = followChain(shape, entry.start)
    if (whole.length < entry.size) throw sheetErrors.truncatedFile()
    return whole.subarray(0, entry.size)
  }
  const container = followChain(shape, found.get('Root Entry')?.start ?? endOfChain)
  const miniTable = followChain(shape, shape.bytes.readUInt32LE(60))
  const blocks: Buffer[] = []
  for (let sector = entry.start; sector < endOfChain && blocks.length * 64 < entry.size; sector = miniTable.readUInt32LE(sector * 4)) {
    blocks.push(container.subarray(sector * 64, sector * 64 + 64))
  }
  return Buffer.concat(blocks).subarray(0, entry.size)
}
