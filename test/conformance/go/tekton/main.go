// Checks Tekton's objects the way its admission webhooks do, and then the way its controllers do before they run anything.
package main

import (
	"context"

	pipelinev1 "github.com/tektoncd/pipeline/pkg/apis/pipeline/v1"
	pipelinev1alpha1 "github.com/tektoncd/pipeline/pkg/apis/pipeline/v1alpha1"
	pipelinev1beta1 "github.com/tektoncd/pipeline/pkg/apis/pipeline/v1beta1"
	"github.com/tektoncd/triggers/pkg/apis/triggers/contexts"
	triggersv1alpha1 "github.com/tektoncd/triggers/pkg/apis/triggers/v1alpha1"
	triggersv1beta1 "github.com/tektoncd/triggers/pkg/apis/triggers/v1beta1"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/client-go/kubernetes/scheme"
	"knative.dev/pkg/apis"
	"sigs.k8s.io/yaml"

	"cdk8s-fairway/conformance/common"
)

func main() {
	common.Main(check)
}

// admitted is what a webhook of Tekton defaults and validates.
type admitted interface {
	runtime.Object
	apis.Defaultable
	apis.Validatable
}

// checker judges the documents of one tree.
type checker struct {
	ctx     context.Context
	report  *common.Report
	decoder runtime.Decoder
	cluster cluster
}

func check(documents []common.Document) (*common.Report, error) {
	types := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{
		scheme.AddToScheme, pipelinev1.AddToScheme, pipelinev1beta1.AddToScheme, pipelinev1alpha1.AddToScheme,
		triggersv1beta1.AddToScheme, triggersv1alpha1.AddToScheme,
	} {
		if err := add(types); err != nil {
			return nil, err
		}
	}
	strict := serializer.NewCodecFactory(types, serializer.EnableStrict).UniversalDeserializer()
	c := checker{contexts.WithUpgradeViaDefaulting(context.Background()), &common.Report{}, strict, cluster{}}

	found := []foundObject{}
	for _, document := range documents {
		if object := c.admit(document); object != nil {
			c.cluster.add(document, object)
			found = append(found, foundObject{document, object})
			continue
		}
		for _, embedded := range embeddedIn(document) {
			if object := c.admit(embedded); object != nil {
				found = append(found, foundObject{embedded, object})
			}
		}
	}
	for _, one := range found {
		switch object := one.object.(type) {
		case *triggersv1beta1.TriggerTemplate:
			c.template(one.Document, object)
		case *triggersv1beta1.Trigger:
			c.trigger(one.Document, *object)
		case *triggersv1beta1.EventListener:
			c.listener(one.Document, object)
		case *pipelinev1.PipelineRun:
			c.run(one.Document, object)
		case *pipelinev1.Pipeline:
			c.run(one.Document, runOf(object))
		}
	}
	return c.report, nil
}

// foundObject is an object of Tekton, and where it stands.
type foundObject struct {
	common.Document
	object admitted
}

// admit decodes, defaults and validates. It returns nothing when the document is no object of Tekton, or cannot be read.
func (c checker) admit(document common.Document) admitted {
	if !isTekton(document) {
		return nil
	}
	decoded, _, err := c.decoder.Decode([]byte(document.Text), nil, nil)
	c.report.Judge(document)
	if err != nil {
		c.report.Add(document, "decode", err)
	}
	object, ours := decoded.(admitted)
	if !ours {
		return nil
	}
	named(object)
	object.SetDefaults(c.ctx)
	if err := object.Validate(c.ctx); err != nil {
		c.report.Add(document, "validate", err)
	}
	return object
}

// named does what the API server does before a webhook validates an object whose name is generated.
func named(object admitted) {
	if metadata, err := meta.Accessor(object); err == nil && metadata.GetName() == "" && metadata.GetGenerateName() != "" {
		metadata.SetName(metadata.GetGenerateName() + "x2x4x")
	}
}

// isTekton holds for kinds that do not exist too.
func isTekton(document common.Document) bool {
	meta := metav1.TypeMeta{}
	if yaml.Unmarshal([]byte(document.Text), &meta) != nil {
		return false
	}
	group := meta.GroupVersionKind().Group
	return group == "tekton.dev" || group == "triggers.tekton.dev"
}
