export { AskPage } from './ask-page'
export type { Filters } from './turns'
