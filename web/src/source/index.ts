export type { Place } from './api'
export { originalFile } from './api'
export { PassageText } from './passage-text'
export { SourceDrawer } from './source-drawer'
