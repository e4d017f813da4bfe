import { Image } from 'cdk8s-fairway';

/** Release 0.10.6 of microservices-demo, by the digests under which it was published. */
const REGISTRY = 'us-central1-docker.pkg.dev/online-boutique-ci/microservices-demo';
const DIGESTS = {
  adservice: 'f580c4853e896dd2083f0c270c4b7aa5feda6dd56058a93b87d0c88334a4c07d',
  cartservice: 'b5c29ddb3238474ea8d1842f07004fedeeae47f660627ab111a613a681cd0356',
  checkoutservice: 'ab40699b6d9e45c9a93b5427008f327fbe912465361e2ff7a1a1be7111e36134',
  currencyservice: '7b2f3f804555c926861d67cd22c1b7c9e32d46b81cf1a64dd3089ae424d73be9',
  emailservice: '77fd45d411b3550cbd39e30bda83ed6ea23d87fd6e58e69cf9fa2808e003984d',
  frontend: 'c06df08eccd78568a37292cfbe889df42fac48691b7fb05f2deeba0ae8d669ef',
  loadgenerator: '9bed9dec88ae439b9c10e3689dee57201aad47c9abb9faf04add562481482421',
  paymentservice: '735b6d3255e2c74b0135a95cfc2337987e492f24e163c0bb9a853635876993c4',
  productcatalogservice: 'fb8568ecfc948717eb07746a6ce360fb8e5f906ae8a874cbad666891f0d21790',
  recommendationservice: '5d8321f2d24132889f654f75308e541b0626e6ae0cbacf81b170e5eb0921b415',
  shippingservice: '8527bafff8c8776e345f2dca0641f6e8595b053ce67f9a5af66f5a85d9eaca9d',
};

export const boutiqueImage = (service: keyof typeof DIGESTS) => Image.of(`${REGISTRY}/${service}`, { tag: 'v0.10.6', digest: `sha256:${DIGESTS[service]}` });
export const redisImage = Image.parse('redis:8.8.0-alpine@sha256:9d317178eceac8454a2284a9e6df2466b93c745529947f0cd42a0fa9609d7005');
