/** What one does with a version, as tabs of its page. */
export const policyTabs = ['rules', 'difference', 'simulate', 'publish'] as const
export type PolicyTab = (typeof policyTabs)[number]
