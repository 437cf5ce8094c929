const css = `
.rect-columns { display: grid; grid-template-columns: minmax(0, 1fr) minmax(20rem, 26rem); gap: 1rem; align-items: start; }
.rect-columns > * { min-width: 0; }
.rect-side { display: flex; flex-direction: column; gap: 1rem; }
.rect-board { display: grid; grid-auto-flow: column; grid-auto-columns: minmax(10rem, 1fr); gap: 0.75rem; overflow-x: auto; padding-bottom: 0.5rem; }
.rect-board h2 { font-size: 1rem; margin: 0 0 0.5rem; }
.rect-board-column { background: var(--bf-head); border: 1px solid var(--bf-line); border-radius: 0.25rem; padding: 0.6rem; }
.rect-board-column ul { list-style: none; margin: 0; padding: 0; display: grid; gap: 0.5rem; }
.rect-card { background: var(--bf-bg, #fff); border: 1px solid var(--bf-line); border-left-width: 0.25rem; border-radius: 0.25rem; padding: 0.5rem 0.6rem; overflow-wrap: anywhere; }
.rect-card p { margin: 0.15rem 0 0; }
.rect-card-overdue { border-left-color: var(--bf-red); }
.rect-card-soon { border-left-color: var(--bf-amber); }
.rect-counts { display: grid; grid-template-columns: repeat(auto-fit, minmax(18rem, 1fr)); gap: 1rem; align-items: start; }
.rect-counts table { width: 100%; }
.rect-tags { display: inline-flex; flex-wrap: wrap; gap: 0.15rem 0.4rem; align-items: center; }
.rect-text { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; }
.rect-five { display: grid; gap: 0.75rem; margin: 0; }
.rect-five dt { font-weight: 600; }
.rect-five dd { margin: 0.1rem 0 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.rect-acts { display: flex; flex-wrap: wrap; gap: 0.5rem; }
.rect-set { border: 1px solid var(--bf-line); border-radius: 0.25rem; margin: 0; padding: 0.4rem 0.75rem 0.6rem; display: grid; gap: 0.4rem; min-width: 0; }
.rect-item { display: grid; gap: 0.25rem; }
.rect-missed { color: var(--bf-red); font-weight: 600; }
.rect-mend-list { margin: 0.5rem 0 0.75rem; }
.rect-mend { display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); gap: 0.4rem 0.75rem; margin-top: 0.3rem; }
.rect-plain { list-style: none; margin: 0; padding: 0; display: grid; gap: 0.5rem; }
.rect-plain li { border-left: 0.2rem solid var(--bf-line); padding-left: 0.6rem; overflow-wrap: anywhere; }
.rect-checks { columns: 16rem; margin: 0; }
.rect-checks label { display: block; padding: 0.2rem 0; min-height: 1.75rem; }
@media (max-width: 68rem) {
  .rect-columns { display: flex; flex-direction: column; align-items: stretch; }
  .rect-side { display: contents; }
  .rect-next { order: -1; }
}
`

/** What only the pages of rectification need. */
export function RectificationStyles() {
  return <style>{css}</style>
}
