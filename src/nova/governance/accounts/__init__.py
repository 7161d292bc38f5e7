"""Ways in: passwords, passkeys, second factors, invitations, the company's own sign-in, and who leaves."""
