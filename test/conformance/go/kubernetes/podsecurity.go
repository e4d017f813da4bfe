package main

import (
	"fmt"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/pod-security-admission/admission"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"

	"cdk8s-fairway/conformance/common"
)

var restricted = api.LevelVersion{Level: api.LevelRestricted, Version: api.LatestVersion()}

type podSecurity struct{ evaluator policy.Evaluator }

func newPodSecurity() (podSecurity, error) {
	evaluator, err := newEvaluator()
	return podSecurity{evaluator}, err
}

// check holds every pod template to the restricted level, and every namespace to enforcing a level.
func (s podSecurity) check(report *common.Report, document common.Document, object runtime.Object) {
	if namespace, ok := object.(*corev1.Namespace); ok {
		checkNamespace(report, document, namespace)
		return
	}
	metadata, spec, err := admission.DefaultPodSpecExtractor{}.ExtractPodSpec(object)
	if err != nil || spec == nil {
		return
	}
	result := policy.AggregateCheckResults(s.evaluator.EvaluatePod(restricted, metadata, spec))
	if !result.Allowed {
		report.Add(document, "pod-security", fmt.Sprintf("violates %s: %s", restricted, result.ForbiddenDetail()))
	}
}

func checkNamespace(report *common.Report, document common.Document, namespace *corev1.Namespace) {
	_, errs := api.PolicyToEvaluate(namespace.Labels, api.Policy{})
	for _, err := range errs {
		report.Add(document, "pod-security", err)
	}
	if level, found := namespace.Labels[api.EnforceLevelLabel]; !found {
		report.Note(document, "the namespace has no label "+api.EnforceLevelLabel)
	} else if level != string(api.LevelRestricted) {
		report.Note(document, "the namespace enforces Pod Security level "+level)
	}
}
