// Checks Kargo's objects with its definitions, the schemas of its steps and subscriptions, and the engines that read its
// expressions, constraints and patterns. Kargo's own types cannot be had: their module is published nowhere.
package main

import (
	"io"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/klog/v2"

	"cdk8s-fairway/conformance/common"
	"cdk8s-fairway/conformance/crd"
)

type input struct {
	Documents []common.Document `json:"documents"`
	// CRDs are the files that define the kinds.
	CRDs []string `json:"crds"`
	// Steps and Subscriptions are folders of schemas, Functions is the source file that declares what expressions may call.
	Steps         string `json:"steps"`
	Subscriptions string `json:"subscriptions"`
	Functions     string `json:"functions"`
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
	functions, err := readFunctions(input.Functions)
	if err != nil {
		return nil, err
	}
	checker := checker{report: report, schemas: schemas{input.Steps, input.Subscriptions}, functions: functions, names: map[name]bool{}}
	objects := []*unstructured.Unstructured{}
	documents := []common.Document{}
	for _, document := range input.Documents {
		object, err := crd.Parse(document.Text)
		if err != nil {
			report.Add(document, "decode", err)
			continue
		}
		kind, found := kinds[object.GroupVersionKind()]
		if !found {
			continue
		}
		report.Judge(document)
		kind.Check(report, document, object)
		checker.names[name{object.GetKind(), object.GetNamespace(), object.GetName()}] = true
		objects, documents = append(objects, object), append(documents, document)
	}
	for i, object := range objects {
		checker.check(documents[i], object)
	}
	return report, nil
}
