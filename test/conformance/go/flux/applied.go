package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	helmv2 "github.com/fluxcd/helm-controller/api/v2"
	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	applyv1 "github.com/fluxcd/pkg/apis/kustomize"
	"github.com/fluxcd/pkg/kustomize"
	"github.com/fluxcd/pkg/runtime/cel"
	"github.com/google/cel-go/common/types"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
)

var pointer = regexp.MustCompile(`^(/([^~/]|~[01])+)+$`)

// ready compiles an expression as the controllers do when they look at what an object depends on.
func (c checker) ready(expression string) {
	if expression != "" {
		_, err := cel.NewExpression(expression, cel.WithCompile(), cel.WithOutputType(types.BoolType), cel.WithStructVariables("self", "dep"))
		c.refuse("cel", err)
	}
}

func (c checker) health(expressions []applyv1.CustomHealthCheck) {
	_, err := cel.NewStatusReader(expressions)
	c.refuse("cel", err)
}

func (c checker) selector(selector *applyv1.Selector) {
	if selector == nil {
		return
	}
	for _, text := range []string{selector.Group, selector.Version, selector.Kind, selector.Name, selector.Namespace} {
		c.pattern("^(?:" + text + ")$")
	}
	for _, text := range []string{selector.LabelSelector, selector.AnnotationSelector} {
		_, err := labels.Parse(text)
		c.refuse("selector", err)
	}
}

func (c checker) pointers(paths []string) {
	for _, path := range paths {
		if !pointer.MatchString(path) {
			c.add("pointer", fmt.Sprintf("%q is no JSON pointer to a field", path))
		}
	}
}

func (c checker) kustomization(object *kustomizev1.Kustomization) {
	spec := object.Spec
	if spec.Wait && len(spec.HealthChecks) > 0 {
		c.add("ignored", "wait is true, and so healthChecks are ignored")
	}
	for _, each := range spec.DependsOn {
		c.dependency(object.Namespace, object.Name, each.Namespace, each.Name)
		c.ready(each.ReadyExpr)
	}
	c.health(spec.HealthCheckExprs)
	for _, rule := range spec.Ignore {
		c.pointers(rule.Paths)
		c.selector(rule.Target)
	}
	for _, patch := range spec.Patches {
		c.selector(patch.Target)
	}
	c.refuse("kustomize", built(object))
}

func (c checker) dependency(namespace, name, wantedNamespace, wanted string) {
	if wanted == name && (wantedNamespace == "" || wantedNamespace == namespace) {
		c.add("dependency", "the object depends on itself")
	}
}

// built lets kustomize build a directory with one object by what the object says about directories.
func built(object *kustomizev1.Kustomization) error {
	root, err := os.MkdirTemp("", "flux-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(root)
	tried := object.DeepCopy()
	// What is in the source is not known here.
	tried.Spec.Components = nil
	patches := []applyv1.Patch{}
	for _, patch := range tried.Spec.Patches {
		// A patch without a target needs its object in the source.
		if patch.Target != nil {
			patches = append(patches, patch)
		}
	}
	tried.Spec.Patches = patches
	// Of a kind that no patch is for: a patch is read, and not applied.
	manifest := "apiVersion: conformance/v1\nkind: Probe\nmetadata:\n  name: probe\n  namespace: default\n"
	if err := os.WriteFile(filepath.Join(root, "probe.yaml"), []byte(manifest), 0o600); err != nil {
		return err
	}
	fields, err := runtime.DefaultUnstructuredConverter.ToUnstructured(tried)
	if err != nil {
		return err
	}
	if _, err := kustomize.NewGenerator(root, unstructured.Unstructured{Object: fields}).WriteFile(root); err != nil {
		return withoutRoot(err, root)
	}
	_, err = kustomize.SecureBuild(root, root, false)
	return withoutRoot(err, root)
}

func withoutRoot(err error, root string) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s", strings.ReplaceAll(err.Error(), root, "."))
}

func (c checker) helmRelease(object *helmv2.HelmRelease) {
	spec := object.Spec
	for _, each := range spec.DependsOn {
		c.dependency(object.Namespace, object.Name, each.Namespace, each.Name)
		c.ready(each.ReadyExpr)
	}
	c.health(spec.HealthCheckExprs)
	if spec.Chart != nil {
		c.chart(spec.Chart.Spec.Version, spec.Chart.Spec.SourceRef.Kind)
	}
	if drift := spec.DriftDetection; drift != nil {
		for _, rule := range drift.Ignore {
			c.pointers(rule.Paths)
			c.selector(rule.Target)
		}
	}
	if install := object.GetInstall(); install.Remediation != nil && install.GetRetry(false) != nil {
		c.add("ignored", "install.strategy is RetryOnFailure, and so install.remediation is ignored")
	}
	if upgrade := object.GetUpgrade(); upgrade.Remediation != nil && upgrade.GetRetry(false) != nil {
		c.add("ignored", "upgrade.strategy is RetryOnFailure, and so upgrade.remediation is ignored")
	}
	if spec.ReleaseName != "" && len(object.GetReleaseName()) > 53 {
		c.add("release", "the name of the release is too long")
	}
}
