/** The minor version of Flagger that runs in the cluster. */
export enum FlaggerVersion {
  /** 1.40 */
  V1_40 = '1.40',
  /** 1.41: Knative, headless Services, headers of Prometheus requests. */
  V1_41 = '1.41',
  /** 1.42: attributes of cookies, traffic distribution, unmanaged metadata. */
  V1_42 = '1.42',
  /** 1.43: External Metrics, primary cookies with Istio. */
  V1_43 = '1.43',
  /** 1.44: backend timeouts. */
  V1_44 = '1.44',
}
