/** Markup that was escaped. Only `html` makes it: a text of the same shape, from a request or a file, is a text and is escaped. */
export interface Html {
  readonly markup: string
}

export type HtmlValue = Html | string | number | false | undefined | readonly HtmlValue[]

const made = new WeakSet<object>()
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Markup from a template: every value is escaped, except what this function made; lists stand one after the other, `false` and nothing leave no trace. */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  const parts = strings.map((text, at) => text + (at < values.length ? write(values[at]) : ''))
  const markup: Html = Object.freeze({ markup: parts.join('') })
  made.add(markup)
  return markup
}

function write(value: HtmlValue): string {
  if (value === undefined || value === false) return ''
  if (typeof value === 'string' || typeof value === 'number') return escapeText(String(value))
  if ('markup' in value) return made.has(value) ? value.markup : escapeText(value.markup)
  return value.map(write).join('')
}

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (found) => entities[found] ?? '')
}

/** A whole page without scripts: what a browser of ten years ago shows as well. `style` is the one style sheet of the page. */
export function writePage(given: { title: string; language: string; style: string; body: Html }): string {
  const { title, language, style, body } = given
  return (
    `<!doctype html><html lang="${escapeText(language)}"><head><meta charset="utf-8">` +
    '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex,nofollow">' +
    `<title>${escapeText(title)}</title><style>${style}</style></head><body>${write(body)}</body></html>`
  )
}
