export type HttpCall = {
  readonly url: string
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly path: string
  readonly token: string | null
  readonly body: unknown
}

/** One call to the server's HTTP side. Rejects only when there was no answer at all. */
export async function callHttp(call: HttpCall): Promise<{ readonly status: number; readonly body: unknown }> {
  const response = await fetch(new URL(call.path, call.url), {
    method: call.method,
    headers: {
      ...(call.body === null ? {} : { 'content-type': 'application/json' }),
      ...(call.token === null ? {} : { authorization: `Bearer ${call.token}` })
    },
    ...(call.body === null ? {} : { body: JSON.stringify(call.body) }),
    cache: 'no-store'
  })
  const text = await response.text()
  return { status: response.status, body: text === '' ? null : parse(text) }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
