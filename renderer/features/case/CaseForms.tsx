import type { CaseState } from '#shared/domain/case/case.ts'
import type { CaseForm } from '#renderer/store/view.ts'
import { AssignForm } from './forms/AssignForm.tsx'
import { CloseForm } from './forms/CloseForm.tsx'
import { DetailsForm } from './forms/DetailsForm.tsx'
import { ReopenForm } from './forms/ReopenForm.tsx'
import { ResolveForm } from './forms/ResolveForm.tsx'
import { SeverityForm } from './forms/SeverityForm.tsx'
import { WaitForm } from './forms/WaitForm.tsx'

/** The form that is open under the actions. */
export function CaseForms({ form, state }: { readonly form: CaseForm; readonly state: CaseState }) {
  switch (form) {
    case 'assign':
      return <AssignForm state={state} />
    case 'severity':
      return <SeverityForm state={state} />
    case 'wait':
      return <WaitForm state={state} />
    case 'resolve':
      return <ResolveForm state={state} />
    case 'close':
      return <CloseForm state={state} />
    case 'reopen':
      return <ReopenForm state={state} />
    case 'details':
      return <DetailsForm state={state} />
  }
}
