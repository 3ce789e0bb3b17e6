import { readConfiguration, tickEvery } from '../../abi/host';
import { property, readProperty } from '../../abi/property';
import { Slice, text } from '../../bytes/slice';
import { Root } from './contexts';
import { complain, Options } from './options';
import { readOwnIdentity } from './own';
import { Reporter } from './series-key';

const ROOT_ID = property('plugin_root_id');
const INBOUND = text('stats_inbound');
const OUTBOUND = text('stats_outbound');
const BAD_ROOT_ID = text('root_id must be stats_inbound or stats_outbound, not ');

const rootId = new Slice();
const configuration = new Slice();

/** Takes a plugin's root id and configuration into use. False refuses it, with the reason in Envoy's log. */
export function configure(root: Root, size: u32): bool {
  readProperty(ROOT_ID, rootId);
  if (!rootId.equals(INBOUND) && !rootId.equals(OUTBOUND)) return complain(BAD_ROOT_ID, rootId);
  readConfiguration(size, configuration);
  const options = new Options();
  if (!options.read(configuration)) return false;
  root.reporter = rootId.equals(INBOUND) ? Reporter.Destination : Reporter.Source;
  root.hostFallback = options.hostFallback;
  tickEvery(options.tcpReportingMs);
  readOwnIdentity();
  return true;
}
