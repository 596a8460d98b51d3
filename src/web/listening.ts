import { BotError } from '#core/errors.ts'

export function addressOf(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

/** Why a server cannot listen, and what the operator can do about it. */
export function notListening(cause: unknown, host: string, port: number): BotError {
  return new BotError('misconfigured', refusal(codeOf(cause), host, port), { cause })
}

export function isTaken(cause: unknown): boolean {
  return codeOf(cause) === 'EADDRINUSE'
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : ''
}

function refusal(code: string, host: string, port: number): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is taken by another program. Stop that program, or set HTTP_PORT to a free port (0 picks one).`
    case 'EACCES':
      return `This user may not open port ${port}. Set HTTP_PORT to 1024 or more, or allow it to.`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `This machine has no address "${host}". Set HTTP_HOST to one it has, such as 127.0.0.1 or 0.0.0.0; HTTP_PORT is ${port}.`
    default:
      return `Cannot listen on ${host} port ${port} (${code || 'unknown reason'}). Check HTTP_HOST and HTTP_PORT.`
  }
}
