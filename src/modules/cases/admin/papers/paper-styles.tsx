const css = `
.paper-list { list-style: none; margin: 0; padding: 0; display: grid; gap: 0.75rem; }
.paper-list > li { border: 1px solid var(--bf-line); border-radius: 0.35rem; padding: 0.6rem 0.75rem; display: grid; gap: 0.5rem; min-width: 0; }
.paper-head { display: flex; flex-wrap: wrap; gap: 0.25rem 0.6rem; align-items: center; }
.paper-actions { gap: 0.5rem; }
.paper-actions .bf-field { margin: 0; }
.paper-pages { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0.4rem; }
.paper-picture { display: block; max-width: 100%; max-height: 70vh; margin: 0 auto; border: 1px solid var(--bf-line); }
.paper-earlier > summary { cursor: pointer; min-height: 1.75rem; font-weight: 600; }
.paper-earlier > .paper-list { margin-top: 0.5rem; }
.paper-evidence { display: flex; flex-wrap: wrap; gap: 0.5rem 0.75rem; align-items: center; border-top: 1px solid var(--bf-line); padding-top: 0.6rem; }
.paper-templates td, .paper-templates th { vertical-align: top; }
.paper-fields { max-height: 24rem; overflow: auto; }
@media (max-width: 40rem) {
  .paper-actions .ant-btn, .paper-evidence > .ant-btn { min-height: 2.75rem; }
  .paper-actions .ant-btn-primary { width: 100%; }
  .paper-pages .ant-btn { min-height: 2.5rem; min-width: 4rem; }
}
`

/** The few shapes that papers need beyond the kit. */
export function PaperStyles() {
  return <style>{css}</style>
}

/** Of what a button is, for those who hear it without seeing where it stands; it follows what the button shows. */
export function Unseen({ text }: { text: string }) {
  return <span className="bf-unseen">：{text}</span>
}
