// Checks the custom resources of the kinds that delivery uses the way the API server does, and reads those of the
// Gateway API into its own types.
package main

import (
	"io"

	"k8s.io/klog/v2"

	"cdk8s-fairway/conformance/common"
	"cdk8s-fairway/conformance/crd"
)

type input struct {
	Documents []common.Document `json:"documents"`
	// CRDs are the files that define the kinds to check.
	CRDs []string `json:"crds"`
}

func main() {
	klog.LogToStderr(false)
	klog.SetOutput(io.Discard)
	common.Main(check)
}

func check(input input) (*common.Report, error) {
	report := &common.Report{}
	kinds, err := crd.Load(input.CRDs)
	if err != nil {
		return nil, err
	}
	gateways, err := newGateways()
	if err != nil {
		return nil, err
	}
	for _, document := range input.Documents {
		object, err := crd.Parse(document.Text)
		if err != nil {
			report.Add(document, "decode", err)
			continue
		}
		if kind, found := kinds[object.GroupVersionKind()]; found {
			report.Judge(document)
			kind.Check(report, document, object)
		}
		gateways.decode(report, document)
	}
	return report, nil
}
