/** What jobs need to fetch what people name, as main.ts gives it to them. */

export type Fetched =
  | { readonly kind: 'fetched'; readonly bytes: Uint8Array; readonly etag: string | null; readonly lastModified: string | null }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'refused'; readonly why: string; readonly lasting: boolean }

export type SafeFetch = (request: {
  readonly url: string
  readonly etag?: string | null
  readonly lastModified?: string | null
}) => Promise<Fetched>
