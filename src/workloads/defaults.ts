/*
 * The defaults of every workload, as one table: the value, what it prevents, and who asks for it.
 *
 * Sources: Kubernetes (k8s), Pod Security Standards "restricted" (PSS), and the rules that scanners
 * check: checkov (CKV), kube-score (KS), kube-linter (KL), Trivy (KSV), Polaris (PO), Kubescape (C).
 */

/** A release loses no request. */
export const ZERO_DOWNTIME = {
  /** New pods come before old ones go; both at 25% is the default of Kubernetes and lets capacity drop. */
  maxUnavailable: 0,
  maxSurge: '25%',
  /** A pod that dies in its first seconds never counts as available (k8s: 0). */
  minReadySeconds: 10,
  /** At least this long, and always longer than the start-up probe allows (k8s: 600, else rejected by its validation). */
  progressDeadlineSeconds: 600,
  /** Removing an endpoint races SIGTERM (kubernetes#20473, KEP-3960): keep serving while load balancers notice. */
  preStopWaitSeconds: 15,
  /** Then finish what is in flight. The grace period of Kubernetes includes the wait before. */
  drainSeconds: 20,
  graceMarginSeconds: 5,
  /** Drains take one pod at a time, and a pod that is not ready must not block them (KS, KL pdb-unhealthy-pod-eviction-policy). */
  disruptionMaxUnavailable: 1,
  unhealthyPodEvictionPolicy: 'AlwaysAllow',
  /** Fewer is no redundancy (KS, PO). */
  replicas: 2,
  /** Of the CPU request; leaves room for the time that new pods take to start. */
  autoscalingCpuUtilization: 70,
} as const;

/** Replicas do not share a fate. */
export const SPREAD = {
  /** Preferred, so that a small cluster can still schedule (KS and KL ask for anti-affinity: spread alone does not count). */
  antiAffinityWeight: 100,
  antiAffinityTopology: 'kubernetes.io/hostname',
  /** PO topologySpreadConstraint. */
  spreadTopologies: ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'],
  maxSkew: 1,
  whenUnsatisfiable: 'ScheduleAnyway',
} as const;

/** A pod that passes Pod Security "restricted" and every scanner named above. */
export const RESTRICTED = {
  /** CKV_K8S_40, KSV-0020, KSV-0021 (more than 10000), KS: both, at pod and container. 65532 is `nonroot` of distroless images. */
  runAsUser: 65532,
  runAsGroup: 65532,
  fsGroup: 65532,
  /** PSS, KSV-0012. */
  runAsNonRoot: true,
  /** PSS, CKV_K8S_31, KSV-0030, KSV-0104: at pod and container. */
  seccompProfile: 'RuntimeDefault',
  /** PSS, CKV_K8S_20, KSV-0001. */
  allowPrivilegeEscalation: false,
  privileged: false,
  /** PSS, CKV_K8S_28, CKV_K8S_37, KSV-0003, KSV-0106. */
  dropCapabilities: ['ALL'],
  /** CKV_K8S_22, KSV-0014, KS, KL no-read-only-root-fs; what must be written gets a sized emptyDir. */
  readOnlyRootFilesystem: true,
  temporaryFolder: '/tmp',
  temporaryFolderSize: '64Mi',
  /** CKV_K8S_38, KSV-0036, PO: at the service account and at the pod; the account is the workload's own (KL). */
  automountServiceAccountToken: false,
  /** Otherwise every service of the namespace becomes an environment variable. */
  enableServiceLinks: false,
  /** KS, PO pullPolicyNotAlways: also with a digest, so that credentials are checked on every start. */
  imagePullPolicy: 'Always',
} as const;

/** Requests and limits of all three resources (CKV_K8S_10 to 13, KSV-0011, 0015, 0016, 0018, KS, PO). */
export const RESOURCES = {
  cpu: '100m',
  memory: '128Mi',
  ephemeralStorage: '64Mi',
  /** The CPU limit, as a multiple of the request: room for start-up and bursts. */
  cpuLimitFactor: 5,
  /** The memory limit is the request: memory cannot be taken back from a pod but by killing it. */
  memoryLimitFactor: 1,
  ephemeralStorageLimitFactor: 4,
} as const;

/** Probes (CKV_K8S_8, CKV_K8S_9, KS, PO). Liveness differs from readiness: a dependency that is down is no reason to restart. */
export const PROBES = {
  readiness: { periodSeconds: 5, timeoutSeconds: 2, failureThreshold: 3 },
  liveness: { periodSeconds: 10, timeoutSeconds: 3, failureThreshold: 6 },
  /** Five minutes to start; until then no other probe runs. */
  startup: { periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 60 },
} as const;

/** Namespaces and traffic (CKV2_K8S_6, KS, C-0030, C-0054; PO missingNetworkPolicy wants one label and both directions). */
export const NAMESPACE = {
  podSecurity: 'restricted',
  dnsNamespace: 'kube-system',
  dnsLabels: { 'k8s-app': 'kube-dns' },
  dnsPort: 53,
} as const;
