// What the child does that fills, tries and reads Word documents. See fill-template.ts.
import { ImagePlugin, LoopPlugin, MimeType, TemplateHandler, TextPlugin, type TemplateData } from 'easy-template-x'
import { toBuffer } from 'qrcode'
import { answerParent } from '#kernel/server/programs/answer-parent.ts'
import { BreakLines, lineMark } from './break-lines.ts'
import { documentErrors } from './errors.ts'
import { LeaveOutColumns } from './leave-out.ts'
import { readLayout } from './read-layout.ts'
import type { PaperValue, PaperValues } from './paper-values.ts'

type Asked = { readonly template: string } & (
  | { readonly work: 'fill'; readonly values: PaperValues; readonly leftOut: readonly string[] }
  | { readonly work: 'fields' | 'layout' }
)

/** Answers what was asked: a filled document in base64, the fields of a template, or the layout of a document. */
export async function begin(asked: Asked): Promise<void> {
  const bytes = Buffer.from(asked.template, 'base64')
  await answerParent(async () => {
    if (asked.work === 'layout') return await readLayout(bytes)
    try {
      if (asked.work === 'fill')
        return (await makeHandler(asked.leftOut).process(bytes, await templateData(asked.values))).toString('base64')
      return (await makeHandler().parseTags(bytes)).map((tag) => ({ name: tag.name, disposition: tag.disposition }))
    } catch (fault) {
      throw whatIsWrong(fault)
    }
  })
}

/** Text, lists and images only: no raw XML, no links, no charts. */
function makeHandler(leftOut: readonly string[] = []): TemplateHandler {
  const plugins = [new LoopPlugin(), new ImagePlugin(), new TextPlugin()]
  return new TemplateHandler({
    plugins,
    maxXmlDepth: 40,
    extensions: { beforeCompilation: [new LeaveOutColumns(leftOut)], afterCompilation: [new BreakLines()] },
  })
}

async function templateData(values: PaperValues): Promise<TemplateData> {
  const data: TemplateData = {}
  for (const [field, value] of Object.entries(values)) data[field] = await contentOf(value)
  return data
}

async function contentOf(value: PaperValue): Promise<TemplateData[string]> {
  if (typeof value === 'string') return withoutControls(value).replace(/\r\n?|\n/g, lineMark)
  if (typeof value === 'boolean') return value
  if ('code' in value) {
    const source = await toBuffer(value.code, { errorCorrectionLevel: 'M', margin: 1, scale: 8 })
    return imageOf(source, { image: 'png', widthPt: value.edgePt, heightPt: value.edgePt, altText: 'QR' })
  }
  if ('image' in value) return imageOf(Buffer.from(value.base64, 'base64'), value)
  return await Promise.all(value.map(templateData))
}

/** easy-template-x counts in pixels of 1/96 inch. */
function imageOf(
  source: Buffer,
  size: { image: 'png' | 'jpeg'; widthPt: number; heightPt: number; altText: string },
): TemplateData[string] {
  const format = size.image === 'png' ? MimeType.Png : MimeType.Jpeg
  return { _type: 'image', source, format, width: (size.widthPt * 96) / 72, height: (size.heightPt * 96) / 72, altText: size.altText }
}

/** XML knows no control characters, and no half of a character. */
function withoutControls(text: string): string {
  // oxlint-disable-next-line no-control-regex -- these are what is taken out
  return text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
}

function whatIsWrong(fault: unknown): Error {
  if (fault instanceof RangeError) return documentErrors.tooMuch({})
  const text = fault instanceof Error ? fault.message : ''
  const tag = /[{][^{}]{1,60}[}]?|"[^"]{1,60}"/.exec(text)?.[0]
  return /tag|delimiter|close|open/i.test(text) ? documentErrors.brokenTag({ tag: tag ?? '' }) : documentErrors.unreadable({})
}
