import { message, quoted } from './message.js';

/** About any object: references, annotations, the checks of single objects, and this program itself. */
export const generalMessages = {
  InternalError: message<{ readonly detail: string }>(
    'IST0001',
    'error',
    'the analyzer itself failed',
    ({ detail }) => `This check failed by a fault of its own, please report it: ${detail}`,
  ),
  Deprecated: message<{ readonly detail: string }>(
    'IST0002',
    'warning',
    'something that is used will go away',
    ({ detail }) => `Deprecated: ${detail}`,
  ),
  ReferencedResourceNotFound: message<{ readonly reftype: string; readonly refval: string }>(
    'IST0101',
    'error',
    'something is referred to that is not there',
    ({ reftype, refval }) => `Referenced ${reftype} not found: ${JSON.stringify(refval)}`,
  ),
  SchemaValidationError: message<{ readonly err: string }>(
    'IST0106',
    'error',
    'the object is refused',
    ({ err }) => err,
  ),
  SchemaWarning: message<{ readonly err: string }>(
    'IST0133',
    'warning',
    'the object is accepted, and something in it is likely not meant',
    ({ err }) => err,
  ),
  MisplacedAnnotation: message<{ readonly annotation: string; readonly kind: string }>(
    'IST0107',
    'warning',
    'an annotation stands on a kind where it means nothing',
    ({ annotation, kind }) =>
      `The annotation ${annotation} does nothing here; it belongs on ${kind === '' ? 'another kind' : kind}`,
  ),
  UnknownAnnotation: message<{ readonly annotation: string }>(
    'IST0108',
    'warning',
    'an annotation with a name of Istio that Istio does not know',
    ({ annotation }) => `There is no annotation ${annotation}`,
  ),
  InvalidAnnotation: message<{ readonly annotation: string; readonly problem: string }>(
    'IST0125',
    'warning',
    'the value of an annotation cannot be read',
    ({ annotation, problem }) => `The annotation ${annotation} cannot be used: ${problem}`,
  ),
  DeprecatedAnnotation: message<{ readonly annotation: string; readonly extra: string }>(
    'IST0135',
    'info',
    'an annotation will go away',
    ({ annotation, extra }) => `The annotation ${annotation} is deprecated${extra}; it may stop working`,
  ),
  AlphaAnnotation: message<{ readonly annotation: string }>(
    'IST0136',
    'info',
    'an annotation is not settled yet',
    ({ annotation }) => `The annotation ${annotation} is experimental and may change or go away`,
  ),
  IneffectivePolicy: message<{ readonly reason: string }>(
    'IST0167',
    'warning',
    'a policy that reaches nothing',
    ({ reason }) => `This policy has no effect: ${reason}`,
  ),
  NoMatchingWorkloadsFound: message<{ readonly labels: string }>(
    'IST0127',
    'warning',
    'a policy selects no workload of the mesh',
    ({ labels }) =>
      labels === ''
        ? 'No workload of the mesh runs in this namespace, so this applies to none'
        : `No workload of the mesh has the labels ${labels}, so this applies to none`,
  ),
  NegativeConditionStatus: message<{
    readonly conditionType: string;
    readonly reason: string;
    readonly message: string;
  }>(
    'IST0171',
    'warning',
    'a controller reports in the status that something does not work',
    ({ conditionType, reason, message: said }) =>
      `Its status says that ${conditionType} does not hold (${reason}): ${said}`,
  ),
  MultiClusterInconsistentService: message<{
    readonly serviceName: string;
    readonly namespace: string;
    readonly clusters: readonly string[];
    readonly error: string;
  }>(
    'IST0170',
    'warning',
    'a Service is not the same in every cluster',
    ({ serviceName, namespace, clusters, error }) =>
      `Service ${serviceName} of namespace ${namespace} differs between the clusters ${quoted(clusters)}: ${error}. ` +
      'What a client gets depends on where it is answered',
  ),
} as const;
