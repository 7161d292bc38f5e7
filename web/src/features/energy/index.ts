export { EnergyPage } from './energy-page'
