/** The capture rules as text, for those who compare or inspect them without a machine to put them on. */
export { parseCaptureArguments } from '../command/iptables-command.js';
export { iptablesBackend } from './iptables-backend.js';
export { nftablesBackend } from './nftables-backend.js';
