const css = `
.meeting-found, .meeting-body, .meeting-waiting { list-style: none; margin: 0; padding: 0; }
.meeting-count-tools .bf-link, .meeting-body .bf-link, .meeting-tools .bf-link, .meeting-recuse { min-height: 1.75rem; min-width: 1.75rem; }
.meeting-found { display: flex; flex-wrap: wrap; gap: 0.4rem; }
.meeting-found .bf-chip { white-space: normal; text-align: left; }
.meeting-body li { display: grid; grid-template-columns: minmax(7rem, 12rem) 9.5rem minmax(10rem, 1fr) auto; gap: 0.5rem; align-items: center; padding: 0.25rem 0; border-bottom: 1px solid var(--bf-line); }
.meeting-home { display: flex; flex-wrap: wrap; gap: 0.2rem 0.6rem; align-items: center; }
.meeting-new { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: flex-end; }
.meeting-new .bf-field { flex: 1 1 12rem; max-width: 20rem; margin: 0; }
.meeting-new > select { flex: 0 0 9.5rem; width: auto; }
.meeting-waiting { display: grid; gap: 0.4rem; }
.meeting-waiting li { display: flex; flex-wrap: wrap; gap: 0.3rem 0.75rem; align-items: center; justify-content: space-between; }
.meeting-cases { display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); gap: 0.25rem 1rem; }
.meeting-cases label, .meeting-there label { display: flex; gap: 0.5rem; align-items: baseline; padding: 0.3rem 0; min-height: 2.1rem; }
.meeting-there { display: grid; grid-template-columns: repeat(auto-fill, minmax(14rem, 1fr)); gap: 0 1rem; }
.meeting-grid { width: 100%; border-collapse: collapse; }
.meeting-grid th, .meeting-grid td { text-align: left; vertical-align: top; padding: 0.5rem 0.5rem 0.5rem 0; border-bottom: 1px solid var(--bf-line); }
.meeting-grid thead th { color: var(--bf-text-2); font-weight: 600; padding-top: 0; }
.meeting-grid th[scope="row"] { font-weight: 600; min-width: 8rem; }
.meeting-count { display: flex; gap: 0.35rem; align-items: flex-end; flex-wrap: wrap; }
.meeting-count label { display: grid; gap: 0.1rem; font-size: 0.9rem; color: var(--bf-text-2); }
.meeting-count .bf-input { width: 4.2rem; text-align: right; font-variant-numeric: tabular-nums; }
.meeting-count-tools { display: flex; gap: 0.25rem 0.75rem; flex-wrap: wrap; margin-top: 0.25rem; }
.meeting-grid th .bf-source { font-weight: 400; }
.meeting-grid td > .bf-input { margin-top: 0.4rem; }
.meeting-came { padding: 0.3rem 0; }
.meeting-minutes { white-space: pre-wrap; overflow-wrap: anywhere; }
.meeting-recused { margin: 0; padding: 0; list-style: none; display: grid; gap: 0.15rem; }
.meeting-voters { display: grid; gap: 0.25rem; }
.meeting-voters > div { display: flex; flex-wrap: wrap; gap: 0.25rem 0.75rem; align-items: center; }
.meeting-voters .meeting-voter { flex: 0 0 7rem; }
.meeting-voters label { display: inline-flex; gap: 0.25rem; align-items: center; min-height: 2rem; }
.meeting-sums { justify-items: start; display: grid; gap: 0.15rem; font-size: 0.95rem; }
.meeting-stated { display: flex; flex-wrap: wrap; gap: 0.4rem; align-items: center; margin-top: 0.3rem; }
.meeting-stated select, .meeting-stated input { flex: 1 1 8rem; min-width: 0; }
.meeting-foot { padding: 0.6rem 0; display: flex; flex-wrap: wrap; gap: 0.5rem 0.75rem; align-items: center; }
@media (max-width: 48rem) {
  .meeting-body li { grid-template-columns: minmax(0, 1fr) 8.5rem; }
  .meeting-home { grid-column: 1 / -1; order: 3; }
  .meeting-body li > .bf-link { justify-self: start; order: 4; }
  .meeting-grid, .meeting-grid tbody, .meeting-grid tr, .meeting-grid td, .meeting-grid th[scope="row"] { display: block; border: 0; padding: 0.2rem 0; }
  .meeting-grid thead { display: none; }
  .meeting-grid tr { border-bottom: 0.15rem solid var(--bf-line); padding: 0.75rem 0; }
  .meeting-grid th[scope="row"] { font-size: 1.05rem; }
  .meeting-count .bf-input { width: 5rem; min-height: 2.75rem; }
  .meeting-there label, .meeting-cases label, .meeting-voters label { min-height: 2.75rem; align-items: center; }
  .meeting-foot .ant-btn { flex: 1 1 8rem; min-height: 2.75rem; }
}
`

/** The few shapes that the pages of meetings need beyond the kit. */
export function MeetingStyles() {
  return <style>{css}</style>
}
