import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { safeStorage } from 'electron'
import { z } from 'zod'
import { readIfThere, removeFile, replaceFile } from './durable-file.ts'

export type Secrets = {
  /** `keyring`: the system keeps a key for this user. `memoryOnly`: it does not, so nothing secret is written by us. */
  readonly protection: () => 'keyring' | 'memoryOnly'
  readonly dataKey: () => { readonly key: string | null; readonly salt: string }
  readonly loadCredentials: () => string | null
  readonly saveCredentials: (value: string | null) => 'keyring' | 'memory' | 'cleared'
}

const DataKeyFile = z.discriminatedUnion('kept', [
  z.object({ kept: z.literal('keyring'), salt: z.string(), wrapped: z.string() }),
  z.object({ kept: z.literal('passphrase'), salt: z.string() })
])
type DataKeyFile = z.infer<typeof DataKeyFile>

/**
 * Secrets at rest, wrapped by the system's keyring through safeStorage. Chromium's `basic_text` back end is a fixed key and therefore no protection:
 * it counts as no keyring. Use only after the app is ready; before that safeStorage always says no.
 */
export function openSecrets(folder: string): Secrets {
  const dataKeyPath = join(folder, 'data-key.json')
  const credentialsPath = join(folder, 'credentials')
  let inMemory: string | null = null

  return {
    protection: () => (hasKeyring() ? 'keyring' : 'memoryOnly'),

    // Once made, the choice stays: replica and outbox are encrypted with it, so a keyring that appears later must not bring a new key.
    dataKey: () => {
      const file = readDataKey(dataKeyPath) ?? makeDataKey(dataKeyPath)
      if (file.kept === 'passphrase') return { key: null, salt: file.salt }
      if (!hasKeyring())
        throw new Error(
          'The key to what is stored on this computer is in the system keyring, and the keyring cannot be opened now. Unlock it and start again.'
        )
      return { key: safeStorage.decryptString(Buffer.from(file.wrapped, 'base64')), salt: file.salt }
    },

    loadCredentials: () => {
      if (inMemory !== null) return inMemory
      const stored = readIfThere(credentialsPath)
      if (stored === null || !hasKeyring()) return null
      try {
        return safeStorage.decryptString(Buffer.from(stored, 'base64'))
      } catch {
        // Another keyring than the one that wrapped it (a restored home folder): the person signs in again.
        return null
      }
    },

    saveCredentials: (value) => {
      inMemory = value
      if (value === null) {
        removeFile(credentialsPath)
        return 'cleared'
      }
      if (!hasKeyring()) return 'memory'
      replaceFile(credentialsPath, safeStorage.encryptString(value).toString('base64'))
      return 'keyring'
    }
  }
}

function hasKeyring(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false
  return process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text'
}

function readDataKey(path: string): DataKeyFile | null {
  const content = readIfThere(path)
  return content === null ? null : DataKeyFile.parse(JSON.parse(content))
}

function makeDataKey(path: string): DataKeyFile {
  const salt = randomBytes(16).toString('base64')
  const made: DataKeyFile = hasKeyring()
    ? { kept: 'keyring', salt, wrapped: safeStorage.encryptString(randomBytes(32).toString('base64')).toString('base64') }
    : { kept: 'passphrase', salt }
  replaceFile(path, JSON.stringify(made))
  return made
}
