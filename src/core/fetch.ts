/** What a stranger's server gave, or why it gave nothing. `why` is a sentence for the person whose address it is. */
export type Fetched =
  | { readonly kind: 'fetched'; readonly bytes: Uint8Array; readonly etag: string | null; readonly lastModified: string | null }
  | { readonly kind: 'unchanged' }
  /** `lasting`: asking again will not help. */
  | { readonly kind: 'refused'; readonly why: string; readonly lasting: boolean }

export interface FetchRequest {
  readonly url: string
  readonly etag?: string | null
  readonly lastModified?: string | null
}

/** Fetches what people name, and lets them look around in nobody's own network. */
export type SafeFetch = (request: FetchRequest) => Promise<Fetched>
