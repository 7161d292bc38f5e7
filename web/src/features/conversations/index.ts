export { TalksPage } from './talks-page'
