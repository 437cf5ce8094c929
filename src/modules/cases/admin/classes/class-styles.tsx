const css = `
.class-day { display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; align-items: center; }
.class-day .ant-input { width: 11rem; margin-left: 0.5rem; }
.class-name { min-width: 8rem; }
.class-matrix th { white-space: nowrap; }
.class-more { margin-right: 1.25rem; }
.class-layer { text-align: center; border-left: 1px solid var(--bf-border); }
.class-first { border-left: 1px solid var(--bf-border); }
.class-sum td, .class-sum th { font-weight: 600; border-top: 2px solid var(--bf-border); }
.class-others { display: flex; flex-wrap: wrap; gap: 1rem 2.5rem; }
.class-others h3 { margin: 0 0 0.25rem; font-size: 1rem; }
.class-others ul { list-style: none; margin: 0; padding: 0; }
.class-others li { display: flex; gap: 1.5rem; justify-content: space-between; min-height: 1.75rem; align-items: center; }
.class-history { list-style: none; margin: 0; padding: 0; display: grid; gap: 0.75rem; }
.class-history p { margin: 0 0 0.25rem; overflow-wrap: anywhere; }
.class-facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: 0.25rem 1rem; margin: 0; }
.class-facts > div { display: flex; justify-content: space-between; gap: 0.75rem; }
.class-facts dd { margin: 0; }
@media (max-width: 40rem) {
  .class-name { min-width: 6rem; }
}
`

/** The styles that only these pages need. */
export function ClassStyles() {
  return <style>{css}</style>
}
