import { text } from 'node:stream/consumers'
import { fromBufferPromise } from 'yauzl'

interface Answer {
  statusCode: number
  headers: NodeJS.Dict<unknown>
  rawPayload: Buffer
}

/** Everything that an answer says, as text: its headers (file names decoded), its body, and every part of a workbook unpacked. */
export async function textOf(answer: Answer): Promise<string> {
  const headers = JSON.stringify(answer.headers)
  const isArchive = answer.rawPayload.subarray(0, 2).toString('latin1') === 'PK'
  const body = isArchive ? await unzip(answer.rawPayload) : answer.rawPayload.toString('utf8')
  return `${headers}\n${decoded(headers)}\n${body}\n${decoded(body)}`
}

/** Cursors and file names are percent-encoded; what cannot be decoded stays as it is. */
function decoded(written: string): string {
  return written.replaceAll(/(?:%[0-9A-Fa-f]{2})+/g, (part) => {
    try {
      return decodeURIComponent(part)
    } catch {
      return part
    }
  })
}

async function unzip(archive: Buffer): Promise<string> {
  const file = await fromBufferPromise(archive, { lazyEntries: true })
  const parts: string[] = []
  for await (const entry of file.eachEntry()) parts.push(entry.fileName, await text(await file.openReadStreamPromise(entry)))
  return parts.join('\n')
}
