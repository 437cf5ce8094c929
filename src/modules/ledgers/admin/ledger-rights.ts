import type { Right } from '#ui/plug/plug.ts'

/** Rights by which menu and buttons are shown; the server decides again, ledger by ledger. */
export const mayRead: Right = 'ledgers.record:read'
export const mayDesign: Right = 'ledgers.template:edit'
