/** How long a link that signs somebody in counts, in seconds. */
export const linkLifetime = 600

/** Links from a chat to the page, each for one person and one browser. What is kept of them opens nothing. */
export interface PageLinks {
  /** The earlier one of the same account that nobody has used counts no more. */
  make(link: { readonly hash: string; readonly account: string; readonly name: string; readonly at: Temporal.Instant }): Promise<void>
}
