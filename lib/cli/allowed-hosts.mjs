/** ALLOWED_HOSTS (app/own-host.ts) for a page that is served on `host`: the names given, and that one. */
export const allowedHosts = (given, host) => [given, host].filter(Boolean).join(',');
