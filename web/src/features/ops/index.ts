export { OpsPage, type JobFilter } from './ops-page'
