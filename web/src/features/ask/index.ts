export { AskPage } from './ask-page'
export { forgetTurns } from './conversation'
export type { Filters } from './turns'
