import { z } from 'zod'

/** Identifiers are UUID text made by whoever creates the thing (consoles: UUIDv7), so that work done offline keeps its identity for ever. */
export const Uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)

export const CaseId = Uuid.brand<'CaseId'>()
export const CustomerId = Uuid.brand<'CustomerId'>()
export const ContactId = Uuid.brand<'ContactId'>()
export const ItemId = Uuid.brand<'ItemId'>()
export const PersonId = Uuid.brand<'PersonId'>()
export const QueueId = Uuid.brand<'QueueId'>()
export const CommandId = Uuid.brand<'CommandId'>()
export const ConsoleId = Uuid.brand<'ConsoleId'>()

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
