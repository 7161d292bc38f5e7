export { useConsent, useSay, type Purpose, type Wish } from './api'
export { ConsentCard } from './consent-card'
export { ConsentText } from './text'
