export { OwnSettingsPage, SettingsPage } from './settings-page'
