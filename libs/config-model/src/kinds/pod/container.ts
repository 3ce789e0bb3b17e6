import type { Static } from '@sinclair/typebox';
import {
  flag,
  int32,
  integer,
  intOrText,
  list,
  map,
  openMessage,
  text,
  texts,
} from '../../schema/builders.js';

const keyRef = openMessage({ name: text, key: text, optional: flag });

export type EnvVar = Static<typeof envVar>;
export const envVar = openMessage(
  {
    name: text,
    value: text,
    valueFrom: openMessage({
      fieldRef: openMessage({ apiVersion: text, fieldPath: text }),
      resourceFieldRef: openMessage({ containerName: text, resource: text }),
      configMapKeyRef: keyRef,
      secretKeyRef: keyRef,
    }),
  },
  ['name'],
);

const envSource = openMessage({ name: text, optional: flag });

export type EnvFromSource = Static<typeof envFromSource>;
export const envFromSource = openMessage({ prefix: text, configMapRef: envSource, secretRef: envSource });

export type ContainerPort = Static<typeof containerPort>;
export const containerPort = openMessage(
  { name: text, containerPort: int32, protocol: text, hostPort: int32 },
  ['containerPort'],
);

export type Probe = Static<typeof probe>;
export const probe = openMessage({
  httpGet: openMessage(
    {
      path: text,
      port: intOrText,
      host: text,
      scheme: text,
      httpHeaders: list(openMessage({ name: text, value: text }, ['name', 'value'])),
    },
    ['port'],
  ),
  tcpSocket: openMessage({ port: intOrText, host: text }, ['port']),
  grpc: openMessage({ port: int32, service: text }, ['port']),
  exec: openMessage({ command: texts }),
  initialDelaySeconds: int32,
  periodSeconds: int32,
  timeoutSeconds: int32,
  successThreshold: int32,
  failureThreshold: int32,
  terminationGracePeriodSeconds: integer(0, Number.MAX_SAFE_INTEGER),
});

const lifecycleHandler = openMessage({ exec: openMessage({ command: texts }) });

export type SecurityContext = Static<typeof securityContext>;
export const securityContext = openMessage({
  runAsUser: integer(0, Number.MAX_SAFE_INTEGER),
  runAsGroup: integer(0, Number.MAX_SAFE_INTEGER),
  fsGroup: integer(0, Number.MAX_SAFE_INTEGER),
  runAsNonRoot: flag,
  privileged: flag,
});

export type Container = Static<typeof container>;
export const container = openMessage(
  {
    name: text,
    image: text,
    imagePullPolicy: text,
    command: texts,
    args: texts,
    workingDir: text,
    ports: list(containerPort),
    env: list(envVar),
    envFrom: list(envFromSource),
    volumeMounts: list(
      openMessage({ name: text, mountPath: text, readOnly: flag, subPath: text }, ['name', 'mountPath']),
    ),
    resources: openMessage({ requests: map(intOrText), limits: map(intOrText) }),
    readinessProbe: probe,
    livenessProbe: probe,
    startupProbe: probe,
    lifecycle: openMessage({ preStop: lifecycleHandler, postStart: lifecycleHandler }),
    securityContext,
    restartPolicy: text,
  },
  ['name'],
);
