export { decide, undoDecision, useAdvice, useRenewAdvice, type AdviceFilter, type Decision } from './api'
export { reckoningOf, type Reckoning } from './rules'
export { bound, eurText, kwhText, spanOf, stateWord, weekdayOf } from './words'
