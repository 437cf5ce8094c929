const css = `
.intake-text { white-space: pre-wrap; overflow-wrap: anywhere; border-left: 0.2rem solid var(--bf-border); padding-left: 0.75rem; margin: 0.5rem 0; }
.intake-candidates { list-style: none; margin: 0; padding: 0; display: grid; gap: 0.5rem; }
.intake-candidates li { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; align-items: center; justify-content: space-between; border-bottom: 1px solid var(--bf-line); padding-bottom: 0.5rem; }
.intake-wide { width: 100%; }
.intake-posters { display: block; }
.intake-poster { text-align: center; page-break-after: always; break-after: page; padding-top: 1rem; }
.intake-poster h1 { font-size: 2.4rem; margin: 0.5rem 0; }
.intake-poster h2 { font-size: 1.6rem; margin: 0.5rem 0; }
.intake-poster p { font-size: 1.25rem; margin: 0.5rem 1rem; }
.intake-poster svg { width: 60%; max-width: 20rem; height: auto; background: #fff; }
.intake-address { font-size: 0.75rem !important; overflow-wrap: anywhere; }
@media (max-width: 40rem) {
  .intake-search { display: flex; flex-wrap: wrap; align-items: flex-end; gap: .5rem; }
  .intake-search .bf-field { flex: 0 1 24rem; }
  .intake-top-open { display: none; }
}
`

/** The few shapes that these pages need beyond the kit. */
export function IntakeStyles() {
  return <style>{css}</style>
}
