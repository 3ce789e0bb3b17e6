/** Does nothing until it is ended: the container from which one calls others by hand. */
const forever = setInterval(() => undefined, 1 << 30);
process.once('SIGTERM', () => clearInterval(forever));
