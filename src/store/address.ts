/** Host and port of a server, without the password. */
export function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : 'the address given'
}
