export { LearningPage } from './learning-page'
