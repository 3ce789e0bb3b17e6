import type { Place } from '../../place.js';
import { isProbeHeaderName } from '../../checks/check-header.js';
import { checkLabels } from '../../checks/check-labels.js';
import { checkPort } from '../../checks/check-number.js';
import type { ReadinessProbe, WorkloadGroupSpec } from './spec.js';

/** What would make a WorkloadGroup useless to the machines that join it; their addresses come later. */
export function validateWorkloadGroup({ metadata, template, probe }: WorkloadGroupSpec, place: Place): void {
  checkLabels(metadata?.labels, place.at('metadata', 'labels'));
  checkLabels(template.labels, place.at('template', 'labels'));
  if (probe) validateProbe(probe, place.at('probe'));
}

function validateProbe({ httpGet, tcpSocket, exec, grpc }: ReadinessProbe, place: Place): void {
  if (!httpGet && !tcpSocket && !exec && !grpc) place.error('needs one of httpGet, tcpSocket, exec and grpc');
  if (httpGet) validateHttpProbe(httpGet, place.at('httpGet'));
  if (tcpSocket) checkPort(tcpSocket.port, place.at('tcpSocket', 'port'));
  if (exec?.command.length === 0) place.at('exec', 'command').error('is empty');
  if (grpc) checkPort(grpc.port, place.at('grpc', 'port'));
}

function validateHttpProbe(
  { port, scheme = '', httpHeaders = [] }: NonNullable<ReadinessProbe['httpGet']>,
  place: Place,
): void {
  checkPort(port, place.at('port'));
  if (!['', 'HTTP', 'HTTPS'].includes(scheme)) place.at('scheme').error('must be HTTP or HTTPS');
  for (const [index, { name = '' }] of httpHeaders.entries()) {
    if (!isProbeHeaderName(name))
      place.at('httpHeaders', index, 'name').error(`${JSON.stringify(name)} is not a header name of a probe`);
  }
}
