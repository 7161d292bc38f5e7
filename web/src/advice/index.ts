export { decide, undoDecision, useAdvice, useRenewAdvice, type AdviceFilter, type Decision } from './api'
export { reckoningOf, type Reckoning } from './rules'
export { eurText, kwhText, spanOf, stateWord, weekdayOf } from './words'
