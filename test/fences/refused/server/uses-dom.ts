export const wide = window.innerWidth
