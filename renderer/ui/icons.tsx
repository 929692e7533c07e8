import type { ReactNode } from 'react'

/** Line icons of one weight, drawn for the desk; always beside or inside something that has a name. */
function Icon({ children }: { readonly children: ReactNode }) {
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  )
}

export const PhoneIcon = () => (
  <Icon>
    <path d="M3.2 2.5h2.4l1.1 3-1.5 1.1a8 8 0 0 0 4.2 4.2l1.1-1.5 3 1.1v2.4a.9.9 0 0 1-1 .9A10.9 10.9 0 0 1 2.3 3.5a.9.9 0 0 1 .9-1Z" />
  </Icon>
)
export const SearchIcon = () => (
  <Icon>
    <circle cx="7" cy="7" r="4.3" />
    <path d="m10.4 10.4 3.4 3.4" />
  </Icon>
)
export const PersonIcon = () => (
  <Icon>
    <circle cx="8" cy="5.2" r="2.6" />
    <path d="M2.8 13.8c.5-3 2.5-4.4 5.2-4.4s4.7 1.4 5.2 4.4" />
  </Icon>
)
export const QueueIcon = () => (
  <Icon>
    <path d="M2.5 4h11M2.5 8h11M2.5 12h7" />
  </Icon>
)
export const DeskIcon = () => (
  <Icon>
    <circle cx="8" cy="8" r="5.7" />
    <path d="M8 4.7V8l2.3 1.5" />
  </Icon>
)
export const EndedIcon = () => (
  <Icon>
    <rect x="2.3" y="2.5" width="11.4" height="11" rx="1.5" />
    <path d="m5.2 8.2 2 2 3.7-4.2" />
  </Icon>
)
export const CustomerIcon = () => (
  <Icon>
    <path d="M2.5 13.7V3.5l6-1.3v11.5M8.5 6h5v7.7M1.5 13.7h13M4.8 5.5h1.4M4.8 8h1.4M4.8 10.5h1.4M10.7 8.5h.8M10.7 11h.8" />
  </Icon>
)
export const WallIcon = () => (
  <Icon>
    <rect x="1.5" y="2.7" width="13" height="8.6" rx="1" />
    <path d="M8 11.3v2.2M5 13.8h6" />
  </Icon>
)
export const AttentionIcon = () => (
  <Icon>
    <path d="M8 2.3 14.3 13.3H1.7ZM8 6.5v3.2M8 11.3v.2" />
  </Icon>
)
export const SettingsIcon = () => (
  <Icon>
    <path d="M2 4.5h6M11.5 4.5H14M2 11.5h2.5M8 11.5h6" />
    <circle cx="9.7" cy="4.5" r="1.7" />
    <circle cx="6.2" cy="11.5" r="1.7" />
  </Icon>
)
export const CloseIcon = () => (
  <Icon>
    <path d="m4 4 8 8M12 4l-8 8" />
  </Icon>
)
export const EyeIcon = () => (
  <Icon>
    <path d="M1.5 8s2.3-4.3 6.5-4.3S14.5 8 14.5 8 12.2 12.3 8 12.3 1.5 8 1.5 8Z" />
    <circle cx="8" cy="8" r="1.8" />
  </Icon>
)
export const PenIcon = () => (
  <Icon>
    <path d="M10.5 2.8 13.2 5.5 5.7 13H3v-2.7Z" />
  </Icon>
)
