/** The server's own version, as package.json says; a test compares the two. */
export const SERVER_VERSION = '0.1.0'
