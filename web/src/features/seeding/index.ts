export { SeedingPage } from './seeding-page'
