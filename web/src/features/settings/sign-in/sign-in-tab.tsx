export function SignInTab() {
  return null
}
