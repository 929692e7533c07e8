import { z } from 'zod'
import { ContactId, CustomerId } from '../identity.ts'
import { name, typed } from '../text.ts'

/** What a verified contact may ask for. Verified is not yet authorised (VER rules). */
export const ContactRight = z.enum(['open', 'update', 'escalate', 'approveChanges', 'requestOsUsers'])
export type ContactRight = z.infer<typeof ContactRight>

/** A person of a customer who may deal with the desk. */
export const Contact = z.object({
  id: ContactId,
  customerId: CustomerId,
  name: name(200),
  title: typed(200),
  /** E.164, best first; an extension follows as `;ext=204`. */
  phones: z
    .array(z.string().regex(/^\+[1-9][0-9]{4,14}(;ext=[0-9]{1,8})?$/))
    .max(10)
    .readonly(),
  email: typed(320),
  rights: z.array(ContactRight).readonly(),
  active: z.boolean(),
  sample: z.boolean()
})
export type Contact = z.infer<typeof Contact>
