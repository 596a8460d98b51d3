/** How a call of the Web API goes wrong. `accepted`: the call is carried out all the same. */
export type ApiFault =
  | { readonly kind: 'status'; readonly status: number; readonly accepted?: boolean }
  | { readonly kind: 'hang'; readonly accepted?: boolean }
  | { readonly kind: 'reset'; readonly accepted?: boolean }
  | { readonly kind: 'rate_limited'; readonly retryAfter: number }
  | { readonly kind: 'error'; readonly error: string }

/** Faults wait here, by method, until the next call of it. `response_url` counts as a method. */
export function createApiFaults() {
  const waiting = new Map<string, ApiFault[]>()

  return {
    next(method: string, fault: ApiFault, times = 1) {
      waiting.set(method, [...(waiting.get(method) ?? []), ...Array.from({ length: times }, () => fault)])
    },
    take: (method: string): ApiFault | undefined => waiting.get(method)?.shift(),
    clear: () => waiting.clear(),
  }
}
