const css = `
.clock-table th { white-space: nowrap; }
.clock-name { min-width: 8rem; }
.clock-first { border-left: 1px solid var(--bf-border); }
.clock-sum td, .clock-sum th { font-weight: 600; border-top: 2px solid var(--bf-border); }
.clock-red { color: var(--bf-red); font-weight: 600; }
.clock-amber { color: var(--bf-amber); font-weight: 600; }
.clock-note { margin-top: 0.75rem; font-size: 0.9rem; }
.clock-names td { min-width: 0; }
@media (max-width: 40rem) { .clock-name { min-width: 6rem; } }
`

/** The styles that only the pages of clocks need. */
export function ClockStyles() {
  return <style>{css}</style>
}
