package main

import (
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	gatewayv1 "sigs.k8s.io/gateway-api/apis/v1"
	gatewayv1beta1 "sigs.k8s.io/gateway-api/apis/v1beta1"

	"cdk8s-fairway/conformance/common"
)

// gateways reads the objects of the Gateway API into its own types, with unknown fields as errors.
type gateways struct{ strict runtime.Decoder }

func newGateways() (gateways, error) {
	types := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{gatewayv1.Install, gatewayv1beta1.Install} {
		if err := add(types); err != nil {
			return gateways{}, err
		}
	}
	return gateways{serializer.NewCodecFactory(types, serializer.EnableStrict).UniversalDeserializer()}, nil
}

func (g gateways) decode(report *common.Report, document common.Document) {
	_, _, err := g.strict.Decode([]byte(document.Text), nil, nil)
	if err != nil && !runtime.IsNotRegisteredError(err) {
		report.Add(document, "decode", err)
	}
}
