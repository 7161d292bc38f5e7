export { INVITATION } from './arrival'
export { InvitationPage } from './invitation'
export { useSession, useSignOut, useSystemInfo } from './session'
export { SignIn } from './sign-in'
