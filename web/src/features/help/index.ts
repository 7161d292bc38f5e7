export { HelpDrawer, HelpPage, Kbd } from './help'
