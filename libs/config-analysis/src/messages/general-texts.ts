import { IssueCode, issueCodeTexts } from '@istio-ts/config-model';
import type { generalMessages } from './general.js';
import type { MessageTexts } from './message-text.js';

export const generalTexts: MessageTexts<typeof generalMessages> = {
  InternalError: {
    example: 'a check that throws on an object that no test has; the other checks go on',
    cure: 'Report it with the object; nothing is wrong with your configuration for all that is known.',
  },
  Deprecated: {
    example: 'a field that a later version will not read',
    cure: 'Use what the message names instead, before the upgrade that removes it.',
  },
  ReferencedResourceNotFound: {
    example:
      'a route to `reviews-v3` where no such service is, or to a subset that no DestinationRule defines',
    cure: 'Correct the name and its namespace, or add what is missing. Short names are completed with the namespace of the object that says them.',
  },
  SchemaValidationError: issueCodeTexts[IssueCode.Schema],
  SchemaWarning: issueCodeTexts[IssueCode.SchemaWarning],
  MisplacedAnnotation: {
    example: '`sidecar.istio.io/inject` on a Service',
    cure: 'Move it to the kind of the message; for workloads that is the pod template, not the Deployment around it.',
  },
  UnknownAnnotation: {
    example: '`sidecar.istio.io/injct: "true"`',
    cure: 'Correct the spelling, or remove it. Annotations outside the domains of Istio are never looked at.',
  },
  InvalidAnnotation: {
    example: '`traffic.sidecar.istio.io/includeInboundPorts: http`',
    cure: 'Write a value of the form that the message asks for; until then the default is used.',
  },
  DeprecatedAnnotation: {
    example: 'an annotation that became a field or a label',
    cure: 'Use its successor where the message names one.',
  },
  AlphaAnnotation: {
    example: 'an annotation that was added for trial',
    cure: 'None is needed; read the notes of a release before you upgrade.',
  },
  IneffectivePolicy: {
    example: 'a policy whose target is of a kind that it does not work on',
    cure: 'Follow the reason in the message, or delete the policy: nothing is enforced by it.',
  },
  NoMatchingWorkloadsFound: {
    example: 'an AuthorizationPolicy with `app: pay` where the pods are labelled `app: payment`',
    cure: 'Compare the selector with the labels of the pods, in the same namespace; pods without a proxy do not count.',
  },
  NegativeConditionStatus: {
    example: 'a Gateway whose condition `Programmed` is `False`',
    cure: 'The reason in the message is that of the controller; mend what it names.',
  },
  MultiClusterInconsistentService: {
    example: 'a Service with port 80 in one cluster, and 8080 in another',
    cure: 'Apply the same Service to every cluster that has its namespace.',
  },
};
