const css = `
.ledger-fields { list-style: none; margin: 0; padding: 0; display: grid; gap: 0.4rem; }
.ledger-field { border: 1px solid var(--bf-line); border-radius: 0.35rem; background: var(--bf-card); padding: 0.4rem 0.6rem; }
.ledger-field-line { display: grid; grid-template-columns: 1.6rem minmax(7rem, 1fr) 9.5rem auto auto; gap: 0.4rem 0.6rem; align-items: center; }
.ledger-field-line > * { min-width: 0; }
.ledger-tools { display: flex; flex-wrap: wrap; gap: 0.25rem; align-items: center; }
.ledger-icon { font: inherit; min-width: 2rem; min-height: 2rem; border: 1px solid var(--bf-border); border-radius: 0.25rem; background: var(--bf-card); color: var(--bf-text); cursor: pointer; }
.ledger-icon:disabled { color: var(--bf-text-3); border-color: var(--bf-line); cursor: default; }
.ledger-more { display: grid; gap: 0.75rem; border-top: 1px dashed var(--bf-line); margin-top: 0.5rem; padding: 0.6rem 0 0.3rem; }
.ledger-pair { display: grid; grid-template-columns: repeat(auto-fill, minmax(10rem, 1fr)); gap: 0.6rem 1rem; align-items: end; }
.ledger-side { display: grid; grid-template-columns: minmax(0, 3fr) minmax(20rem, 2fr); gap: 1rem; align-items: start; }
.ledger-side > * { min-width: 0; }
.ledger-beside { position: sticky; top: 0.5rem; max-height: calc(100vh - 1rem); overflow-y: auto; }
.ledger-form { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0.9rem 1.5rem; }
.ledger-form > .ledger-wide { grid-column: 1 / -1; }
.ledger-beside .ledger-form { grid-template-columns: minmax(0, 1fr); }
.ledger-computed { padding: 0.4rem 0.7rem; background: var(--bf-head); border-radius: 0.25rem; min-height: 2.3rem; }
.ledger-code { font-family: ui-monospace, Consolas, monospace; }
.ledger-names { display: flex; flex-wrap: wrap; gap: 0.25rem; align-items: center; }
.ledger-names .bf-chip { min-height: 1.75rem; padding: 0 0.5rem; font-size: 0.9rem; }
.ledger-cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(16rem, 1fr)); gap: 0.75rem; list-style: none; margin: 0; padding: 0; }
.ledger-card { display: flex; flex-direction: column; gap: 0.35rem; padding: 0.75rem 1rem; background: var(--bf-card); border: 1px solid var(--bf-line); border-radius: 0.35rem; }
.ledger-card h3 a { color: var(--bf-text); }
.ledger-card-foot { display: flex; flex-wrap: wrap; gap: 0.1rem 0.9rem; color: var(--bf-text-2); margin-top: auto; }
.ledger-board { display: grid; grid-auto-flow: column; grid-auto-columns: minmax(15rem, 1fr); gap: 0.75rem; overflow-x: auto; padding-bottom: 0.5rem; }
.ledger-board > section { background: var(--bf-head); border-radius: 0.35rem; padding: 0.5rem; min-width: 0; }
.ledger-board ul { list-style: none; margin: 0.5rem 0 0; padding: 0; display: grid; gap: 0.5rem; }
.ledger-board li { background: var(--bf-card); border: 1px solid var(--bf-line); border-radius: 0.25rem; padding: 0.5rem 0.6rem; display: grid; gap: 0.3rem; overflow-wrap: anywhere; }
.ledger-month { width: 100%; border-collapse: collapse; table-layout: fixed; }
.ledger-month th { background: var(--bf-head); padding: 0.3rem; font-weight: 600; }
.ledger-month td { border: 1px solid var(--bf-line); vertical-align: top; height: 5rem; padding: 0.2rem 0.3rem; overflow-wrap: anywhere; background: var(--bf-card); }
.ledger-month .ledger-today { outline: 2px solid var(--bf-primary); outline-offset: -2px; }
.ledger-month a { display: block; font-size: 0.85rem; line-height: 1.7; }
.ledger-bar { display: inline-block; height: 0.75rem; background: var(--bf-primary); min-width: 1px; vertical-align: middle; }
.ledger-form input, .ledger-form textarea, .ledger-form select, .ledger-form button { scroll-margin: 5rem 0; }
.ledger-statistics th { white-space: nowrap; }
.ledger-bar-cell { min-width: 8rem; width: 30%; }
.ledger-canvas { display: block; width: 100%; max-width: 26rem; height: 9rem; border: 1px solid var(--bf-border); border-radius: 0.25rem; background: #fff; touch-action: none; }
.ledger-shots { display: flex; flex-wrap: wrap; gap: 0.5rem; list-style: none; margin: 0; padding: 0; }
.ledger-shots img { display: block; width: 6rem; height: 6rem; object-fit: contain; background: #fff; border: 1px solid var(--bf-line); border-radius: 0.25rem; }
.ledger-found { margin: 0.25rem 0 0; padding: 0; border: 1px solid var(--bf-border); border-radius: 0.25rem; background: var(--bf-card); max-height: 16rem; overflow-y: auto; }
.ledger-found > div:hover, .ledger-found .ledger-found-now { background: var(--bf-blue-bg); }
.ledger-picked { display: flex; flex-wrap: wrap; gap: 0.25rem 0.75rem; align-items: center; padding: 0.35rem 0.7rem; background: var(--bf-blue-bg); border-radius: 0.25rem; }
.ledger-lines { list-style: none; margin: 0; padding: 0; display: grid; gap: 0.5rem; }
.ledger-rows { display: grid; gap: 0.75rem; }
.ledger-row-card { border: 1px solid var(--bf-line); border-radius: 0.35rem; padding: 0.6rem; display: grid; gap: 0.5rem; }
.ledger-moves { display: flex; flex-wrap: wrap; gap: 0.5rem; }
.ledger-why { border-left: 0.25rem solid var(--bf-amber); padding-left: 0.6rem; }
.ledger-group { border: 0; margin: 0; padding: 0; min-width: 0; display: flex; flex-direction: column; gap: 0.25rem; }
.ledger-group legend, .ledger-label { font-weight: 600; padding: 0; margin-bottom: 0.25rem; }
.ledger-options { display: flex; flex-wrap: wrap; gap: 0.35rem 1.25rem; align-items: center; }
.ledger-options label { display: inline-flex; align-items: center; gap: 0.35rem; min-height: 1.75rem; }
.ledger-options input { width: 1.1rem; height: 1.1rem; }
.ledger-short { width: auto; max-width: 14rem; }
.ledger-bound { width: 9rem; }
.ledger-degrees { width: 9rem; }
.ledger-row-cells { display: grid; grid-template-columns: repeat(auto-fit, minmax(6.5rem, 1fr)); gap: 0.5rem; align-items: end; }
.ledger-rows .ledger-row-card { grid-template-columns: minmax(0, 1fr) auto; align-items: end; }
.ledger-found > div { padding: 0.4rem 0.7rem; border-bottom: 1px solid var(--bf-line); cursor: pointer; min-height: 2.2rem; }
.ledger-view { display: inline-flex; gap: 0.4rem; align-items: center; padding: 0.1rem 0.6rem; border: 1px solid var(--bf-line); border-radius: 1rem; background: var(--bf-card); }
.ledger-caption { text-align: left; font-weight: 600; padding: 0.5rem 0; }
.ledger-long { white-space: pre-line; }
.ledger-figure { margin: 0; }
.ledger-tall { max-height: 32rem; }
.ledger-figure { max-width: 32rem; }
.ledger-plan { position: relative; height: 0; padding-top: 100%; margin: 0.5rem 0; border: 1px solid var(--bf-border); border-radius: 0.25rem; overflow: hidden; background: var(--bf-card); background-image: linear-gradient(var(--bf-line) 1px, transparent 1px), linear-gradient(90deg, var(--bf-line) 1px, transparent 1px); background-size: 12.5% 12.5%; }
.ledger-mark { position: absolute; transform: translate(-50%, -50%); font: inherit; font-weight: 600; min-width: 1.75rem; height: 1.75rem; line-height: 1.6rem; padding: 0 0.3rem; border: 1px solid var(--bf-card); border-radius: 1rem; background: var(--bf-primary); color: #fff; text-align: center; white-space: nowrap; }
button.ledger-mark { cursor: pointer; }
.ledger-mark a { display: block; color: #fff; text-decoration: none; }
.ledger-mark-late { background: var(--bf-red); }
.ledger-north { position: absolute; top: 0.3rem; right: 0.5rem; color: var(--bf-text-2); }
.ledger-scale { position: absolute; bottom: 0.4rem; left: 0.5rem; border: solid var(--bf-text-2); border-width: 0 1px 2px; text-align: center; color: var(--bf-text-2); white-space: nowrap; }
.ledger-linked h3, .ledger-linked h4 { margin: 0; }
.ledger-linked-head { display: flex; flex-wrap: wrap; gap: 0.15rem 0.6rem; align-items: baseline; margin-bottom: 0.25rem; }
.ledger-pack { display: grid; gap: 0.75rem; }
details.ledger-pack { display: block; }
.ledger-pack summary { cursor: pointer; min-height: 1.75rem; }
.ledger-pack summary h3 { display: inline; color: var(--bf-text-2); }
details.ledger-pack > .ledger-linked { margin-top: 0.75rem; }
.ledger-pack > h3 { color: var(--bf-text-2); margin: 0; }
.ledger-pack + .ledger-pack { border-top: 1px solid var(--bf-line); margin-top: 0.75rem; padding-top: 0.75rem; }
.ledger-field .bf-link, .ledger-more .bf-link { min-height: 1.75rem; }
.ledger-field summary { min-height: 1.75rem; cursor: pointer; }
.ledger-two-lines { display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden; }
.ledger-formula { margin-bottom: 0.5rem; }
.ledger-formula .ledger-names { max-height: 7rem; overflow-y: auto; }
.ledger-text-icon { padding: 0 0.5rem; }
.ledger-column { border-left: 0.2rem solid var(--bf-line); padding-left: 0.6rem; display: grid; gap: 0.4rem; }
.ledger-guess { display: grid; grid-template-columns: minmax(8rem, 14rem) 10rem minmax(0, 1fr); gap: 0.3rem 0.8rem; align-items: center; border-bottom: 1px solid var(--bf-line); padding-bottom: 0.3rem; }
.ledger-samples { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.ledger-counts { font-size: 1.1rem; }
.ledger-block { display: block; }
.ledger-bad-row { border-left: 0.25rem solid var(--bf-red); padding-left: 0.6rem; }
.ledger-row { border-left: 0.25rem solid var(--bf-line); padding-left: 0.6rem; }
.ledger-standing { align-self: center; }
@media (max-width: 60rem) { .ledger-side { grid-template-columns: minmax(0, 1fr); } .ledger-beside { position: static; max-height: none; } }
@media (max-width: 40rem) {
  .ledger-form { grid-template-columns: minmax(0, 1fr); }
  .ledger-field-line { grid-template-columns: 1.4rem minmax(0, 1fr) 8rem; }
  .ledger-field-line > :nth-child(n + 4) { grid-column: 2 / -1; }
  .ledger-guess { grid-template-columns: minmax(0, 1fr) 9rem; }
  .ledger-samples { grid-column: 1 / -1; }
  .ledger-desktop { display: none; }
  .ledger-icon { min-width: 2.5rem; min-height: 2.5rem; }
  .ledger-month td { height: 3rem; padding: 0.1rem; }
}
`

/** Styles of the pages of ledgers, in the page itself: they travel with their chunk. */
export function LedgerStyles() {
  return <style>{css}</style>
}
