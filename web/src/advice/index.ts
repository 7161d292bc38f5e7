export { decide, undoDecision, useAdvice, useRenewAdvice, type AdviceFilter, type Decision } from './api'
export { eurText, kwhText, spanOf, stateWord, weekdayOf } from './words'
