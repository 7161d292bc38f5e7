export { CorpusPage } from './corpus-page'
