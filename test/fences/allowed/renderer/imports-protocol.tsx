import { PROTOCOL_VERSION } from '#shared/protocol/version.ts'

export const Version = () => <p title={document.title}>{PROTOCOL_VERSION}</p>
