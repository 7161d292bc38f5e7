export { HelpDrawer, HelpPage } from './help'
