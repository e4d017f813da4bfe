/** Intervals and timeouts of webhooks: minutes or seconds first, then whatever Go reads. */
export const INTERVAL = /^\d+(m|s)(\d+(\.\d+)?(h|m|s|ms|us|ns))*$/;
/** Timeouts of routes (gateway-api GEP-2257). */
export const ROUTE_DURATION = /^(\d{1,5}(h|m|s|ms)){1,4}$/;
