/** Shows how far long work is: one line that is rewritten on a terminal, a line every few seconds elsewhere. */
export interface Progress {
  step(text: string, done?: number, all?: number): void
  end(): void
}

/** Progress goes to standard error, so that what a command prints can be piped. Silent with --json. */
export function makeProgress(isSilent: boolean): Progress {
  const isTerminal = process.stderr.isTTY
  let lastAt = 0
  let lastText = ''
  return {
    step: (text, done, all) => {
      const now = Date.now()
      const isNew = text !== lastText
      if (isSilent || (!isNew && now - lastAt < (isTerminal ? 100 : 5000))) return
      lastAt = now
      const share =
        done === undefined ? '' : all === undefined || all === 0 ? ` ${done}` : ` ${done}/${all} (${Math.floor((100 * done) / all)} %)`
      if (isTerminal) process.stderr.write(`${isNew && lastText !== '' ? '\n' : ''}\r\x1b[K${text}${share}`)
      else process.stderr.write(`${text}${share}\n`)
      lastText = text
    },
    end: () => {
      if (!isSilent && isTerminal && lastText !== '') process.stderr.write('\n')
      lastText = ''
    },
  }
}
