import { existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { documentErrors } from './errors.ts'

/** Where systems keep their fonts. */
const folders = [
  '/usr/share/fonts',
  '/usr/local/share/fonts',
  join(homedir(), '.local/share/fonts'),
  '/Library/Fonts',
  '/System/Library/Fonts',
  'C:\\Windows\\Fonts',
]
/** Files of fonts that hold rare characters of names (䶮, 𬱖); Debian's package is fonts-noto-cjk. */
const files = /^(NotoSerifCJK|NotoSansCJK|SourceHanSerif|SourceHanSans|simsun|Songti)/i
/** Names by which the page asks, the first one there is used: song for the body, black for headings. */
export const families = {
  body: ['Noto Serif CJK SC', 'Source Han Serif SC', 'SimSun', 'SimSun-ExtB', 'Songti SC', 'Noto Sans CJK SC'],
  sans: ['Noto Sans CJK SC', 'Source Han Sans SC', 'SimHei', 'Noto Serif CJK SC'],
}

/** Folders with fonts, where one of them holds Chinese. Throws `documents.no-fonts`. */
export function fontFolders(looked: readonly string[] = folders): string[] {
  const there = looked.filter((folder) => existsSync(folder))
  const isChinese = there.some((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).some((path) => files.test(path.split(/[/\\]/).at(-1) ?? '')),
  )
  if (!isChinese) throw documentErrors.noFonts({ package: 'fonts-noto-cjk' })
  return there
}
