// Checks Argo Rollouts' objects the way its controller does before it acts on them.
package main

import (
	"io"

	"github.com/argoproj/argo-rollouts/pkg/apis/rollouts"
	"github.com/argoproj/argo-rollouts/pkg/apis/rollouts/v1alpha1"
	"github.com/sirupsen/logrus"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/client-go/kubernetes/scheme"

	"cdk8s-fairway/conformance/common"
)

func main() {
	logrus.SetOutput(io.Discard)
	common.Main(check)
}

func check(documents []common.Document) (*common.Report, error) {
	types := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{scheme.AddToScheme, v1alpha1.AddToScheme} {
		if err := add(types); err != nil {
			return nil, err
		}
	}
	strict := serializer.NewCodecFactory(types, serializer.EnableStrict).UniversalDeserializer()

	report := &common.Report{}
	cluster := newCluster()
	ours := []found{}
	for _, document := range documents {
		object, gvk, err := strict.Decode([]byte(document.Text), nil, nil)
		if runtime.IsNotRegisteredError(err) {
			cluster.addOther(document)
			continue
		}
		isOurs := gvk != nil && gvk.Group == rollouts.Group
		if isOurs {
			report.Judge(document)
			if err != nil {
				report.Add(document, "decode", err)
			}
		}
		if object == nil {
			continue
		}
		cluster.add(document, object)
		if isOurs {
			ours = append(ours, found{document, object})
		}
	}
	for _, found := range ours {
		checker := checker{report, found.Document, cluster.of(found.Document)}
		switch object := found.object.(type) {
		case *v1alpha1.Rollout:
			checker.rollout(object)
		case *v1alpha1.Experiment:
			checker.experiment(object)
		case *v1alpha1.AnalysisTemplate:
			checker.template(object.Namespace, object.Spec)
		case *v1alpha1.ClusterAnalysisTemplate:
			checker.template("", object.Spec)
		}
	}
	return report, nil
}

// found is an object of Argo Rollouts, and where it stands.
type found struct {
	common.Document
	object runtime.Object
}

// checker judges the object of one document with what else its cluster has.
type checker struct {
	report   *common.Report
	document common.Document
	cluster  objects
}

func (c checker) add(rule string, message any) {
	c.report.Add(c.document, rule, message)
}
