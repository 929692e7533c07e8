import { z } from 'zod'

// The pages' policy forbids making code from text; without this the schema library tries it once and the policy reports a breach. First import of every page.
z.config({ jitless: true })
