// Checks GitOps Promoter's objects with its definitions and its types, and with the engines that read its expressions,
// templates and schedules.
package main

import (
	"fmt"
	"io"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/klog/v2"

	"github.com/argoproj-labs/gitops-promoter/api/v1alpha1"

	"cdk8s-fairway/conformance/common"
	"cdk8s-fairway/conformance/crd"
)

type input struct {
	Documents []common.Document `json:"documents"`
	// CRDs are the files that define the kinds.
	CRDs []string `json:"crds"`
}

func main() {
	klog.LogToStderr(false)
	klog.SetOutput(io.Discard)
	common.Main(check)
}

type found struct {
	common.Document
	object runtime.Object
}

func check(input input) (*common.Report, error) {
	report := &common.Report{}
	kinds, err := crd.Load(input.CRDs)
	if err != nil {
		return nil, err
	}
	types := runtime.NewScheme()
	if err := v1alpha1.AddToScheme(types); err != nil {
		return nil, err
	}
	strict := serializer.NewCodecFactory(types, serializer.EnableStrict).UniversalDeserializer()

	checker := checker{report: report, strategies: map[string]*v1alpha1.PromotionStrategy{}, names: map[string]bool{}}
	objects := []found{}
	for _, document := range input.Documents {
		object, err := crd.Parse(document.Text)
		if err != nil {
			report.Add(document, "decode", err)
			continue
		}
		kind, known := kinds[object.GroupVersionKind()]
		if !known {
			continue
		}
		report.Judge(document)
		kind.Check(report, document, object)
		typed, _, err := strict.Decode([]byte(document.Text), nil, nil)
		if err != nil {
			report.Add(document, "decode", err)
			continue
		}
		key := object.GetNamespace() + "/" + object.GetName()
		checker.names[object.GetKind()+" "+key] = true
		if strategy, ok := typed.(*v1alpha1.PromotionStrategy); ok {
			checker.strategies[key] = strategy
		}
		objects = append(objects, found{document, typed})
	}
	for _, each := range objects {
		checker.check(each.Document, each.object)
	}
	return report, nil
}

type checker struct {
	report     *common.Report
	strategies map[string]*v1alpha1.PromotionStrategy
	names      map[string]bool
}

func (c checker) check(document common.Document, object runtime.Object) {
	switch object := object.(type) {
	case *v1alpha1.GitRepository:
		reference := object.Spec.ScmProviderRef
		namespace := object.Namespace
		if reference.Kind == "ClusterScmProvider" {
			namespace = ""
		}
		c.refer(document, fmt.Sprintf("%s %s/%s", reference.Kind, namespace, reference.Name))
	case *v1alpha1.PromotionStrategy:
		c.refer(document, fmt.Sprintf("GitRepository %s/%s", object.Namespace, object.Spec.RepositoryReference.Name))
		if object.Spec.PullRequest != nil {
			c.expression(document, object.Spec.PullRequest.Labels.Expression, nil)
		}
	case *v1alpha1.ArgoCDCommitStatus:
		c.gate(document, object.Namespace, object.Spec.PromotionStrategyRef.Name, object.Spec.Key, "active")
		c.template(document, object.Spec.URL.Template)
	case *v1alpha1.TimedCommitStatus:
		c.gate(document, object.Namespace, object.Spec.PromotionStrategyRef.Name, object.Spec.Key, "active")
	case *v1alpha1.ScheduledCommitStatus:
		c.gate(document, object.Namespace, object.Spec.PromotionStrategyRef.Name, object.Spec.Key, "proposed")
		c.schedule(document, object.Spec)
	case *v1alpha1.GitCommitStatus:
		c.gate(document, object.Namespace, object.Spec.PromotionStrategyRef.Name, object.Spec.Key, "proposed")
		c.expression(document, object.Spec.Expression, commit)
	case *v1alpha1.WebRequestCommitStatus:
		side := object.Spec.ReportOn
		if side == "" {
			side = "proposed"
		}
		c.gate(document, object.Namespace, object.Spec.PromotionStrategyRef.Name, object.Spec.Key, string(side))
		c.webRequest(document, object.Spec)
	}
}

func (c checker) refer(document common.Document, name string) {
	if !c.names[name] {
		c.report.Add(document, "reference", "there is no "+name)
	}
}

// gate says whether the strategy waits for the key, for the commit that the gate reports on.
func (c checker) gate(document common.Document, namespace, strategy, key, side string) {
	found, ok := c.strategies[namespace+"/"+strategy]
	if !ok {
		c.report.Add(document, "reference", fmt.Sprintf("there is no PromotionStrategy %q", strategy))
		return
	}
	pick := func(active, proposed []v1alpha1.CommitStatusSelector) []v1alpha1.CommitStatusSelector {
		if side == "active" {
			return active
		}
		return proposed
	}
	selectors := pick(found.Spec.ActiveCommitStatuses, found.Spec.ProposedCommitStatuses)
	for _, environment := range found.Spec.Environments {
		selectors = append(selectors, pick(environment.ActiveCommitStatuses, environment.ProposedCommitStatuses)...)
	}
	for _, selector := range selectors {
		if selector.Key == key {
			return
		}
	}
	c.report.Add(document, "gate", fmt.Sprintf("no %s commit status waits for %q", side, key))
}
