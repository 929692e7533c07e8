import { z } from 'zod'

/** Identifiers are UUID text made by whoever creates the thing (consoles: UUIDv7), so that work done offline keeps its identity for ever. */
const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)

export const CaseId = uuid.brand<'CaseId'>()
export const CustomerId = uuid.brand<'CustomerId'>()
export const ContactId = uuid.brand<'ContactId'>()
export const ItemId = uuid.brand<'ItemId'>()
export const PersonId = uuid.brand<'PersonId'>()
export const QueueId = uuid.brand<'QueueId'>()
export const CommandId = uuid.brand<'CommandId'>()
export const ConsoleId = uuid.brand<'ConsoleId'>()

/** A policy version is immutable, so its id names both: `managed-os/3`. */
export const PolicyId = z
  .string()
  .regex(/^[a-z0-9-]{1,60}\/[1-9][0-9]{0,8}$/)
  .brand<'PolicyId'>()

export type CaseId = z.infer<typeof CaseId>
export type CustomerId = z.infer<typeof CustomerId>
export type ContactId = z.infer<typeof ContactId>
export type ItemId = z.infer<typeof ItemId>
export type PersonId = z.infer<typeof PersonId>
export type QueueId = z.infer<typeof QueueId>
export type CommandId = z.infer<typeof CommandId>
export type ConsoleId = z.infer<typeof ConsoleId>
export type PolicyId = z.infer<typeof PolicyId>
