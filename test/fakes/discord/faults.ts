/** What goes wrong with the next requests that fit. */
export interface Fault {
  /** `POST /channels/123/messages` must contain or match this. */
  readonly route: string | RegExp
  readonly times?: number
  readonly what:
    | { readonly kind: 'status'; readonly status: number }
    | { readonly kind: 'hang' }
    | { readonly kind: 'reset' }
    | { readonly kind: 'slow'; readonly ms: number }
    | { readonly kind: 'limited'; readonly scope: 'user' | 'shared' | 'global'; readonly retryAfter: number }
    /** The 429 of the network in front of Discord, which is HTML and carries no `via`. */
    | { readonly kind: 'cloudflare'; readonly retryAfter: number }
  /** True when the service has done what was asked before it fails. */
  readonly accepted?: boolean
}

export interface Faults {
  add(fault: Fault): void
  /** The fault of this request, counted down. */
  take(route: string): Fault | undefined
  clear(): void
}

export function createFaults(): Faults {
  let active: { readonly fault: Fault; left: number }[] = []
  return {
    add(fault) {
      active.push({ fault, left: fault.times ?? 1 })
    },
    take(route) {
      const found = active.find(({ fault }) => (typeof fault.route === 'string' ? route.includes(fault.route) : fault.route.test(route)))
      if (!found) return undefined
      found.left -= 1
      if (found.left === 0) active = active.filter((other) => other !== found)
      return found.fault
    },
    clear() {
      active = []
    },
  }
}
