export { PolicyStyles } from './policy-styles.tsx'
export { WhyDetails } from './why-details.tsx'
