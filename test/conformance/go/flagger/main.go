// Checks Flagger's objects by letting its controller set up every canary in a cluster that is only in memory.
package main

import (
	"io"

	"github.com/fluxcd/flagger/pkg/apis/flagger"
	"github.com/fluxcd/flagger/pkg/apis/flagger/v1beta1"
	flaggerscheme "github.com/fluxcd/flagger/pkg/client/clientset/versioned/scheme"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/client-go/kubernetes/scheme"
	"k8s.io/klog/v2"

	"cdk8s-fairway/conformance/common"
)

func main() {
	klog.LogToStderr(false)
	klog.SetOutput(io.Discard)
	common.Main(check)
}

// found is an object and the document that it was read from.
type found struct {
	common.Document
	object runtime.Object
}

func check(documents []common.Document) (*common.Report, error) {
	own, builtin := runtime.NewScheme(), runtime.NewScheme()
	if err := flaggerscheme.AddToScheme(own); err != nil {
		return nil, err
	}
	if err := scheme.AddToScheme(builtin); err != nil {
		return nil, err
	}
	strict := serializer.NewCodecFactory(own, serializer.EnableStrict).UniversalDeserializer()
	lenient := serializer.NewCodecFactory(own).UniversalDeserializer()
	kubernetes := serializer.NewCodecFactory(builtin).UniversalDeserializer()

	report := &common.Report{}
	clusters := clusters{}
	ours := []found{}
	for _, document := range documents {
		cluster := clusters.of(document)
		if object, _, err := kubernetes.Decode([]byte(document.Text), nil, nil); err == nil {
			cluster.builtin = append(cluster.builtin, object)
			continue
		}
		object, gvk, err := strict.Decode([]byte(document.Text), nil, nil)
		if runtime.IsNotRegisteredError(err) {
			continue
		}
		if gvk == nil || gvk.Group != flagger.GroupName {
			// Another's object: Flagger's types of it are what Flagger reads of it, and no more.
			if object, _, err = lenient.Decode([]byte(document.Text), nil, nil); err == nil {
				cluster.custom = append(cluster.custom, object)
			}
			continue
		}
		report.Judge(document)
		if err != nil {
			report.Add(document, "decode", err)
		}
		if object != nil {
			cluster.custom = append(cluster.custom, object)
			ours = append(ours, found{document, object})
		}
	}
	for _, found := range ours {
		checker := checker{report, found.Document, clusters.of(found.Document)}
		switch object := found.object.(type) {
		case *v1beta1.Canary:
			checker.canary(object)
		case *v1beta1.MetricTemplate:
			checker.metricTemplate(object)
		case *v1beta1.AlertProvider:
			checker.alertProvider(object)
		}
	}
	return report, nil
}

// checker judges the object of one document with what else its cluster has.
type checker struct {
	report   *common.Report
	document common.Document
	cluster  *cluster
}

func (c checker) add(rule string, message any) {
	c.report.Add(c.document, rule, message)
}

func (c checker) refuse(rule string, err error) bool {
	if err != nil {
		c.add(rule, err)
	}
	return err != nil
}
