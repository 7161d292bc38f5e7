export { AdvicePage } from './advice-page'
