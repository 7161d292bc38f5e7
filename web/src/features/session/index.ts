export { useSession, useSignOut, useSystemInfo } from './session'
export { SignIn } from './sign-in'
