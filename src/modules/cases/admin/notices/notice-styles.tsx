const css = `
.notice-paper { background: #fff; color: #000; border: 1px solid var(--bf-line); padding: 1.5rem; font-family: FangSong, "Noto Serif CJK SC", serif; line-height: 1.7; overflow-wrap: anywhere; }
.notice-paper h2, .notice-sheet h1 { text-align: center; font-size: 1.5rem; margin: 0.25rem 0 1rem; color: #000; }
.notice-paper p { margin: 0.4rem 0; text-indent: 2em; white-space: pre-wrap; }
.notice-paper table { width: 100%; border-collapse: collapse; margin: 0.75rem 0; }
.notice-paper th, .notice-paper td { border: 1px solid #000; padding: 0.3rem 0.4rem; text-align: center; }
.notice-paper .notice-sign { text-align: right; text-indent: 0; }
.notice-qr { display: flex; gap: 1rem; align-items: center; }
.notice-qr svg { flex: 0 0 8rem; width: 8rem; height: 8rem; background: #fff; }
.notice-qr p { text-indent: 0; font-size: 0.95rem; }
.notice-two { display: grid; grid-template-columns: minmax(0, 3fr) minmax(16rem, 2fr); gap: 1rem; align-items: start; }
.notice-choice { width: 100%; border-collapse: collapse; }
.notice-choice th, .notice-choice td { text-align: left; padding: 0.35rem 0.5rem 0.35rem 0; border-bottom: 1px solid var(--bf-line); vertical-align: middle; }
.notice-choice th[scope="row"] { font-weight: 400; }
.notice-choice select { min-width: 8rem; }
.notice-choice label { display: inline-flex; gap: 0.5rem; align-items: center; min-height: 2rem; }
.notice-steps { display: flex; flex-wrap: wrap; gap: 0.5rem; }
.notice-photos { display: grid; gap: 0.5rem; grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); margin: 0; padding: 0; list-style: none; }
.notice-photos img { max-width: 100%; height: auto; border: 1px solid var(--bf-line); }
.notice-words { white-space: pre-wrap; overflow-wrap: anywhere; }
.notice-findings { margin: 0.25rem 0; padding-left: 1.25rem; }
@media (max-width: 62rem) { .notice-two { grid-template-columns: minmax(0, 1fr); } }
@media (max-width: 48rem) { .notice-choice thead { display: none; } .notice-choice td, .notice-choice th[scope="row"] { display: block; border: 0; padding: 0.15rem 0; } .notice-choice tr { display: block; padding: 0.5rem 0; border-bottom: 1px solid var(--bf-line); } .notice-paper { padding: 0.75rem; } .notice-paper th, .notice-paper td { padding: 0.2rem; font-size: 0.9rem; } }
@media print { .notice-paper { border: 0; padding: 0; font-size: 16pt; } .notice-qr svg { flex-basis: 38mm; width: 38mm; height: 38mm; } .notice-paper tr { break-inside: avoid; } .notice-qr { break-inside: avoid; } }
`

/** What the pages of notices need beside the kit. */
export function NoticeStyles() {
  return <style>{css}</style>
}
